"""The pre-sale funnel: customers who asked, were answered and bought."""

import pytest

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.presale import presale
from tests.metrics.asking import value
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import scope

DAY = "2026-11-16 2026-11-16"


def contact(n, customer, is_missed=False, led_to_order=False, kind="pre_sale", channel="chat"):
    row = {"ticket_id": str(n), "created_date": "2026-11-16", "domain": "customer", "ticket_type": kind}
    return row | {"customer_id": customer, "is_missed": is_missed, "led_to_order": led_to_order, "channel": channel}


ROWS = [
    contact(1, "a", led_to_order=True),
    contact(2, "a", is_missed=True),
    contact(3, "b", is_missed=True),
    contact(4, "c", is_missed=None, led_to_order=None, channel="email"),
    contact(5, "d", kind="complaint"),
    contact(6, None),
]


def seen(rows, **more):
    return dict(presale(TinyEngine({"fact_ticket": rows}), scope(DAY, **more), EVERYONE).rows())


def test_each_customer_counts_once():
    """Customer a was answered once and missed once; nobody answered b."""
    assert seen(ROWS) == {"asked": 3, "answered": 2, "ordered": 1, "missed": 1}


def test_ordered_of_asked_is_the_kpi():
    rate = value(TinyEngine({"fact_ticket": ROWS}), "inquiry_conversion_rate", first="2026-11-16", last="2026-11-16")
    assert rate == pytest.approx(100 / 3)


def test_a_step_that_no_file_carries_is_unknown():
    rows = [{name: held for name, held in row.items() if name != "led_to_order"} for row in ROWS]
    assert seen(rows)["ordered"] is None
    assert seen([]) == dict.fromkeys(("asked", "answered", "ordered", "missed"))


def test_filters_narrow_the_contacts():
    assert seen(ROWS, filters=(Filter("channel", ("email",)),))["asked"] == 1
