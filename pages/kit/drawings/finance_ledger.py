"""View models of the charts of Finance that are read from the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from metrics.load import Catalogue
from metrics.periods import months_later
from pages.kit.charts.bars import BarsView, Series, Side
from pages.kit.charts.lines import Line, LinesView, Panel
from pages.kit.charts.waterfall import Step, WaterfallView
from pages.kit.charts.words import Coded, Measure, Moment, Said, Word

CYCLE = ("days_of_inventory", "dso", "dpo")
CYCLE_KPIS = ("cash_conversion_cycle", *CYCLE)


def months(first: date, last: date) -> Word:
    """A stretch of months by the first day of its first and of its last."""
    if first == last:
        return Moment(first, "month")
    return Said("finance.months", (("first", Moment(first, "month")), ("last", Moment(last, "month"))))


def budget_bridge_view(frame: pl.DataFrame, currency: str) -> WaterfallView:
    """From the budget's EBITDA to the actual one; frame: `metrics.views.budget_bridge`."""
    about, measure = Said("finance.ebitda_against_budget"), Measure("currency", currency)
    if frame.is_empty():
        return WaterfallView(about, (), measure, "finance.no_ledger")
    if frame["effect"].null_count():
        return WaterfallView(about, (), measure, "finance.no_budget")
    when = (("months", months(frame["first_month"][0], frame["last_month"][0])),)
    # What a class did to EBITDA is actual less budget in that direction, so the totals differ by all effects.
    signs = pl.when(pl.col("account_class") == "revenue").then(1.0).otherwise(-1.0)
    budget, actual = (float(frame.select((signs * pl.col(name)).sum()).item()) for name in ("budget", "actual"))
    changes = [
        Step(Coded("account_class", name), effect, "change", None if not effect else effect > 0)
        for name, effect in frame.select("account_class", "effect").iter_rows()
    ]
    first, last = Said("finance.budget_of", when), Said("finance.actual_of", when)
    return WaterfallView(about, (Step(first, budget, "total"), *changes, Step(last, actual, "total")), measure)


def revenue_bridge_view(frame: pl.DataFrame, currency: str) -> WaterfallView:
    """From GMV to the ledger's revenue; frame: `metrics.views.revenue_bridge`."""
    about, measure = Said("finance.gmv_to_revenue"), Measure("currency", currency)
    if frame.is_empty():
        return WaterfallView(about, (), measure, "finance.no_ledger")
    amounts = dict(frame.select("step", "amount").iter_rows())
    if amounts["gmv"] is None:
        return WaterfallView(about, (), measure, "finance.no_orders")
    when = (("months", months(frame["first_month"][0], frame["last_month"][0])),)
    is_whole = dict(frame.select("step", "is_whole").iter_rows())
    names: dict[str, Word] = {step: Coded("revenue_step", step) for step in amounts}
    names |= {"gmv": Said("finance.gmv_of", when), "net_revenue": Said("finance.revenue_of", when)}
    if not is_whole["gmv"]:
        names["timing_and_other"] = Said("finance.rest_with_missing_orders")
    totals = ("gmv", "net_revenue")
    steps = tuple(
        Step(names[step], amount, "total" if step in totals else "change") for step, amount in amounts.items()
    )
    return WaterfallView(about, steps, measure)


def cycle_view(frame: pl.DataFrame, catalogue: Catalogue) -> BarsView:
    """The days of the cash cycle by month; frame: `metrics.views.series` of CYCLE_KPIS. Payables count downwards."""
    about, measure = catalogue.kpi(CYCLE_KPIS[0]).name, Measure("days")
    known = frame.filter(pl.any_horizontal(pl.col(*CYCLE_KPIS).is_not_null()))
    if known.is_empty():
        return BarsView(about, (), (), measure, "stacked", reason="finance.no_cycle")
    shown = frame.filter(pl.col("period") >= known["period"].min())
    signed = shown.with_columns(-pl.col("dpo"))
    return BarsView(
        about,
        tuple(shown["period"].to_list()),
        tuple(Series(catalogue.kpi(name).name, tuple(signed[name].to_list())) for name in CYCLE),
        measure,
        "stacked",
        is_vertical=True,
        totals=tuple(shown[CYCLE_KPIS[0]].to_list()),
        grain="month",
    )


def burn_view(frame: pl.DataFrame, currency: str) -> BarsView:
    """Budget used by department, beside the time elapsed; frame: `metrics.views.burn`."""
    about, measure, money = Said("finance.budget_used"), Measure("percent"), Measure("currency", currency)
    if frame.is_empty() or not frame["used"].count():
        reason = "finance.no_ledger" if frame.is_empty() else "finance.no_budget"
        return BarsView(about, (), (), measure, "bullet", reason=reason)
    month = (("month", Moment(frame["last_month"][0], "month")),)
    return BarsView(
        about,
        tuple(Coded("department", name) for name in frame["department"]),
        (
            Series(Said("finance.used"), _values(frame, "used"), "data"),
            Series(Said("finance.elapsed", month), _values(frame, "elapsed"), "plan"),
            Series(Said("finance.planned_use"), _values(frame, "planned_use"), "comparison"),
        ),
        measure,
        "bullet",
        side=(Side(Said("finance.spent"), _values(frame, "actual"), money),),
    )


def forecast_view(frame: pl.DataFrame, currency: str) -> LinesView:
    """Revenue booked, budgeted and forecast by month; frame: `metrics.views.revenue_forecast`."""
    about = Said("finance.revenue")
    if frame.is_empty():
        return LinesView(about, (), "month", None, (), reason="finance.no_ledger")
    roles = (("actual", "data"), ("budget", "plan"), ("forecast", "comparison"))
    lines = tuple(
        Line(Said(f"finance.{name}"), _values(frame, name), role)  # type: ignore[arg-type]
        for name, role in roles
        if frame[name].count()
    )
    booked = frame.filter(pl.col("actual").is_not_null())["month"]
    ahead = months_later(booked[-1], 1) if booked.len() and booked[-1] < frame["month"][-1] else None
    panel = Panel(None, Measure("currency", currency), lines)
    return LinesView(about, tuple(frame["month"].to_list()), "month", None, (panel,), forecast_from=ahead)


def _values(frame: pl.DataFrame, name: str) -> tuple[float | None, ...]:
    found: Sequence[float | None] = frame[name].to_list()
    return tuple(found)
