"""Monthly files answer for whole months, the last closed one where the reader's days hold none."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.periods import Period
from metrics.settled import settled_period
from tests.metrics.engine_for_tests import TinyEngine, cover

LEDGER = ("fact_gl_balance",)


def engine(last: str = "2026-10-31") -> TinyEngine:
    ledger = cover("fact_gl_balance", "2025-01-01", last, ["amount"])
    return TinyEngine({}, coverage=[ledger, cover("fact_order", "2025-01-01", "2026-11-21", ["is_paid"])])


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (("2026-10-25", "2026-11-21"), ("2026-10-01", "2026-10-31")),
        (("2026-11-15", "2026-11-21"), ("2026-10-01", "2026-10-31")),
        (("2026-08-24", "2026-11-21"), ("2026-09-01", "2026-10-31")),
        (("2026-09-01", "2026-09-30"), ("2026-09-01", "2026-09-30")),
        (("2026-01-01", "2026-11-21"), ("2026-01-01", "2026-10-31")),
        (("2026-06-10", "2026-06-20"), ("2026-05-01", "2026-05-31")),
    ],
)
def test_days_become_the_whole_months_they_hold(asked: tuple[str, str], answered: tuple[str, str]) -> None:
    assert settled_period(engine(), LEDGER, span(*asked)) == span(*answered)


def test_a_month_that_is_not_loaded_yet_is_not_answered_for() -> None:
    assert settled_period(engine("2026-09-30"), LEDGER, span("2026-10-25", "2026-11-21")) == span(
        "2026-09-01", "2026-09-30"
    )


def test_a_month_counts_whichever_of_its_days_its_rows_are_dated_with() -> None:
    asked = span("2026-10-25", "2026-11-21")
    assert settled_period(engine("2026-10-01"), LEDGER, asked) == span("2026-10-01", "2026-10-31")


def test_daily_tables_answer_for_the_days_asked() -> None:
    asked = span("2026-10-25", "2026-11-21")
    assert settled_period(engine(), ("fact_order",), asked) == asked


def test_a_number_of_daily_and_monthly_tables_is_monthly() -> None:
    asked = span("2026-10-25", "2026-11-21")
    assert settled_period(engine(), ("fact_order", *LEDGER), asked) == span("2026-10-01", "2026-10-31")


def test_without_any_file_the_days_stay_as_they_are() -> None:
    asked = span("2026-10-25", "2026-11-21")
    assert settled_period(TinyEngine({}, coverage=[]), LEDGER, asked) == asked


def span(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))
