"""Which recipe reads a table, and how sure we are."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.ingest.cells import headers_of
from data.ingest.layout import normal
from data.ingest.mapping import mapping_file
from data.ingest.match import UnknownSource, match, use
from data.ingest.recipe_yaml import from_yaml, presets
from tests.data.ingest.files import checked, only, recognised, written

TMALL = (
    "订单编号,总金额,买家实际支付金额,收货地址 ,订单创建时间,订单付款时间 ,退款金额\n"
    "1,5,5,上海,2026-11-01 10:00:00,,0\n"
)


def test_a_known_source_is_known_by_its_headers_whatever_blanks_they_end_with(tmp_path: Path) -> None:
    found = recognised(written(tmp_path, TMALL))
    assert found.recipe is not None
    assert (found.how, found.recipe.id, found.is_certain) == ("source", "tmall_order_report", True)
    assert found.unused == ()


def test_a_header_that_must_not_be_there_keeps_a_source_away(tmp_path: Path) -> None:
    found = recognised(
        written(
            tmp_path, TMALL.replace("退款金额", "退款金额,订单状态,买家会员名").replace(",0\n", ",0,交易成功,mei\n")
        )
    )
    assert found.recipe is not None
    assert found.recipe.id == "taobao_orders"


def test_a_file_with_the_contracts_own_names_needs_nobody(tmp_path: Path) -> None:
    text = "order_id,created_at,paid_at,net_amount\na,2026-11-01 10:00:00,2026-11-01 10:01:00,5\n"
    found = recognised(written(tmp_path, text))
    assert found.recipe is not None
    assert (found.how, found.recipe.id, found.tables) == ("alias", "template_fact_order", ("fact_order",))
    assert found.is_certain


def test_aliases_in_either_language_are_exact_names(tmp_path: Path) -> None:
    found = recognised(
        written(tmp_path, "日期,访客数,浏览量,终端类型\n2026-11-01,5,9,mobile\n2026-11-02,6,8,mobile\n"),
        table="fact_traffic",
    )
    assert found.tables == ("fact_traffic",)
    assert found.is_certain


@pytest.mark.parametrize("header", ["訂單編號,付款時間,訂單金額", "Order No,Payment Date,Order Amount"])
def test_orders_are_known_by_what_shops_in_taiwan_and_english_tools_call_them(tmp_path: Path, header: str) -> None:
    found = recognised(written(tmp_path, f"{header}\n1,2026-11-01,5\n2,2026-11-02,6\n"))
    assert (found.how, found.tables, found.unused) == ("alias", ("fact_order",), ())


@pytest.mark.parametrize(
    ("simplified", "traditional", "cells"),
    [
        ("工单编号,创建时间,状态,渠道,处理时长", "工單編號,創建時間,狀態,渠道,處理時長", "7,2026-11-01,open,chat,5"),
        ("统计日期,员工编号,部门,职级,基本工资", "統計日期,員工編號,部門,職級,基本工資", "2026-11-30,e1,hr,P5,9000"),
        ("发票号码,单据类型,到期日,价税合计", "發票號碼,單據類型,到期日,價稅合計", "9,receivable,2026-11-01,5"),
    ],
)
def test_headers_in_traditional_chinese_are_the_same_names(
    tmp_path: Path, simplified: str, traditional: str, cells: str
) -> None:
    one, other = (recognised(written(tmp_path, f"{header}\n{cells}\n")) for header in (simplified, traditional))
    assert (one.how, one.unused, len(one.proposals)) == ("alias", (), len(cells.split(",")))
    assert (other.how, other.tables, other.unused) == ("alias", one.tables, ())
    pairs = dict(zip(simplified.split(","), traditional.split(","), strict=True))
    expected = {(proposal.column, pairs[proposal.header]) for proposal in one.proposals}
    assert {(proposal.column, proposal.header) for proposal in other.proposals} == expected


RETURNS = (
    "退款编号,订单编号,申请时间,完结时间,售后类型,退款状态,买家退款金额\n"
    "1,5,2026-11-01 10:00:00,2026-11-02 10:00:00,退货退款,退款成功,8\n"
    "2,6,2026-11-01 11:00:00,2026-11-02 11:00:00,换货,退款关闭,9\n"
)
IN_TRADITIONAL = str.maketrans("编号订单请时间结后类状态买货换关闭额", "編號訂單請時間結後類狀態買貨換關閉額")


def test_a_known_source_in_traditional_chinese_reads_alike_once_its_currency_is_confirmed(tmp_path: Path) -> None:
    """A file of Taipei may be no yuan, so somebody says so; its states mean what they mean in Simplified."""
    path = written(tmp_path, RETURNS.translate(IN_TRADITIONAL), "traditional.csv")
    found = recognised(path)
    assert found.recipe is not None
    assert found.recipe.caution is not None
    assert (found.how, found.recipe.id, found.is_certain, found.is_loadable) == (
        "proposal", "taobao_returns", False, True,
    )  # fmt: skip
    assert "read as CNY" in found.recipe.caution.en
    read = checked(path).frames["fact_return"]
    assert read.equals(checked(written(tmp_path, RETURNS)).frames["fact_return"])
    assert read["refund_amount"].to_list() == [8, 0]


def test_of_two_headers_that_are_one_but_for_the_script_a_mapping_means_the_one_it_writes(tmp_path: Path) -> None:
    layout = only(written(tmp_path, "编号,單號,单号,金额\n1,a,b,5\n2,c,d,6\n"))
    mapping = (
        "id: till\nparts:\n  - table: fact_order\n    columns: {order_id: 单号, created_at: 编号, gmv_amount: 金額}\n"
    )
    bound = from_yaml(mapping).bound(layout)
    assert headers_of(bound.parts[0].columns["order_id"]) == ("单号",)
    assert headers_of(bound.parts[0].columns["gmv_amount"]) == ("金额",)


def test_a_list_of_names_is_no_list_of_sales(tmp_path: Path) -> None:
    """Product names stand under "name", which Shopify calls its orders: without a day or a measure nobody is sure."""
    found = recognised(written(tmp_path, "sku,name\nS1,Shirt\nS2,Shoes\n"))
    assert (found.how, found.is_certain) == ("proposal", False)


def test_a_file_most_of_which_means_nothing_is_only_proposed(tmp_path: Path) -> None:
    """Date and Clicks are exact names, but five other columns are not."""
    text = "Date,Clicks,Impressions,Cost,a1,b2,c3,d4,e5\n2026-11-13,1,2,3,x,x,x,x,x\n2026-11-14,1,2,3,x,x,x,x,x\n"
    found = recognised(written(tmp_path, text))
    assert (found.how, found.tables, found.is_certain) == ("proposal", ("fact_campaign_daily",), False)


def test_names_that_are_nearly_right_are_proposed_with_a_score(tmp_path: Path) -> None:
    text = "Campaing name,Date,Delivered,Opened,Unsubscribed\nspring,2026-11-13,9,3,0\nspring,2026-11-14,8,2,1\n"
    found = recognised(written(tmp_path, text))
    scores = {one.column: one.score for one in found.proposals}
    assert found.how == "proposal"
    assert scores["date"] == 100
    assert 85 <= scores["campaign_id"] < 100


def test_a_required_column_that_nothing_stands_for_is_missing(tmp_path: Path) -> None:
    found = recognised(written(tmp_path, "created_at,net_amount\n2026-11-01,5\n2026-11-02,6\n"), table="fact_order")
    assert found.missing == ("order_id",)
    assert not found.is_certain


def test_a_confirmed_mapping_is_found_again_by_all_its_headers(tmp_path: Path) -> None:
    """With one header more it is another file."""
    text = "when,what,how much\n2026-11-01,a,5\n2026-11-02,b,6\n"
    saved = from_yaml(
        "id: till\nfingerprint: [when, what, how much]\nparts:\n  - table: fact_order\n"
        "    columns: {order_id: what, created_at: when, gmv_amount: how much}\n"
    )
    layout = only(written(tmp_path, text))
    found = match(layout, presets(), [saved])
    assert (found.how, found.is_certain) == ("saved", True)
    other = only(written(tmp_path, text.replace("much", "much,why").replace("5\n", "5,x\n").replace("6\n", "6,y\n")))
    assert match(other, presets(), [saved]).how != "saved"


def test_a_source_that_is_named_is_used_whatever_the_headers_say(tmp_path: Path) -> None:
    found = recognised(written(tmp_path, "a,b\n1,x\n2,y\n"), source="uci_online_retail")
    assert found.how == "source"
    assert "fact_order.order_id" in found.missing


def test_a_source_that_there_is_not_is_answered_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnknownSource, match="tmall_order_report"):
        recognised(written(tmp_path, TMALL), source="tmal")


def test_an_undecided_date_order_is_asked_and_never_guessed(tmp_path: Path) -> None:
    """Paid at decides for itself (13/11), Created at fits both: open, with the neighbour's order proposed."""
    text = "order_id,created_at,paid_at,net_amount\na,1/11/2026,13/11/2026,5\nb,2/11/2026,14/11/2026,6\n"
    found = recognised(written(tmp_path, text))
    (question,) = found.open_questions
    assert (question.header, question.proposal, question.samples) == ("created_at", "dmy", ("1/11/2026", "2/11/2026"))
    assert dict(found.dates.orders) == {"paid_at": "dmy"}
    assert not found.is_certain


