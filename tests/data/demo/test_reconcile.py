"""The demo company's numbers agree with each other, to the fen and to the second."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import polars as pl
import pytest

from data.contracts import TABLES
from tests.data.demo.conftest import LAST_DAY

Tables = dict[str, pl.DataFrame]
LOADED = (
    "dim_product", "fx_rate", "kpi_target", "fact_order", "fact_order_line", "fact_shipment", "fact_return",
    "fact_feedback", "fact_traffic", "fact_campaign_daily",
)  # fmt: skip


@pytest.mark.parametrize("table", LOADED)
def test_rows_pass_the_contract(small: Tables, table: str) -> None:
    assert small[table].schema == {name: column.dtype for name, column in TABLES[table].columns.items()}
    TABLES[table].schema.validate(small[table])


@pytest.mark.parametrize("table", LOADED)
def test_keys_are_unique(small: Tables, table: str) -> None:
    assert not small[table].select(TABLES[table].key).is_duplicated().any()


@pytest.mark.parametrize("table", LOADED)
def test_dimensions_are_never_null(small: Tables, table: str) -> None:
    contract = TABLES[table]
    dimensions = [name for name in contract.columns if contract.role(name) == "dimension"]
    assert small[table].select(dimensions).null_count().row(0) == (0,) * len(dimensions)


def test_the_number_of_orders_is_the_one_asked_for(small: Tables) -> None:
    assert len(small["fact_order"]) == 3_000


def test_gross_less_discount_less_tax_is_net(small: Tables) -> None:
    left = pl.col("gmv_amount") - pl.col("discount_amount") - pl.col("tax_amount")
    assert small["fact_order"].filter(left != pl.col("net_amount")).is_empty()


def test_lines_sum_to_their_order(small: Tables) -> None:
    lines = (
        small["fact_order_line"]
        .group_by("order_id")
        .agg(pl.col("net_amount").sum().alias("net"), pl.col("discount_amount").sum().alias("discount"))
    )
    orders = small["fact_order"].join(lines, on="order_id", how="left")
    assert orders.filter((pl.col("net") != pl.col("net_amount")).fill_null(True)).is_empty()
    assert orders.filter((pl.col("discount") != pl.col("discount_amount")).fill_null(True)).is_empty()


def test_an_order_holds_a_sku_at_most_once(small: Tables) -> None:
    assert not small["fact_order_line"].select("order_id", "sku").is_duplicated().any()


def test_lines_repeat_what_their_order_says(small: Tables) -> None:
    shared = ("sales_channel", "region", "campaign_id", "order_date", "paid_date", "is_paid")
    joined = small["fact_order_line"].join(small["fact_order"], on="order_id", suffix="_of_order")
    assert len(joined) == len(small["fact_order_line"])
    for name in shared:
        assert joined[name].equals(joined[f"{name}_of_order"].alias(name)), name


def test_refunds_are_those_of_the_returns_or_the_whole_of_a_cancelled_order(small: Tables) -> None:
    returned = small["fact_return"].group_by("order_id").agg(pl.col("refund_amount").sum().alias("returned"))
    orders = small["fact_order"].join(returned, on="order_id", how="left")
    paid = pl.col("gmv_amount") - pl.col("discount_amount") + pl.col("shipping_charged")
    is_called_off = pl.col("is_paid") & pl.col("is_cancelled")
    expected = pl.when(is_called_off).then(paid).otherwise(pl.col("returned").fill_null(0))
    assert orders.filter(pl.col("refunded_amount") != expected).is_empty()
    assert orders.filter(pl.col("refunded_amount") > paid).is_empty()
    assert orders.filter(is_called_off & pl.col("returned").is_not_null()).is_empty()


def test_unpaid_orders_have_no_payment_no_parcel_and_no_refund(small: Tables) -> None:
    unpaid = small["fact_order"].filter(~pl.col("is_paid"))
    assert len(unpaid) > 0
    assert unpaid["paid_at"].null_count() == unpaid["paid_date"].null_count() == len(unpaid)
    assert unpaid["refunded_amount"].sum() == 0
    assert small["fact_shipment"].join(unpaid, on="order_id").is_empty()


def test_events_come_in_their_order(small: Tables) -> None:
    steps = ("created_at", "paid_at", "shipped_at", "delivered_at", "requested_at", "completed_at")
    events = (
        small["fact_order"]
        .select("order_id", *steps[:2])
        .join(small["fact_shipment"].select("order_id", *steps[2:4]), on="order_id")
        .join(small["fact_return"].select("order_id", *steps[4:]), on="order_id", how="left")
    )
    for earlier, later in pairwise(steps):
        assert events.filter(pl.col(later) < pl.col(earlier)).is_empty(), (earlier, later)


def test_returns_are_done_within_thirty_days_of_delivery(small: Tables) -> None:
    delivered = small["fact_shipment"].group_by("order_id").agg(pl.col("delivered_at").max())
    returns = small["fact_return"].join(delivered, on="order_id")
    assert len(returns) == len(small["fact_return"]) > 0
    assert returns.filter(pl.col("completed_at") > pl.col("delivered_at") + timedelta(days=30)).is_empty()


def test_no_more_units_come_back_than_were_sold(small: Tables) -> None:
    returns = small["fact_return"].join(small["fact_order_line"], on=["order_id", "sku"], suffix="_sold")
    assert len(returns) == len(small["fact_return"])
    assert returns.filter(pl.col("qty") > pl.col("qty_sold")).is_empty()


def test_parcels_of_an_order_are_numbered_from_one(small: Tables) -> None:
    parcels = (
        small["fact_shipment"]
        .group_by("order_id")
        .agg(pl.len().alias("count"), pl.col("parcel_no").min().alias("first"), pl.col("parcel_no").max().alias("last"))
    )
    assert parcels.filter((pl.col("first") != 1) | (pl.col("last") != pl.col("count"))).is_empty()


def test_every_paid_order_that_stands_has_a_parcel(small: Tables) -> None:
    standing = small["fact_order"].filter(pl.col("is_paid") & ~pl.col("is_cancelled"))
    assert set(standing["order_id"]) == set(small["fact_shipment"]["order_id"])


def test_nothing_happens_after_the_last_day(small: Tables) -> None:
    for table in ("fact_order", "fact_shipment", "fact_return", "fact_feedback", "fact_traffic", "fact_campaign_daily"):
        frame = small[table]
        for name, dtype in frame.schema.items():
            if dtype.is_temporal() and name != "promised_delivery_date":
                newest = frame.select(pl.col(name).cast(pl.Date).max()).item()
                assert newest is None or newest <= LAST_DAY, (table, name)


def test_the_history_reaches_over_two_years(larger: Tables) -> None:
    orders = larger["fact_order"]["order_date"]
    assert (orders.min(), orders.max()) == (LAST_DAY - timedelta(days=729), LAST_DAY)
    assert orders.n_unique() == 730


def test_what_is_under_way_at_the_end_is_still_open(larger: Tables) -> None:
    parcels = larger["fact_shipment"]
    waiting = parcels.filter(pl.col("shipped_at").is_null())
    under_way = parcels.filter(pl.col("shipped_at").is_not_null() & pl.col("delivered_at").is_null())
    assert len(waiting) > 0
    assert len(under_way) > 0
    assert waiting["shipment_id"].null_count() == len(waiting)
    assert under_way["is_in_full"].null_count() == len(under_way)
    assert larger["fact_return"]["completed_at"].null_count() > 0


def test_the_funnel_narrows_on_every_row(small: Tables) -> None:
    traffic = small["fact_traffic"]
    for wide, narrow in (
        ("sessions", "engaged_sessions"),
        ("sessions", "sessions_with_product_view"),
        ("sessions_with_product_view", "sessions_with_add_to_cart"),
        ("sessions_with_checkout", "sessions_with_purchase"),
        ("sessions_with_add_to_cart", "cart_sessions_with_purchase"),
        ("sessions_with_purchase", "cart_sessions_with_purchase"),
    ):
        assert traffic.filter(pl.col(narrow) > pl.col(wide)).is_empty(), (wide, narrow)


def test_a_report_says_by_what_it_is_split(small: Tables) -> None:
    for table in ("fact_traffic", "fact_campaign_daily"):
        frame, contract = small[table], TABLES[table]
        cut = frame["cut"].unique().item().split(",")
        assert cut == sorted(cut)
        for name in set(contract.cut_columns) - set(cut):
            assert frame[name].unique().to_list() == [""], (table, name)
        assert frame.filter((pl.col("from_date") != pl.col("date")) | (pl.col("to_date") != pl.col("date"))).is_empty()


def test_rates_cover_every_day_and_the_week_before(small: Tables) -> None:
    rates = small["fx_rate"]
    by_day = rates.group_by("day").len()
    assert by_day["len"].unique().to_list() == [6]
    first = rates["day"].min()
    assert isinstance(first, date)
    assert first <= LAST_DAY - timedelta(days=729 + 7)
    assert rates["day"].max() == LAST_DAY
