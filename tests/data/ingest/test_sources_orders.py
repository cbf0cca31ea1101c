"""The presets for orders, lines and returns, each on a small export as its tool writes it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from data.settings import Settings
from tests.data.ingest.files import CHINA, checked, is_whole, money, recognised, written

TMALL = (
    "订单编号,总金额,买家实际支付金额,收货地址 ,订单创建时间,订单付款时间 ,退款金额\r\n"
    "1,178.8,0.0,上海,2020-02-21 00:00:00,,0.0\r\n"
    "2,21.0,15.0,内蒙古自治区,2020-02-20 23:59:54,2020-02-21 00:00:02,6.0\r\n"
)


def test_tmall_seven_columns(tmp_path: Path) -> None:
    """Two orders, one paid and partly refunded: the amount paid is after refunds and is not the net amount."""
    path = written(tmp_path, TMALL)
    orders = checked(path).frames["fact_order"]
    assert orders["order_id"].to_list() == ["tmall:1", "tmall:2"]
    assert orders["sales_channel"].to_list() == ["tmall", "tmall"]
    assert orders["region"].to_list() == ["上海", "内蒙古"]
    assert orders["is_paid"].to_list() == [False, True]
    assert orders["net_amount"].to_list() == [money("178.8"), money("21")]
    found = recognised(path)
    assert found.recipe is not None
    carried = found.recipe.carries(found.recipe.parts[0])
    assert not {"is_cancelled", "is_member_order", "discount_amount", "customer_id", "tax_amount"} & set(carried)


TAOBAO = (
    "订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态,买家留言,"
    "收货人姓名,收货地址 ,联系手机,订单创建时间,订单付款时间 ,宝贝总数量,物流单号 ,物流公司,店铺名称,订单关闭原因\r\n"
    '="2871000000000000011",mei,mei@pay,100,10,110,108,交易成功,快一点,王小明,'
    "浙江省 杭州市 西湖区 文三路1号,'13800000000,"
    "2026-11-01 10:00:00,2026-11-01 10:05:00,2,No:SF100,顺丰,某某旗舰店,订单未关闭\r\n"
    '="2871000000000000012",lei,lei@pay,50,0,50,0,交易关闭,,李雷,不明地址,\'13900000000,2026-11-01 11:00:00,,1,,,'
    "某某旗舰店,买家不想要了\r\n"
)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_taobao_order_list(tmp_path: Path, encoding: str) -> None:
    """Wrapped order numbers, postage inside the total, addresses of which only the province stays."""
    path = written(tmp_path, TAOBAO, "ExportOrderList.csv", encoding)
    found = checked(path)
    orders = found.frames["fact_order"]
    assert orders["order_id"].to_list() == ["tmall:2871000000000000011", "tmall:2871000000000000012"]
    assert orders["gmv_amount"].to_list() == [money("100"), money("50")]
    assert orders["net_amount"].to_list() == [money("98"), money("0")]
    assert orders["region"].to_list() == ["浙江", None]
    assert orders["is_cancelled"].to_list() == [False, True]
    assert orders["cancel_reason"].to_list() == [None, "买家不想要了"]
    assert recognised(path).account == "某某旗舰店"
    parcels = found.frames["fact_shipment"]
    assert parcels["shipment_id"].to_list() == ["SF100"]
    assert parcels["parcel_no"].to_list() == [1]
    assert is_whole(found)
    kept = "".join(str(frame.rows()) for frame in found.frames.values())
    assert not any(secret in kept for secret in ("王小明", "13800000000", "文三路", "快一点", "mei@pay", "不明地址"))


def test_taobao_order_lines_in_both_layouts(tmp_path: Path) -> None:
    """The old layout has price and quantity, the newer one sub-orders and the amount paid."""
    old = checked(
        written(
            tmp_path,
            '订单编号,标题,价格,购买数量,外部系统编号,规格名称,订单状态,商家编码\n="11",茶,9.5,2,A1,大,交易成功,\n',
            "a.csv",
        )
    ).frames["fact_order_line"]
    assert old.select("order_id", "sku", "qty", "net_amount", "is_paid").rows() == [
        ("tmall:11", "A1", 2, money("19"), True)
    ]
    assert "line_no" not in old.columns
    new = checked(
        written(
            tmp_path,
            "主订单编号,子订单编号,标题,商品价格,购买数量,商家编码,订单状态,买家实付金额,订单创建时间,订单付款时间\n"
            "11,1101,茶,9.5,2,A1,等待买家付款,18,2026-11-01 10:00:00,\n",
            "b.csv",
        )
    ).frames["fact_order_line"]
    assert new.select("line_no", "net_amount", "order_date", "paid_date", "is_paid").rows() == [
        ("1101", money("18"), date(2026, 11, 1), None, False)
    ]


def test_taobao_refunds(tmp_path: Path) -> None:
    """Only a refund that succeeded moved money and is completed; the closed request still counts as one."""
    text = (
        "订单编号,退款编号,买家会员名称,退款的申请时间,退款完结时间,买家退款金额,售后类型,买家退款原因,退款状态,宝贝标题\n"
        "11,501,mei,2026-11-03 09:00:00,2026-11-04 10:00:00,18.00,我要退货退款,尺码拍错/不喜欢,退款成功,茶\n"
        "12,502,lei,2026-11-03 09:00:00,2026-11-03 12:00:00,5.00,我要退款(无需退货),快递一直未送到,退款关闭,茶\n"
    )
    returns = checked(written(tmp_path, text)).frames["fact_return"]
    assert returns["return_id"].to_list() == ["tmall:501", "tmall:502"]
    assert returns["refund_amount"].to_list() == [money("18"), money("0")]
    assert returns["completed_date"].to_list() == [date(2026, 11, 4), None]
    assert returns["return_type"].to_list() == ["return_refund", "refund_only"]
    assert returns["reason_group"].to_list() == ["size_fit", "late_delivery"]


def test_uci_credit_lines_are_lines_and_no_orders(tmp_path: Path) -> None:
    """An order of two lines and a credit of one: two order rows to be summed, three lines."""
    text = (
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
        "536365,85123A, TEA ,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n"
        "536365,71053,CUP,1,2010-12-01 08:26:00,3.39,17850.0,United Kingdom\n"
        "C536379,D,Discount,-1,2010-12-01 09:41:00,27.5,,EIRE\n"
    )
    path = written(tmp_path, text)
    found = checked(path, Settings(base_currency="GBP"))
    orders, lines = found.frames["fact_order"], found.frames["fact_order_line"]
    assert orders.select("order_id", "customer_id", "gmv_amount", "net_amount").rows() == [
        ("uci:536365", "17850", money("15.3"), money("15.3")),
        ("uci:536365", "17850", money("3.39"), money("3.39")),
    ]
    assert orders["paid_at"].to_list() == [datetime(2010, 12, 1, 8, 26)] * 2
    assert lines["net_amount"].to_list() == [money("15.3"), money("3.39"), money("-27.5")]
    assert lines["qty"].to_list() == [6, 1, -1]
    assert lines["region"].to_list() == ["United Kingdom", "United Kingdom", "Ireland"]
    assert lines["is_paid"].to_list() == [True] * 3
    recipe = recognised(path).recipe
    assert recipe is not None
    assert recipe.parts[0].collapse == {"gmv_amount": "sum", "net_amount": "sum"}


def test_uci_without_a_rate_refuses_every_row(tmp_path: Path) -> None:
    text = (
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
        "536365,85123A,TEA,6,2010-12-01 08:26:00,2.55,17850.0,EIRE\n"
    )
    found = checked(written(tmp_path, text), CHINA)
    assert found.rejects.rows() == [(2, "currency", "GBP", "no_rate", "no_rate")]
    assert is_whole(found)


SHOPIFY = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Total,"
    "Discount Code,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,"
    "Lineitem discount,Shipping Province,Cancelled at,Payment Method,Refunded Amount,Source\n"
    "#1001,ada@x.org,paid,2026-11-03 02:30:00 +0000,fulfilled,2026-11-04 10:00:00 +0800,CNY,90.00,8.00,0.00,98.00,"
    "TEN,10.00,2026-11-03 10:00:00 +0800,2,Tea,30.00,T-1,0.00,上海,,Card,0.00,web\n"
    "#1001,ada@x.org,,,,,,,,,,,,2026-11-03 10:00:00 +0800,1,Cup,40.00,C-1,0.00,,,,,\n"
    "#1002,bob@x.org,pending,,unfulfilled,,CNY,10.00,8.00,0.00,18.00,,0.00,2026-11-02 23:30:00 -0500,1,Tea,10.00,T-1,"
    "0.00,California,2026-11-05 10:00:00 +0800,Cash,0.00,pos\n"
)


def test_shopify_orders_and_lines_stand_in_one_file(tmp_path: Path) -> None:
    """#1001: 2 x 30 + 1 x 40 = 100, less 10 off: the lines get 6 and 4 of it. Times become the company's."""
    found = checked(written(tmp_path, SHOPIFY))
    orders, lines = found.frames["fact_order"], found.frames["fact_order_line"]
    assert orders.select(
        "order_id", "gmv_amount", "discount_amount", "net_amount", "is_paid", "is_cancelled"
    ).rows() == [
        ("shopify:#1001", money("100"), money("10"), money("90"), True, False),
        ("shopify:#1002", money("10"), money("0"), money("10"), False, True),
    ]
    assert orders["created_at"].to_list() == [datetime(2026, 11, 3, 10), datetime(2026, 11, 3, 12, 30)]
    assert orders["paid_at"].to_list() == [datetime(2026, 11, 3, 10, 30), None]
    assert orders["sales_channel"].to_list() == ["own_site", "store"]
    assert lines["net_amount"].to_list() == [money("54"), money("36"), money("10")]
    assert lines["discount_amount"].to_list() == [money("6"), money("4"), money("0")]
    assert lines["paid_date"].to_list() == [date(2026, 11, 3), date(2026, 11, 3), None]
    assert lines["region"].to_list() == ["上海", "上海", "California"]
    assert lines["sales_channel"].to_list() == ["own_site", "own_site", "store"]
    assert found.frames["fact_shipment"]["shipped_date"].to_list() == [date(2026, 11, 4)]
    assert is_whole(found)


