"""How page loads feel to real users: good, in need of improvement or poor, page by page."""

from __future__ import annotations

import polars as pl

from metrics.ask import ask
from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.policy import Viewer
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

TABLE = "fact_web_performance"
# Up to the first a value is good, above the second it is poor: web.dev/articles/vitals.
THRESHOLDS = {"lcp_ms": (2500, 4000), "inp_ms": (200, 500), "cls": (0.1, 0.25)}
RATINGS = ("good", "needs_improvement", "poor")
PERCENTILES = ("lcp_p75", "inp_p75", "cls_p75")
PAGE, DEVICE = "page_group", "device"
_COLUMNS = (*THRESHOLDS, "source", "sample_weight")
_SCHEMA = pl.Schema({DEVICE: pl.String, PAGE: pl.String, **dict.fromkeys((*RATINGS, *PERCENTILES), pl.Float64)})


def web_vitals(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """Page loads by their worst vital (LCP, INP, CLS), for all devices together and device by device.

    A load is poor when one vital is, good when all are; one without an interaction has no INP and is judged by the
    others, one without LCP or CLS is not judged. Lab runs do not count. So the part that is good is the KPI
    `core_web_vitals_pass_rate`.

    Returns:
        Shape (pages per device + pages, 8): device (text; null = all together, first, then by falling loads),
        page_group (by falling loads), good, needs_improvement and poor (page loads), lcp_p75 and inp_p75 (seconds),
        cls_p75 (score), null where nothing was measured. No rows where no file carries the vitals.

    Raises:
        NotAllowed: as `ask`. NotSplittable: a filter that page loads do not carry.
    """
    with engine.reading() as reader:
        loads = admitted(reader, scope, viewer, Coverage.read(reader), TABLE, _COLUMNS, "date", split_by=(PAGE, DEVICE))
        if loads.availability.state == "no_data":
            return pl.DataFrame(schema=_SCHEMA)
        rated = select(reader, _statement(), {"loads": loads}).cast({PAGE: pl.String, DEVICE: pl.String})
        apart = _percentiles(reader, scope, viewer, catalogue, (DEVICE, PAGE))
        together = _percentiles(reader, scope, viewer, catalogue, (PAGE,))
    whole = rated.group_by(PAGE).agg(pl.col(RATINGS).sum())
    parts = [
        whole.with_columns(pl.lit(None, pl.String).alias(DEVICE)).join(together, on=PAGE, how="left"),
        rated.join(apart, on=[DEVICE, PAGE], how="left"),
    ]
    size = pl.sum_horizontal(RATINGS)
    return (
        pl.concat(part.select(*_SCHEMA).cast(_SCHEMA) for part in parts)
        .filter(size > 0)
        .sort(pl.col(DEVICE).is_not_null(), -size.sum().over(DEVICE), DEVICE, -size, PAGE)
    )


def _statement() -> str:
    poor = " or ".join(f"{name} > {limit}" for name, (_, limit) in THRESHOLDS.items())
    good = " and ".join(f"({name} is null or {name} <= {limit})" for name, (limit, _) in THRESHOLDS.items())
    case = f"case when {poor} then 'poor' when {good} then 'good' else 'needs_improvement' end"
    counts = ", ".join(
        f"cast(coalesce(sum(case when rating = '{rating}' then sample_weight end), 0) as double) as {rating}"
        for rating in RATINGS
    )
    return f"""
        select {PAGE}, {DEVICE}, {counts}
        from (
            select {PAGE}, {DEVICE}, sample_weight, {case} as rating from loads
            where source not in ('lab_lighthouse', '(unknown)') and lcp_ms is not null and cls is not null
        ) as rated
        group by {PAGE}, {DEVICE}
    """


def _percentiles(
    engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue, by: tuple[str, ...]
) -> pl.DataFrame:
    return ask(engine, scope.query(*PERCENTILES, by=by), viewer, catalogue).rows
