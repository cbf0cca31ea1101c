"""One view of each generic shape, as rich as it gets: gaps, long names, names with `<`, marks and plans."""

from __future__ import annotations

from datetime import date, timedelta
from types import ModuleType
from typing import Any

from metrics.model import Text
from pages.kit.charts import bars, boxes, heat, lines, listing, points, ranking, steps, timeline, waterfall
from pages.kit.charts.bars import BarsView, Series, Side
from pages.kit.charts.boxes import Box, BoxesView
from pages.kit.charts.heat import HeatView
from pages.kit.charts.lines import Line, LinesView, Panel
from pages.kit.charts.listing import Column, ListView
from pages.kit.charts.points import Axis, Point, PointsView
from pages.kit.charts.ranking import RankingView
from pages.kit.charts.steps import StepsView
from pages.kit.charts.timeline import Span, TimelineView
from pages.kit.charts.waterfall import Step, WaterfallView
from pages.kit.charts.words import Coded, Measure, Moment, Said

MONEY, RATE, COUNT, HOURS = Measure("currency", "CNY"), Measure("percent"), Measure("count"), Measure("hours")
SPEED = Measure("milliseconds")
ABOUT = Text("Net revenue", "净收入", "淨收入")
DAYS = tuple(date(2026, 10, 25) + timedelta(days=place) for place in range(28))
MONTHS = tuple(Moment(date(2026, month, 1), "month") for month in range(1, 13))


def wave(base: float, swing: float, gap: range = range(0), count: int = 28) -> tuple[float | None, ...]:
    """Values that go up and down around a base, none in the gap."""
    return tuple(
        None if place in gap else base + swing * ((place * 7) % 11 - 5) / 5 + swing * place / 14
        for place in range(count)
    )


def trend_with_plan() -> LinesView:
    """This period, the one before, and a plan."""
    drawn = (
        Line(Said("charts.this_period"), wave(4e6, 1e6, range(12, 15)), "data"),
        Line(Said("charts.previous"), wave(3.6e6, 8e5), "comparison"),
    )
    marks = ((date(2026, 11, 11), Coded("festival", "double_11")), (date(2026, 11, 1), "<Outage> of checkout"))
    return LinesView(ABOUT, DAYS, "day", None, (Panel(None, MONEY, drawn, target=4.9e6),), marks, date(2026, 11, 18))


def equals() -> LinesView:
    """Five lines of equal rank, two of them close together."""
    names = ("tmall", "douyin", "own_site", "jd", "A very long shop name <south>")
    drawn = tuple(
        Line(Coded("sales_channel", name), wave(20 + 5 * place if place < 3 else 31 + place / 5, 3))
        for place, name in enumerate(names)
    )
    return LinesView(ABOUT, DAYS, "day", None, (Panel(None, RATE, drawn, band=(None, 40.0)),))


def panels() -> LinesView:
    """Three measures below each other, one without data."""
    found = (
        Panel(Text("Availability", "可用率", "可用率"), RATE, (Line("a", wave(99.8, 0.05)),), target=99.9),
        Panel(
            Text("Response time", "响应时间", "回應時間"),
            Measure("milliseconds"),
            (Line("b", wave(0.2, 0.1, range(20, 28))),),
        ),
        Panel(Text("Errors", "错误", "錯誤"), COUNT, (Line("p75", wave(300, 90)), Line("p95", wave(500, 90)))),
    )
    return LinesView(ABOUT, DAYS, "day", None, found)


def areas() -> LinesView:
    """Parts of a whole, with days nobody covers."""
    drawn = tuple(
        Line(Coded("marketing_channel", name), wave(size, 10, range(5, 8)))
        for name, size in (("paid_search", 400.0), ("email", 120.0), ("kol", 60.0), ("(other)", 20.0))
    )
    return LinesView(ABOUT, DAYS, "day", None, (Panel(ABOUT, COUNT, drawn, is_area=True),))


def cohorts() -> LinesView:
    """Nine cohorts by months since the first order."""
    drawn = tuple(
        Line(month, tuple(100.0 + 9 * since + place if since < 12 - place else None for since in range(12)))
        for place, month in enumerate(MONTHS[:9])
    )
    since = Text("Months since the first order", "首单后月数", "首購後月數")
    return LinesView(ABOUT, tuple(range(12)), None, since, (Panel(None, MONEY, drawn),))


