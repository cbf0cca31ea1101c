"""Our own templates: an empty file of a table with the expected headers and one example row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import dataframely as dy
import polars as pl

from data.contracts import TABLES, Table
from data.errors import DataError, Text
from data.ingest.recipe import TEMPLATE, Recipe

EXAMPLES = {
    "order_id": "A-1001",
    "line_no": "1",
    "sku": "SKU-001",
    "product_id": "P-100",
    "product_name": "Cotton shirt, white, M",
    "return_id": "R-2001",
    "shipment_id": "SF1234567890",
    "feedback_id": "F-3001",
    "customer_id": "c-501",
    "store_name": "Main shop",
    "region": "上海",
    "device": "mobile",
    "currency": "CNY",
    "payment_method": "alipay",
    "campaign_id": "spring-sale",
    "platform": "google_ads",
    "source_medium": "google / cpc",
    "page_group": "product",
    "warehouse": "WH-East",
    "carrier": "SF Express",
    "cancel_reason": "",
    "kpi_id": "net_revenue",
    "scope_dimension": "",
    "scope_value": "",
    "period_grain": "month",
    "period_start": "2026-11-01",
    "score": "9",
    "rate": "7.1234",
    "supplier_id": "S-10",
    "delist_date": "",
    "campaign_name": "Spring sale",
    "member_tier": "gold",
    "ticket_id": "T-4001",
    "channel": "chat",
    "contact_reason_l1": "delivery",
    "contact_reason_l2": "late parcel",
    "priority": "normal",
    "customer_segment": "loyal",
    "team": "Team A",
    "measurement_id": "beacon-1",
    "service": "checkout",
    "slo_target": "0.999",
    "incident_id": "INC-12",
    "deployment_id": "deploy-81",
    "item_key": "WEB-204",
    "job_id": "daily-sales-report",
    "tool": "Figma",
    "tool_type": "collaboration",
    "source": "web-01",
    "metric": "request_latency_ms",
    "unit": "ms",
    "partner_id": "P-7",
    "partner_name": "North Logistics",
    "contract_id": "C-2026-14",
    "po_id": "PO-3001",
    "category": "Shirts",
    "player": "Our brand",
    "account_code": "6001",
    "account_name": "Sales of goods",
    "invoice_id": "INV-9001",
    "counterparty": "North Logistics",
    "account_id": "main-cny",
    "item_id": "VAT-2026-10",
    "employee_id": "E-0042",
    "manager_id": "E-0007",
    "job_family": "Customer care",
    "job_level": "P4",
    "employment_type": "full_time",
    "exit_date": "",
    "exit_type": "",
    "hire_date": "2024-03-01",
    "performance_rating": "4",
    "csat_score": "5",
    "fte": "1",
    "requisition_id": "REQ-31",
    "record_id": "LMS-501",
    "score_pre": "60",
    "score_post": "85",
    "status": "in_progress",
}
BY_TYPE: dict[type[dy.Column], str] = {
    dy.Int64: "1",
    dy.Decimal: "99.00",
    dy.Date: "2026-11-03",
    dy.Datetime: "2026-11-03 10:00:00",
    dy.Bool: "true",
}


class NoTemplate(DataError):
    """A table that there is not, or that is never imported."""

    text = Text(
        "There is no template for '{table}'. Tables that can be filled from a file: {known}.",
        "没有“{table}”的模板。可以从文件加载的数据表：{known}。",
        "沒有「{table}」的範本。可以從檔案載入的資料表：{known}。",
    )


def template(table: str) -> str:
    """A CSV text of two lines: the headers a file for `table` should have, and a plausible row.

    Raises:
        NoTemplate: no such table, or one that is generated.
    """
    contract = TABLES.get(table)
    if contract is None or contract.generated:
        known = ", ".join(sorted(name for name, one in TABLES.items() if not one.generated))
        raise NoTemplate(table=table, known=known)
    example = example_row(table)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(example.keys())
    writer.writerow(example.values())
    return out.getvalue()


def example_row(table: str) -> dict[str, str]:
    """The example row of a table's template, by column; what it leaves empty is ''."""
    contract = TABLES[table]
    return {name: _example(contract, name) for name in contract.columns if not _is_only_made(contract, name)}


def holds_example(recipe: Recipe, rows: Iterable[Sequence[str | None]], headers: Sequence[str]) -> bool:
    """Whether one of these rows of a file is the example row of our template."""
    example = _example_of(recipe, headers)
    return bool(example) and any(
        all((cell or "").strip() == example.get(name, "") for name, cell in zip(headers, row, strict=False))
        for row in rows
    )


def is_example(frame: pl.DataFrame, recipe: Recipe) -> pl.Series | None:
    """Where a row of a read frame is the example row of our template; None where the file is no template of ours.

    Only the row as it stands there counts, every cell of it: somebody's own order may well be called A-1001.
    """
    example = _example_of(recipe, frame.columns)
    if not example:
        return None
    same = [pl.col(name).fill_null("").str.strip_chars() == value for name, value in example.items()]
    return frame.select(pl.all_horizontal(same)).to_series()


def _example_of(recipe: Recipe, headers: Sequence[str]) -> dict[str, str]:
    """The example row, where a file has all columns of the template that it belongs to; else nothing."""
    if not recipe.id.startswith(TEMPLATE):
        return {}
    example = example_row(recipe.parts[0].table)
    return example if example.keys() <= set(headers) else {}


def _is_only_made(contract: Table, name: str) -> bool:
    """Made of other columns and nothing else: a person has nothing to write there."""
    is_day_or_flag = isinstance(contract.columns[name], dy.Date | dy.Bool)
    return contract.is_made(name) and (is_day_or_flag or name == "cut")


def _example(contract: Table, name: str) -> str:
    values = [value for value in contract.values(name) if value]
    if name in EXAMPLES and (not values or EXAMPLES[name] in ("", *values)):
        return EXAMPLES[name]
    if values:
        return values[0]
    return BY_TYPE.get(type(contract.columns[name]), "")
