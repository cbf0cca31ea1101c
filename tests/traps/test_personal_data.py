"""Personal data is planted in every kind of file and loaded in every way: none of it is found outside the archive."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
import xlsxwriter
from starlette.applications import Starlette
from typer.testing import CliRunner

from data.__main__ import app
from data.home import VARIABLE, Home
from data.scratch import scratch
from data.warehouse import Warehouse
from pages.api.batches import batch_routes, refused_link
from pages.kit.uploads import work
from tests.data.ingest.files import workbook
from tests.data.lakes import copy_of
from tests.pages.uploading import PATIENCE_SECONDS, drop, opened, press
from tests.pages.web import get

NAME, PHONE, MAIL, NICK = "欧阳小明", "13912345678", "mei.li@shop.example", "明明爱购物88"
STREET, MESSAGE, STAFF = "人民东路1024弄", "请放门口谢谢啦", "E-774411"
PLANTED = (NAME, PHONE, MAIL, NICK, STREET, MESSAGE, STAFF)
TAOBAO = (
    "订单编号,买家会员名,买家应付邮费,总金额,买家实际支付金额,订单状态,买家留言,收货人姓名,收货地址,联系手机,"
    "订单创建时间,订单付款时间,物流单号,物流公司,店铺名称\n"
    f"287100001,{NICK},0,50,50,交易成功,{MESSAGE},{NAME},上海 上海市 {STREET},'{PHONE},2026-11-01 10:00:00,"
    "2026-11-01 10:05:00,No:SF100,顺丰,某某旗舰店\n"
    f"287100002,{NICK},0,60,60,交易成功,{MESSAGE},{NAME},{STREET},{PHONE},{MAIL},{NAME},,,某某旗舰店\n"
)
SHOPIFY = (
    "Name,Email,Phone,Financial Status,Paid at,Subtotal,Created at,Lineitem quantity,Lineitem price,Lineitem sku,"
    "Lineitem name,Shipping Name,Shipping Address1,Notes\n"
    f"#1001,{MAIL},{PHONE},paid,2026-11-03 02:30:00,90,2026-11-03 02:00:00,1,90,T-1,Tea,{NAME},{STREET},{MESSAGE}\n"
)
TICKETS = (
    "ID,Created at,Status,Priority,Via,Group,Requester,Subject,Assignee\n"
    f"17,2026-10-05 09:00:00,Solved,High,Chat,Team A,{MAIL},{MESSAGE} {PHONE},{NAME}\n"
)
REVIEWS = f"订单编号,评价时间,评分,商品ID,买家昵称,评价内容\n1,2026-11-02,5,9,{NICK},{MESSAGE}\n"
STAFF_LIST = (
    'Employee #,"Last name, First name",Hire Date,Department,Job Title,Reporting to,Work Email\n'
    f"{STAFF},{NAME},2020-01-01,Technology,Engineer,{STAFF},{MAIL}\n"
)
OWN = f"Bestellnr,Kunde,Wann,Betrag,{MAIL},Tel {PHONE}\nB1,{MAIL},2026-11-02 10:05:00,19.90,1,2\n"
OWN_MAP = (
    "id: shop\nparts:\n- table: fact_order\n  columns:\n    order_id: Bestellnr\n    customer_id: Kunde\n"
    "    paid_at: Wann\n    gmv_amount: Betrag\n    sales_channel: {constant: own_site}\n"
)
ALL_WRONG = f"order_id,customer_id,paid_at,gmv_amount\nA1,{MAIL},{NAME},{PHONE}x\n"
DROPPED = (
    "order_id,customer_id,paid_at,gmv_amount,收货人\n"
    f"D1,{MAIL},2026-11-02,10,{NAME}\nD2,{NICK},{PHONE},{MAIL},{NAME}\nD3,a,2026-11-02,1,\n"
)


@pytest.fixture
def home(lake_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    home = Home(tmp_path / "home")
    copy_of(lake_template, home.company).close()
    monkeypatch.setenv(VARIABLE, str(home.root))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr("os.nice", lambda _: 0)
    monkeypatch.setattr(work, "SHORT_SECONDS", PATIENCE_SECONDS)
    return home


def ingest(folder: Path, name: str, text: str, *words: str, encoding: str = "utf-8") -> dict[str, object]:
    file = folder / name
    file.write_bytes(text.encode(encoding))
    result = CliRunner().invoke(app, ["ingest", str(file), "--json", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    # What a nightly load prints ends in a log.
    assert leaks({"printed": result.stdout.encode()}) == []
    found: dict[str, object] = json.loads(result.stdout)[0]
    return found


def everything(home: Home) -> dict[str, bytes]:
    """Every file outside the archive and the keys; of Parquet files the rows too."""
    lake = Warehouse.open(home.company)
    found = {}
    for path in home.root.rglob("*"):
        if not path.is_file() or home.archive in path.parents:
            continue
        content = path.read_bytes()
        if path.suffix == ".parquet":
            rows = lake.connection.execute("select * from read_parquet(?)", [str(path)]).fetchall()
            content += repr(rows).encode()
        found[str(path.relative_to(home.root))] = content
    lake.close()
    return found


def leaks(found: dict[str, bytes]) -> list[tuple[str, str]]:
    return [
        (name, word)
        for name, content in found.items()
        for word in PLANTED
        for encoding in ("utf-8", "gb18030", "utf-16-le")
        if word.encode(encoding) in content
    ]


@pytest.mark.slow
def test_planted_personal_data_stays_inside_the_archive(
    home: Home, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Names, phones, addresses, messages: in known exports, workbooks, own mappings, refused rows and column names."""
    caplog.set_level(logging.INFO)
    before = ingest(tmp_path, "ExportOrderList.csv", TAOBAO, encoding="gb18030")
    assert (before["status"], before["rejected"]) == ("loaded", 1)
    assert ingest(tmp_path, "shopify.csv", SHOPIFY)["status"] == "loaded"
    assert ingest(tmp_path, "tickets.csv", TICKETS)["status"] == "loaded"
    assert ingest(tmp_path, "reviews.csv", REVIEWS)["status"] == "loaded"
    assert ingest(tmp_path, "staff.csv", STAFF_LIST, "--day", "2026-10-31")["status"] == "loaded"
    assert ingest(tmp_path, "wrong.csv", ALL_WRONG)["status"] == "too_many_refused"
    assert ingest(tmp_path, "own.csv", OWN)["status"] == "not_recognised"
    (tmp_path / "own.map.yaml").write_text(OWN_MAP, encoding="utf-8")
    words = ("--map", str(tmp_path / "own.map.yaml"), "--remember", "My shop")
    assert ingest(tmp_path, "own.csv", OWN, *words)["status"] == "loaded"
    head, row = (line.split(",") for line in DROPPED.splitlines()[:2])
    book = workbook(tmp_path, [[*head, "留言"], [*row, MESSAGE]], name="orders.xlsx")
    result = CliRunner().invoke(app, ["ingest", str(book), "--json"])
    assert json.loads(result.stdout)[0]["status"] == "loaded", result.stdout

    page = opened("uploads", lang="en")
    drop(page, ("dropped.csv", DROPPED.encode()))
    press(page, "check_")
    press(page, "load_")
    routes = Starlette(routes=batch_routes(lambda: home))
    for batch in (1, 8):
        assert MAIL.encode() in get(routes, f"/{refused_link(batch, 'en')}").body, batch

    found = everything(home)
    assert b"fact_order" in found["company/catalogue.sqlite"]
    assert any(b"Bestellnr" in content for name, content in found.items() if name.startswith("state.sqlite"))
    assert leaks(found) == []
    assert leaks({"log": caplog.text.encode()}) == []
    left = {str(path): path.read_bytes() for path in scratch().rglob("*") if path.is_file()}
    assert leaks(left) == []


