"""Gross margin by product category and sales channel, from order lines."""

from __future__ import annotations

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.policy import Viewer, check_kpi
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

CATEGORY, CHANNEL = "product.category_l1", "sales_channel"
_SCHEMA = {"category": pl.String, "channel": pl.String, "margin": pl.Float64, "net_amount": pl.Float64}


def margin_mix(
    engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue, categories: int = 10, channels: int = 7
) -> pl.DataFrame:
    """(Net amount - cost of goods) ÷ net amount of paid order lines, by top category and sales channel.

    Only lines of which both are known count. It reconciles to the ledger's gross margin within the timing of
    returns: order lines are before returns.

    Args:
        categories, channels: how many stand for themselves, those with the largest net amount; others are left out,
            since margins do not add up.

    Returns:
        Shape (cells, 4): category (by falling net amount), channel (by falling net amount within; null: all channels,
        first), margin (percent; null where the net amount is not above 0), net_amount (money). No rows where no file
        of the period carries both amounts.

    Raises:
        NotAllowed: the KPI `gross_margin_rate` is not for the viewer, or a column is hidden.
    """
    check_kpi(viewer, catalogue.kpi("gross_margin_rate"))
    with engine.reading() as reader:
        lines = admitted(
            reader, scope, viewer, Coverage.read(reader), "fact_order_line", ("is_paid", "net_amount", "cogs_amount"),
            "paid_date", split_by=(CATEGORY, CHANNEL),
        )  # fmt: skip
        if lines.availability.state == "no_data":
            return pl.DataFrame(schema=_SCHEMA)
        sql = f"""
            select "{CATEGORY}" as category, {CHANNEL} as channel,
                cast(sum(net_amount) as double) as net_amount, cast(sum(cogs_amount) as double) as cogs_amount
            from lines where is_paid and net_amount is not null and cogs_amount is not null
            group by 1, 2
        """
        amounts = dict.fromkeys(("net_amount", "cogs_amount"), pl.Float64)
        found = select(reader, sql, {"lines": lines}).cast(
            pl.Schema({"category": pl.String, "channel": pl.String, **amounts})
        )
    found = found.filter(
        pl.col("category").is_in(_largest(found, "category", categories)),
        pl.col("channel").is_in(_largest(found, "channel", channels)),
    )
    together = found.group_by("category").agg(pl.lit(None, pl.String).alias("channel"), pl.col(*amounts).sum())
    size = {name: pl.col("net_amount").sum().over(name) for name in ("category", "channel")}
    ordered = found.sort(size["category"], "category", size["channel"], "channel", descending=[True, False] * 2)
    ranks = pl.DataFrame({"category": ordered["category"].unique(maintain_order=True)}).with_row_index("rank")
    cells = pl.concat([together.select(ordered.columns), ordered]).join(ranks, on="category", maintain_order="left")
    net = pl.col("net_amount")
    margin = 100 * (net - pl.col("cogs_amount")) / pl.when(net > 0).then(net)
    return cells.sort("rank", maintain_order=True).with_columns(margin.alias("margin")).select(*_SCHEMA)


def _largest(found: pl.DataFrame, name: str, most: int) -> list[str]:
    sizes = found.group_by(name).agg(pl.col("net_amount").sum())
    kept: list[str] = sizes.sort("net_amount", name, descending=[True, False]).head(most)[name].to_list()
    return kept
