"""Labour law, department by department: contracts missing, insurance unpaid, disputes open. Counts, never names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.errors import NotAllowed
from metrics.load import Catalogue
from metrics.periods import Period, months_later
from metrics.policy import Viewer, check_kpi
from metrics.source import Source
from metrics.views.ledger import carries
from metrics.views.rest import total
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select
from metrics.views.staff import DAY_COLUMN, last_snapshot, months_asked

ITEMS = "fact_compliance_item"
YEARS = 5
# What is counted, of which columns; someone of whom a flag is unknown counts as not so, as in the KPIs.
_COUNTS = {
    "people": (("is_active",), "is_active"),
    "contracts_missing": (("is_active", "has_valid_contract"), "is_active and not coalesce(has_valid_contract, false)"),
    "insurance_unpaid": (
        ("is_social_insurance_due", "is_social_insurance_paid"),
        "is_social_insurance_due and not coalesce(is_social_insurance_paid, false)",
    ),
}
_SCHEMA = {"department": pl.String, **dict.fromkeys((*_COUNTS, "open_disputes"), pl.Float64)}


def labour_compliance(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """What labour law asks for and is missing at the end of the months asked, by department.

    Returns:
        Shape (departments + 1, 5): department (by falling number of cases, then people; null: all together, last),
        people (in service), contracts_missing (of them, without a valid contract), insurance_unpaid (owed and not
        paid in full for the month), open_disputes (opened by then and not closed). Null: no file carries it, or the
        viewer may not see it. No rows where no file carries any of them.

    Raises:
        NotAllowed: the KPIs about contracts and insurance are not for the viewer, or a column is hidden.
    """
    for name in ("labour_contract_coverage_rate", "social_insurance_coverage_rate"):
        check_kpi(viewer, catalogue.kpi(name))
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        found = pl.DataFrame(schema={"department": pl.String})
        for name, (columns, condition) in _COUNTS.items():
            staff, day = last_snapshot(reader, scope, viewer, coverage, ("department", *columns))
            part = pl.DataFrame(schema={"department": pl.String, name: pl.Float64})
            if day is not None:
                sql = f"""
                    select department, cast(count(case when {condition} then 1 end) as double) as {name}
                    from staff where {DAY_COLUMN} = date '{day}' group by department
                """
                part = select(reader, sql, {"staff": staff}).cast(part.schema)
            found = found.join(part, on="department", how="full", coalesce=True)
        last = months_asked(reader, scope, coverage).last
        disputes = _disputes(reader, scope, viewer, catalogue, coverage, last)
    found = found.join(disputes, on="department", how="full", coalesce=True) if disputes is not None else found
    found = found.with_columns(
        pl.lit(None, pl.Float64).alias(name) for name in _SCHEMA if name not in found.columns
    ).filter(pl.any_horizontal(pl.col(*list(_SCHEMA)[1:]) > 0))
    if found.is_empty():
        return pl.DataFrame(schema=_SCHEMA)
    if disputes is not None:
        found = found.with_columns(pl.col("open_disputes").fill_null(0.0))
    cases = pl.sum_horizontal("contracts_missing", "insurance_unpaid", "open_disputes")
    ordered = found.sort(cases, "people", "department", descending=[True, True, False], nulls_last=True)
    whole = found.select(pl.lit(None, pl.String).alias("department"), total(*list(_SCHEMA)[1:]))
    return pl.concat([ordered.select(*_SCHEMA), whole.select(*_SCHEMA)])


def _disputes(
    engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue, coverage: Coverage, day: date
) -> pl.DataFrame | None:
    """Open labour disputes by department; None where that cannot be said to the viewer."""
    schema = {"department": pl.String, "open_disputes": pl.Float64}
    if not carries(engine, ITEMS, scope):
        return None
    window = Period(months_later(day, -12 * YEARS), months_later(day, 12 * YEARS))
    scope = replace(scope, as_of=window.last)
    keys = ("item_id", "domain", "item_type", "department")

    def items(prefix: str, *more: str) -> Source:
        columns = (*keys, *more)
        return admitted(engine, scope, viewer, coverage, ITEMS, columns, "due_date", period=window, prefix=prefix)

    try:
        check_kpi(viewer, catalogue.kpi("labour_dispute_rate"))
        # Files may lack when an item was opened, or have closed none yet: they still say what there is.
        sources = {
            "items": items("all"),
            "opened": items("opened", "opened_date"),
            "closed": items("closed", "closed_date"),
        }
    except NotAllowed:
        return None
    if sources["items"].availability.state == "no_data":
        return None
    sql = f"""
        select items.department as department, cast(count(*) as double) as open_disputes
        from items left join opened on opened.item_id = items.item_id left join closed on closed.item_id = items.item_id
        where items.domain = 'labour' and items.item_type = 'dispute'
            and (opened.opened_date is null or opened.opened_date <= date '{day}')
            and (closed.closed_date is null or closed.closed_date > date '{day}')
        group by 1
    """
    return select(engine, sql, sources).cast(pl.Schema(schema))
