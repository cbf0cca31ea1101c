"""The demo company's rows put into a lake: one batch of everything, and one of reports that are split another way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from data.demo.by_region import Recent
from data.demo.generate import generate
from data.ingest.batch import Loaded, Origin
from data.ingest.load import load_frames
from data.warehouse import Warehouse


def fill(lake: Warehouse, origin: Origin, orders: int, last_day: date, seed: int) -> tuple[Loaded, Loaded]:
    """Make the company of `generate` in a lake, both batches from one origin.

    The second batch brings visits and campaign days of the newest months once more, by region: as at real companies,
    two reports of one tool say the same sums and split them in different ways.
    """
    recent = Recent(last_day)
    whole = load_frames(lake, origin, recent.passing(generate(orders, last_day, seed)))
    again = replace(origin, file=f"{origin.file}: visits and campaigns by region")
    return whole, load_frames(lake, again, recent.by_region(seed))
