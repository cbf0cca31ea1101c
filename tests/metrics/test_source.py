"""`source`: the building block that special views read, so that none of them bypasses filters, cuts or coverage."""

from __future__ import annotations

from typing import Any

from metrics.ask import Filter
from metrics.coverage import Coverage
from metrics.policy import EVERYONE
from metrics.source import Source, source
from tests.metrics.asking import days
from tests.metrics.engine_for_tests import TinyEngine

WEEK = days("2025-03-03", "2025-03-09")


def visits(device: str, sessions: int, **more: Any) -> dict[str, Any]:
    facts = {"date": "2025-03-05", "touchpoint": "web", "device": device, "sessions": sessions, "cut": "device"}
    return {**facts, **more}


def of(engine: TinyEngine, columns: list[str], **more: Any) -> Source:
    filters = more.pop("filters", ())
    return source(
        engine, "fact_traffic", columns, "date", WEEK, filters, EVERYONE, None, Coverage.read(engine), **more
    )  # fmt: skip


def count(engine: TinyEngine, found: Source) -> int:
    number: int = engine.query(f"select count(*) as n from {found.sql} as s", found.parameters).column("n")[0].as_py()
    return number


def test_it_yields_every_column_asked_and_the_day() -> None:
    engine = TinyEngine({"fact_traffic": [visits("mobile", 7)]})
    found = of(engine, ["sessions", "device"], split_by=("device",))
    row = engine.query(f"select * from {found.sql} as s", found.parameters).to_pylist()
    assert [sorted(item) for item in row] == [["date", "device", "sessions"]]


def test_it_keeps_the_days_of_the_period_and_the_filter() -> None:
    rows = [visits("mobile", 1), visits("desktop", 2), visits("mobile", 4, date="2025-03-10")]
    engine = TinyEngine({"fact_traffic": rows})
    assert count(engine, of(engine, ["sessions"])) == 2
    assert count(engine, of(engine, ["sessions"], filters=(Filter("device", ("mobile",)),))) == 1


def test_two_sources_of_one_statement_do_not_share_parameters() -> None:
    engine = TinyEngine({"fact_traffic": [visits("mobile", 1), visits("desktop", 2)]})
    left = of(engine, ["sessions"], filters=(Filter("device", ("mobile",)),), prefix="a_")
    right = of(engine, ["sessions"], filters=(Filter("device", ("desktop",)),), prefix="b_")
    sql = f"select l.sessions + r.sessions as n from {left.sql} as l cross join {right.sql} as r"
    assert engine.query(sql, {**left.parameters, **right.parameters}).column("n")[0].as_py() == 3


def test_it_runs_and_yields_nothing_where_there_is_no_data() -> None:
    engine = TinyEngine({})
    found = of(engine, ["sessions", "product.brand"])
    assert found.availability.missing_tables == ("fact_traffic", "dim_product") or found.availability.state == "no_data"
    assert count(engine, found) == 0
    assert engine.query(f'select sum(s.sessions) as n, max(s."product.brand") from {found.sql} as s', {}).num_rows == 1


def test_a_row_for_a_range_is_left_out_of_a_series_by_day() -> None:
    engine = TinyEngine(
        {"fact_traffic": [visits("mobile", 9, date="2025-03-09", from_date="2025-03-03", to_date="2025-03-09")]}
    )
    assert count(engine, of(engine, ["sessions"])) == 1
    assert of(engine, ["sessions"], grain="day").availability.state == "no_data"


def test_rows_of_a_report_that_lacks_a_column_are_left_out() -> None:
    rows = [visits("mobile", 5, page_views=9, _source="web"), visits("mobile", 6, _source="app", _batch=2)]
    engine = TinyEngine({"fact_traffic": rows})
    assert count(engine, of(engine, ["sessions"])) == 2
    assert count(engine, of(engine, ["sessions", "page_views"])) == 1
