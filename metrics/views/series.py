"""KPIs through time, together or by the largest values of one dimension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from metrics.ask import ask
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.model import Kpi
from metrics.periods import Grain, Period, grain_for, months_later
from metrics.policy import Viewer
from metrics.views.marks import marks
from metrics.views.rest import REST, adds_up, total
from metrics.views.scope import Scope

SEGMENT = "segment"


def series(
    engine: Engine,
    scope: Scope,
    viewer: Viewer,
    catalogue: Catalogue,
    kpis: Sequence[str],
    by: str | None = None,
    most: int = 6,
    grain: Grain | None = None,
) -> pl.DataFrame:
    """KPIs by bucket of time, and by segment if asked.

    Args:
        by: the dimension whose values are the segments; without it there is one segment, null.
        most: how many segments stand for themselves, the largest of the first KPI over the whole period.
        grain: the buckets; without it what fits the length of the period.

    Returns:
        Shape (buckets x segments, KPIs + 3): period (date, the first day of the bucket), segment (text, by falling
        size; `(other)` adds up the others, last, where one of the KPIs adds up), each KPI in its own unit (null: no
        data, a filter it does not carry, or a rest it cannot add up), festival (text, null on ordinary days).
        Sorted by segment in order of size, then by period.

    Raises:
        UnknownName, NotAllowed: as `ask`. NotSplittable: a KPI that does not carry `by`.
    """
    chosen = grain or grain_for(scope.period)
    definitions = [catalogue.kpi(name) for name in kpis]
    able = carrying(definitions, scope)
    split = (by,) if by else ()
    with engine.reading() as reader:
        festivals = marks(reader, scope.period, chosen).select("period", "festival")
        if not able:
            schema = {"period": pl.Date, SEGMENT: pl.String, **dict.fromkeys(kpis, pl.Float64), "festival": pl.String}
            return pl.DataFrame(schema=schema)
        rows = ask(reader, scope.query(*able, by=split, grain=chosen), viewer, catalogue).rows
        sizes = ask(reader, scope.query(able[0], by=split), viewer, catalogue).rows
    segment = pl.col(by).cast(pl.String) if by else pl.lit(None, pl.String)
    missing = [pl.lit(None, pl.Float64).alias(name) for name in kpis if name not in able]
    found = rows.select("period", segment.alias(SEGMENT), *able).with_columns(missing)
    if by:
        ranked = sizes.sort(able[0], by, descending=[True, False], nulls_last=True)[by]
        found = _largest(found, ranked, definitions, most)
    return found.join(festivals, on="period", how="left", maintain_order="left").select(
        "period", SEGMENT, *kpis, "festival"
    )


def reaching_back(scope: Scope, months: int) -> Scope:
    """The scope from the first of a month on, so that it holds that many months, its last among them."""
    first = months_later(scope.period.last.replace(day=1), 1 - months)
    return replace(scope, period=Period(min(first, scope.period.first), scope.period.last))


def carrying(kpis: Sequence[Kpi], scope: Scope) -> list[str]:
    """The KPIs that carry every dimension the scope is filtered by."""
    wanted = {wish.dimension for wish in scope.filters}
    return [kpi.id for kpi in kpis if wanted <= set(kpi.dimensions)]


def _largest(found: pl.DataFrame, ranked: pl.Series, kpis: Sequence[Kpi], most: int) -> pl.DataFrame:
    """The segments in this order; those beyond `most` added up as one, a single one too many left for itself."""
    kept = ranked.head(most if ranked.len() > most + 1 else ranked.len()).to_list()
    adding = [kpi.id for kpi in kpis if adds_up(kpi)]
    order = pl.Enum([*kept, REST])
    top = found.filter(pl.col(SEGMENT).is_in(kept))
    rest = found.filter(~pl.col(SEGMENT).is_in(kept)) if adding else found.clear()
    if not rest.is_empty():
        folded = rest.group_by("period").agg(pl.lit(REST).alias(SEGMENT), *(total(name) for name in adding))
        top = pl.concat([top, folded], how="diagonal")
    return top.sort(pl.col(SEGMENT).cast(order), "period").select(found.columns)
