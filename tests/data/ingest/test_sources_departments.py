"""The presets of the other departments, each on a small export as its tool writes it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from data.ingest.match import use
from data.ingest.recipe_yaml import from_yaml, presets, to_yaml
from data.settings import Settings
from tests.data.ingest import test_sources_of_samples
from tests.data.ingest.files import checked, only, recognised, written

DAY = date(2026, 10, 31)
# Source, the file, and what its first row becomes (its only table, unless `table` names one).
FILES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "zendesk_tickets",
        "ID,Created at,Solved at,Status,Priority,Via,Ticket type,Group,Requester,Satisfaction Score,"
        "First reply time in minutes,First reply time in minutes within business hours,"
        "Full resolution time in minutes\n"
        "17,2026-10-05 09:00:00,2026-10-05 11:00:00,Solved,High,Web form,Complaint,Team A,mei,Bad,70,20,120\n",
        {"ticket_id": "zendesk:17", "ticket_type": "complaint", "channel": "form", "csat_score": 1,
         "first_response_minutes": 20, "resolution_hours": 2, "created_date": date(2026, 10, 5), "status": "solved"},
    ),
    (
        "jira_service_requests",
        "Issue key,Customer Request Type,Created,Resolved,Status\nIT-1,How to print,14/Jul/25 3:42 PM,,In Progress\n",
        {"ticket_id": "IT-1", "domain": "internal_it", "ticket_type": "it_how_to", "status": "open",
         "created_at": datetime(2025, 7, 14, 15, 42)},
    ),
    (
        "jira_issues",
        "Issue key,Issue Type,Status,Priority,Created,Resolved,Due date,Project name,Labels,Labels\n"
        "WEB-1,Bug,Done,Highest,14/Jul/25 3:42 PM,16/Jul/25 9:00 AM,20/Jul/25 12:00 AM,Marketing,cs_voc,x\n"
        "WEB-2,Incident,Done,High,15/Jul/25 3:42 PM,,,Technology,,\n",
        {"item_key": "WEB-1", "item_type": "bug", "severity": "sev1", "status": "done", "origin": "cs_voc",
         "owner_department": "marketing", "due_date": date(2025, 7, 20), "resolved_date": date(2025, 7, 16)},
    ),
    (
        "pagerduty_incidents",
        "incident_number,created_on,service_name,urgency,seconds_to_first_ack,seconds_to_resolve\n"
        "9,2026-10-05T09:00:00Z,checkout,high,90,5400\n",
        {"incident_id": "pagerduty:9", "severity": "sev2", "minutes_to_restore": 90, "service": "checkout"},
    ),
    (
        "github_deployments",
        "id,environment,created_at,sha,state\n5,production,2026-10-05T09:00:00Z,ab,failure\n6,staging,2026-10-05T09:00:00Z,a,success\n",
        {"deployment_id": "github:5", "is_failed": True, "deployed_date": date(2026, 10, 5)},
    ),
    (
        "pipeline_deployments",
        "id,status,ref,project,finished_at\n5,success,main,shop,2026-10-05T09:00:00Z\n",
        {"deployment_id": "pipeline:5", "is_failed": False, "service": "shop"},
    ),
    (
        "linear_issues",
        "ID,Team,Title,Status,Priority,Labels,Created,Completed,Due Date\n"
        "ENG-1,Web,t,Canceled,Urgent,Feature,2026-10-01,,2026-10-20\n",
        {"item_key": "ENG-1", "item_type": "feature", "severity": "sev1", "status": "cancelled"},
    ),
    (
        "task_lists",
        "任务编号,标题,负责部门,创建时间,截止时间,完成时间,状态\n7,t,市场部,2026-10-01,2026-10-20,2026-10-21,已完成\n",
        {"item_key": "7", "owner_department": "marketing", "status": "done", "due_date": date(2026, 10, 20)},
    ),
    (
        "airflow_runs",
        "dag_id,execution_date,state\nsales,2026-10-05T00:00:00+00:00,failed\n",
        {"job_id": "sales", "job_type": "pipeline", "is_success": False, "scheduled_date": date(2026, 10, 5)},
    ),
    (
        "xero_trial_balance",
        "Trial Balance\nShop Ltd\nAs at 31 October 2026\n"
        "Account Code,Account,Account Type,Debit - Month,Credit - Month,Debit - Year to date,Credit - Year to date\n"
        "200,Sales,Revenue,5,105,,900\n400,Ads,Expense,40,,300,\n",
        {"account_code": "200", "account_class": "revenue", "amount": 100, "closing_balance": 900, "period_end": DAY},
    ),
    (
        "kingdee_account_balances",
        "科目余额表\n期间：2026年10月\n科目编码,科目名称,期初余额,本期借方,本期贷方,期末余额\n"
        "6001,主营业务收入,0,100,100,0\n600101,线上,0,60,60,0\n1002,银行存款,50,30,10,70\n",
        {"account_code": "6001", "account_class": "revenue", "amount": 100, "period_end": DAY},
    ),
    (
        "xero_bills",
        "ContactName,InvoiceNumber,InvoiceDate,DueDate,Total,InvoiceAmountDue,Type,Currency\n"
        "North,INV-1,2026-10-01,2026-10-31,120.5,20.5,Bill,CNY\n",
        {"invoice_id": "INV-1", "invoice_type": "payable", "amount": 120.5, "open_amount": 20.5, "due_date": DAY},
    ),
    (
        "bank_statements",
        "日期,账户,收入,支出,余额\n2026-10-31,main,100,,350\n",
        {"account_id": "main", "inflow_external": 100, "closing_balance": 350, "date": DAY},
    ),
    (
        "ats_requisitions",
        "Requisition ID,Department,Opened,Source,Filled Date\nR-1,Engineering,2026-10-01,referral,2026-10-31\n",
        {"requisition_id": "R-1", "department": "technology", "is_filled": True, "filled_date": DAY},
    ),
    (
        "lms_records",
        "Username,Course,Due date,Completed,Hours\nmei,Security basics,2026-10-31,2026-10-30,2.5\n",
        {"record_id": "mei|Security basics|2026-10-31", "course_type": "security", "is_completed": True, "hours": 2.5},
    ),
    (
        "meta_ads_campaigns",
        "Reporting starts,Reporting ends,Campaign name,Impressions,Link clicks,Amount spent (USD),Results\n"
        "2026-10-31,2026-10-31,Spring,100,5,12.5,2\n",
        {"campaign_id": "Spring", "cost": 12.5, "date": DAY, "from_date": DAY, "platform": "meta"},
    ),
    (
        "wanxiangtai_plans",
        "日期,计划ID,计划名字,场景名字,展现量,点击量,花费,总成交金额\n2026-10-31,88,春,人群,\"1,000\",50,12.5,99\n",
        {"campaign_id": "88", "impressions": 1000, "cost": 12.5, "conversion_value": 99, "ad_group": "人群"},
    ),
    (
        "chinese_ads_plans",
        "日期,平台,计划,展现,点击,消耗,成交金额\n2026-10-31,巨量千川,春,1000,50,12.5,99\n",
        {"platform": "douyin_ads", "campaign_id": "春", "clicks": 50, "cost": 12.5},
    ),
    (
        "klaviyo_campaigns",
        "Campaign Name,Send Time,Successful Deliveries,Unique Opens,Unique Clicks,Unsubscribes,Revenue\n"
        "Spring,2026-10-31 09:00,900,300,40,3,1200\n",
        {"delivered": 900, "opened": 300, "touch_type": "newsletter", "date": DAY, "is_paid_media": False},
    ),
    (
        "jd_shangzhi_daily",
        "日期,访客数,浏览量,加购人数,成交客户数,成交金额\n2026-10-31,900,2000,80,30,4500\n",
        {"sessions": 900, "sessions_with_purchase": 30, "session_basis": "daily_visitor", "touchpoint": "marketplace"},
    ),
    (
        "ga4_explorations",
        "Session source / medium,Device category,Date,Sessions,Views\ngoogle / cpc,mobile,20261031,9,20\n",
        {"source_medium": "google / cpc", "device": "mobile", "sessions": 9, "date": DAY},
    ),
    (
        "survey_responses",
        "答卷编号,提交答卷时间,Score,问卷类型\n12,2026/10/31 9:00:00,9,NPS\n",
        {"feedback_id": "12", "score": 9, "feedback_type": "nps", "submitted_date": DAY},
    ),
    (
        "marketplace_reviews",
        "订单编号,评价时间,评分,商品ID\n881,2026-10-31 09:00:00,4,77\n",
        {"feedback_id": "881|77", "score": 4, "sku": "77", "feedback_type": "product_review"},
    ),
)  # fmt: skip
# The same for snapshots that do not say their day.
ROSTERS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "bamboohr_roster",
        "Employee #,Hire Date,Termination Date,Termination Type,Department,Job Title,Employment Status\n"
        "7,2024-10-15,2026-10-20,Voluntary resignation,HR,Clerk,Full-Time\n8,2026-10-02,,,Finance,Clerk,Intern\n",
        {"employee_id": "7", "tenure_months": 24, "is_active": False, "is_exit": True, "is_hire": False,
         "exit_type": "voluntary", "department": "hr", "employment_type": "full_time"},
    ),
    (
        "shopify_inventory",
        "Handle,Title,SKU,Location,Incoming,Unavailable,Committed,Available,On hand (current),On hand (new)\n"
        "a,A,S-1,Main,0,0,1,4,5,\n",
        {"sku": "S-1", "warehouse": "Main", "available_qty": 4, "on_hand_qty": 5},
    ),
    (
        "shopify_customers",
        "Customer ID,First Name,Email,Accepts Email Marketing,Accepts SMS Marketing,Default Address Province Code,"
        "Total Spent,Total Orders,Tags\n'501,Mei,mei@example.com,no,yes,CA,10,1,VIP\n",
        {"customer_id": "mei@example.com", "is_marketing_reachable": True, "member_tier": "VIP"},
    ),
)  # fmt: skip
TESTED = {name for name, *_ in (*FILES, *ROSTERS)}


@pytest.mark.parametrize(("source", "text", "expected"), FILES, ids=[name for name, *_ in FILES])
def test_an_export_is_recognised_and_read(tmp_path: Path, source: str, text: str, expected: dict[str, Any]) -> None:
    path = written(tmp_path, text)
    found = recognised(path)
    assert found.recipe is not None
    assert (found.recipe.id, found.missing, found.is_certain) == (source, (), True)
    read = checked(path, Settings(base_currency=found.recipe.currency or "CNY"))
    assert read.rejects.to_dicts() == []
    frame = read.frames[found.tables[0]].row(0, named=True)
    assert {name: frame[name] for name in expected} == expected


@pytest.mark.parametrize(("source", "text", "expected"), ROSTERS, ids=[name for name, *_ in ROSTERS])
def test_a_list_without_a_day_waits_for_one(tmp_path: Path, source: str, text: str, expected: dict[str, Any]) -> None:
    path = written(tmp_path, text)
    found = recognised(path)
    assert found.recipe is not None
    assert (found.recipe.id, found.missing) == (source, ("snapshot_date",))
    (recipe,) = (one for one in presets() if one.id == source)
    dated = from_yaml(to_yaml(recipe).replace("parts:", "period: [2026-10-31, 2026-10-31]\nparts:", 1))
    assert use(only(path), dated).missing == ()
    read = checked(path, recipe=dated)
    assert read.rejects.to_dicts() == []
    frame = read.frames[found.tables[0]].row(0, named=True)
    assert {name: frame[name] for name in expected} == expected
    assert frame["snapshot_date"] == DAY


def test_incidents_among_jira_issues_go_to_their_own_table(tmp_path: Path) -> None:
    text = next(text for name, text, _ in FILES if name == "jira_issues")
    read = checked(written(tmp_path, text))
    assert read.frames["fact_work_item"]["item_key"].to_list() == ["WEB-1"]
    assert read.frames["fact_incident"].select("incident_id", "severity").rows() == [("WEB-2", "sev2")]


def test_costs_and_bank_accounts_are_positive_when_they_grow(tmp_path: Path) -> None:
    """Costs arise on the debit side, and accounts below a four-digit one are parts of it."""
    xero, kingdee = (next(text for name, text, _ in FILES if name == one) for one in
                     ("xero_trial_balance", "kingdee_account_balances"))  # fmt: skip
    ledger = checked(written(tmp_path, xero)).frames["fact_gl_balance"]
    assert ledger.select("account_class", "amount", "closing_balance").row(1) == ("opex_other", 40, 300)
    read = checked(written(tmp_path, kingdee))
    assert (read.rows_read, read.skipped) == (3, 1)
    assert read.frames["fact_gl_balance"].select("account_class", "amount", "closing_balance").row(1) == (
        "cash",
        20,
        70,
    )


def test_invoices_that_do_not_say_whose_they_are_wait_for_a_person(tmp_path: Path) -> None:
    text = "ContactName,InvoiceNumber,InvoiceDate,DueDate,Total\nNorth,INV-1,2026-10-01,2026-10-31,120.5\n"
    assert recognised(written(tmp_path, text)).missing == ("invoice_type",)


def test_every_preset_of_these_tables_has_its_small_export() -> None:
    earlier = {
        "carrier_deliveries",
        "wangdiantong_shipments",
        "ga4_traffic_acquisition",
        "google_ads_campaigns",
        "shengyi_canmou_daily",
        "quickbooks_general_ledger",
    }
    known = {recipe.id for recipe in presets() if not recipe.id.startswith(("taobao", "tmall", "jd_orders", "uci"))}
    assert known - earlier - {"shopify_orders", "shopify_products"} - test_sources_of_samples.TESTED == TESTED
