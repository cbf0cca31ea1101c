"""A demo company of any size in a home of its own."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from pathlib import Path

from data.demo import generate
from data.demo.stories import HISTORY_DAYS
from data.home import Home
from data.ingest.batch import Origin
from data.ingest.load import load_frames
from data.warehouse import Warehouse


def demo_home(root: Path, orders: int, last_day: date) -> tuple[Home, Warehouse, float]:
    """The home, its open demo lake, and the seconds it took."""
    home = Home(root)
    started = time.perf_counter()
    lake = Warehouse.open(home.demo)
    days = (last_day - timedelta(days=HISTORY_DAYS - 1), last_day)
    origin = Origin("demo company", "demo", "", "bench", datetime(2026, 11, 22), days=days)
    load_frames(lake, origin, generate(orders, last_day))
    return home, lake, time.perf_counter() - started
