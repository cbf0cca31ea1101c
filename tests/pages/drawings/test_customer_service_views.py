"""Customer service's view models, each of a frame small enough to read."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from metrics.model import Text
from pages.kit.charts.words import Coded, Said, said
from pages.kit.drawings import customer_service_views as views
from tests.pages.drawings.looking import CATALOGUE

ABOUT = Text("About", "关于", "關於")
MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)
NAMES = {"reason": pl.String, "group": pl.String, "count": pl.Int64, "before": pl.Int64}


def test_a_reason_that_the_comparison_did_not_have_is_new() -> None:
    rows = [("late", None, 5, 0), ("broken", None, 3, 2), (None, "delivery", 2, None)]
    view = views.complaint_reasons(pl.DataFrame(rows, schema=NAMES, orient="row"), ABOUT)
    assert [said(name, "en") for name in view.names] == ["late (new)", "broken", "Delivery"]
    assert (view.values, view.rest) == ((5.0, 3.0, 2.0), None)


def test_reasons_beyond_the_tenth_are_the_rest() -> None:
    rows = [(f"r{place}", None, 20 - place, None) for place in range(12)]
    view = views.complaint_reasons(pl.DataFrame(rows, schema=NAMES, orient="row"), ABOUT)
    assert (len(view.names), view.rest) == (10, (2, 19.0))


def clock(missed: float | None) -> pl.DataFrame:
    rows = [
        (day, hour, 1.5, None if missed is None else 1.5 - missed, missed, 2)
        for day in range(1, 8)
        for hour in range(24)
    ]
    names = ["weekday", "hour", "contacts", "answered", "missed", "days"]
    return pl.DataFrame(
        rows, schema=names, schema_overrides={"answered": pl.Float64, "missed": pl.Float64}, orient="row"
    )


def test_missed_contacts_are_a_choice_where_files_tell_them_apart() -> None:
    assert views.answers(clock(0.5)) == ("missed", "answered")
    assert views.answers(clock(None)) == ()
    assert views.contact_clock(clock(0.5), ABOUT, "missed").values[0][0] == 0.5
    assert views.contact_clock(clock(0.5), ABOUT, None).values[6][23] == 1.5


@pytest.mark.parametrize(("answer", "reason"), [("missed", "cs.no_missed"), (None, None)])
def test_nothing_missed_is_a_reason(answer, reason) -> None:
    assert views.contact_clock(clock(0.0), ABOUT, answer).reason == reason


def test_each_channel_has_a_plot_with_its_attainment() -> None:
    rows = [("chat", MONDAY, 1.0, 2.0, 3.0, 9, 92.5), ("email", MONDAY, 60.0, 90.0, 240.0, 3, None)]
    names = ["channel", "period", "p50", "p75", "p90", "contacts", "in_sla"]
    view = views.response_times(pl.DataFrame(rows, schema=names, orient="row"), ABOUT, "day")
    titles = [said(panel.title, "en") for panel in view.panels if panel.title is not None]
    assert titles == ["Chat · 92.5% in SLA", "E-mail"]
    assert [line.values for line in view.panels[1].lines] == [(60.0,), (90.0,), (240.0,)]


def test_the_oldest_contacts_lie_lowest_and_an_unknown_day_is_a_gap() -> None:
    rows = [(day, age, count) for day, count in ((MONDAY, 2), (TUESDAY, None)) for age in views.AGES]
    frame = pl.DataFrame(rows, schema={"period": pl.Date, "age": pl.String, "open": pl.Int64}, orient="row")
    view = views.backlog(frame, ABOUT, "day")
    assert view.panels[0].lines[0].name == Said("cs.age.over_7")
    assert view.panels[0].lines[0].values == (2.0, None)
    nothing = frame.with_columns(pl.lit(None, pl.Int64).alias("open"))
    assert views.backlog(nothing, ABOUT, "day").reason == "cs.no_backlog"


def test_causes_are_a_table_of_reasons_and_departments() -> None:
    rows = [
        ("delivery", "operations", 2),
        ("delivery", "product", 0),
        ("(other)", "operations", 1),
        ("(other)", "product", 4),
    ]
    view = views.contact_causes(pl.DataFrame(rows, schema=["reason", "department", "contacts"], orient="row"), ABOUT)
    assert view.values == ((2.0, 0.0), (1.0, 4.0))
    assert view.row_totals == (2.0, 5.0)


def test_the_worst_reasons_come_first_and_unknown_ones_last() -> None:
    kpis = tuple(CATALOGUE.kpi(name) for name in ("customer_satisfaction_score", "first_contact_resolution_rate"))
    rows = [("price", 90.0, 70.0), ("delivery", 40.0, None), ("order", None, 55.0), ("service", None, None)]
    frame = pl.DataFrame(rows, schema=["contact_reason_l1", *(kpi.id for kpi in kpis)], orient="row")
    view = views.by_reason(frame, kpis, ABOUT, 81.0)
    assert [word.code for word in view.categories if isinstance(word, Coded)] == ["delivery", "price", "order"]
    assert view.series[0].values == (40.0, 90.0, None)


def test_self_service_leaves_out_what_no_file_carries() -> None:
    kpis = tuple(CATALOGUE.kpi(name) for name in ("ticket_deflection_rate", "self_service_score"))
    frame = pl.DataFrame(
        {
            "period": [MONDAY],
            "ticket_deflection_rate": [25.0],
            "self_service_score": [None],
            "helpful_rate": [50.0],
            "votes": [4],
        }
    )
    view = views.self_service(frame, ABOUT, kpis, "day")
    assert [panel.lines[0].values for panel in view.panels] == [(25.0,), (50.0,)]


def test_customers_whom_nobody_answered_stand_beside_the_funnel() -> None:
    rows = [("asked", 10), ("answered", 8), ("ordered", None), ("missed", 2)]
    view = views.presale(pl.DataFrame(rows, schema=["step", "customers"], orient="row"), ABOUT)
    assert view.counts == (10.0, 8.0, None)
    assert view.asides == ((Said("cs.presale.missed"), 2.0),)


def test_an_overdue_call_says_so_and_pseudonyms_are_short() -> None:
    row = {
        "customer": "0123456789abcdef", "member_tier": "gold", "last_order": MONDAY, "last_follow_up": None,
        "next_due": MONDAY, "is_overdue": True,
    }  # fmt: skip
    frame = pl.DataFrame([row, row | {"next_due": TUESDAY, "is_overdue": False}])
    first, second = views.key_accounts(frame, ABOUT).rows
    assert first[0] == "0123456789"
    assert said(first[4], "en") == "16 Nov 2026, overdue"
    assert second[3:] == (None, TUESDAY)
