"""Discovery: rates of search and recommendation, and sales by entry, on one time axis."""

from datetime import date

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.discovery import discovery, discovery_grain
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope

TWO_DAYS = "2026-11-17 2026-11-18"


def searches(day, asked, empty, shown, clicked):
    counted = {"site_searches": asked, "zero_result_searches": empty, "reco_impressions": shown, "reco_clicks": clicked}
    return {"date": day, "cut": "region", "region": "east"} | counted


def sold(entry, net, day="2026-11-17"):
    row = {"order_id": f"{entry}{day}", "line_no": "1", "paid_date": day, "is_paid": True, "region": "east"}
    return row | {"entry_source": entry, "net_amount": net, "sku": "a"}


TABLES = {
    "fact_traffic": [searches("2026-11-17", 100, 8, 1000, 30), searches("2026-11-18", 50, 1, 500, 5)],
    "fact_order_line": [sold("search", 70), sold("recommendation", 90), sold("search", 5, "2026-11-18")],
}


def seen(tables=TABLES, asked=None):
    found = discovery(TinyEngine(tables), asked or scope(TWO_DAYS), EVERYONE, CATALOGUE)
    return {(measure, entry, period.day): value for period, measure, entry, value in columns(found, *found.columns)}


def test_every_line_has_a_value_a_day():
    assert seen() == {
        ("search_zero_result_rate", None, 17): 8.0,
        ("search_zero_result_rate", None, 18): 2.0,
        ("recommendation_click_rate", None, 17): 3.0,
        ("recommendation_click_rate", None, 18): 1.0,
        ("net_sales", "recommendation", 17): 90.0,
        ("net_sales", "recommendation", 18): 0.0,
        ("net_sales", "search", 17): 70.0,
        ("net_sales", "search", 18): 5.0,
    }


def test_what_no_file_carries_is_null_and_the_rest_is_still_there():
    found = seen({"fact_order_line": TABLES["fact_order_line"]})
    assert found["search_zero_result_rate", None, 17] is None
    assert found["net_sales", "search", 17] == 70.0
    assert ("net_sales", "search", 17) not in seen({"fact_traffic": TABLES["fact_traffic"]})


def test_a_filter_that_only_one_of_the_files_carries_leaves_the_other_unknown():
    found = seen(asked=scope(TWO_DAYS, filters=(Filter("sku", ("a",)),)))
    assert found["net_sales", "search", 17] == 70.0
    assert {value for (measure, _, _), value in found.items() if measure != "net_sales"} <= {None}


def test_periods_of_more_than_a_month_go_by_week():
    assert discovery_grain(scope("2026-10-01 2026-10-31")) == "day"
    assert discovery_grain(scope("2026-10-01 2026-11-01")) == "week"
    found = discovery(TinyEngine(TABLES), scope("2026-10-01 2026-11-22"), EVERYONE, CATALOGUE)
    assert date(2026, 11, 16) in found["period"].to_list()
