"""Labour law by department: what is missing is counted, what no file carries is null."""

from dataclasses import replace

from metrics.policy import EVERYONE
from metrics.views.labour_compliance import labour_compliance
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, scope


def person(name, contract=True, paid=True, department="hr", **more):
    flags = {"is_active": True, "has_valid_contract": contract}
    flags |= {"is_social_insurance_due": True, "is_social_insurance_paid": paid}
    return {"employee_id": name, "snapshot_date": "2026-10-31", "department": department} | flags | more


def dispute(name, closed=None, department="hr", opened="2026-10-05", **more):
    row = {"item_id": name, "domain": "labour", "item_type": "dispute", "department": department}
    return row | {"opened_date": opened, "due_date": "2026-12-15", "closed_date": closed} | more


def seen(staff, items=(), viewer=EVERYONE):
    engine = TinyEngine({"fact_employee_snapshot": list(staff), "fact_compliance_item": list(items)})
    return labour_compliance(engine, scope("2026-10-01 2026-10-31"), viewer, CATALOGUE).rows()


def test_cases_are_counted_by_department_and_all_together_last():
    staff = [person("a"), person("b", contract=False), person("c", paid=False), person("d", department="product")]
    assert seen(staff, [dispute("x")]) == [("hr", 3, 1, 1, 1), ("product", 1, 0, 0, 0), (None, 4, 1, 1, 1)]


def test_an_unknown_flag_counts_as_not_so():
    assert seen([person("a"), person("b", contract=None, paid=None)], [dispute("x")])[0] == ("hr", 2, 1, 1, 1)


def test_leavers_need_no_contract():
    assert seen([person("a"), person("b", contract=False, is_active=False)])[0][2] == 0


def test_a_dispute_is_open_from_its_opening_to_its_closing():
    items = [
        dispute("closed before", "2026-10-30"),
        dispute("closed later", "2026-11-02"),
        dispute("opened later", opened="2026-11-01"),
        dispute("other", item_type="inspection"),
        dispute("tax", domain="tax"),
    ]
    assert seen([person("a")], items)[0] == ("hr", 1, 0, 0, 1)


def test_what_no_file_carries_is_null():
    rows = [{"employee_id": "a", "snapshot_date": "2026-10-31", "department": "hr", "is_active": True}]
    assert seen(rows) == [("hr", 1, None, None, None), (None, 1, None, None, None)]


def test_a_department_with_disputes_only_has_its_row():
    assert seen([person("a")], [dispute("x", department="product")])[0] == ("product", None, None, None, 1)


def test_disputes_are_hidden_from_viewers_without_restricted_numbers():
    open_only = replace(EVERYONE, access=frozenset({"open"}))
    assert seen([person("a", contract=False)], [dispute("x")], open_only)[0] == ("hr", 1, 1, 0, None)


def test_without_files_there_are_no_rows():
    assert seen([]) == []
