"""View models of marketing's charts about customers' value, the market, the brand and partners."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from metrics.model import Kpi
from metrics.views.brand import STEPS
from pages.kit.charts.bars import BarsView, Series
from pages.kit.charts.lines import Line, LinesView, Panel
from pages.kit.charts.waterfall import Step, WaterfallView
from pages.kit.charts.words import Coded, Measure, Moment, Said

MOST_COHORTS = 8


def lifetime(frame: pl.DataFrame, currency: str) -> LinesView:
    """A line a first-order month, newest last, and what a new customer cost: of `metrics.views.lifetime_value`."""
    known = frame.filter(pl.col("profit").is_not_null())
    cohorts = known["cohort"].unique().sort().to_list()[-MOST_COHORTS:]
    shown = known.filter(pl.col("cohort").is_in(cohorts))
    most = shown["months_since"].max()
    months = tuple(range(int(most) + 1)) if isinstance(most, int) else ()
    values = {
        (cohort, month): profit for cohort, month, profit in shown.select("cohort", "months_since", "profit").rows()
    }
    lines = [
        Line(Moment(cohort, "month"), tuple(values.get((cohort, month)) for month in months)) for cohort in cohorts
    ]
    cost = frame["acquisition_cost"].max()
    if lines and isinstance(cost, float):
        lines.append(Line(Said("mkt.cac_short"), tuple(cost for _ in months), "comparison"))
    hidden = frame["is_hidden"].any()
    return LinesView(
        about=Said("mkt.profit_per_customer"),
        xs=months,
        grain=None,
        x_name=Said("mkt.months_since"),
        panels=(Panel(None, Measure("currency", currency), tuple(lines)),),
        reason=None if cohorts else "mkt.clv_few" if hidden else "mkt.no_clv",
    )


def market(frame: pl.DataFrame, kpis: Sequence[Kpi]) -> LinesView:
    """The shares month by month, of the frame of `metrics.views.series`; months after the last known one are cut."""
    names = [kpi.id for kpi in kpis]
    known = frame.filter(pl.any_horizontal(pl.col(names).is_not_null()))
    last = known["period"].max()
    shown = frame.filter(pl.col("period") <= last).sort("period") if known.height else frame.clear()
    lines = tuple(
        Line(kpi.name, tuple(shown[kpi.id].to_list())) for kpi in kpis if shown[kpi.id].null_count() < shown.height
    )
    return LinesView(
        about=Said("mkt.shares_about"),
        xs=tuple(shown["period"].to_list()),
        grain="month",
        x_name=None,
        panels=(Panel(None, Measure("percent"), lines),),
        reason=None if lines else "mkt.no_market",
    )


def brand(frame: pl.DataFrame) -> BarsView:
    """The three steps of brand knowledge by wave, the newest wave first, of the frame of `metrics.views.brand`."""
    waves = frame["wave"].unique(maintain_order=True).to_list()[::-1]
    rates = {(wave, step): rate for wave, step, rate in frame.select("wave", "step", "rate").iter_rows()}
    is_known = any(rate is not None for rate in rates.values())
    return BarsView(
        about=Said("mkt.brand_about"),
        categories=tuple(Coded("wave", wave) for wave in waves),
        series=tuple(
            Series(Said(f"mkt.brand_{step}"), tuple(rates.get((wave, step)) for wave in waves)) for step in STEPS
        ),
        measure=Measure("percent"),
        mode="grouped",
        reason=None if is_known else "mkt.brand_few" if frame["is_hidden"].any() else "mkt.no_brand",
    )


def kinds(frame: pl.DataFrame) -> tuple[str, ...]:
    """The kinds of partner that a reader may look at one by one."""
    return tuple(kind for kind in frame["partner_type"].to_list() if kind)


def partners(frame: pl.DataFrame, kind: str | None) -> WaterfallView:
    """The bridge of one kind of partner (None: all together), of the frame of `metrics.views.partners`."""
    chosen = frame.filter(pl.col("partner_type").eq_missing(pl.lit(kind)))
    row = chosen.row(0, named=True) if chosen.height else None
    is_known = row is not None and row["start"] is not None
    steps: tuple[Step, ...] = ()
    if row is not None and is_known:
        steps = (
            Step(Said("mkt.partners_on", (("day", row["first_day"]),)), float(row["start"]), "total"),
            Step(Said("mkt.partners_new"), float(row["new"]), "change", is_good=True),
            Step(Said("mkt.partners_ended"), -float(row["ended"]), "change", is_good=False),
            Step(Said("mkt.partners_renewed"), float(row["renewed"]), "change", is_good=True),
            Step(Said("mkt.partners_on", (("day", row["last_day"]),)), float(row["end"]), "total"),
        )
    return WaterfallView(
        about=Said("mkt.partners_about"),
        steps=steps,
        measure=Measure("count"),
        reason=None if is_known else "mkt.no_partners" if row is None else "mkt.partners_once",
    )
