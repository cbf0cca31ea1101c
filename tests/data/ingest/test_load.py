"""Rows meet what is there: by key, each counted once, nothing lost."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from data.contracts import TABLES
from data.ingest.batch import Chunk, Origin
from data.ingest.load import AlreadyHere, TooManyRefused, load, load_frames
from data.ingest.messages import NO_RATE
from data.warehouse import Warehouse
from tests.data.lakes import DAY, NOW, content, order, put, rows


def test_each_row_of_a_file_is_new_changed_or_unchanged(warehouse: Warehouse) -> None:
    """a stays, b gets another amount, c is new."""
    put(warehouse, "fact_order", [order("a"), order("b", amount=20)])
    second = put(warehouse, "fact_order", [order("a"), order("b", amount=21), order("c")])
    assert (second.loaded, second.changed, second.unchanged) == (1, 1, 1)
    assert second.rows_read == 3
    amounts = warehouse.connection.execute(
        "select order_id, gmv_amount::int from lake.fact_order order by 1"
    ).fetchall()
    assert amounts == [("a", 10), ("b", 21), ("c", 10)]


def test_a_column_the_second_file_does_not_carry_keeps_its_value(warehouse: Warehouse) -> None:
    """The first file knows the shop, the second only the refund."""
    put(warehouse, "fact_order", [order("a", store_name="Nanjing Road")])
    put(warehouse, "fact_order", [{"order_id": "a", "paid_date": DAY, "refunded_amount": 3}])
    row = warehouse.connection.execute(
        "select store_name, gmv_amount::int, refunded_amount::int from lake.fact_order"
    ).fetchone()
    assert row == ("Nanjing Road", 10, 3)


def test_the_same_bytes_twice_change_nothing_and_say_so(warehouse: Warehouse) -> None:
    put(warehouse, "fact_order", [order("a")], sha256="s")
    before = content(warehouse, "fact_order")
    with pytest.raises(AlreadyHere) as caught:
        put(warehouse, "fact_order", [order("a")], sha256="s")
    assert "batch 1" in str(caught.value)
    assert "批次 1" in caught.value.say("zh-Hans")
    assert content(warehouse, "fact_order") == before


def test_missing_is_null_and_a_missing_dimension_is_unknown(warehouse: Warehouse) -> None:
    put(warehouse, "fact_order", [order("a")])
    row = warehouse.connection.execute("select is_cancelled, region, discount_amount from lake.fact_order").fetchone()
    assert row == (None, "(unknown)", None)


def test_lines_without_a_number_replace_their_order_whole(warehouse: Warehouse) -> None:
    """Order o had two lines; the new file has one of them: the other goes, order p is not touched."""
    line = {"paid_date": DAY, "is_paid": True, "qty": 1}
    put(warehouse, "fact_order_line", [{"order_id": "o", "sku": "x", **line}, {"order_id": "o", "sku": "y", **line}])
    put(warehouse, "fact_order_line", [{"order_id": "p", "sku": "z", **line}])
    third = put(warehouse, "fact_order_line", [{"order_id": "o", "sku": "x", **line}])
    assert (third.unchanged, third.tables["fact_order_line"].removed) == (1, 1)
    left = warehouse.connection.execute("select order_id, line_no, sku from lake.fact_order_line order by 1").fetchall()
    assert left == [("o", "1", "x"), ("p", "1", "z")]


def test_equal_lines_of_one_order_are_both_counted(warehouse: Warehouse) -> None:
    line = {"order_id": "o", "sku": "x", "paid_date": DAY, "qty": 2}
    loaded = put(warehouse, "fact_order_line", [line, line])
    assert loaded.loaded == 2


def test_rows_of_a_report_with_one_key_are_summed(warehouse: Warehouse) -> None:
    """Two ads of one campaign and day: 3 + 4 clicks."""
    row = {"date": DAY, "platform": "meta", "campaign_id": "k", "cut": "campaign_id", "from_date": DAY, "to_date": DAY}
    row |= {"ad_group": "", "audience_segment": "", "touch_type": ""}
    loaded = put(warehouse, "fact_campaign_daily", [{**row, "clicks": 3}, {**row, "clicks": 4}])
    assert (loaded.loaded, loaded.tables["fact_campaign_daily"].loaded) == (2, 1)
    assert warehouse.connection.execute("select sum(clicks) from lake.fact_campaign_daily").fetchone() == (7,)


@pytest.mark.parametrize("table", [name for name, contract in TABLES.items() if contract.cut_columns])
def test_rows_of_a_report_differ_by_everything_it_splits_by(table: str) -> None:
    assert set(TABLES[table].cut_columns) <= set(TABLES[table].key)


def test_two_regions_of_one_ad_platform_are_two_rows(warehouse: Warehouse) -> None:
    row = {"date": DAY, "platform": "meta", "cut": "platform,region", "from_date": DAY, "to_date": DAY}
    put(warehouse, "fact_campaign_daily", [{**row, "region": "上海", "cost": 3}, {**row, "region": "北京", "cost": 4}])
    costs = warehouse.connection.execute("select region, cost::int from lake.fact_campaign_daily order by cost")
    assert costs.fetchall() == [("上海", 3), ("北京", 4)]


def test_a_key_twice_with_other_values_is_refused_where_the_contract_says_so(warehouse: Warehouse) -> None:
    """The second row of return r says another quantity: it is refused, the first is loaded."""
    back = {"return_id": "r", "line_no": "1", "order_id": "o"}
    loaded = put(warehouse, "fact_return", [{**back, "qty": 1}, {**back, "qty": 2}, {**back, "qty": 1}])
    assert (loaded.loaded, loaded.rejected) == (2, 1)
    assert loaded.rejects["line"].to_list() == [2]


def test_a_file_with_too_many_refused_rows_is_not_loaded(warehouse: Warehouse) -> None:
    bad = pl.DataFrame(
        {"line": [3], "column": ["paid_at"], "value": ["x"], "rule": ["not_a_date"], "message_key": [""]}
    )
    good = rows("fact_order", [order("a")]).with_columns(_line=pl.lit(2, pl.Int64))
    origin = Origin("f.csv", "template", "", "mei", NOW, reject_share_limit=0.4)
    with pytest.raises(TooManyRefused):
        load(warehouse, origin, [Chunk({"fact_order": good}, 2, rejects=bad)])
    assert content(warehouse, "fact_order") == []
    assert content(warehouse, "batch") == []


def test_a_missing_rate_is_told_to_be_loaded_not_the_rows_to_be_put_right(warehouse: Warehouse) -> None:
    bad = pl.DataFrame({"line": [2], "column": ["币种"], "value": ["EUR"], "rule": [NO_RATE], "message_key": [NO_RATE]})
    origin = Origin("f.csv", "template", "", "mei", NOW)
    with pytest.raises(TooManyRefused) as refused:
        load(warehouse, origin, [Chunk({}, 1, rejects=bad)])
    assert "fill in our template of exchange rates" in refused.value.say("en")
    assert "Put the rows right" not in refused.value.say("en")
    assert "「匯率」範本" in refused.value.say("zh-Hant")


def test_many_rows_are_written_some_months_at_a_time(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five orders, two a portion: one without a day, two of January, one of February, one of April."""
    monkeypatch.setattr("data.ingest.merge.PORTION", 2)
    days = [None, date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1), date(2026, 4, 30)]
    orders = [order(str(number)) | {"paid_date": day} for number, day in enumerate(days)]
    assert put(warehouse, "fact_order", orders).loaded == 5
    again = put(warehouse, "fact_order", [one | {"gmv_amount": 7} for one in orders])
    assert (again.changed, again.tables["fact_order"].changed) == (5, 5)
    found = warehouse.connection.execute("select paid_date, gmv_amount::int from lake.fact_order order by order_id")
    assert found.fetchall() == [(day, 7) for day in days]


