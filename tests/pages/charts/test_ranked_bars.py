"""Bars by reason and by warehouse: Paretos and waiting times."""

from __future__ import annotations

import pytest

from pages.kit.charts import lead_times, pareto
from pages.kit.charts.palette import LIGHT
from tests.pages.charts import frames


def test_bars_and_running_sum_share_one_axis_and_the_vital_few_stand_out() -> None:
    view = pareto.view(frames.pareto_frame({"late": 70.0, "damaged": 20.0, "wrong_item": 10.0}), "imperfection")
    assert view.vital == 2
    figure = pareto.figure(view, LIGHT, "en")
    assert figure is not None
    bars, line = figure["data"][:2]
    assert bars["x"] == pytest.approx([0.7, 0.2, 0.1])
    assert line["x"] == pytest.approx([0.7, 0.9, 1.0])
    assert bars["marker"]["color"] == [LIGHT.data, LIGHT.data, LIGHT.ramp[3]]


def test_a_check_that_no_file_carries_is_listed_as_no_data_and_one_that_none_failed_as_0() -> None:
    view = pareto.view(frames.pareto_frame({"late": 3.0, "short": 0.0, "papers": None}), "imperfection")
    assert view.reasons == ("late", "short")
    assert view.unknown == ("papers",)
    figure = pareto.figure(view, LIGHT, "en")
    assert figure is not None
    assert figure["layout"]["yaxis"]["ticktext"] == ["Late", "Not in full", "Wrong papers"]
    assert [note["y"] for note in figure["layout"]["annotations"] if note["text"] == "no data"] == [2]


def test_money_back_is_told_with_a_currency_only() -> None:
    frame = frames.pareto_frame({"quality": 3.0}, amounts=[120.5])
    told = pareto.figure(pareto.view(frame, "reason_group", "GBP"), LIGHT, "en")
    silent = pareto.figure(pareto.view(frame, "reason_group"), LIGHT, "en")
    assert told is not None
    assert silent is not None
    assert "Money back: £120.50" in told["data"][-1]["hovertext"][0]
    assert "Money back" not in silent["data"][-1]["hovertext"][0]


def test_nothing_failed_nothing_checked_and_nothing_returned_are_three_reasons() -> None:
    assert pareto.view(frames.pareto_frame({"late": 0.0}), "imperfection").reason == "charts.no_imperfection"
    assert pareto.view(frames.pareto_frame({"late": None}), "imperfection").reason == "charts.no_checks"
    empty = pareto.view(frames.pareto_frame({}), "reason_group")
    assert empty.reason == "charts.no_reason_group"
    assert pareto.figure(empty, LIGHT, "en") is None


def test_the_sentence_says_how_few_explain_most() -> None:
    view = pareto.view(frames.pareto_frame({"late": 70.0, "damaged": 20.0, "wrong_item": 10.0}), "imperfection")
    assert pareto.alt(view, "en") == "“Late” comes first with 70%; 2 of 3 reasons make up 90%."


def test_a_dumbbell_reaches_from_p50_to_p90_and_both_numbers_stand_beside_it() -> None:
    rows = [("shipped", "Shanghai", 16.0, 40.0, 12), ("delivered", "Shanghai", 50.0, 75.0, 9)]
    figure = lead_times.figure(lead_times.view(frames.wait_frame(rows)), LIGHT, "en")
    assert figure is not None
    bars, ends = figure["data"][:2]
    assert (bars["base"], bars["x"]) == ([16.0, 50.0], [24.0, 25.0])
    assert ends["x"] == [16.0, 40.0, 50.0, 75.0]
    assert {"<b>16 h</b>", "40 h", "<b>Payment to delivered</b>"} <= {
        note["text"] for note in figure["layout"]["annotations"]
    }


def test_waiting_is_read_in_days_and_few_ticks_fit_a_phone() -> None:
    figure = lead_times.figure(lead_times.view(frames.wait_frame([("shipped", "A", 16.0, 170.0, 12)])), LIGHT, "en")
    assert figure is not None
    assert figure["layout"]["xaxis"]["ticktext"] == ["0", "72 h", "144 h"]


def test_of_many_warehouses_the_eight_with_most_parcels_are_shown() -> None:
    rows = [("shipped", f"W{number}", 16.0, 40.0, 100 - number) for number in range(10)]
    ((_, waits),) = lead_times.view(frames.wait_frame(rows)).stages
    assert [wait.warehouse for wait in waits] == [f"W{number}" for number in range(8)]


def test_no_measured_parcel_is_a_reason() -> None:
    view = lead_times.view(frames.wait_frame([]))
    assert view.reason == "charts.no_lead_times"
    assert lead_times.figure(view, LIGHT, "en") is None
    assert lead_times.alt(view, "en") == "No parcels with times in this period."
