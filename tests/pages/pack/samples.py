"""A made-up pack with everything in it: for tests of renderings and pages that need no lake."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from metrics.compare import change
from metrics.load import Catalogue, load_catalogue
from metrics.model import NOTHING, Kpi, Text
from metrics.periods import Period
from pages.pack.content import (
    Cause,
    Content,
    Definition,
    FileOf,
    Light,
    PackAction,
    PackCard,
    PackChange,
    PackComment,
    PackDepartment,
    PackException,
    PackTarget,
    Parameter,
    Point,
    Restatement,
    Setting,
    Statement,
    Summary,
    SummaryLine,
    TableState,
)

WEEK = Period(date(2026, 11, 9), date(2026, 11, 15))
MADE = datetime(2026, 11, 16, 0, 0, 0, 5)
SIZES = {"count": 12_000, "currency": 3_400_000.0, "percent": 42.0, "ratio": 3.2, "score": 46.0}
LIGHTS: tuple[Light, ...] = ("good", "good", "warn", "bad", "none")


def sample(seed: int = 7, **changed: Any) -> Content:
    """An issued pack of week 2026-W46 over the house's catalogue: every light, a card without data, one incomplete."""
    catalogue, dice = load_catalogue(), Random(seed)
    pages = [catalogue.page(one.id) for one in catalogue.departments]
    shown = dict.fromkeys((*catalogue.leadership.cards, *(kpi for page in pages for kpi in page.headline_cards)))
    cards = tuple(_card(catalogue.kpi(name), place, dice) for place, name in enumerate(shown))
    facts: dict[str, Any] = {
        "week": "2026-W46",
        "company": "晨光电商 Morning Light",
        "is_demo": False,
        "currency": "CNY",
        "period": WEEK,
        "as_of": WEEK.last,
        "version": 412,
        "made_at": MADE,
        "departments": tuple(
            PackDepartment(one.id, one.name, page.headline_cards)
            for one, page in zip(catalogue.departments, pages, strict=True)
        ),
        "headline": catalogue.leadership.cards,
        "cards": cards,
        "exceptions": _exceptions(cards),
        "tables": _tables(catalogue),
        "comments": _comments(cards),
        "actions": (_action(3, "2026-W46", cards[3].kpi), _action(4, "2026-W46", cards[2].kpi)),
        "earlier_actions": (
            _action(1, "2026-W45", cards[0].kpi, done_on=date(2026, 11, 12)),
            _action(2, "2026-W45", cards[1].kpi, due=date(2026, 11, 11)),
        ),
        "summary": _summary(cards),
        "restatements": _restatements(cards),
        "definitions": tuple(_definition(catalogue.kpi(card.kpi)) for card in cards),
        "settings": (Setting("base_currency", "CNY"), Setting("week_start", "monday")),
        "reach": {"fact_order": WEEK.last, "fact_return": WEEK.last},
        "issued_by": "leader",
        "numbers_hash": "a" * 64,
        "previous_hash": "b" * 64,
    }
    return Content(**(facts | changed))


def _card(kpi: Kpi, place: int, dice: Random) -> PackCard:
    size = SIZES.get(kpi.unit, 24.0) * dice.uniform(0.5, 1.5)
    state = {7: "no_data", 11: "partial"}.get(place, "ok")
    values = [None if state == "no_data" else size * dice.uniform(0.85, 1.15) for _ in range(15)]
    light: Light = LIGHTS[place % 5] if state == "ok" else "none"
    wanted = None if light == "none" else size
    why = Text("No data: needs returns.", "无数据：需要退货退款。", "無資料：需要退貨退款。")
    return PackCard(
        kpi=kpi.id,
        name=kpi.name,
        department=kpi.department,
        access=kpi.access,
        unit=kpi.unit,
        shown_in=kpi.shown_in,
        direction=kpi.direction,
        value=values[12],
        previous=values[11],
        last_year=values[13],
        change=_change(kpi, values[12], values[11]),
        year_change=_change(kpi, values[12], values[13]),
        target=PackTarget(wanted, kind="plan", attainment=None if wanted is None else (values[12] or 0) / size),
        light=light,
        period=WEEK,
        previous_period=Period(WEEK.first - timedelta(7), WEEK.last - timedelta(7)),
        last_year_period=Period(WEEK.first - timedelta(364), WEEK.last - timedelta(364)),
        line=tuple(Point(WEEK.first - timedelta(7 * (12 - at)), values[at]) for at in range(13)),
        line_grain="week",
        state=state,  # type: ignore[arg-type]
        reason=NOTHING if state == "ok" else why,
        is_immature=False,
        reach=None if state == "no_data" else WEEK.last,
        is_late=False,
    )


