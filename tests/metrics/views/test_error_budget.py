"""Error budgets: what is left of the failures that an objective allows, day by day."""

from datetime import date

import pytest

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.error_budget import error_budget
from tests.metrics.asking import value
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import scope

MONTH = "2026-11-01 2026-11-28"


def health(day, service, valid, good, slo=0.99, platform="web"):
    row = {"date": day, "service": service, "platform": platform, "valid_events": valid, "good_events": good}
    return row | {"slo_target": slo}


def seen(rows, asked=None, **more):
    found = error_budget(TinyEngine({"fact_service_health": rows}), asked or scope(MONTH), EVERYONE, **more)
    return {(service, day): (left, availability) for service, day, left, availability in found.iter_rows()}


# 1,000 requests at 99 % may fail 20 times in two days; 5 and then 25 do.
CHECKOUT = [health("2026-11-01", "checkout", 1000, 995), health("2026-11-28", "checkout", 1000, 975)]


def test_the_budget_is_used_up_day_by_day_and_may_be_overspent():
    found = seen(CHECKOUT)
    assert found["checkout", date(2026, 11, 1)] == pytest.approx((75, 98.5))
    assert found["checkout", date(2026, 11, 28)] == pytest.approx((-50, 98.5))


def test_a_day_without_requests_uses_nothing():
    assert seen(CHECKOUT)["checkout", date(2026, 11, 15)][0] == pytest.approx(75)


def test_the_availability_is_that_of_all_28_days():
    assert {availability for _, availability in seen(CHECKOUT).values()} == {98.5}


def test_the_last_day_says_what_the_kpi_says():
    engine = TinyEngine({"fact_service_health": CHECKOUT})
    kpi = value(engine, "error_budget_remaining", first="2026-11-01", last="2026-11-28")
    assert seen(CHECKOUT)["checkout", date(2026, 11, 28)][0] == pytest.approx(kpi)


def test_the_28_days_end_with_the_period_whatever_its_length():
    found = seen(CHECKOUT, scope("2026-11-28 2026-11-28"))
    assert min(day for _, day in found) == date(2026, 11, 1)
    assert len(found) == 28


def test_a_day_that_no_file_covers_is_unknown():
    late = [health("2026-11-10", "checkout", 1000, 995), health("2026-11-20", "checkout", 1000, 995)]
    found = seen(late)
    assert found["checkout", date(2026, 11, 9)][0] is None
    assert found["checkout", date(2026, 11, 21)][0] is None
    assert found["checkout", date(2026, 11, 20)][0] == pytest.approx(50)


def test_a_service_without_objective_or_without_room_for_failure_is_absent():
    rows = [*CHECKOUT, health("2026-11-02", "search", 1000, 900, None), health("2026-11-02", "login", 1000, 999, 1)]
    assert {service for service, _ in seen(rows)} == {"checkout"}


def test_the_services_with_least_left_come_first():
    rows = [*CHECKOUT, health("2026-11-02", "search", 1000, 999), health("2026-11-02", "login", 1000, 995)]
    found = seen(rows, most=2)
    assert list(dict.fromkeys(service for service, _ in found)) == ["checkout", "login"]


def test_filters_narrow_the_requests():
    rows = [*CHECKOUT, health("2026-11-01", "checkout", 1000, 900, platform="ios")]
    found = seen(rows, scope(MONTH, filters=(Filter("platform", ("web",)),)))
    assert found["checkout", date(2026, 11, 1)][0] == pytest.approx(75)


def test_without_files_there_are_no_rows_but_all_columns():
    found = error_budget(TinyEngine({}), scope(MONTH), EVERYONE)
    assert found.is_empty()
    assert found.columns == ["service", "day", "remaining", "availability"]
