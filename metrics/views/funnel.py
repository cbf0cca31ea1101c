"""The purchase funnel by device: how many visits reach each step."""

from __future__ import annotations

import polars as pl
from sqlglot import exp

from metrics import expressions
from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.model import Kpi
from metrics.policy import Viewer, check_kpi
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

VISITS = "sessions"
STEPS = {
    VISITS: "sessions",
    "product_view": "sessions_with_product_view",
    "add_to_cart": "sessions_with_add_to_cart",
    "checkout": "sessions_with_checkout",
    "purchase": "sessions_with_purchase",
}
DEVICE = "device"


def funnel(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """Visits that reach each step, for all devices together and device by device.

    Which visits count (not those of the help centre or a physical store) is what the KPI `sessions` says. A
    step is counted in the files that carry it; its shares compare it with the visits of the same files, so
    that a report without a checkout column cannot make the checkout look worse.

    Returns:
        Shape (5 per device + 5, 5): device (text; null = all together, first, then by falling visits), step
        (sessions, product_view, add_to_cart, checkout, purchase), sessions (Float64; null: no file carries
        the step, or none is split by device), share_of_sessions and share_of_previous (0 to 1; null where it
        cannot be said, and share_of_previous for the first step). Without any traffic the five null rows of
        all together are all there is.

    Raises:
        NotAllowed: visits are hidden from the viewer, or cannot be narrowed to the viewer's rows.
    """
    kpi = catalogue.kpi(VISITS)
    check_kpi(viewer, kpi)
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        together = _reached(reader, scope, viewer, coverage, kpi, ())
        by_device = _reached(reader, scope, viewer, coverage, kpi, (DEVICE,))
    share = pl.col("reached") / pl.when(pl.col("visits") > 0).then(pl.col("visits"))
    before = pl.col("share_of_sessions").shift(1).over(DEVICE)
    return (
        pl.concat([_spine(together), _spine(by_device)])
        .with_columns(share.alias("share_of_sessions"))
        .with_columns((pl.col("share_of_sessions") / pl.when(before > 0).then(before)).alias("share_of_previous"))
        .select(DEVICE, "step", pl.col("reached").alias("sessions"), "share_of_sessions", "share_of_previous")
    )


def _reached(
    engine: Engine, scope: Scope, viewer: Viewer, coverage: Coverage, kpi: Kpi, split_by: tuple[str, ...]
) -> pl.DataFrame:
    fact = kpi.facts[0]
    group = f"group by {DEVICE}" if split_by else ""
    device = DEVICE if split_by else "cast(null as varchar)"
    sources, parts = {}, []
    for step, column in STEPS.items():
        columns = (*fact.columns, column)
        sources[f"of_{step}"] = held = admitted(
            engine, scope, viewer, coverage, fact.table, columns, fact.time_column, split_by=split_by, prefix=step
        )
        reached, visits = _counted(fact.expression, column), _counted(fact.expression, VISITS)
        # Inside coverage a sum over no rows is 0; without coverage there is nothing to count.
        is_known = held.availability.state != "no_data"
        nothing = "0" if is_known else "null"
        parts.append(
            f"select {device} as {DEVICE}, '{step}' as step, cast(coalesce({reached}, {nothing}) as double) as reached,"
            f" cast(coalesce({visits}, {nothing}) as double) as visits from of_{step} {group}"
        )
    return select(engine, " union all ".join(parts), sources).cast({DEVICE: pl.String})


def _counted(expression: str, column: str) -> str:
    """The KPI's expression over another column of the same visits."""

    def other(node: exp.Expression) -> exp.Expression:
        return exp.column(column) if isinstance(node, exp.Column) and node.name == VISITS else node

    return expressions.parse(expression).copy().transform(other).sql("duckdb")


def _spine(found: pl.DataFrame) -> pl.DataFrame:
    """Every step of every device in order, the device with most visits first; null where nothing was found."""
    visits = pl.col("reached").filter(pl.col("step") == VISITS).first()
    devices = found.group_by(DEVICE).agg(visits).sort("reached", DEVICE, descending=[True, False], nulls_last=True)
    steps = pl.DataFrame({"step": list(STEPS)})
    return (
        devices.select(DEVICE)
        .join(steps, how="cross", maintain_order="left_right")
        .join(found, on=[DEVICE, "step"], how="left", nulls_equal=True, maintain_order="left")
    )