def _change(kpi: Kpi, value: float | None, before: float | None) -> PackChange:
    found = change(value, before, kpi)
    return PackChange(found.absolute, found.relative, found.points, found.material, found.good)


def _exceptions(cards: tuple[PackCard, ...]) -> tuple[PackException, ...]:
    missed = [card for card in cards if card.light == "bad"]
    off = Text("42.1% against a target of 50%", "42.1%，目标 50%", "42.1%，目標 50%")
    late = Text("Data to 2 November, 6 days late", "数据截至 11 月 2 日，迟了 6 天", "資料截至 11 月 2 日，遲了 6 天")
    table = Text("returns", "退货退款", "退貨退款")
    return (
        *(
            PackException("off_target", card.kpi, card.name, off, 0.3 - at / 100, (card.kpi,), card.access)
            for at, card in enumerate(missed)
        ),
        PackException("late_table", "fact_return", table, late, 6.0, ("return_rate",)),
    )


def _tables(catalogue: Catalogue) -> tuple[TableState, ...]:
    fresh = TableState("fact_order", catalogue.table_names["fact_order"], "fresh", WEEK.last, None, 12, 0)
    late = TableState("fact_return", catalogue.table_names["fact_return"], "late", date(2026, 11, 2), 6, 9, 41)
    return fresh, late


def _comments(cards: tuple[PackCard, ...]) -> tuple[PackComment, ...]:
    return (
        PackComment(cards[3].kpi, "双十一后退货集中，仓库已加派人手。", "mei", MADE),
        PackComment(cards[2].kpi, "Two suppliers were late; stock is back since Friday.", "tom", MADE),
    )


def _action(number: int, week: str, kpi: str, due: date = date(2026, 11, 27), **more: Any) -> PackAction:
    return PackAction(number, week, kpi, "Call the carrier about weekend pick-ups", "Li Wei", due, "mei", MADE, **more)


def _summary(cards: tuple[PackCard, ...]) -> Summary:
    said = Text(
        "GMV rose by 12.4% to ¥3.41M, most of it from Tmall (+¥210K).",
        "GMV 上升 12.4%，至 ¥341万，主要来自天猫(+¥21万)。",
        "GMV 上升 12.4%，至 ¥341萬，主要來自天貓(+¥21萬)。",
    )
    return Summary(tuple(SummaryLine(said, card.kpi) for card in cards[:5]))


def _restatements(cards: tuple[PackCard, ...]) -> tuple[Restatement, ...]:
    card = cards[0]
    file = FileOf(57, "returns-2026-11-18.csv", "mei", datetime(2026, 11, 18, 9, 12))
    causes = (
        Cause("batch", Decimal("-1200.5"), (file,)),
        Cause("formula", Decimal("300.25")),
        Cause("time", Decimal("-0.25")),
    )
    return (
        Restatement(
            "2026-W45",
            card.kpi,
            card.name,
            card.access,
            card.unit,
            card.shown_in,
            card.direction,
            10_000.0,
            9_099.5,
            Decimal("-900.5"),
            causes,
            PackTarget(9_000.0, kind="plan"),
            PackTarget(9_500.0, kind="plan"),
        ),
    )


def _definition(kpi: Kpi) -> Definition:
    statement = Statement(
        "value", "select 1 as x where $start < $end", (Parameter("start", "date", "2026-11-09"),), null_is_zero=True
    )
    written = Text("sum of GMV", "GMV 之和", "GMV 之和")
    return Definition(
        kpi.id,
        kpi.name,
        kpi.definition,
        kpi.pitfalls,
        kpi.standard,
        kpi.access,
        written,
        "f" * 64,
        {"id": kpi.id},
        (statement,),
    )
