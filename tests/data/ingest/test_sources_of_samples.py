"""Presets of connectors, samples and lists that many people work with, each on a small export; and what waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.errors import Text
from data.ingest.cells import Constant
from data.ingest.match import Match
from data.ingest.recipe import Recipe
from data.ingest.unfit import known_unfit
from data.ingest.verdict import why_not, with_others
from data.settings import Settings
from tests.data.ingest.files import checked, recognised, written

DAY = date(2026, 10, 31)
DOLLARS = Settings(base_currency="USD", time_zone="America/New_York")
BEFORE = {"day": [date(2026, 10, 1)], "rate": [Decimal("0.5")]}
# Source, what only a person can say, the file, and what its first row becomes.
FILES: tuple[tuple[str, tuple[str, ...], str, dict[str, Any]], ...] = (
    (
        "fivetran_zendesk_tickets",
        (),
        "id,_fivetran_synced,created_at,due_at,group_id,priority,requester_id,status,via_channel\n"
        "7,2026-10-06 1:00:00,2026-10-05 02:30:00,,g,high,r,hold,web\n"
        "8,2026-10-06 1:00:00,2026-10-05 02:30:00,,g,high,r,deleted,web\n",
        {"ticket_id": "zendesk:7", "channel": "form", "status": "pending", "created_date": date(2026, 10, 4)},
    ),
    (
        "fivetran_quickbooks_bills",
        (),
        "id,_fivetran_deleted,_fivetran_synced,balance,currency_id,due_date,payable_account_id,sales_term_id,"
        "total_amount,transaction_date,vendor_id\n"
        "3,FALSE,2026-10-06 1:00:00,20,USD,,33,,50,2026-10-05,v1\n4,TRUE,2026-10-06 1:00:00,9,USD,,33,,9,,\n",
        {"invoice_id": "quickbooks:3", "invoice_type": "payable", "due_date": date(2026, 10, 5), "open_amount": 20},
    ),
    (
        "fivetran_quickbooks_invoices",
        (),
        "id,_fivetran_deleted,_fivetran_synced,balance,currency_id,customer_id,doc_number,due_date,email_status,"
        "sales_term_id,total_amount,transaction_date\n"
        "3,FALSE,2026-10-06 1:00:00,20,USD,c1,007,2026-11-05,EmailSent,,50,2026-10-05\n",
        {"invoice_type": "receivable", "due_date": date(2026, 11, 5), "issue_date": date(2026, 10, 5), "amount": 50},
    ),
    (
        "fivetran_quickbooks_accounts",
        ("period_end",),
        "id,_fivetran_synced,account_number,account_type,balance,balance_with_sub_accounts,classification,currency_id,"
        "fully_qualified_name,name\n"
        "5,x,1001,Bank,70,70,Asset,USD,cash,cash\n6,x,,Accounts Payable,80,80,Liability,USD,owed,owed\n",
        {"account_code": "1001", "account_class": "cash", "closing_balance": 70, "period_end": DAY},
    ),
    (
        "receivables_by_customer",
        (),
        "countryCode,customerID,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,Disputed,SettledDate\n"
        "391,a,0007,10/25/2026,11/24/2026,5.5,Yes,11/30/2026\n",
        {"invoice_id": "0007", "invoice_type": "receivable", "is_exception": True, "paid_date": date(2026, 11, 30)},
    ),
    (
        "github_lists",
        (),
        "DATE,PR,USER,TITLE,EMPLOYEE\n2026-10-05T09:00:00Z,https://github.com/a/b/pull/7,u,t,Y\n105,10,9.52%,,\n",
        {"item_key": "a/b/pull/7", "team": "staff", "created_date": date(2026, 10, 5), "item_type": "other"},
    ),
    (
        "fcc_complaints",
        (),
        "Ticket #,Customer Complaint,Date,Date_month_year,Time,Received Via,Status\n"
        "comcas,slow,22-10-2026,22-Oct-26,3:53:50 PM,Internet,Solved\n",
        {"ticket_id": "comcas", "created_at": datetime(2026, 10, 22, 15, 53, 50), "channel": "form"},
    ),
    (
        "facebook_ads_by_ad",
        (),
        "Date,ad_id,xyz_campaign_id,fb_campaign_id,age,gender,interest,Impressions,Clicks,Spent,Total_Conversion,"
        "Approved_Conversion\n31-10-2026,1,916,103,30-34,M,15,7350,1,1.43,2,1\n",
        {"date": DAY, "campaign_id": "916", "audience_segment": "M 30-34", "conversions": 1, "cost": Decimal("1.43")},
    ),
    (
        "ibm_hr_attrition",
        ("snapshot_date",),
        "Attrition,Department,EmployeeNumber,JobLevel,JobRole,MonthlyIncome,YearsAtCompany\nYes,Sales,1,2,Rep,900,2\n",
        {"department": "marketing", "is_active": False, "tenure_months": 24, "exit_type": "voluntary"},
    ),
    (
        "stock_by_sku_and_day",
        (),
        "SKU,Date,Inventory_Level,Safety_Stock\nA,2026-10-31,204,39\n",
        {"snapshot_date": DAY, "sku": "A", "on_hand_qty": 204},
    ),
    (
        "order_fulfilment",
        (),
        "Order_ID,Customer_ID,Order_Date,Warehouse,Region,Short_Ship_Flag,Fulfillment_Completed_At,Shipping_Cost\n"
        "O-1,C-1,2026-10-30 19:28:00,North,East,1,2026-10-31 03:31:40.229428,203.17\n",
        {"order_id": "O-1", "order_date": date(2026, 10, 30), "region": "East"},
    ),
    (
        "pizza_place",
        (),
        "id,date,time,name,size,type,price\n1,2026-10-31,11:38:36,hawaiian,M,classic,13.25\n",
        {"order_id": "pizza:1", "created_at": datetime(2026, 10, 31, 11, 38, 36), "gmv_amount": Decimal("13.25")},
    ),
    (
        "ga4_demographics",
        (),
        "# Start date: 20261001\n# End date: 20261031\n\n"
        "City,Users,New users,Engaged sessions,Total revenue\nOslo,5,4,3,7\nBergen,2,2,1,0\n",
        {"engaged_sessions": 3, "from_date": date(2026, 10, 1), "to_date": DAY, "cut": "touchpoint", "region": ""},
    ),
    (
        "meta_ads_days",
        (),
        "Campaign name,Ad Set Name,Age,Gender,Day,Result type,Results,Impressions,Amount spent (USD),Link clicks\n"
        "autumn,set,45,female,2026-10-31,link_click,4,1662,181.82,17\n",
        {"date": DAY, "ad_group": "set", "conversions": None, "cost": Decimal("181.82"), "currency": None},
    ),
    (
        "mailings",
        (),
        "Date,Campaign_Type,Campaign_Name,Country,Delivered,Opened,Clicked,Unsubscribed,Revenue\n"
        "2026-10-31,WhatsApp,autumn,UK,90,40,9,1,50\n",
        {"platform": "whatsapp", "marketing_channel": "(unknown)", "opened": 40, "clicks": 9, "conversion_value": 50},
    ),
    (
        "instagram_posts",
        ("date",),
        "Impressions,From Home,From Hashtags,Saves,Comments,Shares,Likes,Caption\n100,50,20,4,3,2,1,hello\n",
        {"engagements": 10, "impressions": 100, "platform": "instagram", "touch_type": "content_post"},
    ),
    (
        "customer_personality",
        ("snapshot_date",),
        "ID;Dt_Customer;Recency;MntWines;NumWebPurchases;NumStorePurchases\n5524;2012-09-04;58;635;8;4\n",
        {"recency_days": 58, "snapshot_date": DAY},
    ),
    (
        "ibm_customer_value",
        ("snapshot_date",),
        "Customer,State,Customer Lifetime Value,Effective To Date,Policy Type,Total Claim Amount\n"
        "B,Oregon,9,2/24/26,P,3\n",
        {"customer_id": "B", "region": "Oregon"},
    ),
    (
        "uci_online_shoppers",
        ("date",),
        "Administrative,Informational,ProductRelated,BounceRates,ExitRates,PageValues,Month,VisitorType,Revenue\n"
        "1,,3,0.2,0.2,0,June,Returning_Visitor,TRUE\n",
        {"sessions": 1, "page_views": 4, "sessions_with_purchase": 1, "to_date": DAY},
    ),
    (
        "sampled_series",
        ("source", "metric"),
        "timestamp,value\n2026-10-31 03:41:00,45.868\n",
        {"source": "said", "metric": "said", "sampled_at": datetime(2026, 10, 31, 3, 41), "value": Decimal("45.868")},
    ),
    (
        "shop_listings",
        ("sales_channel",),
        "update_time,id,title,price,sale_count,comment_count,店名\n2026/10/31,A18,霜,139,26719,2704,自然堂\n",
        {"snapshot_date": DAY, "sku": "A18", "price": 139, "sales_channel": "tmall"},
    ),
    (
        "review_lists",
        (),
        "rating\tdate\tvariation\tverified_reviews\tfeedback\n5\t31-Oct-26\tOak\tLove it\t1\n",
        {"feedback_type": "product_review", "submitted_date": DAY, "topic": "Oak", "score": 5},
    ),
)  # fmt: skip
TESTED = {source for source, *_ in FILES} | {"google_ads_search_terms"}


def answered(found: Match) -> Recipe:
    """The matched recipe with what a person said: a day, or the same value for all rows."""
    assert found.recipe is not None
    (part, *others) = found.recipe.parts
    dated = {"date", "snapshot_date", "period_end"}
    said = {
        name: Constant("tmall" if name == "sales_channel" else "said") for name in found.missing if name not in dated
    }
    changed = replace(part, columns={**part.columns, **said})
    return replace(found.recipe, parts=(changed, *others), period=(DAY, DAY) if dated & set(found.missing) else None)


@pytest.mark.parametrize(("source", "missing", "text", "expected"), FILES, ids=[name for name, *_ in FILES])
def test_a_small_export_becomes_the_row_it_should(
    tmp_path: Path, source: str, missing: tuple[str, ...], text: str, expected: dict[str, Any]
) -> None:
    path = written(tmp_path, text)
    found = recognised(path)
    assert found.recipe is not None
    assert (found.recipe.id, found.missing, found.open_questions) == (source, missing, ())
    read = checked(path, DOLLARS, recipe=answered(found))
    assert read.rejects.to_dicts() == []
    frame = read.frames[found.tables[0]].row(0, named=True)
    assert {name: frame.get(name) for name in expected} == expected


def test_equal_reviews_are_told_apart_and_keep_their_numbers_in_another_order(tmp_path: Path) -> None:
    """The days lie apart in the file, so all of it must be seen at once."""
    header, (love, hate) = "rating,date,variation,verified_reviews", ("5,3-Oct-26,Oak,love", "1,4-Oct-26,Oak,hate")

    def numbers(*lines: str) -> list[str]:
        text = "\n".join((header, *lines))
        return checked(written(tmp_path, text)).frames["fact_feedback"]["feedback_id"].to_list()

    one, other, again, another = numbers(love, hate, love, hate)
    assert len({one, other, again, another}) == 4
    assert numbers(hate, love, love, hate) == [other, one, again, another]


def test_the_search_terms_of_google_wait_for_a_word_and_are_never_added_to_the_campaigns(tmp_path: Path) -> None:
    header = "Search term,Campaign,Ad group,Currency code,Clicks,Impr.,Cost"
    text = f"10 October 2026 - 31 October 2026\n{header}\na,b,c,USD,1,2,3\n"
    found = recognised(written(tmp_path, text))
    assert found.recipe is not None
    assert (found.how, found.recipe.source, found.is_certain) == ("proposal", "google_ads_campaigns", False)
    assert "a part of the account's spend" in why_not("terms.csv", found).en
    assert checked(written(tmp_path, text), DOLLARS).frames["fact_campaign_daily"]["cut"].item() == (
        "ad_group,campaign_id,marketing_channel,platform"
    )


def test_a_loaded_file_says_which_of_its_tables_stay_out(tmp_path: Path) -> None:
    left_out = recognised(written(tmp_path, "City,Users\nOslo,5\nBergen,2\n"))
    said = with_others(Text("Done.", "好。", "好。"), [left_out], 2)
    assert said.en.startswith("Done. Of the 2 tables in the file 1 stay out; the first, in line 1: it was not loaded:")
    assert said.zh_hant.startswith("好。檔案中的 2 個表有 1 個未載入")
    assert with_others(said, [], 2) == said


@pytest.mark.parametrize(
    ("header", "cell", "currency"),
    [("Amount spent (INR)", "5", "INR"), ("Cost", "€5", "EUR"), ("Cost", "USD 5", "USD"), ("Cost", "RMB5", "CNY"),
     ("Cost", "$5", None), ("Cost (VAT)", "5", None), ("Cost (EUR)", "£5", None)],
)  # fmt: skip
def test_the_currency_is_the_one_that_headers_or_amounts_state(
    tmp_path: Path, header: str, cell: str, currency: str | None
) -> None:
    """$ stands for several currencies, and a header against its cells decides nothing."""
    found = recognised(
        written(tmp_path, f"Day,Campaign,{header},Clicks\n2026-10-31,a,{cell},1\n"), table="fact_campaign_daily"
    )
    assert found.recipe is not None
    assert found.recipe.currency == currency


def test_an_amount_in_euros_is_never_taken_for_dollars(tmp_path: Path) -> None:
    path = written(tmp_path, "Day,Campaign,Cost\n2026-10-03,a,€5\n")
    rates = pl.DataFrame({**BEFORE, "currency": ["EUR"]}).with_columns(pl.col("rate").cast(pl.Decimal(18, 8)))
    assert checked(path, DOLLARS).rejects["rule"].to_list() == ["no_rate"]
    assert checked(path, DOLLARS, rates).frames["fact_campaign_daily"]["cost"].to_list() == [Decimal("2.5")]


@pytest.mark.parametrize("known", known_unfit(), ids=lambda one: one.fingerprint[0][0])
def test_an_export_that_no_table_keeps_says_what_its_rows_are_and_what_comes_nearest(
    tmp_path: Path, known: Any
) -> None:
    """A person who names the table all the same is not stopped."""
    path = written(tmp_path, ",".join(names[0] for names in known.fingerprint) + "\n" + "x," * len(known.fingerprint))
    found = recognised(path)
    assert (found.recipe, found.unfit) == (None, known)
    sentence = why_not("a.csv", found)
    for said, row, why in (
        (sentence.en, known.row.en, known.why.en),
        (sentence.zh_hans, known.row.zh_hans, known.why.zh_hans),
        (sentence.zh_hant, known.row.zh_hant, known.why.zh_hant),
    ):
        assert row in said
        assert why in said
        assert known.nearest in said
    assert recognised(path, table=known.nearest).unfit is None
