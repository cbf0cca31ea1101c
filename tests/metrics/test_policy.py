"""Who may see what: access levels, rows, columns and small groups, wherever a number is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from metrics.ask import Filter
from metrics.coverage import Coverage
from metrics.errors import NotAllowed
from metrics.policy import EVERYONE
from metrics.rows import rows
from metrics.source import source
from tests.metrics.asking import days, house, split, value
from tests.metrics.engine_for_tests import TinyEngine

MARCH = {"first": "2025-03-01", "last": "2025-03-31"}
OF_EAST = replace(EVERYONE, name="mei", row_filters=(Filter("region", ("east",)),))


def order(number: str, region: str, **more: Any) -> dict[str, Any]:
    facts = {"order_id": number, "paid_date": "2025-03-10", "is_paid": True, "gmv_amount": 10, "customer_id": number}
    return {**facts, "customer_order_seq": 1, "region": region, **more}


@pytest.fixture
def engine() -> TinyEngine:
    votes = [
        {"feedback_id": str(n), "submitted_date": "2025-03-10", "feedback_type": "nps", "score": 10, "topic": topic}
        for n, topic in enumerate(["delivery"] * 30 + ["quality"] * 29)
    ]
    line = {"order_id": "a", "line_no": "1", "sku": "s", "paid_date": "2025-03-10", "is_paid": True, "net_amount": 5}
    return TinyEngine(
        {
            "fact_order": [order("a", "east"), order("b", "west")],
            "fact_order_line": [{**line, "region": "east"}],
            "fact_feedback": votes,
            "fact_return": [{"return_id": "r", "line_no": "1", "completed_date": "2025-03-10", "qty": 1}],
        }
    )


def test_a_viewer_of_one_region_sees_the_numbers_and_rows_of_that_region_only(engine: TinyEngine) -> None:
    assert value(engine, "gmv", **MARCH) == 20.0
    assert value(engine, "gmv", viewer=OF_EAST, **MARCH) == 10.0
    assert split(engine, "gmv", "region", viewer=OF_EAST, **MARCH) == {"east": 10.0}
    page = rows(engine, "gmv", days("2025-03-01", "2025-03-31"), (), OF_EAST, house(), 10, 0, None)
    assert page.rows["order_id"].to_list() == ["a"]
    admitted = source(
        engine, "fact_order", ["gmv_amount"], "paid_date", days("2025-03-01", "2025-03-31"), (), OF_EAST, None,
        Coverage.read(engine),
    )  # fmt: skip
    assert engine.query(f"select count(*) as n from {admitted.sql} as s", admitted.parameters)["n"][0].as_py() == 1


def test_a_table_that_cannot_be_narrowed_to_the_viewers_rows_is_refused(engine: TinyEngine) -> None:
    """Returns know no region: showing them all would show the west too."""
    with pytest.raises(NotAllowed, match="mei may not see 'fact_return'"):
        value(engine, "refund_processing_time_p50", viewer=OF_EAST, **MARCH)


def test_a_kpi_above_the_viewers_level_is_refused(engine: TinyEngine) -> None:
    visitor = replace(EVERYONE, name="visitor", access=frozenset())
    with pytest.raises(NotAllowed, match="visitor may not see 'gmv'"):
        value(engine, "gmv", viewer=visitor, **MARCH)


def test_a_hidden_column_hides_every_kpi_split_and_filter_that_reads_it(engine: TinyEngine) -> None:
    viewer = replace(EVERYONE, name="li", hidden_columns=frozenset({"fact_order.customer_id", "fact_order.region"}))
    with pytest.raises(NotAllowed):
        value(engine, "new_customers", viewer=viewer, **MARCH)
    with pytest.raises(NotAllowed):
        split(engine, "gmv", "region", viewer=viewer, **MARCH)
    with pytest.raises(NotAllowed):
        value(engine, "gmv", viewer=viewer, only=(("region", "east"),), **MARCH)
    page = rows(engine, "gmv", days("2025-03-01", "2025-03-31"), (), viewer, house(), 10, 0, None)
    assert "region" not in page.rows.columns
    assert value(engine, "gmv", viewer=viewer, **MARCH) == 20.0


def test_groups_below_the_smallest_sample_are_hidden_in_splits_and_not_in_the_total(engine: TinyEngine) -> None:
    """30 answers on delivery, 29 on quality; NPS shows from 30 on."""
    viewer = replace(EVERYONE, is_small_group_hidden=True)
    assert split(engine, "net_promoter_score", "topic", viewer=viewer, **MARCH) == {"delivery": 100.0, "quality": None}
    assert value(engine, "net_promoter_score", viewer=viewer, only=(("topic", "quality"),), **MARCH) is None
    assert value(engine, "net_promoter_score", viewer=viewer, **MARCH) == 100.0
    assert split(engine, "net_promoter_score", "topic", **MARCH) == {"delivery": 100.0, "quality": 100.0}


def test_a_filter_without_values_lets_nothing_through(engine: TinyEngine) -> None:
    nobody = replace(EVERYONE, row_filters=(Filter("region", ()),))
    assert value(engine, "paid_orders", viewer=nobody, **MARCH) == 0.0


def test_a_value_is_never_read_as_sql(engine: TinyEngine) -> None:
    assert value(engine, "gmv", only=(("region", "east' or '1'='1"),), **MARCH) == 0.0
