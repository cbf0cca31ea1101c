"""View models of product management's charts about stock, suppliers and prices."""

from __future__ import annotations

from statistics import median

import polars as pl

from metrics.periods import Period
from metrics.views.rest import REST
from metrics.views.stock_outs import calendar_grain
from pages.kit.charts.bars import BarsView, Series, Side
from pages.kit.charts.day_grid import DayGridView
from pages.kit.charts.dots import DotsView
from pages.kit.charts.points import Axis, Point, PointsView
from pages.kit.charts.ranking import RankingView
from pages.kit.charts.words import Coded, Measure, Said

PERCENT, COUNT, DAYS = Measure("percent"), Measure("count"), Measure("days")
MOST_NAMES = 15
# More groups of points than this cannot be told apart.
MOST_GROUPS = 6
# Stock older than a quarter is what the question about sleeping money is after.
_OLD = ("91-180", "180+")
# Cover runs from days to years: beyond this many days a plain axis would press all the others together.
_LONG_COVER = 400.0
Band = tuple[float | None, float | None]


def margins(frame: pl.DataFrame, currency: str) -> RankingView:
    """Products by margin, of the frame of `metrics.views.product_margins`; those that brought none are left out."""
    brought = frame.filter(pl.col("margin") > 0)
    top, rest = brought.head(MOST_NAMES), brought.slice(MOST_NAMES)
    return RankingView(
        about=Said("prd.margin"),
        names=tuple(top["name"].to_list()),
        values=tuple(top["margin"].to_list()),
        measure=Measure("currency", currency),
        rest=(rest.height, float(rest["margin"].sum())) if rest.height else None,
        reason=None if brought.height else "prd.no_margins",
    )


def ages(frame: pl.DataFrame, currency: str) -> BarsView:
    """Stock by category and age, of the frame of `metrics.views.stock_age`, and how much of it is old."""
    is_value = bool(frame.height and frame["is_value"][0])
    categories = frame["category"].unique(maintain_order=True).to_list()
    bands = frame["band"].unique(maintain_order=True).to_list()
    amounts = {(category, band): amount for category, band, amount in frame.select("category", "band", "amount").rows()}
    totals = [sum(amounts[category, band] for band in bands) for category in categories]
    old = [sum(amounts.get((category, band), 0.0) for band in _OLD) for category in categories]
    shares = tuple(100 * part / total if total > 0 else None for part, total in zip(old, totals, strict=True))
    return BarsView(
        about=Said("prd.stock_value" if is_value else "prd.stock_units"),
        categories=tuple(Coded("product.category_l1", category) for category in categories),
        series=tuple(
            Series(
                Said("prd.age_unknown") if band == "unknown" else Said("prd.age_band", (("days", band),)),
                tuple(amounts[category, band] for category in categories),
                "comparison" if band == "unknown" else "step",
            )
            for band in bands
        ),
        measure=Measure("currency", currency) if is_value else COUNT,
        mode="stacked",
        side=(Side(Said("prd.older_than", (("days", 90),)), shares, PERCENT),),
        reason=None if frame.height else "prd.no_ages",
    )


def cover(frame: pl.DataFrame, currency: str, longest: float | None, is_able: bool = True) -> PointsView:
    """Stock cover against sell-through, of the frame of `metrics.views.stock_cover`.

    longest: the most days of cover that are good; None = nobody said. The other guide is the median product.
    is_able: whether both numbers carry the filters of the page.
    """
    sizes = frame.group_by("category").len().sort("len", "category", descending=[True, False])["category"].to_list()
    named = sizes if len(sizes) <= MOST_GROUPS else sizes[: MOST_GROUPS - 1]
    points = tuple(
        Point(
            row["name"], row["cover"], row["sell_through"], row["stock_value"],
            Coded("product.category_l1", row["category"] if row["category"] in named else REST),
        )
        for row in frame.sort(~pl.col("category").is_in(named), maintain_order=True).iter_rows(named=True)
    )  # fmt: skip
    days = [point.x for point in points]
    return PointsView(
        about=Said("prd.cover_about"),
        points=points,
        x=Axis(Said("prd.cover"), DAYS, is_log=bool(days) and max(days) > _LONG_COVER and min(days) > 0, guide=longest),
        y=Axis(Said("prd.sell_through"), PERCENT, guide=median(point.y for point in points) if points else None),
        size=(Said("prd.stock_value"), Measure("currency", currency)),
        reason=None if points else "prd.no_cover" if is_able else "prd.cover_by_filter",
    )


def stock_outs(frame: pl.DataFrame, period: Period) -> DayGridView:
    """The calendar of stock-outs, of the frame of `metrics.views.stock_outs`; totals are of the whole period."""
    skus = frame["sku"].unique(maintain_order=True).to_list()
    days = frame["period"].unique().sort().to_list()
    rates = {(sku, day): rate for sku, day, rate in frame.select("sku", "period", "rate").iter_rows()}
    named = frame.select("sku", "name", "is_key").unique()
    # A star tells key products from others where both are listed.
    is_mixed = named["is_key"].n_unique() > 1
    names = {sku: f"★ {name}" if is_mixed and is_key else name for sku, name, is_key in named.iter_rows()}
    sums = frame.group_by("sku").agg(pl.col("out").sum(), pl.col("sellable").sum())
    whole = {sku: 100 * out / sellable if sellable else None for sku, out, sellable in sums.iter_rows()}
    return DayGridView(
        about=Said("prd.stock_out"),
        rows=tuple(names[sku] for sku in skus),
        days=tuple(days),
        grain=calendar_grain(period),
        values=tuple(tuple(rates.get((sku, day)) for day in days) for sku in skus),
        totals=tuple(whole[sku] for sku in skus),
        measure=PERCENT,
        reason=None if skus else "prd.no_stock_outs",
    )


def suppliers(frame: pl.DataFrame, currency: str, target: float | None) -> BarsView:
    """Suppliers by on time in full, the worst first, of the frame of `metrics.views.suppliers`."""

    def column(name: str) -> tuple[float | None, ...]:
        return tuple(frame[name].to_list())

    is_money = frame["open_amount"].null_count() < frame.height
    still = (
        Side(Said("prd.open_amount"), column("open_amount"), Measure("currency", currency))
        if is_money
        else Side(Said("prd.open_lines"), column("open_lines"), COUNT)
    )
    return BarsView(
        about=Said("prd.otif"),
        categories=tuple(Coded("supplier_id", name) for name in frame["name"]),
        series=(Series(Said("prd.otif"), column("otif"), "data"),),
        measure=PERCENT,
        mode="grouped",
        # More columns than these leave no room for the bars on a phone.
        side=(Side(Said("prd.rejected"), column("rejected"), PERCENT), still),
        target=target,
        reason=None if frame.height else "prd.no_suppliers",
    )


def prices(frame: pl.DataFrame, band: Band) -> DotsView:
    """The price index by category, the dearest first, of the frame of `metrics.views.price_index`."""
    return DotsView(
        about=Said("prd.price_index"),
        names=tuple(Coded("product.category_l1", category) for category in frame["category"]),
        values=tuple(frame["index"].to_list()),
        measure=PERCENT,
        origin=100.0,
        band=band,
        side=(
            Side(Said("prd.matched"), tuple(frame["matched"].cast(pl.Float64).to_list()), COUNT),
            Side(Said("prd.price_errors"), tuple(frame["price_errors"].cast(pl.Float64).to_list()), COUNT),
        ),
        reason=None if frame.height else "prd.no_prices",
    )
