"""Where pay stands in its bands: the spread of compa-ratios by level."""

from __future__ import annotations

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.policy import Viewer, check_kpi
from metrics.views.scope import Scope
from metrics.views.selecting import select
from metrics.views.staff import DAY_COLUMN, FEWEST, last_snapshot

_COLUMNS = ("job_level", "is_active", "base_salary", "band_midpoint")
# The ends are deciles: the lowest and highest ratio would be one person's pay.
_ENDS = {"p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9}
_SCHEMA = {
    "job_level": pl.String,
    **dict.fromkeys(_ENDS, pl.Float64),
    "people": pl.Int64,
    "is_hidden": pl.Boolean,
    "snapshot": pl.Date,
}


def compa(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """Base pay ÷ midpoint of the pay band, of people in service of whom both are known, by level.

    Read from the last snapshot of the months asked. Percentiles interpolate (PERCENTILE_CONT).

    Returns:
        Shape (levels, 9), by level: job_level (text), p10, p25, p50, p75, p90 (percent), people, is_hidden, snapshot
        (date). A level of fewer than 5 such people is hidden: all its numbers are null. No rows where no file carries
        pay and bands.

    Raises:
        NotAllowed: the viewer has no access to salaries (KPI `compa_ratio`), or a column is hidden.
    """
    check_kpi(viewer, catalogue.kpi("compa_ratio"))
    ratio = "100 * cast(base_salary as double) / band_midpoint"
    ends = "".join(f", percentile_cont({q}) within group (order by {ratio}) as {name}" for name, q in _ENDS.items())
    with engine.reading() as reader:
        staff, day = last_snapshot(reader, scope, viewer, Coverage.read(reader), _COLUMNS)
        if day is None:
            return pl.DataFrame(schema=_SCHEMA)
        sql = f"""
            select job_level, count(*) as people{ends}
            from staff
            where {DAY_COLUMN} = date '{day}' and is_active and base_salary is not null and band_midpoint > 0
            group by job_level order by job_level
        """
        found = select(reader, sql, {"staff": staff})
    small = pl.col("people") < FEWEST
    hidden = [pl.when(~small).then(name).alias(name) for name in (*_ENDS, "people")]
    return found.with_columns(*hidden, small.alias("is_hidden"), pl.lit(day).alias("snapshot")).select(
        pl.col(name).cast(kind) for name, kind in _SCHEMA.items()
    )
