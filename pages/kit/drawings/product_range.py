"""View models of product management's charts about the roadmap, launches, reviews and discovery."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from metrics.model import Kpi
from metrics.periods import Grain
from metrics.views.discovery import RATES, SALES
from metrics.views.review_topics import STARS
from pages.kit.charts.bars import BarsView, Series, Side
from pages.kit.charts.lines import Line, LinesView, Panel
from pages.kit.charts.words import Coded, Measure, Said

PERCENT, COUNT, SCORE = Measure("percent"), Measure("count"), Measure("score")


def burn_up(frame: pl.DataFrame) -> LinesView:
    """Done against promised and scope by week, of the frame of `metrics.views.roadmap`."""

    def line(name: str) -> tuple[float | None, ...]:
        return tuple(frame[name].to_list())

    is_points = bool(frame.height and frame["is_points"][0])
    return LinesView(
        about=Said("prd.points" if is_points else "prd.epics"),
        xs=tuple(frame["period"].to_list()),
        grain="week",
        x_name=None,
        panels=(
            Panel(
                None,
                COUNT,
                (
                    Line(Said("prd.done"), line("done"), "data"),
                    Line(Said("prd.due"), line("due"), "plan"),
                    Line(Said("prd.scope"), line("scope"), "comparison"),
                ),
            ),
        ),
        reason=None if frame.height else "prd.no_roadmap",
    )


def launches(frame: pl.DataFrame, currency: str) -> LinesView:
    """A line a new product by week since launch, of the frame of `metrics.views.launches`."""
    known = frame.filter(pl.col("sales").is_not_null())
    most = known["week"].max()
    weeks = tuple(range(1, int(most) + 1)) if isinstance(most, int) else ()
    values = {(product, week): sales for product, week, sales in known.select("product", "week", "sales").iter_rows()}
    names = dict(known.select("product", "name").iter_rows())
    products = known["product"].unique(maintain_order=True).to_list()
    return LinesView(
        about=Said("prd.launch_about"),
        xs=weeks,
        grain=None,
        x_name=Said("prd.weeks_since"),
        panels=(
            Panel(
                None,
                Measure("currency", currency),
                tuple(Line(names[one], tuple(values.get((one, week)) for week in weeks)) for one in products),
            ),
        ),
        reason=None if products else "prd.no_launches",
    )


def reviews(frame: pl.DataFrame) -> BarsView:
    """Stars by topic as shares, the lowest mean first, of the frame of `metrics.views.review_topics`."""

    def column(name: str) -> tuple[float | None, ...]:
        return tuple(frame[name].cast(pl.Float64).to_list())

    return BarsView(
        about=Said("prd.reviews_about"),
        categories=tuple(Coded("topic", topic) for topic in frame["topic"]),
        series=tuple(Series(Said("prd.stars", (("n", stars),)), column(f"stars_{stars}")) for stars in STARS),
        measure=COUNT,
        mode="share",
        side=(
            Side(Said("prd.mean_stars"), column("mean"), SCORE),
            Side(Said("prd.reviews"), column("reviews"), COUNT),
            Side(Said("prd.negative"), column("negative"), PERCENT),
        ),
        reason=None if frame.height else "prd.no_reviews",
    )


def discovery(frame: pl.DataFrame, kpis: Mapping[str, Kpi], grain: Grain, currency: str) -> LinesView:
    """Rates of search and recommendation above sales by entry, of the frame of `metrics.views.discovery`."""
    periods = frame["period"].unique().sort().to_list()
    panels = [panel for name in RATES if (panel := _rate(frame, kpis[name], periods)) is not None]
    sold = frame.filter(pl.col("measure") == SALES, pl.col("value").is_not_null())
    entries = sold["entry"].unique(maintain_order=True).to_list()
    if entries:
        lines = tuple(Line(Coded("entry_source", entry), _values(sold, periods, entry)) for entry in entries)
        panels.append(Panel(Said("prd.sales_by_entry"), Measure("currency", currency), lines, is_area=True))
    return LinesView(
        about=Said("prd.discovery_about"),
        xs=tuple(periods),
        grain=grain,
        x_name=None,
        panels=tuple(panels),
        reason=None if panels else "prd.no_discovery",
    )


def _rate(frame: pl.DataFrame, kpi: Kpi, periods: list[object]) -> Panel | None:
    values = _values(frame.filter(pl.col("measure") == kpi.id), periods, None)
    if all(value is None for value in values):
        return None
    target = kpi.default_target.value if kpi.default_target else None
    return Panel(kpi.name, PERCENT, (Line(kpi.name, values, "data"),), target=target)


def _values(frame: pl.DataFrame, periods: list[object], entry: str | None) -> tuple[float | None, ...]:
    own = frame.filter(pl.col("entry").eq_missing(pl.lit(entry)))
    held = dict(own.select("period", "value").iter_rows())
    return tuple(held.get(period) for period in periods)
