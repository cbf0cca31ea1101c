"""Compare `ask` with SQL as an analyst would write it, in total, by month and by each dimension.

An oracle is `tests/oracles/<kpi>.sql`: it reads tables by their plain names between `:start` and `:end`
(half open), may use `:as_of`, and yields one column `value`. To ask it about one channel, its tables are shown
to it as if they held nothing else, so that ratios are divided anew and distinct counts are counted anew:

    with fact_order as (select * from <relation> as f where f.sales_channel = 'tmall') <oracle>

Of several reports of the same days that are split differently the oracle sees the finest, and `ask` reads the coarsest.

A snapshot is one for everything, whatever is asked of it: `whole_fact_bank_balance` is the table with all its rows.

`differences(engine, ...)` needs nothing but the Engine protocol, so it serves tiny tables and a whole lake alike.
"""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from pathlib import Path

from data.contracts import TABLES
from metrics.ask import Query, ask
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.model import Kpi
from metrics.periods import Period, bucket_start, buckets
from metrics.policy import EVERYONE

ORACLES = Path(__file__).parents[1] / "oracles"
COUNTED = ("additive", "distinct_count")


def differences(
    engine: Engine,
    kpi: str,
    period: Period,
    as_of: date,
    catalogue: Catalogue,
    dimensions: tuple[str, ...] | None = None,
    most_values: int = 1000,
) -> list[str]:
    """Where `ask` and the KPI's oracle disagree: one sentence each; none is agreement.

    Compared: the whole period, each month it touches, and each value of each dimension (default: all that the
    KPI declares) that occurs in the period in any of its tables; of dimensions with more than `most_values` some.
    """
    meaning = catalogue.kpi(kpi)
    found = []

    def compare(what: str, answered: float | None, part: Period, dimension: str = "", value: str = "") -> None:
        expected = oracle(engine, meaning, part, as_of, dimension, value)
        if not same(answered, expected, meaning):
            found.append(f"{kpi} {what}: ask says {answered}, the oracle {expected}")

    total = ask(engine, Query((kpi,), period, as_of=as_of), EVERYONE, catalogue).rows
    compare("in total", total[kpi][0], period)
    series = ask(engine, Query((kpi,), period, grain="month", as_of=as_of), EVERYONE, catalogue).rows
    by_month = dict(series.select("period", kpi).iter_rows())
    for part in buckets(period, "month"):
        compare(f"in {part.first:%Y-%m}", by_month[bucket_start(part.first, "month")], part)
    for dimension in meaning.dimensions if dimensions is None else dimensions:
        split = ask(engine, Query((kpi,), period, by=(dimension,), as_of=as_of), EVERYONE, catalogue).rows
        values = dict(split.select(dimension, kpi).iter_rows())
        every = sorted(occurring(engine, meaning, period, as_of, dimension) | values.keys())
        for value in every[:: max(1, len(every) // most_values)]:
            compare(f"for {dimension} = {value!r}", values.get(value), period, dimension, value)
    return found


def same(answered: float | None, expected: float | None, kpi: Kpi) -> bool:
    """Equal to nine digits; a count of nothing is 0, whether or not SQL says null."""
    if kpi.additivity in COUNTED:
        answered, expected = answered or 0.0, expected or 0.0
    if answered is None or expected is None:
        return answered is None and expected is None
    return math.isclose(answered, expected, rel_tol=1e-9, abs_tol=1e-9)


def oracle(engine: Engine, kpi: Kpi, period: Period, as_of: date, dimension: str = "", value: str = "") -> float | None:
    """What the KPI's oracle says, of the whole period or of one value of a dimension.

    Raises FileNotFoundError: a KPI without an oracle.
    """
    text = (ORACLES / f"{kpi.id}.sql").read_text(encoding="utf-8")
    days = {"start": period.start, "end": period.end, "as_of": as_of}
    sql = re.sub(r":(start|end|as_of)\b", lambda name: f"date '{days[name[1]]}'", text)
    held = [table for table in TABLES if re.search(rf"\b{table}\b", sql)]
    shown = [f"{table} as ({_shown(engine, table, sql, as_of, dimension)})" for table in held]
    whole_tables = [table for table in TABLES if re.search(rf"\bwhole_{table}\b", sql)]
    shown += [f"whole_{table} as ({_shown(engine, table, sql, as_of, '')})" for table in whole_tables]
    parameters = {"value": value} if dimension else {}
    whole = f"with {', '.join(shown)} select value from (\n{sql}\n) as oracle"
    result = engine.query(whole, parameters).column("value")[0].as_py()
    return None if result is None else float(result)


def occurring(engine: Engine, kpi: Kpi, period: Period, as_of: date, dimension: str) -> set[str]:
    """The values of a dimension in the period, in any table the KPI reads."""
    found: set[str] = set()
    for fact in kpi.facts:
        columns = frozenset({fact.time_column, _column(dimension)})
        relation = engine.relation(fact.table, columns, as_of)
        days = {"start": period.start, "end": min(period.end, as_of + timedelta(days=1))}
        inside = f"f.{fact.time_column} >= $start and f.{fact.time_column} < $end"
        sql = f"select distinct {_read(engine, dimension, as_of)} as v from {relation} as f where {inside}"
        found |= set(engine.query(sql, days).column("v").to_pylist())
    return found


def _shown(engine: Engine, table: str, sql: str, as_of: date, dimension: str) -> str:
    contract = TABLES[table]
    own = [*contract.columns, *(c.name for c in contract.derived), *(c.name for c in contract.virtual)]
    columns = {column for column in own if re.search(rf"\b{column}\b", sql)}
    if dimension:
        columns.add(_column(dimension))
    rows = f"select * from {engine.relation(table, frozenset(columns), as_of)} as f"
    if contract.cut_columns:
        rows = f"select * from ({rows} qualify {_one_cut(dimension)}) as f"
    return f"{rows} where {_read(engine, dimension, as_of)} = $value" if dimension else rows


def _one_cut(dimension: str) -> str:
    """Of reports of one day those that are split most finely, by the dimension asked if any is: `ask` takes others."""
    fineness = f"list_contains(string_split(f.cut, ','), '{dimension}') desc, length(f.cut) desc, f.cut"
    return f"dense_rank() over (partition by f._source, f._account, f.date order by {fineness}) = 1"


def _column(dimension: str) -> str:
    return "sku" if dimension.startswith("product.") else dimension


def _read(engine: Engine, dimension: str, as_of: date) -> str:
    if not dimension.startswith("product."):
        return f"coalesce(cast(f.{dimension} as varchar), '(unknown)')"
    column = dimension.removeprefix("product.")
    products = engine.relation("dim_product", frozenset({"sku", column}), as_of)
    return f"coalesce((select cast(p.{column} as varchar) from {products} as p where p.sku = f.sku), '(unknown)')"
