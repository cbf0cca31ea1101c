"""The views of Finance and Human resources show a viewer only the rows that row filters allow, or refuse."""

from dataclasses import replace

import pytest

from metrics.errors import NotAllowed
from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.ageing import ageing
from metrics.views.budget_bridge import budget_bridge
from metrics.views.cash_curve import cash_curve
from metrics.views.headcount_bridge import headcount_bridge
from metrics.views.labour_compliance import labour_compliance
from metrics.views.revenue_bridge import revenue_bridge
from metrics.views.turnover import turnover
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, scope

OCTOBER = scope("2026-10-01 2026-10-31")
HR = replace(EVERYONE, name="mei", row_filters=(Filter("department", ("hr",)),))


def person(name, department, day):
    flags = {"is_active": True, "is_hire": False, "is_exit": False, "has_valid_contract": False}
    return {"employee_id": name, "department": department, "snapshot_date": day} | flags


def booked(department):
    keys = {
        "period_end": "2026-10-31",
        "account_code": department,
        "account_class": "revenue",
        "department": department,
    }
    return keys | {"amount": 70, "budget_amount": 60}


@pytest.fixture(scope="module")
def engine():
    days, teams = ("2026-09-30", "2026-10-31"), ("hr", "product")
    bill = {"invoice_type": "payable", "due_date": "2026-10-10", "amount": 7}
    return TinyEngine(
        {
            "fact_employee_snapshot": [person(team, team, day) for team in teams for day in days],
            "fact_gl_balance": [booked(team) for team in teams],
            "fact_invoice": [bill | {"invoice_id": team, "department": team} for team in teams],
            "fact_bank_balance": [{"date": "2026-10-31", "account_id": "a", "closing_balance": 9}],
            "fact_order": [{"order_id": "a", "paid_date": "2026-10-05", "is_paid": True, "gmv_amount": 9}],
        }
    )


def test_people(engine):
    assert headcount_bridge(engine, OCTOBER, HR, CATALOGUE)["people"].to_list() == [1, 0, 0, 0, 0, 0, 1]
    assert labour_compliance(engine, OCTOBER, HR, CATALOGUE)["department"].to_list() == ["hr", None]


def test_money(engine):
    assert budget_bridge(engine, OCTOBER, HR, CATALOGUE)["actual"].to_list() == [70]
    assert ageing(engine, OCTOBER, HR, CATALOGUE)["amount"].sum() == 7


@pytest.mark.parametrize("view", [cash_curve, revenue_bridge])
def test_bank_and_orders_have_no_department_and_are_refused(engine, view):
    with pytest.raises(NotAllowed):
        view(engine, OCTOBER, HR, CATALOGUE)


def test_kinds_of_exit_that_are_hidden_have_no_turnover(engine):
    with pytest.raises(NotAllowed):
        turnover(
            engine,
            OCTOBER,
            replace(EVERYONE, hidden_columns=frozenset({"fact_employee_snapshot.exit_type"})),
            CATALOGUE,
        )