SHOPS = (
    Coded("sales_channel", "tmall"),
    Coded("sales_channel", "douyin"),
    "A very long shop name <south>",
    Coded("sales_channel", "(other)"),
)
LEAVERS = (Text("Voluntary", "主动离职", "自願離職"), Text("Involuntary", "被动离职", "非自願離職"))


def stacked() -> BarsView:
    """Good, middling and bad parts, with columns beside; one row without data."""
    series = (
        Series(Text("Good", "良好", "良好"), (900.0, 500.0, None, 120.0), "good"),
        Series(Text("Needs improvement", "需改进", "需改進"), (300.0, 200.0, None, 40.0), "warn"),
        Series(Text("Poor", "差", "差"), (100.0, 250.0, None, 30.0), "bad"),
    )
    side = (Side(Text("Conversion rate", "转化率", "轉換率"), (3.4, 2.2, None, 1.0), RATE),)
    return BarsView(ABOUT, SHOPS, series, COUNT, "stacked", side)


def shares() -> BarsView:
    """Each row stacked to 100 %."""
    return BarsView(ABOUT, SHOPS, stacked().series, COUNT, "share", (Side(ABOUT, (2.4e7, 3e6, None, 9e4), MONEY),))


def grouped() -> BarsView:
    """Two bars a row."""
    series = (
        Series(Said("charts.this_period"), (2.4e7, 3e6, None, 9e5), "data"),
        Series(Said("charts.previous"), (2.2e7, 4e6, 1e6, 8e5), "comparison"),
    )
    return BarsView(ABOUT, SHOPS, series, MONEY, "grouped")


def bullets() -> BarsView:
    """Actual, plan and last year."""
    series = (
        Series(Text("Actual", "实际", "實際"), (2.4e7, 3e6, None, 9e5), "data"),
        Series(Said("charts.plan"), (2.2e7, 4e6, 1e6, 8e5), "plan"),
        Series(Said("charts.last_year"), (1.2e7, 2e6, 1e6, 7e5)),
    )
    return BarsView(ABOUT, SHOPS, series, MONEY, "bullet")


def single() -> BarsView:
    """One bar a row, and a target through all."""
    return BarsView(ABOUT, SHOPS, (Series(ABOUT, (42.0, 31.0, None, -8.0)),), RATE, "grouped", target=35.0)


def columns_over_time() -> BarsView:
    """Months with a gap and a target."""
    months = tuple(date(2026, month, 1) for month in range(1, 13))
    sizes = (22.0, 9.0)
    series = tuple(Series(name, wave(size, 5, range(4, 6), 12)) for name, size in zip(LEAVERS, sizes, strict=True))
    return BarsView(ABOUT, months, series, COUNT, "stacked", is_vertical=True, target=40.0, grain="month")


CATEGORIES = ("Shoes", "Hats & scarves", "A very long category name <new>", "Bags")
WEEKDAYS = tuple(Text(f"Day {place}", f"周{place}", f"週{place}") for place in range(1, 8))


def few_cells() -> HeatView:
    """Wide cells with numbers, one hidden, one without data."""
    values = ((12.5, 8.0, None, 1.0), (3.0, 22.0, 14.0, 9.0), (None, 2.0, 0.0, 31.0))
    return HeatView(
        ABOUT, CATEGORIES[:3], SHOPS, values, RATE, frozenset({(0, 2)}), is_high_bad=True, row_totals=(9.1, 12.0, 8.0)
    )


def many_cells() -> HeatView:
    """Twelve months by seven days: too narrow for numbers."""
    values = tuple(tuple(1000.0 * (row + 1) + 300 * column for column in range(12)) for row in range(7))
    return HeatView(ABOUT, WEEKDAYS, MONTHS, values, MONEY)


def profit() -> WaterfallView:
    """From revenue to profit, one step unknown."""
    steps = (
        Step(Text("Net revenue", "净收入", "淨收入"), 1.2e7, "total"),
        Step(Text("Cost of goods", "销售成本", "銷貨成本"), -7e6, "change", is_good=False),
        Step(Text("Rebates received", "返利", "返利"), 4e5, "change", is_good=True),
        Step("Logistics and <other> very long costs", None, "change"),
        Step(Text("Reclassified", "重分类", "重分類"), -1e5, "change"),
        Step(Text("Gross profit", "毛利", "毛利"), 5.3e6, "total"),
    )
    return WaterfallView(ABOUT, steps, MONEY)


