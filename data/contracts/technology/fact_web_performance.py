"""Page loads as visitors saw them, and lab runs."""

from __future__ import annotations

from data.contracts.base import Contract, calendar_day, dimension, integer, number, table, text


@table(
    name="fact_web_performance",
    department="technology",
    kind="fact",
    time_column="date",
    cadence="day",
    late_after_days=3,
    duplicates="refuse",
)
class PageLoads(Contract):
    """One row per page-load measurement (or one lab run)."""

    measurement_id = text("Id of the beacon or run", key=True, aliases=("测量编号",))
    date = calendar_day("Local date", required=True, aliases=("fetchTime", "日期"))
    source = dimension(
        "field_rum = real users, crux = Chrome UX Report row, lab_lighthouse = lab run",
        values=("field_rum", "crux", "lab_lighthouse"),
        aliases=("数据来源",),
    )
    page_group = dimension(
        "home, category, product, cart, checkout …", aliases=("requestedUrl", "URL group", "页面分组")
    )
    device = dimension("mobile, desktop, tablet", aliases=("formFactor", "终端"))
    region = dimension("Province / country", aliases=("省份", "地区"))
    lcp_ms = number(
        "Largest Contentful Paint", unit="milliseconds", aliases=("largest-contentful-paint", "LCP", "LCP毫秒")
    )
    inp_ms = number(
        "Interaction to Next Paint; null when there was no interaction; lab runs have none",
        unit="milliseconds",
        aliases=("INP", "INP毫秒"),
    )
    cls = number("Cumulative Layout Shift", unit="score", aliases=("cumulative-layout-shift", "CLS", "CLS得分"))
    sample_weight = integer("Page loads the row stands for (1 for a beacon or a run)", aliases=("样本权重",))
