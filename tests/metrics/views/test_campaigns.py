"""Campaigns: those that ran in the period with their whole result, and the calendar with its festivals."""

from dataclasses import replace
from datetime import date

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.campaigns import campaign_calendar, campaign_results
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import columns, scope

OCTOBER = "2026-10-01 2026-10-31"


def campaign(key, first, last, **more):
    row = {"campaign_id": key, "campaign_name": f"The {key}", "campaign_type": "promotion"}
    return row | {"start_date": first, "end_date": last, "target_revenue": 1000, "budget_amount": 100} | more


def results(*rows, viewer=EVERYONE, asked=None, **more):
    engine = TinyEngine({"fact_campaign": rows})
    return campaign_results(engine, asked or scope(OCTOBER), viewer, **more)


def test_a_campaign_stands_with_its_whole_result_against_its_plan():
    found = results(campaign("a", "2026-10-05", "2026-11-11", attributed_revenue=800, spend_amount=120))
    assert columns(found, "campaign", "name", "revenue", "target", "attainment", "spend", "budget", "budget_used") == [
        ("a", "The a", 800.0, 1000.0, 80.0, 120.0, 100.0, 120.0)
    ]


def test_campaigns_that_had_a_day_in_the_period_are_there_and_no_others():
    found = results(
        campaign("before", "2026-09-01", "2026-09-30"),
        campaign("until its first day", "2026-09-01", "2026-10-01"),
        campaign("from its last day", "2026-10-31", "2026-11-20"),
        campaign("after", "2026-11-01", "2026-11-20"),
        campaign("open end", "2026-01-01", None),
    )
    assert sorted(found["campaign"]) == ["from its last day", "open end", "until its first day"]


def test_what_no_file_carries_is_null_and_a_campaign_without_any_plan_is_left_out():
    found = results(
        campaign("a", "2026-10-05", "2026-10-06", target_revenue=None, budget_amount=50),
        campaign("b", "2026-10-05", "2026-10-06", target_revenue=None, budget_amount=None),
    )
    assert columns(found, "campaign", "target", "attainment", "spend") == [("a", None, None, None)]


def test_the_largest_targets_come_first_and_only_so_many():
    rows = [campaign(f"c{n}", "2026-10-05", "2026-10-06", target_revenue=n) for n in range(1, 6)]
    assert results(*rows, most=2)["campaign"].to_list() == ["c5", "c4"]


def test_amounts_that_are_hidden_from_a_viewer_are_null_and_the_rest_stays():
    blind = replace(EVERYONE, hidden_columns=frozenset({"fact_campaign.spend_amount"}))
    found = results(campaign("a", "2026-10-05", "2026-10-06", spend_amount=9), viewer=blind)
    assert columns(found, "spend", "budget", "budget_used") == [(None, 100.0, None)]


def test_filters_narrow_the_campaigns():
    rows = [campaign("a", "2026-10-05", "2026-10-06"), campaign("b", "2026-10-05", "2026-10-06", campaign_type="brand")]
    found = results(*rows, asked=scope(OCTOBER, filters=(Filter("campaign_type", ("brand",)),)))
    assert found["campaign"].to_list() == ["b"]


def test_without_campaigns_there_are_no_rows():
    assert results().is_empty()


def day(text, festival="", holiday=""):
    return {"date": text, "shopping_festival": festival, "holiday_name": holiday, "is_public_holiday": bool(holiday)}


def calendar(rows, days=(), ahead=31):
    engine = TinyEngine({"fact_campaign": rows, "dim_date": days})
    return campaign_calendar(engine, scope(OCTOBER, as_of="2026-10-31"), EVERYONE, ahead)


def test_the_calendar_looks_ahead_and_knows_planned_campaigns():
    found = calendar([
        campaign("now", "2026-10-20", None, planned_start_date="2026-10-15"),
        campaign("soon", "2026-11-25", "2026-11-30"),
        campaign("too far", "2026-12-05", "2026-12-30"),
    ])  # fmt: skip
    assert columns(found, "kind", "name", "group", "planned", "first", "last") == [
        ("campaign", "The now", "promotion", date(2026, 10, 15), date(2026, 10, 20), date(2026, 12, 1)),
        ("campaign", "The soon", "promotion", None, date(2026, 11, 25), date(2026, 11, 30)),
    ]


def test_days_of_one_festival_or_holiday_in_a_row_are_one_span():
    days = [
        day("2026-10-01", holiday="National Day"), day("2026-10-02", holiday="National Day"),
        day("2026-11-10", "double_11_run"), day("2026-11-11", "double_11"), day("2026-11-12", "double_11_run"),
    ]  # fmt: skip
    found = calendar([], days)
    assert columns(found, "kind", "name", "first", "last") == [
        ("holiday", "National Day", date(2026, 10, 1), date(2026, 10, 2)),
        ("festival", "double_11", date(2026, 11, 11), date(2026, 11, 11)),
    ]


def test_a_campaign_without_a_name_goes_by_its_key():
    assert calendar([campaign("k7", "2026-10-20", "2026-10-21", campaign_name="(unknown)")])["name"].item() == "k7"
