"""What definitions may say beyond one ratio: composites, samples of people, flags to split by, days that have come."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from metrics.errors import WrongDefinition
from metrics.policy import Viewer
from tests.metrics.asking import asked, split, value, with_kpi
from tests.metrics.engine_for_tests import TinyEngine

MARCH = {"first": "2025-03-01", "last": "2025-03-31"}
SAID = "name: {en: a, zh-Hans: a, zh-Hant: a}\n    definition: {en: a, zh-Hans: a, zh-Hant: a}\n    duty: operations.2"
OWN = f"""
  - id: twice_and_less
    {SAID}
    unit: ratio
    direction: higher
    composite: [{{kpi: mean_net, weight: 2}}, {{kpi: parcels_an_order, weight: -1}}]
    dimensions: [region]
  - id: mean_net
    {SAID}
    unit: currency
    direction: higher
    numerator: {{fact_table: fact_order, time_column: paid_date, expression: sum(net_amount)}}
    denominator: {{fact_table: fact_order, time_column: paid_date, expression: count(net_amount)}}
    min_sample: 2
    sample: count(distinct customer_id)
    dimensions: [region, is_member_order]
  - id: parcels_an_order
    {SAID}
    unit: ratio
    direction: higher
    numerator: {{fact_table: fact_shipment, time_column: shipped_date, expression: count(*)}}
    denominator: {{fact_table: fact_shipment, time_column: shipped_date, expression: count(distinct order_id)}}
    dimensions: [region]
  - id: net_a_year
    {SAID}
    unit: currency
    direction: higher
    additivity: additive
    numerator: {{fact_table: fact_order, time_column: paid_date, expression: sum(net_amount)}}
    period_factor: annual_factor
    dimensions: []
"""
CAREFUL = Viewer("careful", frozenset({"open"}), frozenset(), (), frozenset(), is_small_group_hidden=True)


def order(number: str, customer: str, region: str, net: int, is_member: bool | None) -> dict[str, Any]:
    facts = {"order_id": number, "customer_id": customer, "region": region, "net_amount": net}
    return {**facts, "is_member_order": is_member, "paid_date": "2025-03-10"}


@pytest.fixture
def engine() -> TinyEngine:
    """Region x: orders of 10 and 30 by one customer; region y: 20 by another; o1 went in two parcels, o3 in none."""
    parcels = [("o1", 1, "x"), ("o1", 2, "x"), ("o2", 1, "x")]
    names = ("order_id", "parcel_no", "region")
    return TinyEngine(
        {
            "fact_order": [
                order("o1", "a", "x", 10, True),
                order("o2", "a", "x", 30, None),
                order("o3", "b", "y", 20, False),
            ],
            "fact_shipment": [dict(zip(names, p, strict=True)) | {"shipped_date": "2025-03-11"} for p in parcels],
        }
    )


def test_a_composite_adds_up_the_values_of_its_parts_by_weight(engine: TinyEngine, tmp_path: Path) -> None:
    """2 x (60 ÷ 3 orders) less (3 parcels ÷ 2 orders); region y has no parcel, so it has no value."""
    own = with_kpi(tmp_path, OWN)
    assert value(engine, "twice_and_less", catalogue=own, **MARCH) == 2 * 20 - 1.5
    assert split(engine, "twice_and_less", "region", catalogue=own, **MARCH) == {"x": 2 * 20 - 1.5, "y": None}


def test_a_composite_answers_beside_its_parts(engine: TinyEngine, tmp_path: Path) -> None:
    own = with_kpi(tmp_path, OWN)
    rows = asked(engine, "mean_net", "twice_and_less", "parcels_an_order", catalogue=own, **MARCH).rows
    assert rows.row(0) == (20, 38.5, 1.5)


def test_a_composite_has_no_data_where_one_part_has_none(tmp_path: Path) -> None:
    alone = TinyEngine({"fact_order": [order("o1", "a", "x", 10, True)]})
    answer = asked(alone, "twice_and_less", catalogue=with_kpi(tmp_path, OWN), **MARCH)
    assert answer.availability["twice_and_less"].state == "no_data"
    assert answer.availability["twice_and_less"].missing_tables == ("fact_shipment",)
    assert answer.rows["twice_and_less"].to_list() == [None]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kpi: mean_net, weight: 2", "kpi: mean_nett, weight: 2", "'mean_nett' is not a KPI that can be a part"),
        ("kpi: mean_net, weight: 2", "kpi: twice_and_less, weight: 2", "'twice_and_less' is not a KPI that can be"),
        ("dimensions: [region]", "dimensions: [is_member_order]", "'parcels_an_order' cannot be split by"),
        ("composite: [", "multiplier: 100\n    composite: [", "a KPI has a numerator, or a composite"),
        ("composite: [{kpi: mean_net, weight: 2}, {kpi: parcels_an_order, weight: -1}]", "", "a KPI has a numerator"),
        ("sample: count(distinct customer_id)", "sample: customer_id", "does not sum, count or otherwise aggregate"),
    ],
)
def test_a_wrong_composite_or_sample_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(WrongDefinition, match=said):
        with_kpi(tmp_path, OWN.replace(old, new, 1))


def test_people_are_counted_where_the_denominator_counts_something_else(engine: TinyEngine, tmp_path: Path) -> None:
    """Region x has two orders of one customer: two would be enough, one customer is not."""
    own = with_kpi(tmp_path, OWN)
    assert split(engine, "mean_net", "region", catalogue=own, viewer=CAREFUL, **MARCH) == {"x": None, "y": None}
    assert split(engine, "mean_net", "region", catalogue=own, **MARCH) == {"x": 20, "y": 20}
    assert value(engine, "mean_net", catalogue=own, viewer=CAREFUL, **MARCH) == 20


def test_a_flag_splits_into_true_false_and_unknown(engine: TinyEngine, tmp_path: Path) -> None:
    own = with_kpi(tmp_path, OWN)
    found = split(engine, "mean_net", "is_member_order", catalogue=own, **MARCH)
    assert found == {"true": 10, "false": 20, "(unknown)": 30}
    unknown = value(engine, "mean_net", catalogue=own, only=(("is_member_order", "(unknown)"),), **MARCH)
    assert unknown == 30


def test_days_to_come_are_no_days_of_the_period(engine: TinyEngine, tmp_path: Path) -> None:
    """60 in the first 20 days of March are 60 x 365 ÷ 20 a year, not ÷ 31."""
    own = with_kpi(tmp_path, OWN)
    by_now = {"as_of": date(2025, 3, 20), "catalogue": own, **MARCH}
    assert value(engine, "net_a_year", **by_now) == pytest.approx(60 * 365 / 20)
    assert split(engine, "net_a_year", "period", grain="month", **by_now) == {
        date(2025, 3, 1): pytest.approx(60 * 365 / 20)
    }


def test_a_line_without_a_product_number_stands_under_unknown() -> None:
    line = {"order_id": "a", "paid_date": "2025-03-10", "is_paid": True, "net_amount": 5}
    lines = [line | {"line_no": "1", "sku": "s1"}, line | {"line_no": "2", "sku": None}]
    engine = TinyEngine({"fact_order_line": lines})
    assert split(engine, "net_sales", "sku", **MARCH) == {"s1": 5, "(unknown)": 5}
    assert value(engine, "net_sales", only=(("sku", "(unknown)"),), **MARCH) == 5
