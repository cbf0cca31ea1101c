"""Reports of the same days that are split differently must never be added."""

from __future__ import annotations

from typing import Any

from data.contracts import TABLES
from tests.metrics.asking import asked, split, value
from tests.metrics.engine_for_tests import TinyEngine

WEEK = {"first": "2025-03-03", "last": "2025-03-09"}
MARCH = {"first": "2025-03-01", "last": "2025-03-31"}


def visits(sessions: int, day: str = "2025-03-05", **more: Any) -> dict[str, Any]:
    """One daily row; what it is split by is named by the dimensions given."""
    cut = ",".join(sorted(set(more) & set(TABLES["fact_traffic"].cut_columns)))
    return {"date": day, "touchpoint": "web", "sessions": sessions, "cut": cut, **more}


def of_range(sessions: int, first: str, last: str, **more: Any) -> dict[str, Any]:
    """One row that stands for a range of days."""
    return {**visits(sessions, last, **more), "from_date": first, "to_date": last}


BY_CHANNEL = [visits(60, marketing_channel="email"), visits(40, marketing_channel="direct")]
BY_DEVICE = [visits(70, device="mobile"), visits(30, device="desktop")]


def test_two_reports_of_the_same_visits_are_never_added() -> None:
    """100 visits, once by channel and once by device: the total is 100, and each split adds up to it."""
    engine = TinyEngine({"fact_traffic": [*BY_CHANNEL, *BY_DEVICE]})
    assert value(engine, "sessions", **WEEK) == 100.0
    assert split(engine, "sessions", "marketing_channel", **WEEK) == {"email": 60.0, "direct": 40.0}
    assert split(engine, "sessions", "device", **WEEK) == {"mobile": 70.0, "desktop": 30.0}
    assert value(engine, "sessions", only=(("device", "mobile"),), **WEEK) == 70.0


def test_a_split_that_no_report_has_is_no_data_and_not_a_wrong_group() -> None:
    engine = TinyEngine({"fact_traffic": [*BY_CHANNEL, *BY_DEVICE]})
    answer = asked(engine, "sessions", by=("device", "marketing_channel"), **WEEK)
    assert answer.rows.is_empty()
    assert answer.availability["sessions"].state == "no_data"
    answer = asked(engine, "sessions", by=("region",), **WEEK)
    assert answer.availability["sessions"].missing_columns == ("region",)


def test_each_day_is_read_from_the_coarsest_report_it_has() -> None:
    """On the 5th there are two reports, on the 6th only the one by channel: 100 + 7."""
    engine = TinyEngine({"fact_traffic": [*BY_CHANNEL, *BY_DEVICE, visits(7, "2025-03-06", marketing_channel="email")]})
    assert value(engine, "sessions", **WEEK) == 107.0


def test_two_shops_are_added_each_from_its_own_report() -> None:
    other = [visits(5, device="mobile", _source="jd"), visits(6, device="desktop", _source="jd")]
    engine = TinyEngine({"fact_traffic": [*BY_CHANNEL, *BY_DEVICE, *other]})
    assert value(engine, "sessions", **WEEK) == 111.0


def test_a_report_without_the_column_asked_does_not_answer_for_the_one_that_has_it() -> None:
    """Purchases stand only in the report by device: 5 of 100, though the other would come first."""
    devices = [visits(70, device="mobile", sessions_with_purchase=5), visits(30, device="desktop")]
    engine = TinyEngine({"fact_traffic": [visits(100, campaign_id="x"), *devices]})
    assert value(engine, "session_conversion_rate", **WEEK) == 5.0
    assert value(engine, "sessions", **WEEK) == 100.0


def test_one_report_alone_is_read_without_any_condition() -> None:
    engine = TinyEngine({"fact_traffic": BY_CHANNEL})
    assert value(engine, "sessions", **WEEK) == 100.0
    assert "_source" not in engine.queries[-1]


def test_a_row_for_a_range_answers_only_periods_that_contain_it() -> None:
    """310 visits stand for the whole of March; nothing is spread over days."""
    engine = TinyEngine({"fact_traffic": [of_range(310, "2025-03-01", "2025-03-31", device="mobile")]})
    assert value(engine, "sessions", **MARCH) == 310.0
    assert value(engine, "sessions", first="2025-02-01", last="2025-04-30") == 310.0
    late = asked(engine, "sessions", first="2025-03-02", last="2025-03-31")
    assert late.rows["sessions"].item() is None
    assert late.availability["sessions"].reason.en == (
        "needs traffic by day: the files that cover these days hold ranges of days that do not fit"
    )


def test_a_row_for_a_range_fills_a_bucket_only_when_it_lies_inside_it() -> None:
    """March fits into a month, not into weeks or days."""
    engine = TinyEngine({"fact_traffic": [of_range(310, "2025-03-01", "2025-03-31", device="mobile")]})
    months = split(engine, "sessions", "period", grain="month", first="2025-02-01", last="2025-03-31")
    assert list(months.values()) == [None, 310.0]
    assert set(split(engine, "sessions", "period", grain="week", **MARCH).values()) == {None}


def test_daily_rows_win_over_a_row_for_their_range() -> None:
    """The 5th is known by day; the row for the week would count it again."""
    engine = TinyEngine({"fact_traffic": [*BY_DEVICE, of_range(700, "2025-03-03", "2025-03-09", device="mobile")]})
    assert value(engine, "sessions", **WEEK) == 100.0


def test_ranges_that_overlap_are_not_added() -> None:
    """The quarter holds January; the longer one is read. In January only January fits."""
    ranges = [
        of_range(10, "2025-01-01", "2025-01-31", device="m"),
        of_range(35, "2025-01-01", "2025-03-31", device="m"),
    ]
    engine = TinyEngine({"fact_traffic": ranges})
    assert value(engine, "sessions", first="2025-01-01", last="2025-03-31") == 35.0
    assert value(engine, "sessions", first="2025-01-01", last="2025-01-31") == 10.0
