"""What the address of a page says survives the way there and back, in every language."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.periods import Period
from metrics.query import Filter
from pages.kit.address import Address, read


def test_a_page_as_it_opens_has_an_empty_address() -> None:
    assert Address().parameters() == {}
    assert read({}) == Address()


@pytest.mark.parametrize(
    "place",
    [
        Address(period="this_month", compare="last_year", lang="zh-Hant", data="demo"),
        Address(period="2020-02-01..2020-02-29", filters=(Filter("sales_channel", ("tmall", "jd")),)),
        Address(
            filters=(Filter("region", ("上海", "(unknown)")), Filter("device", ("mobile",))), rank="gmv", by="region"
        ),
        Address(rows="customer_acquisition_cost", table="fact_order", page=3, part="mobile"),
    ],
)
def test_every_state_survives_its_link(place: Address) -> None:
    assert read(place.parameters()) == place


@pytest.mark.parametrize(
    ("parameters", "kept"),
    [
        ({"period": ["tomorrow"]}, Address()),
        ({"period": ["2026-02-30..2026-03-01"]}, Address()),
        ({"lang": ["fr"], "data": ["other"], "compare": ["never"]}, Address()),
        ({"page": ["-1"]}, Address()),
        ({"page": ["9" * 40]}, Address()),
        ({"rows": ["<b>"], "by": ["a b"]}, Address()),
        ({"unknown": ["x"]}, Address()),
    ],
)
def test_what_a_link_garbles_is_as_if_left_out(parameters: dict[str, list[str]], kept: Address) -> None:
    assert read(parameters) == kept


def test_two_days_count_in_either_order() -> None:
    assert read({"period": ["2026-03-05..2026-03-01"]}).custom_period == Period(date(2026, 3, 1), date(2026, 3, 5))


def test_whatever_changes_the_rows_start_at_their_first_page() -> None:
    place = Address(rows="gmv", page=4)
    assert place.turn(period="7d").page == 1
    assert place.with_filter("device", ["mobile"]).page == 1
    assert place.turn(page=5).page == 5


def test_a_filter_without_values_is_no_filter() -> None:
    place = Address().with_filter("device", ["mobile"]).with_filter("region", ["上海"])
    assert place.with_filter("device", []).filters == (Filter("region", ("上海",)),)
