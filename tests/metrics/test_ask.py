"""What an answer holds besides numbers, and what a wrong question is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from metrics.errors import NotSplittable, UnknownName, WrongQuestion
from tests.metrics.asking import asked, split, value, with_kpi
from tests.metrics.engine_for_tests import TinyEngine

MARCH = {"first": "2025-03-01", "last": "2025-03-31"}


def order(number: str, day: str, **more: Any) -> dict[str, Any]:
    return {"order_id": number, "paid_date": day, "is_paid": True, "gmv_amount": "10.05", "net_amount": 10, **more}


@pytest.fixture
def engine() -> TinyEngine:
    return TinyEngine(
        {
            "fact_order": [order("a", "2025-03-01", region="x"), order("b", "2025-03-31", region="y")],
            "fact_campaign_daily": [{"date": "2025-03-20", "is_paid_media": True, "cost": 2, "conversion_value": 6}],
        }
    )


def test_an_answer_has_the_keys_then_the_kpis_as_floats(engine: TinyEngine) -> None:
    rows = asked(engine, "paid_orders", "gmv", by=("region",), grain="month", **MARCH).rows
    assert rows.schema == {"period": pl.Date, "region": pl.String, "paid_orders": pl.Float64, "gmv": pl.Float64}
    assert rows.rows() == [(date(2025, 3, 1), "x", 1.0, 10.05), (date(2025, 3, 1), "y", 1.0, 10.05)]


def test_one_statement_answers_several_kpis_and_a_part_is_computed_once(engine: TinyEngine) -> None:
    answer = asked(engine, "gmv", "paid_orders", "average_order_value", **MARCH)
    assert len(engine.queries) == 1
    assert engine.queries[0].count("COUNT(") == 1
    assert engine.queries[0].count("fact_order") == 1
    assert answer.rows.row(0) == (pytest.approx(20.1), 2.0, 10.0)


def test_the_sql_shown_holds_the_values_and_the_sql_run_does_not(engine: TinyEngine) -> None:
    answer = asked(engine, "gmv", only=(("region", "it's x"),), **MARCH)
    assert "IN ('it''s x')" in answer.sql
    assert "DATE '2025-03-01'" in answer.sql
    assert "it's x" not in engine.queries[0]


def test_an_answer_says_which_version_it_read_and_which_day_it_was_judged_on(engine: TinyEngine) -> None:
    answer = asked(engine, "gmv", **MARCH)
    assert (answer.version, answer.as_of) == (7, date(2025, 3, 31))
    assert asked(engine, "gmv", as_of=date(2025, 3, 5), **MARCH).as_of == date(2025, 3, 5)


def test_days_after_the_as_of_day_do_not_count(engine: TinyEngine) -> None:
    assert value(engine, "paid_orders", as_of=date(2025, 3, 30), **MARCH) == 1.0


def test_a_number_that_still_grows_is_called_immature(engine: TinyEngine) -> None:
    """Ad conversions need 7 days: judged on the 20th, the week to the 13th is ripe, the one to the 14th is not."""
    assert asked(engine, "roas", first="2025-03-07", last="2025-03-14", as_of=date(2025, 3, 20)).immature == set()
    young = asked(engine, "roas", first="2025-03-14", last="2025-03-20", as_of=date(2025, 3, 20))
    assert young.immature == {"roas"}


def test_a_kpi_without_data_leaves_the_others_alone(engine: TinyEngine) -> None:
    answer = asked(engine, "sessions", "gmv", **MARCH)
    assert answer.rows.row(0) == (None, pytest.approx(20.1))
    assert answer.availability["gmv"].state == "ok"


def test_an_empty_store_answers_with_nulls_and_no_sql() -> None:
    nothing = TinyEngine({})
    assert asked(nothing, "gmv", **MARCH).rows.rows() == [(None,)]
    assert asked(nothing, "gmv", **MARCH).sql == ""
    assert asked(nothing, "gmv", by=("region",), **MARCH).rows.shape == (0, 2)
    assert split(nothing, "gmv", "period", grain="month", **MARCH) == {date(2025, 3, 1): None}


def test_a_dimension_that_a_kpi_lacks_is_answered_with_those_it_has(engine: TinyEngine) -> None:
    with pytest.raises(NotSplittable, match=r"'gmv' cannot be split by 'colour'\. It can be split by: sales_channel,"):
        asked(engine, "gmv", by=("colour",), **MARCH)
    with pytest.raises(NotSplittable):
        asked(engine, "gmv", only=(("colour", "red"),), **MARCH)
    with pytest.raises(UnknownName):
        asked(engine, "gnv", **MARCH)


@pytest.mark.parametrize(("kpis", "by"), [((), ()), (("gmv", "gmv"), ()), (("gmv",), ("region", "region"))])
def test_a_question_names_each_thing_once(engine: TinyEngine, kpis: tuple[str, ...], by: tuple[str, ...]) -> None:
    with pytest.raises(WrongQuestion, match="name each KPI and dimension once"):
        asked(engine, *kpis, by=by, **MARCH)


OWN = """
  - id: orders_a_year
    name: {en: a, zh-Hans: a, zh-Hant: a}
    definition: {en: a, zh-Hans: a, zh-Hant: a}
    duty: operations.2
    unit: ratio
    direction: higher
    numerator: &paid {fact_table: fact_order, time_column: paid_date, expression: count(case when is_paid then 1 end)}
    denominator: *paid
    period_factor: annual_factor
    dimensions: []
  - id: order_days
    name: {en: a, zh-Hans: a, zh-Hant: a}
    definition: {en: a, zh-Hans: a, zh-Hant: a}
    duty: operations.2
    unit: days
    direction: higher
    numerator: *paid
    denominator: *paid
    period_factor: days_in_period
    valid_when: denominator > 1
    dimensions: [region]
  - id: mean_net
    name: {en: a, zh-Hans: a, zh-Hant: a}
    definition: {en: a, zh-Hans: a, zh-Hant: a}
    duty: operations.2
    unit: currency
    direction: higher
    additivity: percentile
    numerator: {fact_table: fact_order, time_column: paid_date, expression: avg(net_amount)}
    dimensions: []
"""


def test_a_period_factor_counts_the_days_of_the_period_or_of_the_bucket(engine: TinyEngine, tmp_path: Path) -> None:
    own = with_kpi(tmp_path, OWN)
    assert value(engine, "orders_a_year", catalogue=own, **MARCH) == pytest.approx(365 / 31)
    assert value(engine, "order_days", catalogue=own, **MARCH) == 31
    edges = {"first": "2025-02-20", "last": "2025-03-10", "grain": "month", "catalogue": own}
    assert split(engine, "orders_a_year", "period", **edges)[date(2025, 3, 1)] == pytest.approx(365 / 10)


def test_a_value_whose_condition_fails_is_not_shown(engine: TinyEngine, tmp_path: Path) -> None:
    """Each region has one order, and the KPI asks for more than one."""
    assert split(engine, "order_days", "region", catalogue=with_kpi(tmp_path, OWN), **MARCH) == {"x": None, "y": None}


def test_an_average_of_money_is_a_sum_divided_by_a_count(engine: TinyEngine, tmp_path: Path) -> None:
    assert value(engine, "mean_net", catalogue=with_kpi(tmp_path, OWN), **MARCH) == 10.0
    assert "AVG" not in engine.queries[-1]
