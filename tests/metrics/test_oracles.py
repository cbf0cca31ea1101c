"""Every KPI of the catalogue agrees with SQL written by hand."""

from __future__ import annotations

import pytest

from metrics.load import Catalogue, load_catalogue
from tests.metrics.asking import asked, value
from tests.metrics.company import company
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.oracle import ORACLES, differences
from tests.metrics.shop import LAST, PERIOD

KPIS = sorted(load_catalogue().kpis)


@pytest.fixture(scope="module")
def engine() -> TinyEngine:
    return TinyEngine(company())


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def test_every_kpi_has_an_oracle_and_every_oracle_a_kpi() -> None:
    assert sorted(path.stem for path in ORACLES.glob("*.sql")) == KPIS


@pytest.mark.parametrize("kpi", KPIS)
def test_a_kpi_agrees_with_its_oracle_in_total_by_month_and_by_each_dimension(
    kpi: str, engine: TinyEngine, catalogue: Catalogue
) -> None:
    assert differences(engine, kpi, PERIOD, LAST, catalogue) == []


def test_kpis_asked_together_answer_as_each_does_alone(engine: TinyEngine) -> None:
    """`sessions` is a column, a KPI and a part of others: none of them may be taken for another."""
    period = {"first": "2025-01-01", "last": "2025-03-31"}
    together = asked(engine, *KPIS, **period).rows
    assert together.row(0, named=True) == {kpi: pytest.approx(value(engine, kpi, **period)) for kpi in KPIS}
