"""Exports answer from their link alone, and refuse in words."""

from __future__ import annotations

import io
from datetime import date

import polars as pl
import pytest
from starlette.applications import Starlette

from data.home import Home
from data.warehouse import Warehouse
from metrics.load import load_catalogue
from metrics.periods import Period
from metrics.policy import EVERYONE
from metrics.query import Filter
from pages.access.xsrf import sender
from pages.api import export
from pages.api.links import RowsLink, WrongLink, read_link
from pages.api.routes import Source, routes
from pages.kit.engine import open_store
from tests.data.lakes import order, put
from tests.pages.web import Reply, get

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def ask(home: Home, url: str) -> Reply:
    """What the routes of an installation answer."""
    store = open_store(home)
    return get(Starlette(routes=routes(lambda _, __: Source(store.engine, load_catalogue(), EVERYONE), sender)), url)


@pytest.fixture
def three_orders(bare_home: Home) -> Home:
    """Three paid orders in March 2026; one number looks like a formula."""
    lake = Warehouse.open(bare_home.company)
    days = [date(2026, 3, day) for day in (1, 2, 31)]
    numbers = ("a", "b", "=1+1")
    put(lake, "fact_order", [order(number, day, 10.5) for number, day in zip(numbers, days, strict=True)])
    lake.close()
    return bare_home


def test_a_link_survives_the_way_there_and_back() -> None:
    link = RowsLink("gmv", MARCH, (Filter("region", ("上海", "a&b")),), "fact_order", "demo", "zh-Hans")
    query = link.url("csv").partition("?")[2]
    pairs = [part.split("=") for part in query.split("&")]
    assert link.url("xlsx").startswith("export/rows.xlsx?")
    assert [name for name, _ in pairs].count("region") == 2


def test_the_csv_holds_every_row_with_its_line_and_opens_in_a_spreadsheet(three_orders: Home) -> None:
    reply = ask(three_orders, "/export/rows.csv?kpi=gmv&from=2026-03-01&to=2026-03-31")
    assert reply.status == 200
    assert reply.body.startswith(export.BYTE_ORDER_MARK)
    assert 'filename="gmv_2026-03-01_2026-03-31.csv"' in reply.headers["content-disposition"]
    rows = pl.read_csv(io.BytesIO(reply.body))
    assert rows["_line"].to_list() == [1, 2, 3] or rows.height == 3
    assert rows["gmv_amount"].sum() == 31.5


def test_a_text_that_a_spreadsheet_would_run_is_disarmed(three_orders: Home) -> None:
    reply = ask(three_orders, "/export/rows.csv?kpi=gmv&from=2026-03-01&to=2026-03-31")
    assert "'=1+1" in pl.read_csv(io.BytesIO(reply.body))["order_id"].to_list()


def test_a_long_export_comes_in_pieces_with_one_head(three_orders: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "CHUNK_ROWS", 2)
    reply = ask(three_orders, "/export/rows.csv?kpi=gmv&from=2026-03-01&to=2026-03-31")
    assert pl.read_csv(io.BytesIO(reply.body)).height == 3
    assert reply.body.count(b"gmv_amount") == 1


def test_the_excel_file_holds_the_same_rows(three_orders: Home) -> None:
    reply = ask(three_orders, "/export/rows.xlsx?kpi=gmv&from=2026-03-01&to=2026-03-31")
    rows = pl.read_excel(io.BytesIO(reply.body), engine="calamine")
    assert rows["gmv_amount"].sum() == 31.5


def test_an_excel_file_that_would_be_too_long_is_refused_with_the_way_out(
    three_orders: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "EXCEL_ROWS", 2)
    reply = ask(three_orders, "/export/rows.xlsx?kpi=gmv&from=2026-03-01&to=2026-03-31&lang=zh-Hant")
    assert reply.status == 400
    assert "CSV" in reply.body.decode()
    assert "該指標有 3 列" in reply.body.decode()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=2026-03-01&to=2026-03-31", "kpi"),
        ("kpi=gmv&from=march&to=2026-03-31", "from"),
        ("kpi=gmv&from=2026-03-31&to=2026-03-01", "to"),
        ("kpi=gvm&from=2026-03-01&to=2026-03-31", "Did you mean 'gmv'?"),
        ("kpi=gmv&from=2026-03-01&to=2026-03-31&carrier=sf", "cannot be split by 'carrier'"),
        ("kpi=gmv&from=2026-03-01&to=2026-03-31&table=fact_return", "fact_order"),
    ],
)
def test_a_link_that_cannot_be_answered_says_why(three_orders: Home, query: str, said: str) -> None:
    reply = ask(three_orders, f"/export/rows.csv?{query}")
    assert reply.status == 400
    assert said in reply.body.decode()


def test_a_filter_narrows_the_rows(three_orders: Home) -> None:
    reply = ask(three_orders, "/export/rows.csv?kpi=gmv&from=2026-03-01&to=2026-03-31&region=nowhere")
    assert reply.status == 200
    assert pl.read_csv(io.BytesIO(reply.body)).height == 0


def test_a_missing_day_is_a_wrong_link() -> None:
    with pytest.raises(WrongLink):
        read_link({"kpi": ["gmv"], "from": ["2026-03-01"]})


def test_health_and_font_are_served(bare_home: Home) -> None:
    assert ask(bare_home, "/healthz").body == b'{"status":"ok"}'
    font = ask(bare_home, "/fonts/inter.ttf")
    assert font.headers["content-type"] == "font/ttf"
    assert len(font.body) > 100_000
