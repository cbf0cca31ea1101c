"""Complaint reasons: counted by code, beside the comparison where files cover it."""

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.complaint_reasons import complaint_reasons
from tests.metrics.engine_for_tests import TinyEngine, cover
from tests.metrics.views.asking import scope

WEEK, BEFORE = "2026-11-16 2026-11-22", "2026-11-09 2026-11-15"


def complaint(n, day, group="delivery", code="late", kind="complaint", domain="customer", channel="chat"):
    row = {"ticket_id": str(n), "created_date": day, "domain": domain, "ticket_type": kind, "channel": channel}
    return row | {"contact_reason_l1": group, "contact_reason_l2": code}


ROWS = [
    complaint(1, "2026-11-16"),
    complaint(2, "2026-11-22", channel="email"),
    complaint(3, "2026-11-17", "quality", "broken"),
    complaint(4, "2026-11-10"),
    complaint(5, "2026-11-17", kind="pre_sale"),
    complaint(6, "2026-11-17", domain="internal_it"),
]


def seen(rows, comparison=BEFORE, coverage=None, **more):
    engine = TinyEngine({"fact_ticket": rows}, coverage)
    return complaint_reasons(engine, scope(WEEK, comparison, **more), EVERYONE).rows()


COVERED = [cover("fact_ticket", "2026-11-09", "2026-11-22", ["domain", "ticket_type", "channel"])]


def test_reasons_by_falling_count_beside_the_comparison():
    assert seen(ROWS, coverage=COVERED) == [("late", None, 2, 1), ("broken", None, 1, 0)]


def test_a_comparison_that_files_do_not_cover_is_unknown():
    """The first ticket is of 10 November: nobody knows about the 9th."""
    assert [row[3] for row in seen(ROWS)] == [None, None]
    assert [row[3] for row in seen(ROWS, None, COVERED)] == [None, None]


def test_a_code_is_one_reason_in_whatever_group_it_stands():
    rows = [complaint(1, "2026-11-16"), complaint(2, "2026-11-16", group="(unknown)")]
    assert seen(rows, None) == [("late", None, 2, None)]


def test_what_is_not_coded_has_no_reason():
    rows = [complaint(1, "2026-11-16", code=code) for code in ("", "(unknown)", None)]
    rows = [row | {"ticket_id": str(place)} for place, row in enumerate(rows)]
    assert seen(rows, None) == [(None, "delivery", 3, None)]


def test_filters_narrow_both_periods():
    only = (Filter("channel", ("chat",)),)
    assert seen(ROWS, coverage=COVERED, filters=only) == [("broken", None, 1, 0), ("late", None, 1, 1)]


def test_without_complaints_there_are_no_rows():
    assert seen([complaint(1, "2026-11-16", kind="pre_sale")]) == []
    assert seen([]) == []
