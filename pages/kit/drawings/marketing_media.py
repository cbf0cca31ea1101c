"""View models of marketing's charts about money, campaigns and messages."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from pages.kit.charts.bars import BarsView, Series, Side
from pages.kit.charts.points import Axis, Point, PointsView
from pages.kit.charts.steps import StepsView
from pages.kit.charts.timeline import Span, TimelineView, Tone
from pages.kit.charts.words import Coded, Measure, Said, Word

PERCENT, COUNT = Measure("percent"), Measure("count")
# The longest span that is drawn whole.
LONGEST = timedelta(days=183)
# Today is on the calendar where it lies no farther than this behind the last campaign.
NEAR = timedelta(days=31)
_STEPS = ("delivered", "opened", "clicked", "bought")


def spend(frame: pl.DataFrame, currency: str) -> PointsView:
    """Spend against new customers, of the frame of `metrics.views.acquisition`: channels that cost something."""
    money = Measure("currency", currency)
    paid = frame.filter(pl.col("spend") > 0, pl.col("new_customers").is_not_null())
    points = tuple(
        Point(Coded("marketing_channel", row["channel"]), row["spend"], row["new_customers"], row["cost_per_customer"])
        for row in paid.iter_rows(named=True)
    )
    return PointsView(
        about=Said("mkt.spend_about"),
        points=points,
        x=Axis(Said("mkt.spend"), money),
        y=Axis(Said("mkt.new_customers"), COUNT),
        size=(Said("mkt.cac"), money),
        reason=None if points else "mkt.no_spend",
    )


def campaigns(frame: pl.DataFrame, today: date, currency: str, is_able: bool = True) -> BarsView:
    """Revenue of each campaign as a part of its target, of the frame of `metrics.views.campaigns.campaign_results`.

    is_able: whether plans carry the filters of the page.
    """
    money = Measure("currency", currency)

    def column(name: str) -> tuple[float | None, ...]:
        return tuple(frame[name].to_list())

    names: list[Word] = []
    for name, last in frame.select("name", "last").iter_rows():
        is_running = last is None or last >= today
        names.append(Said("mkt.still_running", (("name", name),)) if is_running else name)
    known = frame.select("attainment", "spend", "revenue").null_count().row(0)
    is_empty = all(nulls == frame.height for nulls in known)
    return BarsView(
        about=Said("mkt.attainment"),
        categories=tuple(names),
        series=(Series(Said("mkt.attainment"), column("attainment"), "data"),),
        measure=PERCENT,
        mode="grouped",
        side=(
            Side(Said("mkt.revenue"), column("revenue"), money),
            Side(Said("mkt.spent"), column("spend"), money),
            Side(Said("mkt.of_budget"), column("budget_used"), PERCENT),
        ),
        target=100.0,
        reason="mkt.plans_by_filter" if not is_able else "mkt.no_campaigns" if is_empty else None,
    )


def calendar(frame: pl.DataFrame, today: date) -> TimelineView:
    """The calendar of the frame of `metrics.views.campaigns.campaign_calendar`, campaigns of one kind together."""
    campaigns = frame.filter(pl.col("kind") == "campaign")
    order = campaigns.group_by("group").agg(pl.col("first").min().alias("start")).sort("start", "group")
    spans = tuple(
        _span(row, today)
        for group in order["group"]
        for row in campaigns.filter(pl.col("group") == group).iter_rows(named=True)
    )
    festivals = frame.filter(pl.col("kind") == "festival")
    return TimelineView(
        about=Said("mkt.calendar_about"),
        spans=spans,
        # Of a period long ago the axis need not reach today.
        today=today if today - max((span.last for span in spans), default=today) < NEAR else None,
        marks=tuple((row["first"], Coded("festival", row["name"])) for row in festivals.iter_rows(named=True)),
        reason=None if spans else "mkt.no_calendar",
    )


def _span(row: dict[str, date | str | None], today: date) -> Span:
    first, last, planned = row["first"], row["last"], row["planned"]
    assert isinstance(first, date)
    assert isinstance(last, date)
    note: Word = Said("mkt.state_running")
    tone: Tone = "data"
    if last < today:
        tone, note = "quiet", Said("mkt.state_ended")
    elif first > today:
        tone, note = "plan", Said("mkt.state_planned")
    if isinstance(planned, date) and first - planned > timedelta(0) and last >= today:
        tone, note = "warn", Said("mkt.state_late", (("planned", planned),))
    name: Word = str(row["name"])
    if last - first > LONGEST:
        # One that began long ago would press all the others together.
        name, first = Said("mkt.since", (("name", name), ("day", first))), last - LONGEST
    return Span(name, first, last, Coded("campaign_type", str(row["group"])), tone, note)


def touches(frame: pl.DataFrame) -> tuple[str, ...]:
    """The kinds of message that a reader may look at one by one."""
    return tuple(kind for kind in frame["touch_type"].unique(maintain_order=True).to_list() if kind)


def messages(frame: pl.DataFrame, touch: str | None) -> StepsView:
    """The funnel of one kind of message (None: all together), of the frame of `metrics.views.messages`."""
    chosen = frame.filter(pl.col("touch_type").eq_missing(pl.lit(touch)))
    counts = dict(chosen.select("step", "messages").iter_rows())
    asides: list[tuple[Word, float | None]] = [(Said("mkt.opted_out"), counts.get("opted_out"))]
    if counts.get("untracked"):
        asides.append((Said("mkt.untracked"), counts["untracked"]))
    return StepsView(
        about=Said("mkt.messages"),
        steps=tuple(Said(f"mkt.step_{step}") for step in _STEPS),
        counts=tuple(counts.get(step) for step in _STEPS),
        measure=COUNT,
        asides=tuple(asides),
        reason=None if counts.get("delivered") else "mkt.no_messages",
    )


def rewards(frame: pl.DataFrame, currency: str) -> BarsView:
    """What was issued and redeemed by kind, of the frame of `metrics.views.messages.rewards`."""

    def column(name: str) -> tuple[float | None, ...]:
        return tuple(frame[name].to_list())

    return BarsView(
        about=Said("mkt.rewards_about"),
        categories=tuple(Coded("touch_type", kind) for kind in frame["touch_type"]),
        series=(
            Series(Said("mkt.redeemed"), column("redeemed"), "data"),
            Series(Said("mkt.issued"), column("issued"), "comparison"),
        ),
        measure=Measure("currency", currency),
        mode="grouped",
        side=(Side(Said("mkt.redemption_rate"), column("rate"), PERCENT),),
        reason=None if frame.height else "mkt.no_rewards",
    )