def test_a_trial_says_what_would_happen_and_keeps_nothing(warehouse: Warehouse) -> None:
    good = rows("fact_order", [order("a")]).with_columns(_line=pl.lit(2, pl.Int64))
    before = warehouse.version()
    result = load(warehouse, Origin("f.csv", "t", "", "mei", NOW), [Chunk({"fact_order": good}, 1)], is_trial=True)
    assert result.loaded == 1
    assert content(warehouse, "fact_order") == []
    assert warehouse.version() == before


def test_coverage_has_the_days_and_the_columns_that_hold_a_value(warehouse: Warehouse) -> None:
    put(warehouse, "fact_order", [order("a", date(2026, 11, 2), region=None), order("b", date(2026, 11, 9))])
    row = pl.DataFrame(warehouse.engine().coverage()).row(0, named=True)
    assert (row["first_day"], row["last_day"]) == (date(2026, 11, 2), date(2026, 11, 9))
    assert "gmv_amount" in row["columns"]
    assert not {"region", "is_cancelled", "customer_order_seq"} & set(row["columns"])


def test_an_empty_column_is_known_once_its_source_has_filled_it(warehouse: Warehouse) -> None:
    """Nothing was signed for on the second day: that is known. Nobody ever filled members: that is not."""
    parcel = {"order_id": "o", "shipped_date": DAY, "is_docs_correct": None}
    put(warehouse, "fact_shipment", [{**parcel, "parcel_no": 1, "warehouse": "Ningbo"}])
    put(warehouse, "fact_shipment", [{**parcel, "parcel_no": 2, "warehouse": None}])
    assert "warehouse" in pl.DataFrame(warehouse.engine().coverage())["columns"][1].to_list()
    assert "is_docs_correct" not in _columns(warehouse, "fact_shipment")


