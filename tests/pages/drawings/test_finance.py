"""The charts of Finance: the view models of tiny cases, and every chart over any company's rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args

import pytest

from data.settings import Settings
from metrics.model import Language
from metrics.query import Filter
from pages.kit.address import FILTERS
from pages.kit.charts.palette import LIGHT
from pages.kit.charts.words import Coded, Said
from pages.kit.drawings import CHARTS
from pages.kit.engine import Store
from pages.kit.focus import Focus
from pages.kit.text import texts
from tests.metrics.company import company
from tests.metrics.engine_for_tests import TinyEngine
from tests.pages.drawings.looking import CATALOGUE, looking_at

IDS = [chart.id for chart in CATALOGUE.page("finance").charts]
QUARTER, MARCH = ("2025-01-01", "2025-03-31"), ("2025-03-01", "2025-03-31")


@pytest.fixture(scope="module")
def tables() -> TinyEngine:
    return TinyEngine(company())


def looking(rows: Any, days: tuple[str, str] = QUARTER, **address: Any) -> Focus:
    focus = looking_at("finance", rows, *days, **address)
    store = Store("company", "", focus.visit.reader, ("company",), Settings())  # type: ignore[arg-type]
    return replace(focus, visit=replace(focus.visit, store=store))


def seen(focus: Focus, chart_id: str) -> Any:
    chart = CHARTS[chart_id]
    settled = focus.settled(chart.facts)
    return chart.view(settled, chart.frame(settled), None)


@pytest.mark.parametrize("chart_id", IDS)
def test_a_chart_draws_the_rows_of_a_company_in_every_language(chart_id: str, tables: Any) -> None:
    view, chart = seen(looking(tables), chart_id), CHARTS[chart_id]
    assert view.reason is None
    for language in get_args(Language):
        figure = chart.figure(view, LIGHT, language)
        assert figure is not None
        assert figure["data"]
        assert chart.alt(view, language)


@pytest.mark.parametrize("chart_id", IDS)
def test_a_chart_without_rows_says_why_there_is_none(chart_id: str) -> None:
    view = seen(looking({}), chart_id)
    assert view.reason in texts()
    assert CHARTS[chart_id].figure(view, LIGHT, "en") is None


@pytest.mark.parametrize("dimension", FILTERS["finance"])
def test_every_filter_of_the_page_is_obeyed_or_no_chart_is_asked(dimension: str, tables: Any) -> None:
    focus = looking(tables, filters=(Filter(dimension, ("operations",)),))
    for chart_id in IDS:
        if any(focus.visit.reader.has_column(table, dimension) for table in CHARTS[chart_id].facts):
            seen(focus, chart_id)


def test_every_panel_has_its_sentence_and_the_page_its_own() -> None:
    assert {*(f"panel.{name}" for name in IDS), "department.finance"} - set(texts()) == set()


def ledger(account_class: str, amount: float | None, budget: float | None, month: str = "2025-03-31") -> dict[str, Any]:
    keys = {"period_end": month, "account_code": account_class, "account_class": account_class, "department": "hr"}
    return keys | {"amount": amount, "budget_amount": budget}


def test_the_budget_bridge_begins_and_ends_with_ebitda_and_colours_what_it_did() -> None:
    books = [ledger("revenue", 1000, 900), ledger("cogs", 450, 400), ledger("opex_other", 50, 50)]
    view = seen(looking({"fact_gl_balance": books}), "fin_variance_waterfall")
    assert [(step.amount, step.kind, step.is_good) for step in view.steps] == [
        (450, "total", None),
        (100, "change", True),
        (-50, "change", False),
        (0, "change", None),
        (500, "total", None),
    ]


def test_without_budgets_the_bridge_and_the_burn_say_so() -> None:
    focus = looking({"fact_gl_balance": [ledger("revenue", 1000, None), ledger("opex_other", 9, None)]})
    assert {seen(focus, name).reason for name in ("fin_variance_waterfall", "fin_burn")} == {"finance.no_budget"}


def test_the_gmv_bridge_names_missing_orders_in_its_rest() -> None:
    order = {"order_id": "a", "paid_date": "2025-03-05", "is_paid": True, "gmv_amount": 1200}
    view = seen(
        looking({"fact_gl_balance": [ledger("revenue", 1000, 900)], "fact_order": [order]}, MARCH), "fin_gmv_bridge"
    )
    assert [step.amount for step in view.steps] == [1200, None, None, None, None, -200, 1000]
    assert view.steps[5].name == Said("finance.rest_with_missing_orders")


def test_burn_stands_against_time_with_money_beside_it() -> None:
    books = [ledger("opex_other", 60, 50), ledger("opex_other", None, 50, "2025-04-30")]
    view = seen(looking({"fact_gl_balance": books}, MARCH), "fin_burn")
    assert view.categories == (Coded("department", "hr"),)
    assert [one.values for one in view.series] == [(60,), (50,), (50,)]
    assert [one.values for one in view.side] == [(60,)]


def test_revenue_to_come_is_drawn_dashed() -> None:
    books = [ledger("revenue", 10, 9), ledger("revenue", None, 12, "2025-05-31")]
    view = seen(looking({"fact_gl_balance": books}, MARCH), "fin_forecast")
    assert view.xs == (date(2025, 3, 1), date(2025, 4, 1), date(2025, 5, 1))
    assert view.forecast_from == date(2025, 4, 1)
    assert [one.role for one in view.panels[0].lines] == ["data", "plan"]


def test_payables_count_downwards_in_the_cash_cycle(tables: Any) -> None:
    view = seen(looking(tables), "fin_ccc")
    stock, receivables, payables = (one.values[-1] for one in view.series)
    assert payables < 0
    assert view.totals[-1] == pytest.approx(stock + receivables + payables)
    assert view.categories == (date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1))


def test_the_cash_curve_says_how_long_it_lasts_and_goes_on_from_the_last_known_day() -> None:
    day = {"account_id": "a", "account_type": "bank", "closing_balance": 200, "restricted_amount": 0}
    flows = {"outflow_external": 10, "inflow_external": 0}
    rows = [day | flows | {"date": date(2025, 3, 31) - timedelta(days=back)} for back in range(90)]
    view = seen(looking({"fact_bank_balance": rows}, MARCH), "fin_cash_curve")
    assert view.forecast_from == date(2025, 3, 31)
    assert view.panels[0].title.key == "finance.free_cash_lasts"
    assert len(view.panels) == 1


def bill(due: str, **more: Any) -> dict[str, Any]:
    return {"invoice_id": due, "invoice_type": "payable", "due_date": due, "amount": 70} | more


def test_overdue_bills_stand_beside_the_bands() -> None:
    view = seen(looking({"fact_invoice": [bill("2025-03-01"), bill("2025-04-01")]}, MARCH), "fin_ageing")
    assert [one.values for one in view.series] == [(70,), (70,), (0,), (0,), (0,)]
    assert view.side[0].values == (70,)


def test_where_all_bills_are_paid_the_chart_says_so() -> None:
    view = seen(looking({"fact_invoice": [bill("2025-03-01", paid_date="2025-03-01")]}, MARCH), "fin_ageing")
    assert view.reason == "finance.no_open_bills"


def test_a_cell_that_sold_nothing_is_no_margin_of_0(tables: Any) -> None:
    view = seen(looking(tables), "fin_margin_mix")
    assert len(view.values) == len(view.rows) == len(view.row_totals)
    assert {len(row) for row in view.values} == {len(view.columns)}


@pytest.mark.parametrize(
    ("closed", "due", "tone", "note"),
    [
        ("2025-03-10", "2025-03-10", "good", "finance.state_on_time"),
        ("2025-03-12", "2025-03-10", "warn", "finance.state_late"),
        (None, "2025-03-10", "bad", "finance.state_overdue"),
        (None, "2025-04-10", "plan", "finance.state_open"),
    ],
)
def test_the_calendar_says_in_words_what_its_colour_means(closed: Any, due: str, tone: str, note: str) -> None:
    item = {"item_id": "a", "domain": "tax", "item_type": "filing", "due_date": due, "closed_date": closed}
    other = {"item_id": "b", "domain": "tax", "item_type": "filing", "due_date": due, "closed_date": due}
    view = seen(looking({"fact_compliance_item": [item, other]}, MARCH), "fin_calendar")
    found = next(span for span in view.spans if ("id", "a") in span.name.values)
    assert (found.tone, found.note.key) == (tone, note)
    assert found.first <= found.last


def test_of_many_items_the_overdue_and_the_nearest_are_drawn_and_the_others_counted() -> None:
    """March 2025 ends on the 31st: of 13 items the overdue one of January and the nine nearest days stay."""
    shared = {"domain": "tax", "item_type": "filing"}
    days = [f"2025-04-{day:02d}" for day in range(1, 13)]
    items = [{"item_id": "old", "due_date": "2025-01-10", "closed_date": None, **shared}]
    items += [{"item_id": due, "due_date": due, "closed_date": None, **shared} for due in days]
    view = seen(looking({"fact_compliance_item": items}, MARCH), "fin_calendar")
    assert [dict(span.name.values)["id"] for span in view.spans] == ["old", *days[:9]]
    assert view.more == 3


def test_a_months_close_is_one_row_as_long_as_its_longest_job() -> None:
    """28 February 2025 is a Friday: eight working days later is Wednesday 12 March."""
    month = {"scheduled_date": "2025-02-28", "job_type": "month_end_close"}
    jobs = [{"job_id": "ledger", "lag_days": 3, **month}, {"job_id": "stock", "lag_days": 8, **month}]
    (span,) = seen(looking({"fact_scheduled_job": jobs}, MARCH), "fin_calendar").spans
    assert (span.last, span.note.values[0][1].value) == (date(2025, 3, 12), 8)