TITLED = f"导出人：{NAME}\n联系：{PHONE}\nid,at,{MAIL}\nC1,2026-11-02,19.90\nC2,2026-11-02,{MESSAGE}\n"
TITLED_MAP = (
    "id: shop\nparts:\n- table: fact_order\n  columns:\n    order_id: id\n    paid_at: at\n"
    f"    gmv_amount: {MAIL}\n    sales_channel: {{constant: own_site}}\n"
)


def test_persons_in_titles_sheet_names_and_headers_that_are_read_stay_inside_the_archive(
    home: Home, tmp_path: Path
) -> None:
    """Who exported it stands above the header or on the sheet, and the column that is read is called by one."""
    (tmp_path / "titled.map.yaml").write_text(TITLED_MAP, encoding="utf-8")
    found = ingest(tmp_path, "titled.csv", TITLED, "--map", str(tmp_path / "titled.map.yaml"), "--remember", "Ours")
    assert (found["status"], found["rejected"]) == ("loaded", 1)
    again = ingest(tmp_path, "again.csv", TITLED.replace("C1", "C3").replace("C2", "C4"))
    assert (again["status"], again["source"], again["loaded"]) == ("loaded", found["source"], 1)
    with xlsxwriter.Workbook(tmp_path / "book.xlsx") as book:
        sheet = book.add_worksheet(NAME)
        sheet.write_row(0, 0, ["order_id", "paid_at", "gmv_amount"])
        sheet.write_row(1, 0, ["D1", "2026-11-02", "5"])
    result = CliRunner().invoke(app, ["ingest", str(tmp_path / "book.xlsx"), "--json"])
    assert json.loads(result.stdout)[0]["status"] == "loaded", result.stdout
    refused = get(Starlette(routes=batch_routes(lambda: home)), f"/{refused_link(1, 'en')}").body
    assert MAIL.encode() in refused
    assert f"not a number: '{MESSAGE}'".encode() in refused
    assert leaks(everything(home)) == []
