"""A viewer's rows narrow each view of marketing and product as a filter does, and where they cannot it refuses."""

from dataclasses import replace

import pytest
from polars.testing import assert_frame_equal

from metrics.errors import NotAllowed
from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.acquisition import acquisition
from metrics.views.brand import brand_funnel
from metrics.views.campaigns import campaign_calendar, campaign_results
from metrics.views.discovery import discovery
from metrics.views.launches import launch_curves
from metrics.views.lifetime_value import lifetime_value
from metrics.views.messages import message_funnel, rewards
from metrics.views.partners import partner_bridge
from metrics.views.price_index import price_index
from metrics.views.product_margins import product_margins
from metrics.views.review_topics import review_topics
from metrics.views.rfm import rfm_grid
from metrics.views.roadmap import roadmap_burn_up
from metrics.views.stock_age import stock_age
from metrics.views.stock_cover import stock_cover
from metrics.views.stock_outs import stock_outs
from metrics.views.suppliers import suppliers
from tests.metrics.company import company
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, scope

MARCH = "2025-03-01 2025-03-31"
CATALOGUED = (acquisition, discovery, lifetime_value, product_margins, stock_cover)
# Their tables know where a row belongs.
WITH_REGION = (
    acquisition, brand_funnel, discovery, launch_curves, lifetime_value, product_margins, review_topics, rfm_grid,
)  # fmt: skip
WITHOUT_REGION = (
    campaign_calendar, campaign_results, partner_bridge, price_index, roadmap_burn_up, stock_age, stock_outs, suppliers,
)  # fmt: skip
HERE = Filter("region", ("上海",))
VIEWER = replace(EVERYONE, name="mei", row_filters=(HERE,))


@pytest.fixture(scope="module")
def engine():
    tables = company()
    for row in tables["fact_customer_snapshot"]:
        row |= {"r_score": 5, "f_score": 5}
    for row in tables["fact_inventory_snapshot"]:
        row["stock_age_days"] = 5
    return TinyEngine(tables)


def seen(view, engine, viewer, filters=()):
    more = (CATALOGUE,) if view in CATALOGUED else ()
    return view(engine, scope(MARCH, filters=filters), viewer, *more)


@pytest.mark.parametrize("view", WITH_REGION, ids=lambda view: view.__name__)
def test_a_viewer_with_own_rows_sees_what_a_filter_would_leave(view, engine):
    assert_frame_equal(seen(view, engine, VIEWER), seen(view, engine, EVERYONE, (HERE,)))


@pytest.mark.parametrize("view", WITHOUT_REGION, ids=lambda view: view.__name__)
def test_rows_that_cannot_be_told_apart_are_refused(view, engine):
    with pytest.raises(NotAllowed):
        seen(view, engine, VIEWER)


@pytest.mark.parametrize("view", [message_funnel, rewards], ids=lambda view: view.__name__)
def test_reports_that_are_not_split_by_region_tell_a_viewer_with_own_rows_nothing(view, engine):
    found = seen(view, engine, VIEWER)
    assert found.drop_nulls().is_empty()


def test_stock_cover_reads_tables_that_know_no_region(engine):
    with pytest.raises(NotAllowed):
        seen(stock_cover, engine, VIEWER)
