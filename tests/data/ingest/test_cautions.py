"""What a person is told before a batch is kept, each on a handful of rows."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from data.ingest.batch import Loaded
from data.ingest.load import OlderFile
from data.ingest.titles import exported_at
from data.warehouse import Warehouse
from tests.data.lakes import content, order, put

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def test_an_older_export_of_the_same_source_asks_before_it_turns_newer_rows_back(warehouse: Warehouse) -> None:
    """Order a was 12 on 5 November; a file whose newest moment is 2 November says 10 again."""
    put(warehouse, "fact_order", [order("a", date(2026, 11, 2), 10)])
    put(warehouse, "fact_order", [order("a", date(2026, 11, 2), 12), order("b", date(2026, 11, 5))])
    before = content(warehouse, "fact_order")
    old = [order("a", date(2026, 11, 2), 10), order("c", date(2026, 11, 2))]
    with pytest.raises(OlderFile, match="batch 2 of the same source is newer"):
        put(warehouse, "fact_order", old)
    assert content(warehouse, "fact_order") == before
    loaded = put(warehouse, "fact_order", old, is_older_fine=True)
    assert (loaded.loaded, loaded.changed) == (1, 1)


def test_earlier_days_loaded_later_turn_nothing_back_and_nobody_is_asked(warehouse: Warehouse) -> None:
    put(warehouse, "fact_order", [order("b", date(2026, 11, 5))])
    assert put(warehouse, "fact_order", [order("a", date(2026, 10, 5))]).cautions == ()


def test_amounts_a_hundred_times_larger_are_told(warehouse: Warehouse) -> None:
    put(warehouse, "fact_order", [order(str(number), amount=number) for number in range(1, 8)])
    cents = put(warehouse, "fact_order", [order(f"c{number}", amount=number * 100) for number in range(1, 8)])
    assert _kinds(cents) == ["amounts"]
    assert "100 times larger" in cents.cautions[0].message.en
    assert "median 400.00 against 4.00" in cents.cautions[0].message.en


def test_the_same_orders_once_more_in_cents_are_told_too(warehouse: Warehouse) -> None:
    put(warehouse, "fact_order", [order(str(number), amount=number) for number in range(1, 8)])
    cents = put(warehouse, "fact_order", [order(str(number), amount=number * 100) for number in range(1, 8)])
    assert _kinds(cents) == ["amounts"]


def test_days_in_the_future_are_told_but_not_due_days(warehouse: Warehouse) -> None:
    far = date(2027, 3, 1)
    loaded = put(warehouse, "fact_order", [order("a"), order("b", far)])
    assert _kinds(loaded) == ["future"]
    assert "1 rows lie in the future by paid_date, the last on 2027-03-01" in loaded.cautions[0].message.en
    assert put(warehouse, "fact_invoice", [_bill("i", far)]).cautions == ()


def test_another_source_with_the_same_days_and_channel_may_count_twice(warehouse: Warehouse) -> None:
    """The shop's own report and the merchant tool's, both of Tmall; that of JD is about other orders."""
    put(warehouse, "fact_order", [order("a", sales_channel="tmall")])
    tool = put(warehouse, "fact_order", [order("x", sales_channel="tmall")], source="wdt_orders")
    assert _kinds(tool) == ["overlaps"]
    assert "Batch 1 from another source" in tool.cautions[0].message.en
    assert put(warehouse, "fact_order", [order("j", sales_channel="jd")], source="jd").cautions == ()


def test_rows_of_another_source_with_the_same_keys_are_told(warehouse: Warehouse) -> None:
    put(warehouse, "fact_order", [order("a", sales_channel="tmall")])
    other = put(warehouse, "fact_order", [order("a", amount=11, sales_channel="tmall")], source="wdt_orders")
    assert _kinds(other) == ["taken_over"]


def test_an_order_in_several_rows_with_other_amounts_is_told(warehouse: Warehouse) -> None:
    """Rows of 10 and 5 of order a: 10 counts. Order b stands twice as it is, which loses nothing."""
    twice = put(warehouse, "fact_order", [order("a"), order("a", amount=5), order("b"), order("b")])
    assert _kinds(twice) == ["repeated"]
    assert "1 times order_id stands in several rows with different amounts" in twice.cautions[0].message.en


def test_a_month_in_which_a_great_part_of_the_people_left_is_asked_about(warehouse: Warehouse) -> None:
    """11 of 60 in January is told; 5 of 60 in February is not, nor are 3 of 4."""

    def people(month_end: date, leavers: int, count: int) -> list[dict[str, object]]:
        return [
            {"snapshot_date": month_end, "employee_id": f"{number}", "is_exit": number < leavers, "is_active": True}
            for number in range(count)
        ]

    january = put(warehouse, "fact_employee_snapshot", people(date(2026, 1, 31), 11, 60))
    assert _kinds(january) == ["leavers"]
    assert not january.cautions[0].asks
    assert "11 of 60 people are marked as having left in January 2026 by is_exit" in january.cautions[0].message.en
    assert put(warehouse, "fact_employee_snapshot", people(date(2026, 2, 28), 5, 60)).cautions == ()
    assert put(warehouse, "fact_employee_snapshot", people(date(2026, 3, 31), 3, 4)).cautions == ()


def test_the_same_name_with_other_content_is_told(warehouse: Warehouse) -> None:
    put(warehouse, "fact_order", [order("a")], sha256="1")
    assert _kinds(put(warehouse, "fact_order", [order("b")], sha256="2")) == ["same_name"]


@pytest.mark.parametrize(
    ("title", "moment"),
    [
        ("导出时间：2026-11-03 09:05:12", datetime(2026, 11, 3, 9, 5)),
        ("Exported at: 3 Nov 2026", datetime(2026, 11, 3)),
        ("Orders of 3 Nov 2026", None),
    ],
)
def test_a_title_may_say_when_the_report_was_made(title: str, moment: datetime | None) -> None:
    assert exported_at(["订单报表", title]) == moment


def _kinds(loaded: Loaded) -> list[str]:
    return [caution.kind for caution in loaded.cautions]


def _bill(number: str, due: date) -> dict[str, object]:
    return {"invoice_id": number, "invoice_type": "receivable", "due_date": due}
