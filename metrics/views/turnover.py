"""Who leaves: voluntary exits a year by department and by how long people have been with the company."""

from __future__ import annotations

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.periods import Period, months_later
from metrics.policy import Viewer, check_kpi
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select
from metrics.views.staff import DAY_COLUMN, FEWEST, TABLE, months_asked, snapshot_days

MONTHS = 12
# Lower ends in months, upper end open for the last.
BANDS = {"years_0": 0, "years_1": 12, "years_2_4": 24, "years_5_up": 60}
UNKNOWN_BAND = "(unknown)"
_COLUMNS = ("employee_id", "tenure_months", "is_active", "is_exit", "exit_type")
_SCHEMA = {
    "department": pl.String,
    "band": pl.String,
    "rate": pl.Float64,
    "exits": pl.Int64,
    "headcount": pl.Float64,
    "is_hidden": pl.Boolean,
    "months": pl.Int64,
}


def turnover(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """Voluntary exits ÷ mean headcount, per year, over the 12 months that end with those asked about.

    Returns:
        Shape (cells, 7): department (by falling headcount), band (tenure at the month's end: years_0, years_1,
        years_2_4, years_5_up, `(unknown)`; null: all together, first), rate (percent a year), exits,
        headcount (mean of the months), is_hidden, months (how many months were read; the same in all rows). Where
        fewer than 5 people were ever in the cell, or fewer than 5 on average, rate, exits and headcount are null and
        is_hidden is true. A cell that nobody was in has no row; no rows where no file says who left and why.

    Raises:
        NotAllowed: the KPI `voluntary_turnover_rate` is not for the viewer, or a column is hidden.
    """
    check_kpi(viewer, catalogue.kpi("voluntary_turnover_rate"))
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        last = months_asked(reader, scope, coverage).last
        window = Period(months_later(last.replace(day=1), 1 - MONTHS), last)
        columns = (*_COLUMNS, "department")
        months = len(snapshot_days(reader, scope, viewer, coverage, columns, window))
        staff = admitted(reader, scope, viewer, coverage, TABLE, columns, DAY_COLUMN, period=window)
        if not months or staff.availability.state == "no_data":
            return pl.DataFrame(schema=_SCHEMA)
        cells = [select(reader, _statement(band), {"staff": staff}) for band in ("cast(null as varchar)", _band())]
    counts = {"people": pl.Int64, "active": pl.Int64, "exits": pl.Int64}
    found = pl.concat(cell.cast(pl.Schema({"department": pl.String, "band": pl.String, **counts})) for cell in cells)
    mean = pl.col("active") / months
    small = (pl.col("people") < FEWEST) | (mean < FEWEST)
    size = pl.col("active").max().over("department")
    order = pl.col("band").replace_strict({name: n for n, name in enumerate((*BANDS, UNKNOWN_BAND))}, default=-1)
    return (
        found.sort(size, "department", order, descending=[True, False, False])
        .with_columns(
            pl.when(~small).then(100 * pl.col("exits") / mean * 12 / months).alias("rate"),
            pl.when(~small).then("exits"),
            pl.when(~small).then(mean).alias("headcount"),
            small.alias("is_hidden"),
            pl.lit(months, pl.Int64).alias("months"),
        )
        .select(*_SCHEMA)
    )


def _band() -> str:
    ends = " ".join(
        f"when tenure_months >= {low} then '{name}'" for name, low in sorted(BANDS.items(), key=lambda item: -item[1])
    )
    return f"case {ends} else '{UNKNOWN_BAND}' end"


def _statement(band: str) -> str:
    return f"""
        select department, {band} as band, count(distinct employee_id) as people,
            count(case when is_active then 1 end) as active,
            count(case when is_exit and exit_type = 'voluntary' then 1 end) as exits
        from staff group by 1, 2
    """