def _many(count: int) -> str:
    header, first, second, _ = SHOPIFY.splitlines()
    return "\n".join([header, *(row.replace("#1001", f"#{n}") for n in range(count) for row in (first, second))]) + "\n"


def test_an_order_is_never_cut_between_two_stretches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """100 orders of two lines, read in small stretches: every discount is shared by the right lines."""
    monkeypatch.setattr("data.ingest.read.SMALLEST", 1)
    monkeypatch.setattr("data.ingest.stretches.PIECE", 5000)
    found = checked(written(tmp_path, _many(100)), chunk_rows=7)
    lines = found.frames["fact_order_line"]
    assert lines["net_amount"].to_list() == [money("54"), money("36")] * 100
    assert found.frames["fact_order"].height == 100


def test_rows_of_an_order_that_stand_apart_are_still_seen_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second line of the first order is moved to the end of the file."""
    monkeypatch.setattr("data.ingest.read.SMALLEST", 1)
    monkeypatch.setattr("data.ingest.stretches.PIECE", 5000)
    rows = _many(100).splitlines()
    text = "\n".join([*rows[:2], *rows[3:], rows[2]]) + "\n"
    lines = checked(written(tmp_path, text), chunk_rows=7).frames["fact_order_line"]
    assert (lines["net_amount"][0], lines["net_amount"][-1]) == (money("54"), money("36"))


def test_jd_repeats_the_order_on_each_of_its_rows(tmp_path: Path) -> None:
    """One order of two SKUs: both rows carry the order's 100; the first counts when rows of one key are joined."""
    text = (
        "订单号,商品ID,货号,订购数量,京东价,下单帐号,下单时间,付款确认时间,订单金额,应付金额,运费金额,支付方式,订单状态,客户姓名,客户地址,联系电话\n"
        "9001,501,A1,1,60,mei,2026-11-01 10:00:00,2026-11-01 10:01:00,100,96,6,在线支付,完成,王,北京市朝阳区某路,138\n"
        "9001,502,B1,2,20,mei,2026-11-01 10:00:00,2026-11-01 10:01:00,100,96,6,在线支付,完成,王,北京市朝阳区某路,138\n"
    )
    path = written(tmp_path, text)
    found = checked(path)
    orders, lines = found.frames["fact_order"], found.frames["fact_order_line"]
    assert orders["gmv_amount"].to_list() == [money("100")] * 2
    assert orders["net_amount"].to_list() == [money("90")] * 2
    assert orders["region"].to_list() == ["北京"] * 2
    assert lines["net_amount"].to_list() == [money("60"), money("40")]
    recipe = recognised(path).recipe
    assert recipe is not None
    assert recipe.parts[0].collapse == {}
    assert recipe.parts[0].contract.duplicates == "first"
