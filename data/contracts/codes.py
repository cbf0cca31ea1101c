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
SEVERITIES = ("sev1", "sev2", "sev3", "sev4", "(unknown)")
RFM_SEGMENTS = (
    "champions", "loyal", "potential", "new", "at_risk", "hibernating", "lost", "no_order", "(unknown)",
)  # fmt: skip
ACCOUNT_CLASSES = (
    "revenue", "other_income", "cogs", "opex_marketing", "opex_logistics", "opex_technology", "opex_personnel",
    "opex_other", "depreciation_amortisation", "interest_expense", "income_tax", "cash", "accounts_receivable",
    "inventory", "other_current_asset", "noncurrent_asset", "accounts_payable", "short_term_debt",
    "other_current_liability", "long_term_debt", "equity", "(unknown)",
)  # fmt: skip