def test_a_dimension_that_a_report_does_not_split_by_is_not_known(warehouse: Warehouse) -> None:
    row = {"date": DAY, "touchpoint": "web", "store_name": "", "marketing_channel": "direct", "source_medium": ""}
    row |= {"campaign_id": "", "device": "", "page_group": "", "region": "", "sessions": 3}
    put(warehouse, "fact_traffic", [{**row, "cut": "marketing_channel", "from_date": DAY, "to_date": DAY}])
    assert {"touchpoint", "marketing_channel"} <= _columns(warehouse, "fact_traffic")
    assert not {"device", "region"} & _columns(warehouse, "fact_traffic")


def test_reports_over_ranges_have_one_row_of_coverage_a_range(warehouse: Warehouse) -> None:
    row = {"touchpoint": "web", "store_name": "", "marketing_channel": "direct", "source_medium": "", "campaign_id": ""}
    row |= {"device": "", "page_group": "", "region": "", "sessions": 3, "cut": "marketing_channel"}
    ranges = [(date(2026, 9, 1), date(2026, 9, 30)), (date(2026, 10, 1), date(2026, 10, 31))]
    put(
        warehouse,
        "fact_traffic",
        [{**row, "date": last, "from_date": first, "to_date": last} for first, last in ranges],
    )
    coverage = pl.DataFrame(warehouse.engine().coverage())
    assert sorted(coverage.select("first_day", "last_day").rows()) == ranges
    assert coverage["is_range"].all()


def test_a_derived_column_is_known_only_with_the_tables_it_needs(warehouse: Warehouse) -> None:
    """Returned units are unknown, not 0, until a file of returns covers the days."""
    put(warehouse, "fact_order_line", [{"order_id": "o", "sku": "x", "paid_date": DAY, "qty": 1}])
    assert "returned_qty" not in _columns(warehouse, "fact_order_line")
    put(warehouse, "fact_return", [{"return_id": "r", "completed_date": DAY, "order_id": "q", "qty": 1}])
    assert "returned_qty" in _columns(warehouse, "fact_order_line")


def test_every_table_of_the_contracts_stands_in_the_lake(warehouse: Warehouse) -> None:
    rows = warehouse.connection.execute("select table_name from information_schema.tables").fetchall()
    assert set(TABLES) <= {row[0] for row in rows}


def _columns(warehouse: Warehouse, table: str) -> set[str]:
    frame = pl.DataFrame(warehouse.engine().coverage()).filter(pl.col("table_name") == table)
    return set(frame["columns"].explode().to_list())


@pytest.mark.parametrize("step", [1, 7919], ids=["in the order of its days", "mixed"])
def test_the_days_of_a_month_lie_together_however_the_file_has_them(warehouse: Warehouse, step: int) -> None:
    """500,000 orders of November; each part of the month's file holds few days, so that a week reads few parts."""
    count = 500_000
    orders = pl.select(n=pl.int_range(count)).select(
        order_id=(pl.col("n") * step % count).cast(pl.String),
        paid_date=date(2026, 11, 1) + pl.duration(days=pl.col("n") * step % count * 30 // count),
    )
    origin = Origin(file="orders.csv", source="template", account="", loaded_by="mei", loaded_at=NOW)
    load_frames(warehouse, origin, [("fact_order", orders)])
    parts = warehouse.connection.execute(
        """select stats_max_value::date - stats_min_value::date + 1 from parquet_metadata(?)
           where path_in_schema = 'paid_date'""",
        [_month_of_orders(warehouse)],
    ).fetchall()
    assert len(parts) >= 4
    assert sum(days for (days,) in parts) <= 60


def _month_of_orders(warehouse: Warehouse) -> str:
    files = warehouse.connection.execute("select data_file from ducklake_list_files('lake', 'fact_order')").fetchall()
    assert len(files) == 1
    return str(files[0][0])
