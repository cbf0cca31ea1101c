"""KPIs of a period by one dimension or several, the largest first."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from metrics.ask import ask
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.policy import Viewer
from metrics.views.rest import REST, adds_up, total
from metrics.views.scope import Scope
from metrics.views.series import carrying


def breakdown(
    engine: Engine,
    scope: Scope,
    viewer: Viewer,
    catalogue: Catalogue,
    kpis: Sequence[str],
    by: Sequence[str],
    most: int = 12,
) -> pl.DataFrame:
    """KPIs by the values of the dimensions.

    Args:
        most: how many values of each dimension stand for themselves: the largest of the first KPI.

    Returns:
        Shape (groups, dimensions + KPIs): each dimension (text; `(other)` stands for the others and comes last), each
        KPI in its own unit (null: no data, a filter it does not carry, too few cases, or others that do not add up).
        Sorted by the dimensions' values by falling size. Where none of the KPIs adds up the others are left out.

    Raises:
        UnknownName, NotAllowed: as `ask`. NotSplittable: a KPI that does not carry one of the dimensions.
    """
    definitions = [catalogue.kpi(name) for name in kpis]
    able, split = carrying(definitions, scope), tuple(by)
    if not able:
        return pl.DataFrame(schema={**dict.fromkeys(by, pl.String), **dict.fromkeys(kpis, pl.Float64)})
    with engine.reading() as reader:
        rows = ask(reader, scope.query(*able, by=split), viewer, catalogue).rows
        # A rate of a value is not the mean of its groups, so each dimension is ranked by an answer of its own.
        sizes = {
            one: rows if len(split) == 1 else ask(reader, scope.query(able[0], by=(one,)), viewer, catalogue).rows
            for one in split
        }
    ranked = {
        one: held.sort(able[0], one, descending=[True, False], nulls_last=True)[one].to_list()
        for one, held in sizes.items()
    }
    kept = {one: values[:most] if len(values) > most + 1 else values for one, values in ranked.items()}
    missing = [pl.lit(None, pl.Float64).alias(name) for name in kpis if name not in able]
    found = rows.with_columns(missing).with_columns(
        pl.when(pl.col(one).is_in(values)).then(one).otherwise(pl.lit(REST)).alias(one) for one, values in kept.items()
    )
    in_order = [pl.col(one).cast(pl.Enum([*values, REST])) for one, values in kept.items()]
    adding = [kpi.id for kpi in definitions if adds_up(kpi)]
    return _folded(found, split, kpis, adding).sort(in_order).select(*split, *kpis)


def _folded(found: pl.DataFrame, by: Sequence[str], kpis: Sequence[str], adding: Sequence[str]) -> pl.DataFrame:
    """The groups that stand for others added up; a KPI that does not add up is null there."""
    is_rest = pl.any_horizontal(pl.col(one) == REST for one in by)
    whole, rest = found.filter(~is_rest), found.filter(is_rest)
    if rest.is_empty() or not adding:
        return whole
    others = [pl.lit(None, pl.Float64).alias(name) for name in kpis if name not in adding]
    folded = rest.group_by(by).agg(total(name) for name in adding).with_columns(others)
    return pl.concat([whole, folded.select(whole.columns)])
