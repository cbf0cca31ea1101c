"""View models of the charts of Finance about cash, bills, margins and the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl

from metrics.periods import Grain
from metrics.views.ageing import BANDS
from pages.kit.charts.bars import BarsView, Series, Side
from pages.kit.charts.heat import HeatView
from pages.kit.charts.lines import Line, LinesView, Panel
from pages.kit.charts.timeline import Span, TimelineView, Tone
from pages.kit.charts.words import Amount, Coded, Measure, Moment, NearDay, Said, Word

EARLIEST = timedelta(days=120)
# More rows than the panel beside it has would only make both higher.
MOST_ITEMS = 10
_TONES: Mapping[str, Tone] = {
    "on_time": "good", "late": "warn", "overdue": "bad", "open": "plan", "closed": "data", "unfinished": "quiet",
}  # fmt: skip


def cash_view(frame: pl.DataFrame, grain: Grain, currency: str) -> LinesView:
    """Free cash and what is left of the credit lines; frame: `metrics.views.cash_curve`."""
    about = Said("finance.free_cash")
    if not frame["free_cash"].count():
        return LinesView(about, (), grain, None, (), reason="finance.no_balances")
    runway = frame["runway"][0]
    title: Word = about
    if runway is not None:
        title = Said("finance.free_cash_lasts", (("runway", Amount(runway, Measure("months"))),))
    panels = [Panel(title, Measure("currency", currency), (Line(about, tuple(frame["free_cash"].to_list()), "data"),))]
    if frame["headroom"].count():
        name = Said("finance.headroom")
        panels.append(Panel(name, Measure("percent"), (Line(name, tuple(frame["headroom"].to_list()), "data"),)))
    known = frame.filter(pl.col("free_cash").is_not_null(), ~pl.col("is_projected"))["period"]
    # The dashes begin at the last known day, so that the projection hangs together with it.
    begins = known[-1] if frame["is_projected"].any() else None
    return LinesView(about, tuple(frame["period"].to_list()), grain, None, tuple(panels), forecast_from=begins)


def ageing_view(frame: pl.DataFrame, currency: str) -> BarsView:
    """Open bills by kind and days overdue; frame: `metrics.views.ageing`."""
    about, money = Said("finance.open_bills"), Measure("currency", currency)
    if frame.is_empty() or not frame["bills"].sum():
        reason = "finance.no_bills" if frame.is_empty() else "finance.no_open_bills"
        return BarsView(about, (), (), money, "stacked", reason=reason)
    kinds = frame["invoice_type"].unique(maintain_order=True).to_list()
    amounts = {
        (kind, band): amount for kind, band, amount in frame.select("invoice_type", "band", "amount").iter_rows()
    }
    overdue = tuple(sum(amounts[kind, band] for band in BANDS[1:]) for kind in kinds)
    return BarsView(
        about,
        tuple(Coded("invoice_type", kind) for kind in kinds),
        tuple(Series(Coded("ageing_band", band), tuple(amounts[kind, band] for kind in kinds)) for band in BANDS),
        money,
        "stacked",
        side=(Side(Said("finance.overdue"), overdue, money),),
    )


def margin_view(frame: pl.DataFrame) -> HeatView:
    """Gross margin by category and channel; frame: `metrics.views.margin_mix`."""
    about, measure = Said("finance.gross_margin"), Measure("percent")
    if not frame["margin"].count():
        return HeatView(about, (), (), (), measure, reason="finance.no_margins")
    cells = {(category, channel): margin for category, channel, margin, _ in frame.iter_rows()}
    categories = frame["category"].unique(maintain_order=True).to_list()
    sizes = frame.drop_nulls("channel").group_by("channel").agg(pl.col("net_amount").sum())
    channels = sizes.sort("net_amount", "channel", descending=[True, False])["channel"].to_list()
    return HeatView(
        about,
        tuple(Coded("product.category_l1", category) for category in categories),
        tuple(Coded("sales_channel", channel) for channel in channels),
        tuple(tuple(cells.get((category, channel)) for channel in channels) for category in categories),
        measure,
        row_totals=tuple(cells[category, None] for category in categories),
    )


def calendar_view(frame: pl.DataFrame, today: date) -> TimelineView:
    """Filings, inspections, disputes and closes; frame: `metrics.views.compliance_calendar`."""
    about = Said("finance.calendar")
    if frame.is_empty():
        return TimelineView(about, (), today, reason="finance.no_calendar")
    items = frame.filter(pl.col("domain").is_not_null())
    first = items.sort(
        pl.col("state") == "overdue", (pl.col("due") - today).abs(), "item_id", descending=[True, False, False]
    )["item_id"].head(MOST_ITEMS)
    shown = items.filter(pl.col("item_id").is_in(first.implode()))
    spans = tuple(_span(row, today) for row in shown.iter_rows(named=True))
    return TimelineView(about, (*spans, *_closes(frame, today)), today, more=items.height - shown.height)


def _closes(frame: pl.DataFrame, today: date) -> list[Span]:
    """One span a month: its close is as long as the longest of its jobs, and unfinished while one of them is."""
    found = []
    for (first,), jobs in frame.filter(pl.col("domain").is_null()).group_by("first", maintain_order=True):
        lags = [float(lag) for lag in jobs["lag_days"].drop_nulls()]
        is_open = len(lags) < jobs.height
        note = Said("finance.state_unfinished") if is_open else _taken("closed", max(lags))
        last: date = max(first, today) if is_open else max(jobs["done"].to_list())
        tone = _TONES["unfinished" if is_open else "closed"]
        found.append(Span(Moment(first, "month"), first, last, Said("finance.closes"), tone, note))
    return found


def _span(row: Mapping[str, Any], today: date) -> Span:
    state = row["state"]
    name = Said("finance.item", (("kind", Coded("item_type", row["item_type"])), ("id", row["item_id"])))
    last = max(row["due"], row["done"] if state == "late" else row["due"], today if state == "overdue" else row["due"])
    first = min(max(row["first"], today - EARLIEST), last)
    return Span(name, first, last, Coded("domain", row["domain"]), _TONES[state], _note(row, state, today))


def _note(row: Mapping[str, Any], state: str, today: date) -> Word:
    if state == "open":
        return Said("finance.state_open", (("day", NearDay(row["due"])),))
    days = {"late": row["done"], "overdue": today}.get(state)
    return Said(f"finance.state_{state}") if days is None else _taken(state, (days - row["due"]).days)


def _taken(state: str, days: float) -> Word:
    return Said(f"finance.state_{state}", (("days", Amount(days, Measure("days"))),))
