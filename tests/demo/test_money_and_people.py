"""Customer service, finance and human resources answer on the demo company, for the days that pages ask about."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from data.demo import stories
from data.warehouse import Warehouse
from metrics.ask import Query, ask
from metrics.load import load_catalogue
from metrics.periods import Period
from metrics.policy import EVERYONE
from metrics.settled import settled_period
from tests.demo.conftest import LAST_DAY

CATALOGUE = load_catalogue()
OURS = sorted(
    kpi.id for kpi in CATALOGUE.kpis.values() if kpi.duty.split(".")[0] in ("customer_service", "finance", "hr")
)
LAST_28_DAYS = Period(LAST_DAY - timedelta(days=27), LAST_DAY)
LAST_MONTH = Period(date(2026, 10, 1), date(2026, 10, 31))


def value(demo: Warehouse, kpi: str, period: Period) -> float | None:
    engine = demo.engine()
    settled = settled_period(engine, CATALOGUE.kpi(kpi).tables, period)
    found = ask(engine, Query((kpi,), settled), EVERYONE, CATALOGUE).rows[kpi][0]
    assert found is None or isinstance(found, float)
    return found


@pytest.mark.parametrize("period", [LAST_28_DAYS, LAST_MONTH], ids=["last 28 days", "last month"])
def test_every_kpi_has_a_value(demo: Warehouse, period: Period) -> None:
    assert [kpi for kpi in OURS if value(demo, kpi, period) is None] == []


def test_the_stories_move_the_kpis_that_tell_them(demo: Warehouse) -> None:
    slow = Period(*stories.SLOW_ANSWERS.dates(LAST_DAY))
    before = Period(slow.first - timedelta(days=35), slow.first - timedelta(days=1))

    def change(kpi: str) -> float:
        now, then = value(demo, kpi, slow), value(demo, kpi, before)
        assert now is not None
        assert then is not None
        return now / then

    assert change("first_response_time_p50") > 1.6
    assert change("first_response_sla_rate") < 0.9
    turnover = value(demo, "voluntary_turnover_rate", LAST_MONTH)
    year = value(demo, "voluntary_turnover_rate", Period(date(2025, 1, 1), date(2025, 12, 31)))
    assert turnover is not None
    assert year is not None
    assert turnover > 1.5 * year
    variance = value(demo, "opex_budget_variance", LAST_MONTH)
    assert variance is not None
    assert variance > 5
