"""The two heat maps: cohorts and the order clock."""

from __future__ import annotations

from pages.kit.charts import cohorts, order_clock
from pages.kit.charts.palette import LIGHT
from tests.pages.charts import frames

CELLS = [
    (1, 1, 40, 12.5, False), (1, 2, 40, 8.25, False),
    (2, 1, None, None, True),
    (3, 1, 50, None, False),
]  # fmt: skip


def test_each_cell_holds_its_rate_and_a_hidden_cohort_a_dot() -> None:
    view = cohorts.view(frames.cohort_frame(CELLS), 30)
    figure = cohorts.figure(view, LIGHT, "en")
    assert figure is not None
    assert figure["data"][0]["text"] == [["12", "8.2"], ["", ""]]
    dots = [(note["x"], note["y"]) for note in figure["layout"]["annotations"] if note["text"] == "·"]
    assert dots == [(1, "Feb 2026")]
    assert "fewer than 30 customers" in figure["layout"]["annotations"][-1]["text"]


def test_a_month_that_is_not_over_takes_no_row() -> None:
    view = cohorts.view(frames.cohort_frame(CELLS), 30)
    assert [month.month for month in view.months] == [1, 2]


def test_at_most_the_latest_twelve_cohorts_fit() -> None:
    rows = [(month, 1, 40, 10.0, False) for month in range(1, 13)]
    frame = frames.cohort_frame(rows)
    older = frame.with_columns(frame["cohort"].dt.offset_by("-12mo"))
    assert cohorts.view(frame.vstack(older), 30).months == cohorts.view(frame, 30).months


def test_cohorts_without_any_rate_are_a_reason() -> None:
    view = cohorts.view(frames.cohort_frame([(2, 1, None, None, True)]), 30)
    assert view.reason == "charts.no_cohorts"
    assert cohorts.figure(view, LIGHT, "en") is None
    empty = cohorts.view(frames.cohort_frame([]), 30)
    assert empty.reason == "charts.no_cohorts"


def test_the_sentence_names_best_and_worst_month() -> None:
    view = cohorts.view(frames.cohort_frame([(1, 1, 40, 12.5, False), (2, 1, 40, 9.0, False)]), 30)
    assert "12.5% of the Jan 2026 cohort" in cohorts.alt(view, "en")
    assert "9.0% of Feb 2026" in cohorts.alt(view, "en")


def test_the_clock_begins_on_monday_and_marks_its_busiest_hour() -> None:
    view = order_clock.view(frames.clock_frame({(3, 21): 7.0, (6, 9): 2.0}))
    figure = order_clock.figure(view, LIGHT, "en")
    assert figure is not None
    cells, peak = figure["data"]
    assert cells["y"][0] == "Mon"
    assert cells["z"][2][21] == 7
    assert (peak["x"], peak["y"]) == ([21], ["Wed"])
    assert order_clock.alt(view, "en") == "Most orders come on Wed, 21:00–22:00: 7 on average."


def test_a_weekday_that_no_file_covers_is_blank_and_not_0() -> None:
    view = order_clock.view(frames.clock_frame({(3, 21): 7.0}, uncovered=[7]))
    assert view.orders[6] == (None,) * 24
    assert view.orders[5] == (0.0,) * 24


def test_a_clock_without_orders_is_a_reason() -> None:
    view = order_clock.view(frames.clock_frame({}))
    assert view.reason == "charts.no_orders"
    assert order_clock.figure(view, LIGHT, "en") is None
