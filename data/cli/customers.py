"""`python -m data customers`: what orders alone tell of customers at month ends, loaded like any file."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import polars as pl
import typer

from data.cli.console import console, installation, now, print_json, said_plainly, user
from data.cli.lake import Demo, Json
from data.derive_customers import TABLE, customer_months
from data.errors import DataError, Text
from data.ingest.batch import Origin
from data.ingest.load import load_frames
from data.warehouse import Warehouse

SOURCE = "orders"
_ASKED = """
    select count(*) filter (is_paid), count(*) filter (is_paid and customer_id is not null and paid_date is not null)
    from lake.main.fact_order
"""


class NoOrders(DataError):
    """There are no orders to count customers from."""

    text = Text(
        "No orders are loaded, so nothing is known of customers. Load a file of orders first.",
        "还没有载入订单，因此无法得知客户情况。请先载入订单文件。",
        "還沒有載入訂單，因此無法得知顧客情況。請先載入訂單檔案。",
    )


class NobodyKnown(DataError):
    """Orders are there, but no paid one says who bought."""

    text = Text(
        "None of the {paid} paid orders says who bought: their file brings no customer (`customer_id`). Nothing was "
        "changed; load a file of orders with the buyer's number or account.",
        "{paid} 个已支付订单都没有说明买家：文件中没有客户（`customer_id`）。没有改动任何数据；"
        "请载入含买家编号或账号的订单文件。",
        "{paid} 筆已付款訂單都沒有說明買家：檔案中沒有顧客（`customer_id`）。沒有變更任何資料；"
        "請載入含買家編號或帳號的訂單檔案。",
    )


class NoMonthEnd(DataError):
    """No month ended within the days that orders cover."""

    text = Text(
        "Orders cover {first} to {last}, and no month ends in these days after the first paid order. Nothing was "
        "changed; run this again when a whole month is loaded.",
        "订单覆盖 {first} 至 {last}，首个已支付订单之后这些日期内没有月末。没有改动任何数据；请在载入整月后再运行。",
        "訂單涵蓋 {first} 至 {last}，首筆已付款訂單之後這些日期內沒有月底。沒有變更任何資料；請在載入整月後再執行。",
    )


def customers_command(
    months: Annotated[int, typer.Option(min=1, max=60, help="How many month ends, the newest first.")] = 13,
    is_json: Json = False,
    is_demo: Demo = False,
) -> None:
    """Work out customers at month ends (activity, value, RFM) from the orders; for companies without a CRM export."""
    with said_plainly():
        lake = installation().lake(is_demo=is_demo)
        first, last = _days(lake, months)
        frame = customer_months(lake.connection.cursor(), first, last)
        if frame.is_empty():
            raise _why_nobody(lake, first, last)
        origin = Origin(f"customers {first} to {last}", SOURCE, "", user(), now(), days=(first, last))
        done = load_frames(lake, origin, [(TABLE, frame)])
    counts = done.tables[TABLE]
    if is_json:
        print_json({"batch": done.batch, "first": first, "last": last, "rows": frame.height})
    else:
        console.print(
            f"Customers at the month ends from {first} to {last}: {counts.loaded:,} new rows, {counts.changed:,} "
            f"changed, {counts.unchanged:,} as they were. Run this again after loading orders; `undo` takes it back."
        )


def _days(lake: Warehouse, months: int) -> tuple[date, date]:
    """The first day of the first month and the last day that orders cover."""
    known = pl.DataFrame(lake.engine().coverage()).filter(pl.col("table_name") == "fact_order")
    if known.is_empty():
        raise NoOrders
    first: date = known.select(pl.col("first_day").min()).item()
    last: date = known.select(pl.col("last_day").max()).item()
    count = last.year * 12 + last.month - months
    return max(first, date(count // 12, count % 12 + 1, 1)), last


def _why_nobody(lake: Warehouse, first: date, last: date) -> DataError:
    """Why no customer was found at a month end."""
    paid, whose = lake.connection.cursor().execute(_ASKED).fetchone() or (0, 0)
    return NoMonthEnd(first=first, last=last) if whose else NobodyKnown(paid=f"{paid:,}")
