"""Real orders go in and their totals come out: Tmall's month and five days of a British gift shop."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from data.ingest.pipeline import Desk
from data.ingest.undo import undo
from metrics.ask import Query, ask
from metrics.load import load_catalogue
from metrics.periods import Period
from metrics.policy import EVERYONE
from tests.data.desks import bring_file, opened_desk
from tests.data.lakes import NOW, content

CATALOGUE = load_catalogue()
TABLES = ("fact_order", "fact_order_line", "fact_order__derived")


@pytest.fixture
def desk(lake_template: Path, tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(lake_template, tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def pounds(lake_template: Path, tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(lake_template, tmp_path / "home", base_currency="GBP", time_zone="Europe/London") as opened:
        yield opened


def answer(desk: Desk, first: date, last: date, *kpis: str) -> list[float | None]:
    query = Query(kpis, Period(first, last))
    return list(ask(desk.warehouse.engine(), query, EVERYONE, CATALOGUE).rows.select(kpis).row(0))


def tmall(real: Path) -> Path:
    return real / "operations" / "makisekurisuDDL" / "tmall_order_report.csv"


def retail_day(real: Path, day: int) -> Path:
    return real / "operations" / "databricks" / f"2010-12-{day:02}.csv"


def test_the_tmall_month_has_the_totals_of_its_report(desk: Desk, real: Path) -> None:
    outcome = bring_file(desk, tmall(real))
    assert (outcome.loaded, outcome.rejected, outcome.source) == (28_010, 0, "tmall_order_report")
    paid, gmv = answer(desk, date(2020, 2, 1), date(2020, 3, 1), "paid_orders", "gmv")
    assert paid == 24_087
    assert gmv == pytest.approx(2_474_823.07, abs=0.005)
    refunds = desk.warehouse.connection.execute("select sum(refunded_amount) from lake.fact_order").fetchall()[0][0]
    assert refunds == Decimal("572335.92")
    assert round(Decimal(str(gmv)) - refunds, 2) == Decimal("1902487.15")


def test_what_the_tmall_report_does_not_carry_is_no_data(desk: Desk, real: Path) -> None:
    """Neither cancellations nor members stand in the seven columns: no data, not 0 %."""
    bring_file(desk, tmall(real))
    kpis = ("order_cancellation_rate", "member_sales_share", "return_rate", "sessions")
    query = Query(kpis, Period(date(2020, 2, 1), date(2020, 2, 29)))
    found = ask(desk.warehouse.engine(), query, EVERYONE, CATALOGUE)
    assert found.rows.select(kpis).row(0) == (None, None, None, None)
    assert {found.availability[kpi].state for kpi in kpis} == {"no_data"}
    assert "is_cancelled" in found.availability["order_cancellation_rate"].missing_columns
    assert "fact_traffic" in found.availability["sessions"].missing_tables


def test_the_tmall_month_splits_by_day_and_by_province(desk: Desk, real: Path) -> None:
    bring_file(desk, tmall(real))
    february = Period(date(2020, 2, 1), date(2020, 2, 29))
    days = ask(desk.warehouse.engine(), Query(("paid_orders",), february, grain="day"), EVERYONE, CATALOGUE).rows
    assert days.height == 29
    oracle = pl.read_csv(tmall(real), infer_schema=False).rename(str.strip)
    expected = oracle.filter(pl.col("订单付款时间").str.starts_with("2020-02-")).height
    assert days["paid_orders"].sum() == expected
    provinces = ask(desk.warehouse.engine(), Query(("gmv",), february, by=("region",)), EVERYONE, CATALOGUE).rows
    assert provinces.height == 31
    assert "上海" in provinces["region"].to_list()


def test_each_day_of_the_gift_shop_has_its_sales_and_orders(pounds: Desk, real: Path) -> None:
    oracles = json.loads((real / "oracles.json").read_text(encoding="utf-8"))
    total = 0.0
    for day in (1, 2, 3, 5, 6):
        file = retail_day(real, day)
        oracle = oracles[f"operations/databricks/{file.name}"]["oracle"]
        assert bring_file(pounds, file).loaded == oracle["rows"]
        here = date(2010, 12, day)
        net_sales, orders = answer(pounds, here, here, "net_sales", "paid_orders")
        assert net_sales == pytest.approx(float(oracle["sum Quantity×UnitPrice"]), abs=0.005)
        total += float(oracle["sum Quantity×UnitPrice"])
        documents = pl.read_csv(file, infer_schema=False)["InvoiceNo"].unique()
        assert orders == len([number for number in documents if not number.startswith("C")])
    together = answer(pounds, date(2010, 12, 1), date(2010, 12, 6), "net_sales")[0]
    assert together == pytest.approx(total, abs=0.005)


def test_without_a_rate_every_row_of_another_currency_is_refused_and_says_so(desk: Desk, real: Path) -> None:
    outcome = bring_file(desk, retail_day(real, 1))
    assert outcome.status == "too_many_refused"
    assert outcome.rows_read == outcome.rejected == 3_108
    assert {refusal.rule for refusal in outcome.rejects} == {"no_rate"}
    assert "GBP" in outcome.message.en
    assert "汇率" in outcome.message.zh_hans
    assert all(content(desk.warehouse, table) == [] for table in TABLES)


def test_a_day_loaded_twice_changes_nothing_and_says_so(pounds: Desk, real: Path) -> None:
    bring_file(pounds, retail_day(real, 1))
    before = [content(pounds.warehouse, table) for table in (*TABLES, "batch", "change")]
    again = bring_file(pounds, retail_day(real, 1))
    assert (again.status, again.batch) == ("already_here", 1)
    assert [content(pounds.warehouse, table) for table in (*TABLES, "batch", "change")] == before


def test_one_changed_line_changes_its_order_only_and_undo_brings_everything_back(
    pounds: Desk, real: Path, tmp_path: Path
) -> None:
    bring_file(pounds, retail_day(real, 1))
    before = [content(pounds.warehouse, table) for table in TABLES]
    text = retail_day(real, 1).read_text(encoding="utf-8")
    line = "536365,71053,WHITE METAL LANTERN,6,"
    changed = tmp_path / "2010-12-01.csv"
    changed.write_text(text.replace(line, line.replace(",6,", ",7,")), encoding="utf-8")
    outcome = bring_file(pounds, changed)
    assert (outcome.loaded, outcome.changed, outcome.unchanged) == (0, 7, 3_101)
    assert outcome.tables["fact_order"].changed == 1
    assert outcome.tables["fact_order_line"].changed == 1
    touched = pounds.warehouse.connection.execute(
        """select order_id from lake.fact_order_line where _batch = 2
           union select order_id from lake.fact_order where _batch = 2"""
    ).fetchall()
    assert [row[0].endswith("536365") for row in touched] == [True]
    assert outcome.batch is not None
    undo(pounds.warehouse, outcome.batch, "mei", NOW)
    assert [content(pounds.warehouse, table) for table in TABLES] == before
