"""The headline block through `ask` against the best hand-written SQL on the same lake."""

from __future__ import annotations

from datetime import date, timedelta

from data.warehouse import Warehouse
from metrics.ask import Query, ask
from metrics.load import load_catalogue
from metrics.periods import Period
from metrics.policy import EVERYONE
from tests.bench.hand_written import KPIS, STATEMENTS
from tests.bench.timing import Pair, by_turns

CATALOGUE = load_catalogue()
TIMES = 9


def kpi_block(lake: Warehouse, first: date, last: date) -> Pair:
    """Median seconds of both; raises AssertionError when they do not give the same numbers."""
    engine = lake.engine()
    query = Query(KPIS, Period(first, last))

    def ours() -> dict[str, float]:
        return ask(engine, query, EVERYONE, CATALOGUE).rows.row(0, named=True)

    def theirs() -> dict[str, float]:
        found: dict[str, float] = {}
        with engine.reading() as reading:
            for sql in STATEMENTS:
                names = {"first": first, "end": last + timedelta(days=1), "last": last}
                used = {name: day for name, day in names.items() if f"${name}" in sql}
                found |= reading.query(sql, used).to_pylist()[0]
        return found

    by_ask, by_hand = ours(), theirs()
    for kpi in KPIS:
        assert abs(by_ask[kpi] - by_hand[kpi]) < 1e-6 * abs(by_hand[kpi]), (kpi, by_ask[kpi], by_hand[kpi])
    return by_turns(ours, theirs, TIMES)
