"""Web vitals: a page load is as good as its worst vital, and only real users count."""

import pytest

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.web_vitals import web_vitals
from tests.metrics.asking import value
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope

DAY = "2026-11-20 2026-11-20"
COUNTS = ("device", "page_group", "good", "needs_improvement", "poor")


def load(n, lcp, inp, cls, page="home", device="mobile", weight=1, source="field_rum"):
    row = {"measurement_id": str(n), "date": "2026-11-20", "page_group": page, "device": device, "source": source}
    return row | {"lcp_ms": lcp, "inp_ms": inp, "cls": cls, "sample_weight": weight}


LOADS = [
    load(1, 2500, 200, 0.1),
    load(2, 2501, 200, 0.1),
    load(3, 1000, 501, 0.0, device="desktop"),
    load(4, 1000, None, 0.25, weight=10),
    load(5, 4001, 10, 0.0, page="cart"),
]


def seen(loads, **more):
    return web_vitals(TinyEngine({"fact_web_performance": loads}), scope(DAY, **more), EVERYONE, CATALOGUE)


def test_a_load_is_as_good_as_its_worst_vital():
    """Exactly at the limit is still good (or not yet poor); without an interaction the other two decide."""
    assert columns(seen(LOADS), *COUNTS)[:2] == [(None, "home", 1, 11, 1), (None, "cart", 0, 0, 1)]


def test_devices_follow_by_falling_loads():
    assert columns(seen(LOADS), *COUNTS)[2:] == [
        ("mobile", "home", 1, 11, 0),
        ("mobile", "cart", 0, 0, 1),
        ("desktop", "home", 0, 0, 1),
    ]


def test_percentiles_are_those_of_the_kpis():
    """LCP of home: 1000, 1000, 2500, 2501 ms; the 75th percentile lies a quarter of the way from 2500 to 2501."""
    assert columns(seen(LOADS), "lcp_p75", "cls_p75")[0] == pytest.approx((2.50025, 0.1375))
    assert columns(seen(LOADS), "inp_p75")[-1] == pytest.approx((0.501,))


def test_the_good_part_is_the_pass_rate():
    found = seen(LOADS)
    whole = found.filter(found["device"].is_null())
    engine = TinyEngine({"fact_web_performance": LOADS})
    rate = value(engine, "core_web_vitals_pass_rate", first="2026-11-20", last="2026-11-20")
    loads = whole["good"].sum() + whole["needs_improvement"].sum() + whole["poor"].sum()
    assert 100 * whole["good"].sum() / loads == pytest.approx(rate)


def test_lab_runs_and_loads_without_lcp_are_not_judged():
    found = seen([*LOADS, load(8, 9000, 900, 0.9, source="lab_lighthouse"), load(9, None, 900, 0.9, page="search")])
    assert columns(found, *COUNTS)[0] == (None, "home", 1, 11, 1)
    assert "search" not in found["page_group"].to_list()


def test_a_filter_narrows_everything():
    found = seen(LOADS, filters=(Filter("device", ("desktop",)),))
    assert columns(found, *COUNTS) == [(None, "home", 0, 0, 1), ("desktop", "home", 0, 0, 1)]


def test_without_vitals_there_are_no_rows():
    assert seen([]).is_empty()
