"""A draft says where every card stands in its week, what needs attention, and what moved most."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from data.settings import Settings
from data.warehouse import Warehouse
from pages.pack.canonical import read, written
from pages.pack.draft import NothingToPack, current_week, draft
from tests.pages.pack.lakes import CARDS, WEEK, late_orders, sale, small_catalogue, weeks_of_orders

MADE = datetime(2026, 11, 16, 1)


def test_a_card_holds_the_week_the_week_before_its_target_and_thirteen_weeks(warehouse: Warehouse) -> None:
    """Seven orders of 100 and one of 50 in the week, seven of 100 in the week before; 1,000 were wanted."""
    weeks_of_orders(warehouse)
    made = draft(warehouse.engine(), small_catalogue(), Settings(), WEEK, MADE)
    gmv = made.card("gmv")
    assert (gmv.value, gmv.previous, gmv.last_year) == (750.0, 700.0, None)
    assert (gmv.target.value, gmv.light, gmv.change.absolute) == (1000.0, "bad", 50.0)
    assert [point.value for point in gmv.line] == [None] * 10 + [700.0, 700.0, 750.0]
    assert (made.version, made.as_of) == (warehouse.version(), date(2026, 11, 15))
    assert [card.kpi for card in made.cards] == list(CARDS)
    assert read(written(made)) == made


def test_exceptions_name_the_missed_target_and_the_summary_the_channel_that_moved_it(warehouse: Warehouse) -> None:
    weeks_of_orders(warehouse)
    made = draft(warehouse.engine(), small_catalogue(), Settings(), WEEK, MADE)
    missed = made.exceptions[0]
    assert (missed.kind, missed.subject, missed.size) == ("off_target", "gmv", 0.25)
    assert missed.sentence.zh_hans == "¥750，目标 ¥1,000"
    said = {line.kpi: line.text for line in made.summary.lines}
    assert "+7.1% on the week before, the largest part from JD.com (Sales channel): +¥50" in said["gmv"].en
    assert "较上周 +7.1%，其中销售渠道“京东”影响最大（+¥50）" in said["gmv"].zh_hans


def test_a_draft_follows_the_data_and_says_which_files_do_not_reach_the_end_of_its_week(warehouse: Warehouse) -> None:
    weeks_of_orders(warehouse)
    late_orders(warehouse, [sale("new", date(2026, 11, 10), 25)])
    made = draft(warehouse.engine(), small_catalogue(), Settings(), WEEK, MADE)
    assert made.card("gmv").value == 775.0
    later = draft(warehouse.engine(), small_catalogue(), Settings(), "2026-W48", MADE)
    assert [one.subject for one in later.exceptions if one.kind == "late_table"] == ["fact_order"]
    assert later.card("gmv").value is None
    assert later.card("gmv").is_late


def test_a_week_that_begins_on_sunday_is_summed_from_sunday_to_saturday(warehouse: Warehouse) -> None:
    """The order of 50 and one of 100 lie on Sunday the 15th, which begins the next week."""
    weeks_of_orders(warehouse)
    settings = replace_start("sunday")
    made = draft(warehouse.engine(), small_catalogue(), settings, WEEK, MADE)
    assert made.period.first == date(2026, 11, 8)
    assert (made.card("gmv").value, made.card("gmv").previous) == (700.0, 700.0)
    assert [point.value for point in made.card("gmv").line][-3:] == [600.0, 700.0, 700.0]


def test_without_files_there_is_no_pack_and_the_last_whole_week_is_the_current_one(warehouse: Warehouse) -> None:
    with pytest.raises(NothingToPack, match="orders"):
        current_week(warehouse.engine(), small_catalogue(), Settings())
    weeks_of_orders(warehouse)
    assert current_week(warehouse.engine(), small_catalogue(), Settings()) == WEEK


def replace_start(day: str) -> Settings:
    return Settings().model_copy(update={"week_start": day})
