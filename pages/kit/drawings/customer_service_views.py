"""Customer service: the view model of each special chart, from the frame of its view."""

from __future__ import annotations

from typing import Any

import polars as pl

from metrics.model import Kpi
from metrics.periods import Grain
from metrics.views.backlog import AGES
from metrics.views.clock import HOURS, WEEKDAYS
from metrics.views.response_times import POINTS
from pages.kit.charts.bars import BarsView, Series, Tone
from pages.kit.charts.heat import HeatView
from pages.kit.charts.lines import Line, LinesView, Panel
from pages.kit.charts.listing import Column, ListView
from pages.kit.charts.ranking import RankingView
from pages.kit.charts.steps import StepsView
from pages.kit.charts.words import Amount, Coded, Measure, Said, Word

COUNT, PERCENT, MINUTES = Measure("count"), Measure("percent"), Measure("minutes")
ANSWERS = ("missed", "answered")
MOST_REASONS, MOST_CUSTOMERS = 10, 12
# A pseudonym is a long hash; its first characters tell customers apart on a page.
PSEUDONYM = 10


def complaint_reasons(frame: pl.DataFrame, about: Word) -> RankingView:
    """Reasons by falling complaints; one that the comparison did not have at all is called new."""
    shown = frame.head(MOST_REASONS)
    rest = frame.slice(MOST_REASONS)
    return RankingView(
        about,
        names=tuple(_reason(row) for row in shown.iter_rows(named=True)),
        values=tuple(float(count) for count in shown["count"]),
        measure=COUNT,
        rest=(rest.height, float(rest["count"].sum())) if rest.height else None,
        reason=None if frame.height else "cs.no_complaints",
    )


def _reason(row: dict[str, Any]) -> Word:
    code = row["reason"]
    name = Coded("contact_reason_l1", row["group"]) if code is None else Coded("contact_reason_l2", code)
    return Said("cs.new_reason", (("name", name),)) if row["before"] == 0 else name


def answers(frame: pl.DataFrame) -> tuple[str, ...]:
    """What a reader can look at by itself: missed and answered contacts, where files tell them apart."""
    return ANSWERS if frame["missed"].null_count() < frame.height else ()


def contact_clock(frame: pl.DataFrame, about: Word, answer: str | None) -> HeatView:
    """Average contacts by weekday and hour: all of them (answer None), the missed or the answered ones."""
    column = answer or "contacts"
    cells = {(day, hour): count for day, hour, count in frame.select("weekday", "hour", column).iter_rows()}
    return HeatView(
        about,
        rows=tuple(Said(f"cs.weekday.{day}") for day in WEEKDAYS),
        columns=tuple(str(hour) for hour in HOURS),
        values=tuple(tuple(cells[day, hour] for hour in HOURS) for day in WEEKDAYS),
        measure=COUNT,
        is_high_bad=answer == "missed",
        reason=None if any(cells.values()) else f"cs.no_{column}",
    )


def response_times(frame: pl.DataFrame, about: Word, grain: Grain) -> LinesView:
    """One plot a channel, since a chat is answered in minutes and an e-mail in hours."""
    periods = tuple(frame["period"].unique().sort())
    panels = []
    for channel in frame["channel"].unique(maintain_order=True):
        rows = frame.filter(pl.col("channel") == channel).sort("period")
        named = (("channel", Coded("channel", channel)), ("rate", Amount(rows["in_sla"][0], PERCENT)))
        title = Coded("channel", channel) if rows["in_sla"][0] is None else Said("cs.channel_in_sla", named)
        lines = tuple(Line(f"p{point}", tuple(rows[f"p{point}"])) for point in POINTS)
        panels.append(Panel(title, MINUTES, lines))
    return LinesView(about, periods, grain, None, tuple(panels), reason=None if panels else "cs.no_response_times")


def backlog(frame: pl.DataFrame, about: Word, grain: Grain) -> LinesView:
    """Open contacts as areas, the oldest lowest."""
    periods = tuple(frame["period"].unique().sort())
    lines = tuple(
        Line(Said(f"cs.age.{age}"), tuple(frame.filter(pl.col("age") == age)["open"].cast(pl.Float64)))
        for age in reversed(AGES)
    )
    is_known = frame["open"].null_count() < frame.height
    panel = Panel(None, COUNT, lines, is_area=True)
    return LinesView(about, periods, grain, None, (panel,), reason=None if is_known else "cs.no_backlog")


