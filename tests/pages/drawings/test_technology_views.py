"""Technology's view models, each of a frame small enough to read."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from metrics.model import Text
from metrics.targets import TargetStatus
from pages.kit.charts.words import Coded, Said, said
from pages.kit.drawings import technology_views as views
from pages.kit.drawings.over_time import over_time
from tests.pages.drawings.looking import CATALOGUE

ABOUT = Text("About", "关于", "關於")
MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)


def test_each_service_has_a_plot_beside_even_use() -> None:
    names = ("service", "day", "remaining", "availability")
    rows = [("shop", MONDAY, 80.0, 99.5), ("shop", TUESDAY, None, 99.5), ("api", MONDAY, 90.0, 99.9)]
    view = views.error_budget(pl.DataFrame(rows, schema=names, orient="row"), ABOUT)
    first, _ = view.panels
    assert first.title is not None
    assert said(first.title, "en") == "shop · 99.50% available"
    assert [line.values for line in first.lines] == [(80.0, None), (50.0, 0.0)]


def test_failures_and_rework_share_a_plot_and_targets_are_drawn() -> None:
    frame = pl.DataFrame(
        {
            "period": [date(2026, 11, 9), MONDAY],
            "a_working_day": [0.8, None],
            "change_lead_time_p50": [20.0, None],
            "change_fail_rate": [25.0, None],
            "failed_deployment_recovery_p50": [3.0, None],
            "rework_rate": [10.0, None],
        }
    )
    view = views.deliveries(frame, ABOUT, {"change_fail_rate": 5.0})
    assert [len(panel.lines) for panel in view.panels] == [1, 1, 2, 1]
    assert [panel.target for panel in view.panels] == [None, None, 5.0, None]
    assert (view.grain, view.reason) == ("week", None)


def test_pages_of_one_device_are_shown_with_their_percentiles() -> None:
    rows = [(None, "home", 3.0, 1.0, 0.0, 2.1, 0.18, 0.05), ("mobile", "home", 1.0, 1.0, 0.0, 3.0, 0.2, 0.1)]
    names = ["device", "page_group", *views.RATINGS, "lcp_p75", "inp_p75", "cls_p75"]
    frame = pl.DataFrame(rows, schema=names, orient="row")
    assert views.devices(frame) == ("mobile",)
    assert [one.values for one in views.web_vitals(frame, ABOUT, "mobile").series] == [(1.0,), (1.0,), (0.0,)]
    assert [one.values for one in views.web_vitals(frame, ABOUT, None).side] == [(2.1,), (0.18,), (0.05,)]


def incident(minutes: float | None, open_days: int | None, who: str = "customer") -> pl.DataFrame:
    row = {
        "incident_id": "INC-1", "opened_date": MONDAY, "service": "checkout", "severity": "sev1",
        "incident_class": "availability", "detected_by": who, "minutes_to_restore": minutes, "open_days": open_days,
        "records_exposed": 1200,
    }  # fmt: skip
    return pl.DataFrame([row])


@pytest.mark.parametrize(
    ("minutes", "open_days", "height", "group"),
    [
        (42.5, None, 42.5, Coded("severity", "sev1")),
        (0.0, None, 1.0, Coded("severity", "sev1")),
        (None, 3, 3 * 1440, Said("tec.still_open")),
        (None, 0, 1440, Said("tec.still_open")),
    ],
)
def test_an_incident_stands_at_its_minutes_and_an_open_one_at_its_days(minutes, open_days, height, group) -> None:
    (point,) = views.incidents(incident(minutes, open_days), ABOUT, (MONDAY, TUESDAY), 60.0).points
    assert (point.x, point.y, point.group) == (MONDAY.toordinal(), height, group)
    assert [value for _, value in point.facts] == ["INC-1", "1,200"]


def test_who_noticed_is_said_where_files_say_it() -> None:
    (told,) = views.incidents(incident(5.0, None), ABOUT, (MONDAY, TUESDAY), None).points
    (silent,) = views.incidents(incident(5.0, None, "(unknown)"), ABOUT, (MONDAY, TUESDAY), None).points
    assert said(told.name, "en") == "Checkout: Availability; noticed by: Customer"
    assert said(silent.name, "en") == "Checkout: Availability"


def ages(*counts: int) -> pl.DataFrame:
    rows = [("sev1", age, count, min(count, 1)) for age, count in zip(views.AGES, counts, strict=True)]
    return pl.DataFrame(rows, schema=["severity", "age", "open", "overdue"], orient="row")


def test_vulnerabilities_are_stacked_from_the_oldest_with_the_overdue_beside_them() -> None:
    view = views.vulnerability_age(ages(5, 0, 2, 3), ABOUT)
    assert [one.values for one in view.series] == [(3.0,), (2.0,), (0.0,), (5.0,)]
    assert view.side[0].values == (3.0,)


def test_none_open_and_none_listed_are_two_reasons() -> None:
    assert views.vulnerability_age(ages(0, 0, 0, 0), ABOUT).reason == "tec.no_open_vulnerabilities"
    assert views.vulnerability_age(ages(0, 0, 0, 0).clear(), ABOUT).reason == "tec.no_vulnerabilities"


def test_a_job_shows_what_failed_each_day_and_in_its_whole_period() -> None:
    rows = [("load", MONDAY, 1, 1, 100.0), ("load", TUESDAY, 3, 1, 100 / 3), ("(other)", MONDAY, 0, 0, None)]
    rows.append(("(other)", TUESDAY, 1, 1, 100.0))
    frame = pl.DataFrame(rows, schema=["job_id", "period", "planned", "fine", "rate"], orient="row")
    view = views.job_calendar(frame, ABOUT, "day")
    assert [said(row, "en") for row in view.rows] == ["load", "All others"]
    assert view.values == ((0.0, pytest.approx(200 / 3)), (None, 0.0))
    assert view.totals == (50.0, 0.0)


def test_how_to_questions_stand_beside_the_department_where_they_are_known() -> None:
    rows = [
        ("finance", "erp", 90.0, 2),
        ("finance", "crm", None, 2),
        ("hr", "erp", 25.0, None),
        ("hr", "crm", 5.0, None),
    ]
    frame = pl.DataFrame(rows, schema=["department", "tool", "adoption", "how_to"], orient="row")
    view = views.tool_adoption(frame, ABOUT)
    assert [said(row, "en") for row in view.rows] == ["Finance\u00a0·\u00a02", "Human resources"]
    assert view.values == ((90.0, None), (25.0, 5.0))


def test_a_festival_is_marked_where_it_begins() -> None:
    kpi = CATALOGUE.kpi("peak_capacity_utilisation")
    frame = pl.DataFrame(
        {
            "period": [MONDAY, TUESDAY, MONDAY, TUESDAY],
            "segment": ["web", "web", "ios", "ios"],
            kpi.id: [50.0, 60.0, None, 20.0],
            "festival": ["double_11", "double_11", "double_11", "double_11"],
        }
    )
    view = over_time(frame, kpi, "platform", ABOUT, "day", TargetStatus(low=20.0, high=70.0))
    assert view.marks == ((MONDAY, Coded("festival", "double_11")),)
    assert [line.values for line in view.panels[0].lines] == [(50.0, 60.0), (None, 20.0)]
    assert (view.panels[0].band, view.panels[0].target) == ((20.0, 70.0), None)
