"""The charts of technology and customer service: each draws any company's rows, or says why it cannot."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from metrics.model import Language
from metrics.query import Filter
from pages.kit.charts.palette import LIGHT
from pages.kit.drawings import CHARTS
from pages.kit.focus import Focus
from pages.kit.text import texts
from tests.metrics.company import company
from tests.metrics.engine_for_tests import TinyEngine
from tests.pages.drawings.looking import CATALOGUE, looking_at

DEPARTMENTS = ("technology", "customer_service")
NAMES = [(department, chart.id) for department in DEPARTMENTS for chart in CATALOGUE.page(department).charts]
PERIOD = ("2025-02-01", "2025-03-31")


@pytest.fixture(scope="module")
def tables() -> TinyEngine:
    found = company()
    # The small shop leaves these to the tests of their views.
    for row in found["fact_ticket"]:
        row.setdefault("root_cause_department", "operations")
    for row in found["fact_work_item"]:
        row.setdefault("created_date", "2025-01-15")
    for row in found["fact_deployment"]:
        row.setdefault("is_rework", False)
    return TinyEngine(found)


def seen(focus: Focus, chart_id: str, choice: str | None = None) -> Any:
    chart = CHARTS[chart_id]
    settled = focus.settled(chart.facts)
    return chart.view(settled, chart.frame(settled), choice)


@pytest.mark.parametrize(("department", "chart_id"), NAMES)
def test_a_chart_draws_the_rows_of_a_company_in_every_language(department, chart_id, tables) -> None:
    focus, chart = looking_at(department, tables, *PERIOD), CHARTS[chart_id]
    view = seen(focus, chart_id)
    assert view.reason is None
    for language in get_args(Language):
        if hasattr(chart.module, "html"):
            assert "<table" in chart.module.html(view, language)
        else:
            assert chart.figure(view, LIGHT, language)["data"]
        assert chart.alt(view, language)


@pytest.mark.parametrize(("department", "chart_id"), NAMES)
def test_a_chart_without_rows_says_why_there_is_none(department, chart_id) -> None:
    view = seen(looking_at(department, {}, *PERIOD), chart_id)
    assert view.reason in texts()
    assert CHARTS[chart_id].figure(view, LIGHT, "en") is None


@pytest.mark.parametrize(("department", "chart_id"), NAMES)
def test_each_choice_of_a_chart_is_a_drawing_of_its_own(department, chart_id, tables) -> None:
    focus, chart = looking_at(department, tables, *PERIOD), CHARTS[chart_id]
    if chart.choices is None:
        return
    choices = chart.choices(chart.frame(focus))
    assert len(choices) > 1
    assert len({repr(seen(focus, chart_id, choice)) for choice in (None, *choices)}) == len(choices) + 1


@pytest.mark.parametrize(
    ("department", "only"),
    [
        ("technology", ("service", "checkout")),
        ("technology", ("platform", "web")),
        ("technology", ("severity", "sev1")),
        ("technology", ("device", "mobile")),
        ("customer_service", ("channel", "chat")),
        ("customer_service", ("sales_channel", "tmall")),
        ("customer_service", ("team", "east")),
        ("customer_service", ("contact_reason_l1", "delivery")),
    ],
)
def test_every_filter_of_the_page_is_obeyed_or_no_chart_is_asked(department, only, tables) -> None:
    dimension, value = only
    focus = looking_at(department, tables, *PERIOD, filters=(Filter(dimension, (value,)),))
    reader = focus.visit.reader
    for chart in focus.page.charts:
        # The panel itself says so where no table of a chart carries the filter.
        if any(reader.has_column(table, dimension) for table in CHARTS[chart.id].facts):
            seen(focus, chart.id)


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_every_panel_has_its_sentence_and_the_page_its_own(department) -> None:
    keys = {f"panel.{chart.id}" for chart in CATALOGUE.page(department).charts}
    assert {*keys, f"department.{department}"} - set(texts()) == set()
