"""The charts of Human resources: the view models of tiny cases, and every chart over any company's rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, get_args

import pytest

from metrics.model import Language
from metrics.query import Filter
from pages.kit.address import FILTERS
from pages.kit.charts.palette import LIGHT
from pages.kit.charts.words import Coded, Said
from pages.kit.drawings import CHARTS
from pages.kit.focus import Focus
from pages.kit.text import texts
from tests.metrics.company import company
from tests.metrics.engine_for_tests import TinyEngine
from tests.pages.drawings.looking import CATALOGUE, looking_at

IDS = [chart.id for chart in CATALOGUE.page("hr").charts]
MARCH = ("2025-03-01", "2025-03-31")
STAFF = "fact_employee_snapshot"


@pytest.fixture(scope="module")
def tables() -> TinyEngine:
    found = company()
    # The small shop leaves these to the tests of their views.
    for number, row in enumerate(found[STAFF]):
        row |= {"is_hire": number % 9 == 0, "tenure_months": 30, "performance_rating": number % 5 + 1}
        row |= {"overtime_hours": number % 7, "manager_id": f"e{number % 6}"}
    for row in found["fact_requisition"]:
        row |= {"applicants": 40, "interviewed": 9}
    for row in found["fact_training_record"]:
        row |= {"score_pre": 60, "score_post": 71}
    return TinyEngine(found)


def looking(rows: Any, **address: Any) -> Focus:
    return looking_at("hr", rows, *MARCH, **address)


def seen(focus: Focus, chart_id: str, choice: str | None = None) -> Any:
    chart = CHARTS[chart_id]
    settled = focus.settled(chart.facts)
    return chart.view(settled, chart.frame(settled), choice)


@pytest.mark.parametrize("chart_id", IDS)
def test_a_chart_draws_the_rows_of_a_company_in_every_language(chart_id: str, tables: Any) -> None:
    view, chart = seen(looking(tables), chart_id), CHARTS[chart_id]
    assert view.reason is None
    for language in get_args(Language):
        if hasattr(chart.module, "html"):
            assert "<table" in chart.module.html(view, language)
        else:
            assert chart.figure(view, LIGHT, language)["data"]  # type: ignore[index]
        assert chart.alt(view, language)


@pytest.mark.parametrize("chart_id", IDS)
def test_a_chart_without_rows_says_why_there_is_none(chart_id: str) -> None:
    view = seen(looking({}), chart_id)
    assert view.reason in texts()
    assert CHARTS[chart_id].figure(view, LIGHT, "en") is None


@pytest.mark.parametrize("dimension", FILTERS["hr"])
def test_every_filter_of_the_page_is_obeyed_or_no_chart_is_asked(dimension: str, tables: Any) -> None:
    focus = looking(tables, filters=(Filter(dimension, ("operations", "sales", "full_time", "P5")),))
    for chart_id in IDS:
        if any(focus.visit.reader.has_column(table, dimension) for table in CHARTS[chart_id].facts):
            seen(focus, chart_id)


def test_every_panel_has_its_sentence_and_the_page_its_own() -> None:
    assert {*(f"panel.{name}" for name in IDS), "department.hr"} - set(texts()) == set()


def person(name: str, day: str = "2025-03-31", **more: Any) -> dict[str, Any]:
    flags = {"is_active": True, "is_hire": False, "is_exit": False}
    return {"employee_id": name, "snapshot_date": day, "department": "hr"} | flags | more


def team(count: int, **more: Any) -> Sequence[dict[str, Any]]:
    return [person(f"{more.get('department', '')}{number}", **more) for number in range(count)]


def test_the_headcount_bridge_leaves_out_moves_and_rest_of_0() -> None:
    rows = [person("a", "2025-02-28"), person("a"), person("b", is_hire=True)]
    view = seen(looking({STAFF: rows}), "hr_bridge")
    assert [(step.amount, step.kind) for step in view.steps] == [
        (1, "total"),
        (1, "change"),
        (0, "change"),
        (2, "total"),
    ]


def test_one_month_alone_says_what_the_bridge_waits_for() -> None:
    assert seen(looking({STAFF: team(3)}), "hr_bridge").reason == "hr.one_snapshot"


def test_the_funnel_can_be_looked_at_by_source() -> None:
    counts = {"applicants": 50, "interviewed": 5, "offers_made": 2, "offers_accepted": 1}
    days = {"filled_date": "2025-03-20", "opened_date": "2025-03-01", "is_filled": True}
    rows = [
        {"requisition_id": "a", "source": "agency"} | counts | days,
        {"requisition_id": "b", "source": "referral"} | counts | {"applicants": 9} | days,
    ]
    focus = looking({"fact_requisition": rows})
    chart = CHARTS["hr_recruit_funnel"]
    assert chart.choices is not None
    assert chart.choices(chart.frame(focus)) == ("agency", "referral")
    assert seen(focus, "hr_recruit_funnel").counts == (59, 10, 4, 2)
    chosen = seen(focus, "hr_recruit_funnel", "referral")
    assert chosen.counts == (9, 5, 2, 1)
    assert chosen.asides == ((Said("hr.openings"), 1.0),)


def test_small_cells_of_the_turnover_map_are_hidden_and_empty_ones_are_not() -> None:
    known = {"tenure_months": 30, "exit_type": "(unknown)"}
    rows = [*team(9, **known), person("x", **known | {"exit_type": "voluntary", "is_exit": True, "is_active": False})]
    rows += [*team(4, department="product", **known | {"tenure_months": 3})]
    view = seen(looking({STAFF: rows}), "hr_turnover_heatmap")
    assert view.columns == (Coded("tenure_band", "years_0"), Coded("tenure_band", "years_2_4"))
    assert view.hidden == {(1, 0)}
    assert view.values[0][0] is None
    assert view.row_totals == (pytest.approx(100 / 9 * 12), None)


def test_where_every_cell_is_small_the_turnover_map_says_so() -> None:
    exits = {"exit_type": "voluntary", "is_exit": True, "is_active": False}
    rows = [
        *team(4, tenure_months=3),
        *(row | {"employee_id": row["employee_id"] + "b"} for row in team(4, tenure_months=30)),
    ]
    rows.append(person("x", tenure_months=3) | exits)
    assert seen(looking({STAFF: rows}), "hr_turnover_heatmap").reason == "hr.too_few"


def test_absence_has_its_target_and_overtime_none() -> None:
    hours = {"scheduled_hours": 160, "absence_hours": 8, "overtime_hours": 2}
    view = seen(looking({STAFF: team(5, **hours)}), "hr_absence")
    assert [panel.target for panel in view.panels] == [3, None]
    assert view.xs == (date(2025, 3, 1),)


def test_absence_of_four_people_is_too_few() -> None:
    hours = {"scheduled_hours": 160, "absence_hours": 8}
    assert seen(looking({STAFF: team(4, **hours)}), "hr_absence").reason == "hr.too_few"


def test_departments_with_few_ratings_are_left_out() -> None:
    rows = [*team(5, performance_rating=3), *team(4, department="product", performance_rating=5)]
    view = seen(looking({STAFF: rows}), "hr_ratings")
    assert view.categories == (Coded("department", "hr"),)
    assert [one.values for one in view.series] == [(0,), (0,), (5,), (0,), (0,)]


def test_levels_with_few_people_are_counted_as_hidden() -> None:
    rows = [*team(5, base_salary=90, band_midpoint=100, job_level="P5"), person("x", base_salary=1, band_midpoint=1)]
    view = seen(looking({STAFF: rows}), "hr_compa")
    assert [(box.name, box.p50, box.count) for box in view.boxes] == [(Coded("job_level", "P5"), 90, 5)]
    assert (view.guide, view.hidden) == (100, 1)


def test_training_is_stacked_by_kind_with_the_gain_beside_it() -> None:
    done = {"completed_date": "2025-03-09", "due_date": "2025-03-31", "is_completed": True, "department": "hr"}
    rows = [
        done | {"record_id": f"a{n}", "course_type": "security", "hours": 2, "score_pre": 5, "score_post": 9}
        for n in range(5)
    ]
    rows.append(done | {"record_id": "b", "course_type": "job_skill", "hours": 3})
    rows.append(done | {"record_id": "c", "course_type": "security", "hours": 1, "department": "product"})
    view = seen(looking({"fact_training_record": rows}), "hr_training")
    assert [one.values for one in view.series] == [(10, 1), (3, 0)]
    assert view.side[0].values == (4, None)


def test_managers_are_put_into_bins_of_three_reports() -> None:
    rows = [*team(4, manager_id="boss"), person("x", manager_id="chief"), person("y", manager_id="lead")]
    assert seen(looking({STAFF: rows}), "hr_span").series[0].values == (2, 1, 0, 0, 0, 0)


def test_compliance_lists_departments_and_all_together() -> None:
    rows = [person("a", has_valid_contract=False), person("b", has_valid_contract=True, department="product")]
    view = seen(looking({STAFF: rows}), "hr_compliance")
    assert view.rows == (
        (Coded("department", "hr"), 1, 1, None, None),
        (Coded("department", "product"), 1, 0, None, None),
        (Said("hr.whole_company"), 2, 1, None, None),
    )
