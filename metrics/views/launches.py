"""How new products sell, week by week since their launch."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.periods import Period
from metrics.policy import Viewer
from metrics.views.beside import products
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, covered_days, select

# A product is new for 90 days (new_product_sales_share); launches of the 90 days before show what became of them.
LAUNCHED_WITHIN = timedelta(days=180)
WEEK = timedelta(days=7)
_COLUMNS = ("is_paid", "net_amount", "sku")
_SCHEMA = {
    "product": pl.String,
    "name": pl.String,
    "launched": pl.Date,
    "week": pl.Int64,
    "sales": pl.Float64,
}


def launch_curves(engine: Engine, scope: Scope, viewer: Viewer, most: int = 6, weeks: int = 13) -> pl.DataFrame:
    """Net sales of the products launched in the half year up to the period's end, by whole week since launch.

    New SKUs of one product (product_id) are launched together, on the first of their launch days; its older SKUs are
    none of the launch.

    Args:
        most: how many products, the largest sales first.
        weeks: how many weeks since launch.

    Returns:
        Shape (products x weeks, 5), by falling sales, then by week: product (product_id, or the sku where there is
        none), name, launched (day), week (from 1), sales (money; null: the week is not over or not wholly covered by
        files; 0: nothing was sold). No rows without a launch that sold.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    last = scope.period.last
    window = Period(last - LAUNCHED_WITHIN, last)
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        lines = admitted(reader, scope, viewer, coverage, "fact_order_line", _COLUMNS, "paid_date", period=window)
        master = products(reader, viewer, last, "product_id", "product_name", "launch_date")
        found = select(reader, _statement(window), {"lines": lines, "master": master})
        covered = covered_days(coverage, "fact_order_line", _COLUMNS, window.first, min(last, scope.as_of or last))
    found = found.cast({"product": pl.String, "name": pl.String, "launched": pl.Date, "sales": pl.Float64})
    sizes = found.group_by("product", "name", "launched").agg(pl.col("sales").sum()).filter(pl.col("sales") > 0)
    ranked = sizes.sort("sales", "product", descending=[True, False]).head(most)
    sold = {(product, week): sales for product, week, sales in found.select("product", "week", "sales").iter_rows()}
    rows = [
        (
            product,
            name,
            launched,
            week + 1,
            sold.get((product, week), 0.0) if _is_whole(launched, week, covered) else None,
        )
        for product, name, launched, _ in ranked.iter_rows()
        for week in range(weeks)
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _statement(window: Period) -> str:
    key = "case when product_id in ('', '(unknown)') then sku else product_id end"
    name = f"case when product_name in ('', '(unknown)') then {key} else product_name end"
    return f"""
        select launched.product, max(launched.name) as name, launched.launched,
            floor((lines.paid_date - launched.launched) / 7) as week, sum(lines.net_amount) as sales
        from (
            select sku, {key} as product, min(launch_date) over (partition by {key}) as launched,
                min({name}) over (partition by {key}) as name
            from master
            where launch_date >= date '{window.first.isoformat()}' and launch_date <= date '{window.last.isoformat()}'
        ) as launched join lines on lines.sku = launched.sku
        where lines.is_paid and lines.paid_date >= launched.launched
        group by launched.product, launched.launched, floor((lines.paid_date - launched.launched) / 7)
    """


def _is_whole(launched: date, week: int, covered: frozenset[date]) -> bool:
    first = launched + WEEK * week
    return all(first + timedelta(days=day) in covered for day in range(7))
