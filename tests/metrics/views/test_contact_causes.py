"""Contact causes: reasons by the department whose process made customers get in touch."""

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.contact_causes import contact_causes
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import scope

WEEK = "2026-11-16 2026-11-22"


def contact(n, reason, department, kind="after_sale", domain="customer", channel="chat"):
    row = {"ticket_id": str(n), "created_date": "2026-11-17", "domain": domain, "ticket_type": kind}
    return row | {"contact_reason_l1": reason, "root_cause_department": department, "channel": channel}


ROWS = [
    contact(1, "delivery", "operations"),
    contact(2, "delivery", "operations"),
    contact(3, "delivery", "(unknown)"),
    contact(4, "quality", "product", channel="email"),
    contact(5, "quality", "product", kind="proactive_follow_up"),
    contact(6, "quality", "product", domain="internal_it"),
]


def seen(rows, most=10, **more):
    return contact_causes(TinyEngine({"fact_ticket": rows}), scope(WEEK, **more), EVERYONE, most).rows()


def test_every_reason_meets_every_department():
    assert seen(ROWS) == [
        ("delivery", "operations", 2),
        ("delivery", "product", 0),
        ("delivery", "(unknown)", 1),
        ("quality", "operations", 0),
        ("quality", "product", 1),
        ("quality", "(unknown)", 0),
    ]


def test_rare_reasons_stand_together():
    rows = [*ROWS, contact(7, "price", "marketing"), contact(8, "quality", "product", channel="email")]
    found = seen([*rows, contact(9, "size", "product")], most=1)
    assert list(dict.fromkeys(reason for reason, _, _ in found)) == ["delivery", "(other)"]
    assert ("(other)", "product", 3) in found


def test_filters_narrow_the_contacts():
    assert seen(ROWS, filters=(Filter("channel", ("email",)),)) == [("quality", "product", 1)]


def test_where_no_file_names_the_department_there_are_no_rows():
    assert seen([contact(1, "delivery", "(unknown)")]) == []
    assert seen([]) == []
