"""Targets: whose number counts for these days, how much of it, and which light it gives."""

from dataclasses import replace
from datetime import date

import pytest

from metrics.ask import Filter, Query, ask
from metrics.load import load_catalogue
from metrics.model import Target, Text
from metrics.periods import Period
from metrics.policy import EVERYONE
from metrics.targets import TargetStatus, attainment, status, target_for, target_values, targets_for
from tests.metrics.engine_for_tests import TinyEngine

CATALOGUE = load_catalogue()
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
FIRST_HALF = Period(date(2026, 11, 1), date(2026, 11, 15))
LAST_WEEK = Period(date(2026, 11, 16), date(2026, 11, 22))
ACROSS = Period(date(2026, 11, 16), date(2026, 12, 15))


def target(kpi, grain, start, value, **more):
    row = {"kpi_id": kpi, "scope_dimension": "", "scope_value": "", "period_grain": grain, "period_start": start}
    return row | {"target_value": value} | more


def found(rows, kpi, period, filters=()):
    return target_for(TinyEngine({"kpi_target": rows}), kpi, period, CATALOGUE, filters=filters)


def test_half_a_month_has_half_of_the_month_s_sales_target():
    half = found([target("gmv", "month", "2026-11-01", 3000, warn_value=2700)], "gmv", FIRST_HALF)
    assert (half.value, half.warn, half.kind) == (1500, 1350, "plan")


def test_two_months_give_a_period_across_them_the_days_they_share():
    """15 of 30 days of November and 15 of 31 days of December."""
    rows = [target("gmv", "month", "2026-11-01", 3000), target("gmv", "month", "2026-12-01", 6200)]
    assert found(rows, "gmv", ACROSS).value == pytest.approx(1500 + 3000)


def test_days_without_a_target_leave_a_sum_without_a_target():
    assert found([target("gmv", "month", "2026-11-01", 3000)], "gmv", ACROSS).value is None


def test_a_target_for_just_this_period_goes_before_parts_of_others():
    rows = [target("gmv", "month", "2026-11-01", 3000), target("gmv", "week", "2026-11-16", 1000)]
    assert found(rows, "gmv", LAST_WEEK).value == 1000
    assert found(rows, "gmv", NOVEMBER).value == 3000


def test_a_rate_is_never_spread_over_days():
    assert found([target("otif_rate", "month", "2026-11-01", 97)], "otif_rate", LAST_WEEK).value == 97


def test_a_rate_whose_target_changes_within_the_period_has_none():
    rows = [target("otif_rate", "month", "2026-11-01", 97), target("otif_rate", "month", "2026-12-01", 98)]
    assert found(rows, "otif_rate", ACROSS) == TargetStatus()


def test_a_distinct_count_only_has_the_target_of_exactly_its_period():
    rows = [target("new_customers", "month", "2026-11-01", 300)]
    assert found(rows, "new_customers", NOVEMBER).value == 300
    assert found(rows, "new_customers", FIRST_HALF).value is None


def test_quarters_and_years_end_where_the_calendar_says():
    """90 of the 365 days of 2026 are its first quarter."""
    year = [target("gmv", "year", "2026-01-01", 3650)]
    quarter = Period(date(2026, 1, 1), date(2026, 3, 31))
    assert found(year, "gmv", quarter).value == pytest.approx(900)
    assert found([target("gmv", "quarter", "2026-01-01", 950)], "gmv", quarter).value == 950


def test_without_a_target_of_the_company_the_catalogue_proposes_one():
    proposed = found([], "otif_rate", LAST_WEEK)
    assert (proposed.value, proposed.kind) == (95, "policy")
    assert "House rule" in proposed.source.en
    assert found([], "gmv", LAST_WEEK) == TargetStatus()


def test_a_company_that_set_its_own_target_is_not_judged_by_the_catalogue_s():
    assert found([target("otif_rate", "month", "2026-12-01", 97)], "otif_rate", ACROSS).value is None


def test_with_a_filter_only_the_target_of_that_value_counts():
    scoped = {"scope_dimension": "region", "scope_value": "Zhejiang"}
    rows = [target("gmv", "month", "2026-11-01", 3000), target("gmv", "month", "2026-11-01", 600, **scoped)]
    here, elsewhere = (Filter("region", ("Zhejiang",)),), (Filter("region", ("Fujian",)),)
    assert found(rows, "gmv", NOVEMBER, here).value == 600
    assert found(rows, "gmv", NOVEMBER, elsewhere).value is None
    assert found(rows, "gmv", NOVEMBER).value == 3000


def test_the_source_names_the_period_and_the_note():
    said = found([target("gmv", "month", "2026-11-01", 3000, note="board, May")], "gmv", NOVEMBER).source
    assert said.en == "Company target (month from 2026-11-01): board, May"
    assert "月" in said.zh_hant


def test_every_bucket_of_a_series_has_its_part():
    engine = TinyEngine({"kpi_target": [target("gmv", "month", "2026-11-01", 3000)]})
    days = [Period(date(2026, 11, 30), date(2026, 11, 30)), Period(date(2026, 12, 1), date(2026, 12, 1))]
    assert target_values(engine, CATALOGUE.kpi("gmv"), days) == [100, None]


