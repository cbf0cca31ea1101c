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


class NoOrders(DataError):
    """There are no orders to count customers from."""

    text = Text(
        "No orders are loaded, so nothing is known of customers. Load a file of orders first.",
        "还没有载入订单，因此无法得知客户情况。请先载入订单文件。",
        "還沒有載入訂單，因此無法得知顧客情況。請先載入訂單檔案。",
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
        origin = Origin(f"customers {first} to {last}", SOURCE, "", user(), now(), days=(first, last))
        done = load_frames(lake, origin, [(TABLE, frame)])
    counts = done.tables.get(TABLE)
    if is_json:
        print_json({"batch": done.batch, "first": first, "last": last, "rows": frame.height})
    elif counts is None:
        console.print("No month has ended yet within the days that orders cover; nothing was changed.")
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
