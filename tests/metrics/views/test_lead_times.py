"""Lead times: interpolated percentiles of hours, warehouse by warehouse."""

from datetime import date

import pytest

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.lead_times import lead_times
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import columns, scope

WEEK = "2026-11-16 2026-11-22"


def parcel(n, warehouse, shipped, delivered, day="2026-11-17"):
    row = {"order_id": str(n), "parcel_no": 1, "warehouse": warehouse, "carrier": f"{warehouse} express"}
    return row | {"shipped_date": day, "fulfilment_hours": shipped, "delivery_hours": delivered}


def seen(parcels, asked=None, **more):
    return lead_times(TinyEngine({"fact_shipment": parcels}), asked or scope(WEEK), EVERYONE, **more)


EAST = [parcel(n, "east", hours, hours + 24) for n, hours in enumerate([10, 20, 30, 40, 50])]
WEST = [parcel(n, "west", hours, None) for n, hours in enumerate([5, 6], start=10)]


def test_half_of_the_parcels_and_nine_in_ten():
    """Of 10, 20, 30, 40, 50 hours: the median is 30, p90 lies six tenths of the way from 40 to 50."""
    assert columns(seen(EAST + WEST), "stage", "warehouse", "p50", "p90", "parcels") == [
        ("shipped", "east", 30.0, 46.0, 5),
        ("shipped", "west", 5.5, 5.9, 2),
        ("delivered", "east", 54.0, 70.0, 5),
    ]


def test_parcels_on_their_way_are_not_measured():
    found = seen([*EAST, parcel(9, "east", 60, None)])
    assert dict(columns(found, "stage", "parcels")) == {"shipped": 6, "delivered": 5}


def test_a_stage_that_no_file_carries_is_absent():
    assert set(seen(WEST)["stage"].to_list()) == {"shipped"}


def test_carriers_compare_the_same_way():
    assert columns(seen(EAST, by="carrier"), "stage", "carrier")[0] == ("shipped", "east express")


def test_buckets_follow_the_shipping_day():
    late = [parcel(n, "east", 100, 200, day="2026-11-24") for n in (20, 21)]
    found = seen(EAST + late, scope("2026-11-16 2026-11-29"), grain="week")
    assert columns(found, "stage", "period", "warehouse", "p50")[:2] == [
        ("shipped", date(2026, 11, 16), "east", 30.0),
        ("shipped", date(2026, 11, 23), "east", 100.0),
    ]


def test_filters_narrow_the_parcels():
    found = seen(EAST + WEST, scope(WEEK, filters=(Filter("warehouse", ("west",)),)))
    assert found["warehouse"].unique().to_list() == ["west"]


@pytest.mark.parametrize("grain", [None, "day"])
def test_without_shipments_there_are_no_rows_but_all_columns(grain):
    found = seen([], grain=grain)
    assert found.is_empty()
    assert ("period" in found.columns) is bool(grain)
