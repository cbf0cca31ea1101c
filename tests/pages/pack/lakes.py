"""Tiny lakes for tests of packs: orders of a few weeks, and a catalogue whose cards read nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from data.settings import Settings
from data.state import State
from data.state_packs import PackStore
from data.warehouse import Warehouse
from metrics.load import Catalogue, load_catalogue
from metrics.model import Leadership, Page
from pages.pack.desk import Desk
from tests.data.lakes import order, put, put_together

WEEK = "2026-W46"
MONDAY = date(2026, 11, 9)
CARDS = ("gmv", "paid_orders", "average_order_value")


def small_catalogue() -> Catalogue:
    """The house's catalogue with three cards, all of orders: a pack of it takes a moment."""
    whole = load_catalogue()
    pages = {name: Page(name, CARDS if name == "operations" else (), (), ()) for name in whole.pages}
    return replace(whole, leadership=Leadership(CARDS[:2], ()), pages=pages)


def sale(number: str, day: date = MONDAY, amount: float = 100, channel: str = "tmall", **more: Any) -> dict[str, Any]:
    """One paid order, shipped by nobody."""
    return order(number, day, amount, net_amount=amount, sales_channel=channel, **more)


def weeks_of_orders(warehouse: Warehouse, weeks: int = 3) -> None:
    """An order of 100 on each day of the weeks up to 2026-W46, and one of 50 at jd on its Sunday; a target of 1,000."""
    first = MONDAY - timedelta(7 * (weeks - 1))
    days = [first + timedelta(at) for at in range(7 * weeks)]
    orders = [*(sale(f"o{at}", day) for at, day in enumerate(days)), sale("jd", days[-1], 50, "jd")]
    put_together(warehouse, {"fact_order": orders, "kpi_target": [target(1000)]})


def target(value: float, kpi: str = "gmv") -> dict[str, Any]:
    """The target of a KPI for the week."""
    return {
        "kpi_id": kpi,
        "scope_dimension": "",
        "scope_value": "",
        "period_grain": "week",
        "period_start": MONDAY,
        "target_value": value,
    }


def late_orders(warehouse: Warehouse, rows: Iterable[dict[str, Any]], file: str = "late.csv") -> int:
    """Load orders that come afterwards. Returns their batch."""
    return put(warehouse, "fact_order", list(rows), file=file, is_older_fine=True).batch


def desk_of(warehouse: Warehouse, folder: Path, catalogue: Catalogue | None = None) -> Desk:
    """A desk over the lake, with a state database in a folder."""
    store = PackStore(State.open(f"sqlite:///{folder / 'state.sqlite'}"), "company")
    return Desk(warehouse, store, catalogue or small_catalogue(), Settings())


def with_kpi(catalogue: Catalogue, **changed: Any) -> Catalogue:
    """The catalogue with GMV defined otherwise."""
    kpi = catalogue.kpi("gmv")
    return replace(catalogue, kpis={**catalogue.kpis, "gmv": replace(kpi, **changed)})
