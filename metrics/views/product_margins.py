"""ABC: products by the gross margin they bring, from the largest, with the share they add up to."""

from __future__ import annotations

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.policy import Viewer, check_kpi
from metrics.views.beside import products
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

# The customary cuts of an ABC analysis: A makes four fifths of the margin, B most of the rest.
A_UNTIL, B_UNTIL = 0.8, 0.95
_SCHEMA = {"sku": pl.String, "name": pl.String, "category": pl.String, "margin": pl.Float64, "sales": pl.Float64}


def product_margins(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """Gross margin of each SKU sold in the period, by the day paid and before returns, as the KPI gmroi counts it.

    Returns:
        Shape (SKUs, 8), by falling margin: sku, name (of the product; the sku where none is known), category (text;
        `(unknown)`), margin and sales (money; lines of unknown cost count in neither), share and cumulative_share (of
        all positive margins, 0 to 1; null for what brought none), class (A: up to 80 %, B: up to 95 %, C; `loss` for
        0 and below). No rows where no file carries the cost of what was sold.

    Raises:
        NotAllowed: a viewer who may not see gmroi, or a column.
    """
    check_kpi(viewer, catalogue.kpi("gmroi"))
    columns = ("is_paid", "net_amount", "cogs_amount", "sku")
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        lines = admitted(reader, scope, viewer, coverage, "fact_order_line", columns, "paid_date")
        master = products(reader, viewer, scope.period.last, "product_name", "category_l1")
        sql = """
            select sold.sku, case when master.product_name in ('', '(unknown)') then sold.sku
                    else coalesce(master.product_name, sold.sku) end as name,
                coalesce(master.category_l1, '(unknown)') as category, sold.margin, sold.sales
            from (
                select coalesce(sku, '(unknown)') as sku, sum(net_amount - cogs_amount) as margin,
                    sum(case when cogs_amount is not null then net_amount end) as sales
                from lines where is_paid group by coalesce(sku, '(unknown)')
            ) as sold left join master on master.sku = sold.sku
            where sold.margin is not null
        """
        found = select(reader, sql, {"lines": lines, "master": master}).cast(pl.Schema(_SCHEMA))
    brought = pl.when(pl.col("margin") > 0).then(pl.col("margin"))
    share = brought / brought.sum()
    before = pl.col("cumulative_share") - pl.col("share")
    label = (
        pl.when(pl.col("share").is_null())
        .then(pl.lit("loss"))
        .when(before < A_UNTIL - 1e-9)
        .then(pl.lit("A"))
        .when(before < B_UNTIL - 1e-9)
        .then(pl.lit("B"))
        .otherwise(pl.lit("C"))
    )
    return (
        found.sort("margin", "sku", descending=[True, False])
        .with_columns(share.alias("share"))
        .with_columns(pl.col("share").cum_sum().alias("cumulative_share"))
        .with_columns(label.alias("class"))
    )
