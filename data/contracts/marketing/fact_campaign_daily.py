"""CampaignDays: one day × platform × campaign × ad group × audience × touch × channel × region."""

from __future__ import annotations

from data.contracts.base import Contract, calendar_day, dimension, flag, integer, money, number, table, text
from data.contracts.codes import MARKETING_CHANNELS


@table(
    name="fact_campaign_daily",
    department="marketing",
    kind="fact",
    time_column="date",
    cadence="day",
    late_after_days=2,
    duplicates="sum",
    cut_columns=(
        "platform",
        "campaign_id",
        "ad_group",
        "audience_segment",
        "touch_type",
        "marketing_channel",
        "region",
    ),
)
class CampaignDays(Contract):
    """one day × platform × campaign × ad group × audience × touch × channel × region."""

    date = calendar_day("Day", key=True, aliases=("Day", "Date", "日期", "Reporting starts"))
    platform = dimension(
        "google_ads, meta, baidu, wanxiangtai, jd_ads, douyin_ads, xiaohongshu, wechat, klaviyo, sms, push, pr …",
        key=True,
        aliases=("平台",),
    )
    campaign_id = dimension(
        "= fact_campaign.campaign_id (ad-platform campaigns are mapped)",
        key=True,
        aliases=("Campaign", "Campaign name", "Campaign ID", "计划ID", "计划名字", "场景名字"),
    )
    ad_group = dimension("Ad group / ad set; '' = none", key=True, aliases=("Ad group", "Ad set name", "广告组"))
    audience_segment = dimension("RFM segment or audience; '' = all", key=True, aliases=("人群",))
    touch_type = dimension(
        "Kind of touch; '' = advertising",
        key=True,
        values=(
            "",
            "newsletter",
            "birthday",
            "points",
            "coupon",
            "win_back",
            "welcome",
            "post_purchase",
            "vip_offer",
            "pr",
            "content_post",
        ),
        aliases=("触达类型",),
    )
    marketing_channel = dimension("Channel group", key=True, values=MARKETING_CHANNELS)
    region = dimension("Region", key=True)
    is_paid_media = flag("Media money was spent to win customers (search, social, display, KOL …)")
    impressions = integer("Impressions / exposures", aliases=("Impr.", "Impressions", "展现量", "曝光量"))
    clicks = integer("Clicks", aliases=("Clicks", "Link clicks", "点击量"))
    engagements = integer("Likes, comments, shares, saves", aliases=("互动量",))
    delivered = integer("Messages delivered (e-mail, SMS, push, WeChat)", aliases=("Delivered", "送达数"))
    opened = integer("Messages opened", aliases=("Unique Opens", "打开数"))
    unsubscribed = integer("Opt-outs", aliases=("Unsubscribes", "退订数"))
    conversions = number(
        "Purchases the platform attributes (fractional with data-driven attribution)",
        aliases=("Conversions", "Results", "成交笔数", "总成交笔数"),
        unit="count",
    )
    conversion_value = money(
        "Value the platform attributes", aliases=("Conv. value", "Purchases conversion value", "总成交金额")
    )
    cost = money("Media or sending cost", aliases=("Cost", "Amount spent (currency)", "花费", "消耗"))
    reward_value_issued = money("Face value of coupons, points, birthday gifts issued", aliases=("发放金额",))
    reward_value_redeemed = money("Face value redeemed of those issued on this row", aliases=("核销金额",))
    cut = text("Dimensions this report splits by, sorted and joined by a comma", key=True, made=True)
    from_date = calendar_day("First day of the row's range; = date for a daily row", key=True, made=True)
    to_date = calendar_day("Last day of the row's range; = date for a daily row", made=True)
