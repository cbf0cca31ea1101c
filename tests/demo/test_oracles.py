"""Every KPI agrees with its hand-written oracle on the demo company: in total, by month, by each dimension."""

from __future__ import annotations

from datetime import date

import pytest

from data.contracts import TABLES
from data.warehouse import Warehouse
from metrics.ask import Query, ask
from metrics.load import load_catalogue
from metrics.periods import Period
from metrics.policy import EVERYONE
from tests.demo.conftest import LAST_DAY
from tests.metrics.oracle import differences

CATALOGUE = load_catalogue()
# A product's own number is a dimension with 283 values; the other product dimensions stand for it here.
TOO_MANY_VALUES = frozenset({"sku"})


def known_dimensions(demo: Warehouse, kpi: str) -> set[str]:
    """The dimensions that the demo company's reports split by; the others are no data, as other tests show."""
    rows = demo.engine().coverage().to_pylist()
    known = {name for row in rows if row["table_name"] in CATALOGUE.kpi(kpi).tables for name in row["columns"]}
    return (known | {f"product.{name}" for name in TABLES["dim_product"].columns}) - TOO_MANY_VALUES


@pytest.mark.slow
@pytest.mark.parametrize("kpi", sorted(CATALOGUE.kpis))
def test_a_kpi_agrees_with_its_oracle(demo: Warehouse, kpi: str) -> None:
    period = Period(date(2026, 10, 12), date(2026, 11, 8))
    dimensions = tuple(name for name in CATALOGUE.kpi(kpi).dimensions if name in known_dimensions(demo, kpi))
    assert differences(demo.engine(), kpi, period, LAST_DAY, CATALOGUE, dimensions, most_values=1) == []


def test_every_kpi_has_a_value_on_the_demo_company(demo: Warehouse) -> None:
    found = ask(demo.engine(), Query(tuple(CATALOGUE.kpis), Period(date(2026, 9, 1), LAST_DAY)), EVERYONE, CATALOGUE)
    assert [name for name in CATALOGUE.kpis if found.rows[name][0] is None] == []
    assert {one.state for one in found.availability.values()} == {"ok"}
