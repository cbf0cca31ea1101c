"""Coded values that several contracts share."""

SALES_CHANNELS = (
    "own_site", "app", "mini_program", "tmall", "taobao", "jd", "pinduoduo", "douyin", "amazon", "store", "(unknown)",
)  # fmt: skip
MARKETING_CHANNELS = (
    "organic_search", "paid_search", "organic_social", "paid_social", "organic_shopping", "paid_shopping", "display",
    "video", "email", "sms", "push", "wechat", "affiliate", "kol", "content", "referral", "direct", "earned_media",
    "offline", "marketplace_search", "marketplace_recommendation", "unassigned", "(unknown)",
)  # fmt: skip
DEPARTMENTS = (
    "operations", "marketing", "product", "technology", "customer_service", "finance", "hr", "leadership", "(unknown)",
)  # fmt: skip
