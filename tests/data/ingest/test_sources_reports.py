"""The presets for traffic, ads, parcels and products, each on a small export as its tool writes it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from data.settings import Settings
from tests.data.ingest.files import checked, is_whole, money, recognised, workbook, written

GA4_HEAD = "# ----------------------------------------\n# Traffic acquisition\n# Property: Shop\n"
GA4_DAYS = "# Start date: 20261101\n# End date: 20261102\n# ----------------------------------------\n\n"


def test_ga4_by_channel_and_day(tmp_path: Path) -> None:
    """A grand total stands first; rates are left out; the cut holds what is known of each row."""
    text = (
        GA4_HEAD + GA4_DAYS + "Session primary channel group (Default Channel Group),Date,Sessions,Engaged sessions,"
        "Engagement rate,Key events,Total revenue\n"
        ",,30,18,0.6,3,250.5,Grand total\n"
        "Organic Search,20261101,10,6,0.6,1,100\nCross-network,20261102,20,12,0.6,2,150.5\n"
    )
    path = written(tmp_path, text)
    found = checked(path)
    traffic = found.frames["fact_traffic"]
    assert traffic["date"].to_list() == [date(2026, 11, 1), date(2026, 11, 2)]
    assert traffic["marketing_channel"].to_list() == ["organic_search", "paid_search"]
    assert traffic["touchpoint"].to_list() == ["web", "web"]
    assert traffic["cut"].to_list() == ["marketing_channel,touchpoint"] * 2
    assert traffic["sessions"].to_list() == [10, 20]
    assert traffic["purchase_revenue"].to_list() == [money("100"), money("150.5")]
    assert (found.rows_read, found.skipped) == (3, 1)
    assert recognised(path).is_certain


def test_ga4_key_events_are_purchases_only_where_they_say_so(tmp_path: Path) -> None:
    """Key events may be sign-ups, and a session holds several carts; Key events is shown as not read."""
    head = f"{GA4_HEAD}{GA4_DAYS}Session default channel group,Sessions,Add to carts,Key events"
    path = written(tmp_path, f"{head}\nDirect,40,90,17\n")
    assert {"sessions_with_purchase", "sessions_with_add_to_cart"}.isdisjoint(
        checked(path).frames["fact_traffic"].columns
    )
    assert recognised(path).unused == ("Key events",)
    told = checked(written(tmp_path, f"{head},Ecommerce purchases\nDirect,40,90,17,3\n", "told.csv"))
    assert told.frames["fact_traffic"]["sessions_with_purchase"].to_list() == [3]


def test_ga4_by_the_hour_is_a_row_an_hour_of_one_day(tmp_path: Path) -> None:
    text = (
        GA4_HEAD + GA4_DAYS + "Session default channel group,Date + hour (YYYYMMDDHH),Sessions\nDirect,2026110109,4\n"
    )
    traffic = checked(written(tmp_path, text + "Direct,2026110110,5\n")).frames["fact_traffic"]
    assert traffic["date"].to_list() == [date(2026, 11, 1)] * 2


def test_ga4_without_a_day_keeps_its_range(tmp_path: Path) -> None:
    text = GA4_HEAD + GA4_DAYS + "Session default channel group,Sessions\nDirect,4\nReferral,5\n"
    path = written(tmp_path, text)
    traffic = checked(path).frames["fact_traffic"]
    assert traffic.select("date", "from_date", "to_date").row(0) == (
        date(2026, 11, 2),
        date(2026, 11, 1),
        date(2026, 11, 2),
    )
    assert recognised(path).is_certain
    assert recognised(written(tmp_path, text.replace("# Start", "# Begin"))).missing == ("date",)


ADS = (
    "Campaign report\n1 November 2026 - 2 November 2026\n"
    "Day,Campaign,Campaign type,Currency code,Clicks,Impr.,CTR,Cost,Conversions,Conv. value\n"
    '2026-11-01,Spring,Search,USD,"1,200","30,000",4.00%,"1,050.50",3.50," --"\n'
    "2026-11-02,Brand,Performance Max,USD,5,50,10.00%,2.00,0.00,0.00\n"
    'Total: Campaigns,,,USD,"1,205","30,050",4.01%,"1,052.50",3.50,0.00\n'
    "Total: Account,,,USD,9,9,9%,9,9,9\n"
)


def test_google_ads_campaigns(tmp_path: Path) -> None:
    """Thousands separators, ` --` for nothing, two total rows."""
    found = checked(written(tmp_path, ADS), Settings(base_currency="USD"))
    days = found.frames["fact_campaign_daily"]
    assert days.select("date", "platform", "campaign_id", "marketing_channel", "cost", "clicks").rows() == [
        (date(2026, 11, 1), "google_ads", "Spring", "paid_search", money("1050.5"), 1200),
        (date(2026, 11, 2), "google_ads", "Brand", "paid_shopping", money("2"), 5),
    ]
    assert days["conversion_value"].to_list() == [None, money("0")]
    assert days["is_paid_media"].to_list() == [True, True]
    assert days["cut"].to_list() == ["campaign_id,marketing_channel,platform"] * 2
    assert (found.rows_read, found.skipped, found.rejects.height) == (4, 2, 0)


def test_google_ads_without_a_day_takes_the_range_of_the_title(tmp_path: Path) -> None:
    lines = [
        line.removeprefix("Day,").removeprefix("2026-11-01,").removeprefix("2026-11-02,") for line in ADS.splitlines()
    ]
    days = checked(written(tmp_path, "\n".join(lines)), Settings(base_currency="USD")).frames["fact_campaign_daily"]
    assert days["from_date"].to_list() == [date(2026, 11, 1)] * 2
    assert days["to_date"].to_list() == [date(2026, 11, 2)] * 2


def test_the_search_terms_report_is_not_taken_for_the_campaigns(tmp_path: Path) -> None:
    found = recognised(written(tmp_path, ADS.replace("Campaign type", "Search term")))
    assert found.how != "source"


def test_shengyi_canmou_counts_visitors_a_day(tmp_path: Path) -> None:
    """An Excel with title rows; 1,000 visitors of whom 45 % left at once: 550 stayed."""
    rows = [
        ["生意参谋 流量看板"],
        [],
        ["统计日期", "终端", "访客数", "浏览量", "跳失率", "加购人数", "支付买家数", "支付金额"],
        ["2026-11-01", "所有终端", "1,000", "3,500", "45.00%", "80", "20", "2,400.50"],
        ["2026-11-01", "无线端", "900", "3,000", "45.00%", "70", "18", "2,000.00"],
    ]
    found = checked(workbook(tmp_path, rows, name="生意参谋.xls"))
    traffic = found.frames["fact_traffic"]
    assert traffic.select("date", "touchpoint", "session_basis", "sessions", "engaged_sessions").rows() == [
        (date(2026, 11, 1), "marketplace", "daily_visitor", 1000, 550)
    ]
    assert traffic["purchase_revenue"].to_list() == [money("2400.5")]
    assert found.skipped == 1


def test_wangdiantong_parcels_of_merged_orders_are_a_row_an_order(tmp_path: Path) -> None:
    text = (
        "出库单编号,原始单号,店铺,付款时间,发货时间,物流单号,物流公司,货品数量\n"
        'CK1,"11,12",某某天猫旗舰店,2026-11-01 10:00:00,2026-11-02 09:00:00,SF1,顺丰,3\n'
        "CK2,12,某某天猫旗舰店,2026-11-01 10:00:00,2026-11-03 09:00:00,SF2,顺丰,1\n"
        "CK3,77,自营小店,2026-11-01 10:00:00,2026-11-03 09:00:00,SF3,中通,1\n"
    )
    found = checked(written(tmp_path, text))
    parcels = found.frames["fact_shipment"]
    assert parcels.select("order_id", "parcel_no", "shipment_id", "sales_channel").rows() == [
        ("tmall:11", 1, "SF1", "tmall"),
        ("tmall:12", 1, "SF1", "tmall"),
        ("tmall:12", 2, "SF2", "tmall"),
        ("77", 1, "SF3", "(unknown)"),
    ]
    assert parcels["shipped_date"].to_list()[0] == date(2026, 11, 2)
    assert is_whole(found)


def test_a_carrier_says_when_it_delivered_and_what_it_cost(tmp_path: Path) -> None:
    path = written(tmp_path, "运单号,订单编号,签收时间,快递费\nSF1,tmall:11,2026-11-04 15:00:00,8.5\nSF2,tmall:12,,9\n")
    parcels = checked(path).frames["fact_shipment"]
    assert parcels.select("order_id", "parcel_no", "freight_cost").rows() == [
        ("tmall:11", 1, money("8.5")),
        ("tmall:12", 1, money("9")),
    ]
    without = recognised(written(tmp_path, "运单号,签收时间,快递费\nSF1,2026-11-04 15:00:00,8.5\n"))
    assert without.missing == ("order_id",)


def test_shopify_products_fill_down_and_skip_images(tmp_path: Path) -> None:
    text = (
        "Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Compare At Price,"
        "Cost per item,Image Src,Status\n"
        "shirt,Shirt,Acme,Tops,Size,S,SH-S,20,25,9,https://x/1.jpg,active\n"
        "shirt,,,,,M,,20,,9,,\n"
        "shirt,,,,,,,,,,https://x/2.jpg,\n"
    )
    found = checked(written(tmp_path, text), Settings(base_currency="USD"))
    assert found.frames["dim_product"].select(
        "sku", "product_id", "product_name", "brand", "category_l1", "list_price", "unit_cost"
    ).rows() == [
        ("SH-S", "shirt", "Shirt", "Acme", "Tops", money("25"), money("9")),
        ("shirt/M", "shirt", "Shirt", "Acme", "Tops", money("20"), money("9")),
    ]
    assert found.skipped == 1
