"""The bridge of partners: start + new - ended + renewed = end."""

from datetime import date

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.partners import partner_bridge
from tests.metrics.asking import value
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import columns, scope

OCTOBER = "2026-10-01 2026-10-31"
BEFORE, AFTER = "2026-09-30", "2026-10-31"


def contract(partner, day, is_active=True, kind="supplier", **more):
    row = {"snapshot_date": day, "contract_id": f"{partner}/{kind}", "partner_id": partner, "partner_type": kind}
    return row | {"is_active": is_active, "is_renewed": False} | more


# a stays, b stays by renewal, c leaves, d and e come; e is of another kind.
ROWS = [
    *(contract(partner, BEFORE) for partner in "abc"),
    contract("a", AFTER),
    contract("b", AFTER, is_renewed=True),
    contract("c", AFTER, is_active=False),
    contract("d", AFTER),
    contract("e", AFTER, kind="media"),
]


def seen(rows=ROWS, asked=None):
    return partner_bridge(TinyEngine({"fact_partner_contract": rows}), asked or scope(OCTOBER), EVERYONE)


def test_the_bridge_adds_up():
    found = seen()
    assert columns(found, "partner_type", "start", "new", "ended", "renewed", "end") == [
        (None, 3, 2, 2, 1, 4),
        ("supplier", 3, 1, 2, 1, 3),
        ("media", 0, 1, 0, 0, 1),
    ]
    assert columns(found, "first_day", "last_day")[0] == (date(2026, 9, 30), date(2026, 10, 31))


def test_the_end_is_that_of_the_kpi():
    engine = TinyEngine({"fact_partner_contract": ROWS})
    assert value(engine, "active_partners", first="2026-10-01", last="2026-10-31") == seen()["end"][0]


def test_a_partner_of_two_kinds_counts_once_in_all_and_two_contracts_are_one_partner():
    rows = [contract("a", BEFORE), contract("a", AFTER), contract("a", AFTER, kind="media")]
    rows += [contract("a", AFTER, contract_id="second")]
    assert columns(seen(rows), "partner_type", "end") == [(None, 1), ("media", 1), ("supplier", 1)]


def test_within_a_month_the_last_two_month_ends_are_compared():
    found = seen(asked=scope("2026-11-15 2026-11-21"))
    assert columns(found, "first_day", "last_day", "end")[0] == (date(2026, 9, 30), date(2026, 10, 31), 4)


def test_over_a_quarter_every_renewal_between_counts():
    rows = [contract("a", "2026-06-30"), contract("a", "2026-08-31", is_renewed=True), contract("a", "2026-09-30")]
    found = seen(rows, scope("2026-07-01 2026-09-30"))
    assert columns(found, "start", "new", "ended", "renewed", "end")[0] == (1, 0, 1, 1, 1)


def test_with_a_single_month_end_only_the_end_is_known():
    found = seen([contract("a", AFTER)])
    assert columns(found, "first_day", "start", "new", "end")[0] == (None, None, None, 1)


def test_month_ends_that_are_too_old_say_nothing_and_filters_narrow():
    assert seen(asked=scope("2027-03-01 2027-03-31")).is_empty()
    assert seen([]).is_empty()
    assert seen(asked=scope(OCTOBER, filters=(Filter("partner_type", ("media",)),)))["end"].to_list() == [1, 1]
