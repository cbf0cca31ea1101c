"""The small shop as a whole company: the rows of every table that any department fills."""

from __future__ import annotations

from tests.metrics.shop import PERIOD, Rows, shop
from tests.metrics.shop_finance import books
from tests.metrics.shop_hr import people
from tests.metrics.shop_marketing import market
from tests.metrics.shop_product import assortment
from tests.metrics.shop_service import service_desk
from tests.metrics.shop_technology import engineering


def company() -> dict[str, Rows]:
    """The rows by table; what several departments write into one table stands there together."""
    tables: dict[str, Rows] = {}
    parts = (market, assortment, engineering, service_desk, books, people)
    for part in (shop(), *(of(PERIOD) for of in parts)):
        for table, rows in part.items():
            tables.setdefault(table, []).extend(rows)
    return tables