def orders(count):
    return [
        {"order_id": str(n), "paid_date": f"2026-11-{1 + n % 30:02}", "is_paid": True, "gmv_amount": 10}
        for n in range(count)
    ]


def judged(tables, kpi="gmv", period=NOVEMBER, as_of=None):
    engine = TinyEngine(tables)
    answer = ask(engine, Query((kpi,), period, as_of=as_of), EVERYONE, CATALOGUE)
    return targets_for(engine, (kpi,), period, CATALOGUE, answer)[kpi]


@pytest.mark.parametrize(("goal", "light"), [(600, "good"), (660, "warn"), (700, "bad")])
def test_the_light_is_amber_within_a_tenth_of_the_target(goal, light):
    """60 orders of 10 are 600; a tenth below 660 is 594, a tenth below 700 is 630."""
    seen = judged({"fact_order": orders(60), "kpi_target": [target("gmv", "month", "2026-11-01", goal)]})
    assert seen.status == light
    assert seen.attainment == pytest.approx(600 / goal)


def test_an_incomplete_number_has_no_light():
    """Orders are loaded up to the 20th only."""
    rows = [row for row in orders(60) if row["paid_date"] <= "2026-11-20"]
    seen = judged({"fact_order": rows, "kpi_target": [target("gmv", "month", "2026-11-01", 100)]})
    assert (seen.value, seen.status) == (100, None)
    assert seen.attainment is not None


def test_a_young_number_has_no_light():
    """Returns still come in for 30 days; the catalogue's target for the return rate stands."""
    lines = [
        {"order_id": "a", "line_no": "1", "paid_date": f"2026-11-{d:02}", "is_paid": True, "qty": 10, "returned_qty": 1}
        for d in range(1, 31)
    ]
    returns = [{"return_id": "r", "line_no": "1", "completed_date": "2026-11-10", "qty": 1}]
    tables = {"fact_order_line": lines, "fact_return": returns}
    assert judged(tables, "return_rate").value == 19.3
    assert judged(tables, "return_rate").status is None
    assert judged(tables, "return_rate", as_of=date(2027, 1, 31)).status == "good"


def test_no_number_has_no_light():
    seen = judged({"kpi_target": [target("gmv", "month", "2026-11-01", 100)]})
    assert (seen.value, seen.status, seen.attainment) == (100, None, None)


def light(value, unit, direction, goal):
    kpi = replace(CATALOGUE.kpi("gmv"), unit=unit, direction=direction)
    return status(value, kpi, goal)


@pytest.mark.parametrize(("value", "seen"), [(95.0, "good"), (94.5, "warn"), (94.4, "bad")])
def test_a_percentage_is_amber_a_tenth_of_the_way_to_the_end_of_the_scale(value, seen):
    assert light(value, "percent", "higher", TargetStatus(95.0)) == seen


@pytest.mark.parametrize(("value", "seen"), [(24.0, "good"), (26.0, "warn"), (27.0, "bad"), (0.0, "good")])
def test_lower_is_better_turns_the_light_round(value, seen):
    assert light(value, "hours", "lower", TargetStatus(24.0)) == seen


def test_the_amber_limit_that_somebody_set_counts():
    assert light(91.0, "percent", "higher", TargetStatus(95.0, warn=90.0)) == "warn"
    assert light(89.0, "percent", "higher", TargetStatus(95.0, warn=90.0)) == "bad"


@pytest.mark.parametrize(
    ("value", "seen"), [(20.0, "good"), (60.0, "good"), (63.0, "warn"), (70.0, "bad"), (5.0, "bad")]
)
def test_a_band_is_green_inside_and_amber_just_outside(value, seen):
    assert light(value, "percent", "band", TargetStatus(low=20.0, high=60.0)) == seen


def test_a_target_of_zero_is_met_or_missed():
    assert light(0.0, "count", "lower", TargetStatus(0.0)) == "good"
    assert light(1.0, "count", "lower", TargetStatus(0.0)) == "bad"


def test_attainment_says_nothing_where_a_share_would_mislead():
    gmv = CATALOGUE.kpi("gmv")
    lower = replace(gmv, direction="lower")
    assert attainment(90.0, gmv, TargetStatus(100.0)) == 0.9
    assert attainment(30.0, lower, TargetStatus(24.0)) == 0.8
    assert attainment(0.0, lower, TargetStatus(24.0)) is None
    assert attainment(-5.0, gmv, TargetStatus(100.0)) is None
    assert attainment(5.0, replace(gmv, direction="band"), TargetStatus(100.0, 90.0, 110.0)) is None


def test_a_band_of_the_catalogue_is_a_target_without_a_value():
    kpi = replace(CATALOGUE.kpi("otif_rate"), default_target=Target("policy", Text("b", "b", "b"), low=20, high=60))
    catalogue = replace(CATALOGUE, kpis={"otif_rate": kpi})
    band = target_for(TinyEngine({}), "otif_rate", NOVEMBER, catalogue)
    assert (band.value, band.low, band.high, band.is_set) == (None, 20, 60, True)
