"""The driver tree: the parts are the change, to the cent, or it says what is left."""

import math

import pytest

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.driver_tree import contributions, driver_tree
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, scope

NOW, BEFORE = "2026-11-16 2026-11-22", "2026-11-09 2026-11-15"


def orders(day, count, gmv):
    return [
        {"order_id": f"{day}-{n}", "paid_date": day, "is_paid": True, "gmv_amount": gmv, "payment_method": "alipay"}
        for n in range(count)
    ]


def visits(day, sessions, purchases):
    counted = {"sessions": sessions, "sessions_with_purchase": purchases}
    return {"date": day, "cut": "touchpoint", "touchpoint": "web"} | counted


def seen(tables, asked=None):
    frame = driver_tree(TinyEngine(tables), asked or scope(NOW, BEFORE), EVERYONE, CATALOGUE)
    return {row["driver"]: row for row in frame.iter_rows(named=True)}


def test_the_parts_sum_to_the_change_exactly():
    """1,000 visits, 20 buying, 25 orders of 40 become 1,500 visits, 24 buying, 36 orders of 50."""
    found = seen(
        {
            "fact_order": orders("2026-11-10", 25, 40) + orders("2026-11-18", 36, 50),
            "fact_traffic": [visits("2026-11-10", 1000, 20), visits("2026-11-18", 1500, 24)],
        }
    )
    assert (found["gmv"]["before"], found["gmv"]["after"], found["gmv"]["contribution"]) == (1000, 1800, 800)
    assert found["conversion"]["before"] == pytest.approx(0.02)
    assert found["tracking_gap"]["after"] == pytest.approx(1.5)
    assert found["basket"]["after"] == 50
    drivers = ("sessions", "conversion", "tracking_gap", "basket")
    assert math.fsum(found[name]["contribution"] for name in drivers) == pytest.approx(800, abs=1e-9)
    assert math.fsum(found[name]["contribution_share"] for name in drivers) == pytest.approx(1, abs=1e-12)
    assert "rest" not in found


def test_a_driver_s_part_is_the_logarithmic_mean_times_its_growth():
    """Sales double from 100 to 200 by visits alone: all of it is theirs. L(200, 100) = 100 ÷ ln 2."""
    before = {"gmv": 100.0, "sessions": 10.0, "conversion": 0.5, "tracking_gap": 1.0, "basket": 20.0}
    after = before | {"gmv": 200.0, "sessions": 20.0}
    assert contributions(before, after) == pytest.approx(
        {"sessions": 100.0, "conversion": 0.0, "tracking_gap": 0.0, "basket": 0.0}
    )


@pytest.mark.parametrize("growth", [0.1, 0.999999, 1.0, 1.000001, 7.0])
def test_the_parts_sum_for_any_growth(growth):
    before = {"gmv": 100.0, "sessions": 10.0, "conversion": 0.5, "tracking_gap": 1.0, "basket": 20.0}
    after = before | {"gmv": 100.0 * growth * 0.8, "sessions": 10.0 * growth, "basket": 16.0}
    parts = contributions(before, after)
    assert math.fsum(parts.values()) == pytest.approx(after["gmv"] - 100.0, abs=1e-9)


def test_without_traffic_the_basket_is_known_and_the_rest_is_left():
    """10 orders of 40 become 20 of 30: + 200, of which the basket took some and the orders brought the rest."""
    found = seen({"fact_order": orders("2026-11-10", 10, 40) + orders("2026-11-18", 20, 30)})
    weight = 200 / math.log(600 / 400)
    assert found["basket"]["contribution"] == pytest.approx(weight * math.log(30 / 40))
    assert found["rest"]["contribution"] == pytest.approx(weight * math.log(20 / 10))
    assert (found["sessions"]["after"], found["sessions"]["contribution"]) == (None, None)


def test_a_broken_purchase_event_leaves_conversion_and_tracking_together():
    """The tool saw no purchase this week: 0 has no logarithm, visits and basket still have their parts."""
    found = seen(
        {
            "fact_order": orders("2026-11-10", 10, 40) + orders("2026-11-18", 10, 40),
            "fact_traffic": [visits("2026-11-10", 1000, 10), visits("2026-11-18", 2000, 0)],
        }
    )
    assert found["conversion"]["after"] == 0
    assert found["conversion"]["contribution"] is None
    assert found["tracking_gap"]["contribution"] is None
    assert found["sessions"]["contribution"] == pytest.approx(400 * math.log(2))
    assert found["rest"]["contribution"] == pytest.approx(-400 * math.log(2))
    assert found["rest"]["contribution_share"] is None


def test_sales_out_of_nothing_are_not_split():
    """No order last week: the whole change is left."""
    unpaid = {"order_id": "x", "paid_date": "2026-11-09", "is_paid": False, "gmv_amount": 1}
    found = seen(
        {
            "fact_order": [unpaid, *orders("2026-11-18", 5, 40)],
            "fact_traffic": [visits("2026-11-10", 100, 1), visits("2026-11-18", 100, 5)],
        }
    )
    assert found["gmv"]["contribution"] == 200
    assert found["basket"]["contribution"] is None
    assert found["rest"]["contribution"] == 200


def test_without_last_week_s_files_nothing_is_said():
    found = seen({"fact_order": orders("2026-11-18", 5, 40)})
    assert found["gmv"]["after"] == 200
    assert found["gmv"]["contribution"] is None
    assert found["rest"]["contribution"] is None


def test_under_a_filter_that_visits_do_not_know_only_the_basket_is_split():
    asked = scope(NOW, BEFORE, (Filter("payment_method", ("alipay",)),))
    tables = {
        "fact_order": orders("2026-11-10", 10, 40) + orders("2026-11-18", 20, 30),
        "fact_traffic": [visits("2026-11-10", 1000, 10), visits("2026-11-18", 2000, 10)],
    }
    found = seen(tables, asked)
    assert found["sessions"]["contribution"] is None
    assert found["basket"]["contribution"] < 0
    assert found["basket"]["contribution"] + found["rest"]["contribution"] == pytest.approx(200)


def test_a_tree_needs_something_to_compare_with():
    with pytest.raises(ValueError, match="needs a comparison"):
        seen({"fact_order": orders("2026-11-18", 5, 40)}, scope(NOW))