def crowd() -> PointsView:
    """Two groups with sizes on a logarithmic axis."""
    found = tuple(
        Point(f"sku <{place}>", 10.0 * 2**place, 5 + (place * 13) % 40, 100.0 * place, CATEGORIES[place % 2])
        for place in range(9)
    )
    stock = Axis(Text("Units in stock", "库存件数", "庫存件數"), COUNT, is_log=True)
    return PointsView(ABOUT, found, stock, Axis(Text("Margin", "毛利率", "毛利率"), RATE, guide=30.0), (ABOUT, MONEY))


def cases() -> PointsView:
    """Single cases over time with the range to expect."""
    found = tuple(Point(f"INC-{place}", float(day.toordinal()), 1.0 + place % 9) for place, day in enumerate(DAYS[::2]))
    duration = Axis(Text("Time to repair", "修复时长", "修復時間"), HOURS)
    return PointsView(ABOUT, found, None, duration, dates=(DAYS[0], DAYS[-1]), bands=(None, 6.0))


def spreads() -> BoxesView:
    """Four groups and some too small."""
    found = tuple(
        Box(name, 10.0 + place, 14.0 + 2 * place, 20.0 + 3 * place, 30.0 + 3 * place, 48.0, 120 * (place + 1))
        for place, name in enumerate(CATEGORIES)
    )
    return BoxesView(ABOUT, found, HOURS, guide=24.0, hidden=2)


def plans() -> TimelineView:
    """Two groups with notes, a single day, and a mark."""
    launch, other = Text("Launches", "上线", "上線"), Text("Repairs", "修复", "修復")
    found = (
        Span("Checkout without <log-in>", date(2026, 9, 1), date(2026, 11, 30), launch, "data", "60%"),
        Span("Search", date(2026, 11, 25), date(2026, 12, 20), launch, "quiet", Said("charts.open")),
        Span(
            "Stock service",
            date(2026, 8, 1),
            date(2026, 9, 20),
            other,
            "bad",
            Text("12 days late", "晚 12 天", "晚 12 天"),
        ),
        Span("Certificates", date(2026, 10, 9), date(2026, 10, 9), other, "good"),
    )
    return TimelineView(ABOUT, found, date(2026, 11, 21), ((date(2026, 11, 11), Coded("festival", "double_11")),))


def cases_listed() -> ListView:
    """Words, numbers, days, and a cell without data."""
    columns = (
        Column(Text("Case", "事项", "事項")),
        Column(Text("Due", "到期", "到期")),
        Column(Text("Amount", "金额", "金額"), MONEY),
        Column(Text("Days late", "逾期", "逾期"), Measure("days")),
    )
    rows = (
        ("INV-1 <b>", date(2026, 11, 2), 1.25e6, 19.0),
        (Coded("sales_channel", "jd"), date(2026, 11, 9), None, 3.0),
    )
    return ListView(ABOUT, columns, rows, more=12)


def funnel() -> StepsView:
    """A step that no file carries, and an aside."""
    names = (
        Text("Applied", "投递", "應徵"),
        Text("Interviewed", "面试", "面試"),
        Text("Offered", "录用", "錄取"),
        "<Joined>",
    )
    asides = ((Text("Withdrawn", "放弃", "放棄"), 31.0),)
    return StepsView(ABOUT, names, (420.0, 330.0, None, 41.0), COUNT, asides)


def ranking_of_names() -> RankingView:
    """Two names make 80 %, nine more are small."""
    return RankingView(ABOUT, CATEGORIES, (700.0, 250.0, 60.0, 20.0), COUNT, (9, 44.0))


SAMPLES: dict[str, tuple[ModuleType, Any]] = {
    "lines with a plan": (lines, trend_with_plan()),
    "lines of equal rank": (lines, equals()),
    "lines in panels": (lines, panels()),
    "areas": (lines, areas()),
    "cohorts": (lines, cohorts()),
    "stacked bars": (bars, stacked()),
    "shares": (bars, shares()),
    "grouped bars": (bars, grouped()),
    "bullets": (bars, bullets()),
    "single bars": (bars, single()),
    "columns over time": (bars, columns_over_time()),
    "heat with numbers": (heat, few_cells()),
    "heat without numbers": (heat, many_cells()),
    "waterfall": (waterfall, profit()),
    "points": (points, crowd()),
    "points over time": (points, cases()),
    "boxes": (boxes, spreads()),
    "timeline": (timeline, plans()),
    "listing": (listing, cases_listed()),
    "steps": (steps, funnel()),
    "ranking": (ranking, ranking_of_names()),
}
