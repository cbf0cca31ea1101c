"""Tool adoption: the last month's users of those who should, by department and tool, and questions of how to."""

import pytest

from metrics.policy import EVERYONE
from metrics.views.tool_adoption import tool_adoption
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope

MONTH = "2026-10-01 2026-10-31"


def usage(department, tool, active, licensed, month_end="2026-10-31"):
    row = {"month_end": month_end, "department": department, "tool": tool}
    return row | {"active_users": active, "licensed_users": licensed}


def ticket(n, department, kind="it_how_to", domain="internal_it"):
    row = {"ticket_id": str(n), "created_date": "2026-10-10", "domain": domain}
    return row | {"ticket_type": kind, "requester_department": department}


USAGE = [
    usage("finance", "erp", 9, 10),
    usage("finance", "crm", 1, 10),
    usage("hr", "erp", 1, 4),
    usage("hr", "erp", 4, 4, "2026-09-30"),
]
TICKETS = [ticket(1, "finance"), ticket(2, "finance"), ticket(3, "finance", "it_request"), ticket(4, "hr", domain="x")]


def seen(tables, asked=MONTH):
    return columns(
        tool_adoption(TinyEngine(tables), scope(asked), EVERYONE, CATALOGUE),
        "department", "tool", "adoption", "how_to",
    )  # fmt: skip


def test_departments_by_rising_adoption_and_tools_by_falling():
    """HR uses 1 of 4, finance 10 of 20; ERP 10 of 14, CRM 1 of 10. September plays no part."""
    found = seen({"fact_tool_usage": USAGE, "fact_ticket": TICKETS})
    assert found == [
        ("hr", "erp", pytest.approx(25), 0),
        ("hr", "crm", None, 0),
        ("finance", "erp", pytest.approx(90), 2),
        ("finance", "crm", pytest.approx(10), 2),
    ]


def test_without_internal_tickets_questions_are_unknown():
    assert {row[3] for row in seen({"fact_tool_usage": USAGE})} == {None}


def test_without_use_of_tools_there_are_no_rows():
    assert seen({"fact_ticket": TICKETS}) == []
