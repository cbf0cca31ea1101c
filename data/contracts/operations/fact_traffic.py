"""Traffic: one day × touchpoint × shop × channel × source × campaign × device × page group × region."""

from __future__ import annotations

from data.contracts.base import Contract, calendar_day, dimension, integer, money, table, text
from data.contracts.codes import MARKETING_CHANNELS


@table(
    name="fact_traffic",
    department="operations",
    kind="fact",
    time_column="date",
    cadence="day",
    late_after_days=3,
    duplicates="sum",
    cut_columns=(
        "touchpoint",
        "store_name",
        "marketing_channel",
        "source_medium",
        "campaign_id",
        "device",
        "page_group",
        "region",
    ),
)
class Traffic(Contract):
    """one day × touchpoint × shop × channel × source × campaign × device × page group × region."""

    date = calendar_day("Day", key=True, aliases=("Date", "统计日期", "日期"))
    touchpoint = dimension(
        "Where the visit took place",
        key=True,
        values=("web", "app", "mini_program", "marketplace", "help_centre", "store"),
        aliases=("终端", "Platform"),
    )
    store_name = dimension("Shop or physical store; '' = own site", key=True, aliases=("店铺名称",))
    marketing_channel = dimension(
        "Session channel group",
        key=True,
        values=MARKETING_CHANNELS,
        aliases=("Session primary channel group (Default Channel Group)", "Session default channel group", "流量来源"),
    )
    source_medium = dimension(
        "Session source / medium; '' = unknown", key=True, aliases=("Session source / medium", "来源明细")
    )
    campaign_id = dimension("Campaign; '' = none", key=True, aliases=("Session campaign",))
    device = dimension("Device category; '' = unknown", key=True, aliases=("Device category", "终端类型"))
    page_group = dimension("Landing page group; '' = all", key=True)
    region = dimension("Region; '' = all", key=True, aliases=("Region", "地域"))
    session_basis = dimension(
        "What sessions counts: GA4 sessions, or daily unique visitors where the marketplace gives no sessions",
        values=("session", "daily_visitor", "door_count"),
    )
    sessions = integer(
        "Sessions (GA4) or daily visitors (生意参谋 访客数) or door count", aliases=("Sessions", "访客数", "进店人数")
    )
    engaged_sessions = integer(
        "GA4 engaged sessions: > 10 s, or a key event, or 2+ page/screen views. For 生意参谋: visitors × (1 - 跳失率)",
        aliases=("Engaged sessions",),
    )
    page_views = integer("Page or screen views", aliases=("Views", "浏览量"))
    sessions_with_product_view = integer("Sessions with view_item", aliases=("商品访客数",))
    sessions_with_add_to_cart = integer(
        "Sessions with add_to_cart", aliases=("Add to carts", "加购人数", "商品加购人数")
    )
    sessions_with_checkout = integer("Sessions with begin_checkout", aliases=("Checkouts", "下单买家数"))
    sessions_with_purchase = integer("Sessions with purchase", aliases=("Key events (purchase)", "支付买家数"))
    cart_sessions_with_purchase = integer("Sessions with both add_to_cart and purchase")
    purchase_revenue = money(
        "Revenue the analytics tool saw (not the ledger)", aliases=("Total revenue", "Purchase revenue", "支付金额")
    )
    site_searches = integer("On-site searches (view_search_results)", aliases=("搜索次数",))
    zero_result_searches = integer("Searches with no result", aliases=("无结果搜索次数",))
    reco_impressions = integer("Recommendation slots shown", aliases=("推荐曝光",))
    reco_clicks = integer("Recommendation clicks", aliases=("推荐点击",))
    cut = text("Dimensions this report splits by, sorted and joined by a comma", key=True, made=True)
    from_date = calendar_day("First day of the row's range; = date for a daily row", key=True, made=True)
    to_date = calendar_day("Last day of the row's range; = date for a daily row", made=True)