def test_an_answer_in_the_mapping_closes_the_question(tmp_path: Path) -> None:
    text = "order_id,created_at,net_amount\na,1/11/2026,5\nb,2/11/2026,6\n"
    open_one = recognised(written(tmp_path, text))
    kept = mapping_file(open_one)
    assert use(open_one.layout, from_yaml(kept)).open_questions
    answered = kept.replace("# date_orders: {created_at: dmy}", "date_orders: {created_at: dmy}")
    found = use(open_one.layout, from_yaml(answered))
    assert found.is_certain
    days = checked(open_one.layout.path, recipe=answered).frames["fact_order"]["order_date"]
    assert [day.isoformat() for day in days] == ["2026-11-01", "2026-11-02"]


def test_the_mapping_file_says_what_is_missing_and_what_is_left_over(tmp_path: Path) -> None:
    text = mapping_file(
        recognised(written(tmp_path, "created_at,net_amount,colour\n2026-11-01,5,red\n"), table="fact_order")
    )
    assert "# Needed, but nothing stands for it: order_id" in text
    assert "# Not read: colour" in text
    assert from_yaml(text).parts[0].table == "fact_order"


def test_the_shop_is_the_one_that_the_file_names(tmp_path: Path) -> None:
    text = (
        "# Property: Shop A - GA4\nSession default channel group,Sessions,Date\nDirect,5,20261101\nDirect,6,20261102\n"
    )
    assert recognised(written(tmp_path, text)).account == "Shop A - GA4"


def test_headers_are_compared_without_width_case_and_blanks() -> None:
    assert normal(" Ｓession  Default\u00a0Channel group： ") == normal("session default channel group")
