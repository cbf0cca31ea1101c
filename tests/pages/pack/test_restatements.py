"""The causes of a restated number sum to its difference, whatever came between."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from data.warehouse import Warehouse
from metrics.load import load_catalogue
from metrics.model import Leadership, Page
from pages.pack.content import FileOf
from pages.pack.issue import issue
from pages.pack.restatements import Step, amount, causes, restated
from tests.data.lakes import put
from tests.pages.pack.lakes import WEEK, desk_of

FILE = FileOf(7, "late.csv", "mei", datetime(2026, 11, 18))
VALUES = st.floats(-1e12, 1e12, allow_nan=False).map(lambda value: value + 0.0)


def by_file(after: float | None, number: int = 7) -> Step:
    return "batch", (replace(FILE, batch=number),), after


@given(VALUES, st.lists(VALUES, min_size=1, max_size=6))
def test_amounts_sum_exactly_to_the_last_value_less_the_first(then: float, later: list[float]) -> None:
    with localcontext(prec=400):
        found = [one.amount for one in causes(then, [by_file(value) for value in later])]
        total = sum((value for value in found if value is not None), Decimal(0))
        assert abs(total - (Decimal(repr(later[-1])) - Decimal(repr(then)))) <= Decimal("1e-40")


def test_while_a_number_does_not_exist_its_files_stand_together() -> None:
    """10 becomes nothing by one file and 12 by the next: no one of them is worth 2."""
    (found,) = causes(10.0, [by_file(None, 1), by_file(12.0, 2)])
    assert (found.amount, [file.batch for file in found.files]) == (Decimal("2.0"), [1, 2])


def test_a_number_that_begins_or_ends_has_a_cause_without_amount() -> None:
    assert [one.amount for one in causes(None, [by_file(5.0), by_file(6.0)])] == [None, Decimal("1.0")]
    assert [one.amount for one in causes(5.0, [by_file(None)])] == [None]
    assert amount(None, None) == 0


def item(key: str, due: date, **more: Any) -> dict[str, Any]:
    return {"item_key": key, "item_type": "bug", "due_date": due, "created_date": due, "status": "open", **more}


def test_what_became_late_by_itself_is_put_down_to_time_and_to_no_file(warehouse: Warehouse, tmp_path: Path) -> None:
    """Two tasks: one done in time; one due on the week's Sunday, open: not late that day, late ever since."""
    sunday = date(2026, 11, 15)
    tasks = [item("a", date(2026, 11, 10), resolved_date=date(2026, 11, 10), status="done"), item("b", sunday)]
    put(warehouse, "fact_work_item", tasks, loaded_at=datetime(2026, 11, 15, 9))
    whole = load_catalogue()
    kpi = whole.kpi("report_action_completion_rate")
    assert kpi.numerator is not None
    assert kpi.denominator is not None
    punctual = replace(
        kpi,
        numerator=replace(kpi.numerator, expression="count(case when is_on_time then 1 end)", columns=("is_on_time",)),
        denominator=replace(kpi.denominator, expression="count(is_on_time)", columns=("is_on_time",)),
    )
    pages = {name: Page(name, (), (), ()) for name in whole.pages}
    catalogue = replace(whole, kpis={kpi.id: punctual}, leadership=Leadership((kpi.id,), ()), pages=pages)
    desk = desk_of(warehouse, tmp_path, catalogue)
    issue(desk, WEEK, "mei", datetime(2026, 11, 16, 1))
    put(warehouse, "fact_work_item", [item("c", date(2026, 11, 20))], loaded_at=datetime(2026, 11, 22, 9))
    (found,) = restated(desk, WEEK, datetime(2026, 11, 23, 1))
    assert (found.then, found.now) == (100.0, 50.0)
    assert [(one.kind, one.amount, one.files) for one in found.causes] == [("time", Decimal("-50.0"), ())]
    desk.store.state.close()