def contact_causes(frame: pl.DataFrame, about: Word) -> HeatView:
    """Reasons by the department that caused them."""
    reasons = tuple(frame["reason"].unique(maintain_order=True))
    departments = tuple(frame["department"].unique(maintain_order=True))
    cells = {(reason, department): float(count) for reason, department, count in frame.iter_rows()}
    values = tuple(tuple(cells[reason, department] for department in departments) for reason in reasons)
    return HeatView(
        about,
        rows=tuple(Coded("contact_reason_l1", reason) for reason in reasons),
        columns=tuple(Coded("root_cause_department", department) for department in departments),
        values=values,
        measure=COUNT,
        is_high_bad=True,
        row_totals=tuple(sum(row) for row in values),
        reason=None if reasons else "cs.no_causes",
    )


def by_reason(frame: pl.DataFrame, kpis: tuple[Kpi, ...], about: Word, target: float | None) -> BarsView:
    """The reasons with the lowest value of the first KPI, the others beside it; target: of the first."""
    first = kpis[0].id
    known = frame.filter(pl.any_horizontal(pl.col(kpi.id).is_not_null() for kpi in kpis))
    shown = known.sort(first, "contact_reason_l1", nulls_last=True).head(MOST_REASONS)
    tones: tuple[Tone, ...] = ("data", "comparison")
    return BarsView(
        about,
        categories=tuple(Coded("contact_reason_l1", reason) for reason in shown["contact_reason_l1"]),
        series=tuple(Series(kpi.name, tuple(shown[kpi.id]), tone) for kpi, tone in zip(kpis, tones, strict=True)),
        measure=Measure(kpis[0].shown_in),
        mode="grouped",
        target=target,
        reason=None if shown.height else "cs.no_ratings",
    )


def self_service(frame: pl.DataFrame, about: Word, kpis: tuple[Kpi, ...], grain: Grain) -> LinesView:
    """What bots and articles solve, visits per customer served, and the votes that call an article helpful."""
    panels = [_alone(kpi.name, Measure(kpi.shown_in), frame[kpi.id]) for kpi in kpis]
    panels.append(_alone(Said("cs.helpful_votes"), PERCENT, frame["helpful_rate"]))
    has_values = any(value is not None for panel in panels for line in panel.lines for value in line.values)
    # A number that no file of the period carries needs no empty plot.
    shown = tuple(panel for panel in panels if any(value is not None for value in panel.lines[0].values))
    reason = None if has_values else "cs.no_self_service"
    return LinesView(about, tuple(frame["period"]), grain, None, shown, reason=reason)


def _alone(name: Word, measure: Measure, values: pl.Series) -> Panel:
    return Panel(name, measure, (Line(name, tuple(values)),))


def presale(frame: pl.DataFrame, about: Word) -> StepsView:
    """Asked, answered, ordered; beside them the customers whom nobody answered."""
    counts = {step: None if count is None else float(count) for step, count in frame.iter_rows()}
    missed = counts.pop("missed")
    return StepsView(
        about,
        steps=tuple(Said(f"cs.presale.{step}") for step in counts),
        counts=tuple(counts.values()),
        measure=COUNT,
        asides=() if missed is None else ((Said("cs.presale.missed"), missed),),
        reason=None if counts["asked"] else "cs.no_presale",
    )


def key_accounts(frame: pl.DataFrame, about: Word) -> ListView:
    """The first key customers of the list; a call that is overdue says so."""
    names = ("customer", "member_tier", "last_order", "last_follow_up", "next_due")
    shown = frame.head(MOST_CUSTOMERS)
    return ListView(
        about,
        columns=tuple(Column(Said(f"cs.key_account.{name}")) for name in names),
        rows=tuple(_customer(row) for row in shown.iter_rows(named=True)),
        more=frame.height - shown.height,
        reason=None if frame.height else "cs.no_key_accounts",
    )


def _customer(row: dict[str, Any]) -> tuple[Word | float | None, ...]:
    due = row["next_due"]
    next_due = Said("cs.overdue", (("day", due),)) if row["is_overdue"] else due
    tier = Coded("member_tier", row["member_tier"])
    return row["customer"][:PSEUDONYM], tier, row["last_order"], row["last_follow_up"], next_due
