"""What new customers cost: paid media by marketing channel against the first orders it is credited with."""

from __future__ import annotations

import polars as pl

from metrics.ask import ask
from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.policy import Viewer, check_kpi
from metrics.views.beside import carries
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select
from metrics.views.series import carrying

CHANNEL = "marketing_channel"
_TABLE = "fact_campaign_daily"
_NEW = "new_customers"


def acquisition(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """Paid media cost and new customers of each marketing channel.

    Cost and new customers are those of the KPI `customer_acquisition_cost`; a customer belongs to the channel that
    the first order is attributed to.

    Returns:
        Shape (channels, 5), by falling spend: channel (code), spend (money; null: no file has it by channel, or the
        filters do not fit), new_customers (null likewise), cost_per_customer (money; null where one of the two is
        unknown or 0), claimed_value (money that the platforms attribute to themselves, of files that
        carry it beside the cost; null: none does).

    Raises:
        NotAllowed: a KPI or column that the viewer may not see.
    """
    check_kpi(viewer, catalogue.kpi("customer_acquisition_cost"))
    with engine.reading() as reader:
        spent = _money(reader, scope, viewer, "spend", "cost")
        claimed = _money(reader, scope, viewer, "claimed_value", "conversion_value")
        won = _won(reader, scope, viewer, catalogue)
    found = spent.join(won, on="channel", how="full", coalesce=True).join(claimed, on="channel", how="left")
    known = [name for name, part in (("spend", spent), (_NEW, won)) if part.height]
    cost = pl.when(pl.col("spend") > 0, pl.col(_NEW) > 0).then(pl.col("spend") / pl.col(_NEW))
    # A channel that only one of the two knows had nothing of the other, as far as files tell channels apart.
    return (
        found.with_columns(pl.col(known).fill_null(0.0))
        .with_columns(cost.alias("cost_per_customer"))
        .select("channel", "spend", _NEW, "cost_per_customer", "claimed_value")
        .sort("spend", "channel", descending=[True, False], nulls_last=True)
    )


def _money(engine: Engine, scope: Scope, viewer: Viewer, name: str, column: str) -> pl.DataFrame:
    schema = {"channel": pl.String, name: pl.Float64}
    if not carries(engine, scope, _TABLE):
        return pl.DataFrame(schema=schema)
    columns = tuple(dict.fromkeys(("is_paid_media", "cost", column)))
    days = admitted(engine, scope, viewer, Coverage.read(engine), _TABLE, columns, "date", split_by=(CHANNEL,))
    sql = f"select {CHANNEL} as channel, sum({column}) as {name} from days where is_paid_media group by {CHANNEL}"
    return select(engine, sql, {"days": days}).cast(pl.Schema(schema))


def _won(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    schema = {"channel": pl.String, _NEW: pl.Float64}
    if not carrying([catalogue.kpi(_NEW)], scope):
        return pl.DataFrame(schema=schema)
    rows = ask(engine, scope.query(_NEW, by=(CHANNEL,)), viewer, catalogue).rows
    return rows.select(pl.col(CHANNEL).alias("channel"), _NEW).drop_nulls().cast(pl.Schema(schema))
