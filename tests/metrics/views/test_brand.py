"""The brand tracker: three steps a wave, small waves hidden."""

from datetime import date

import pytest

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.brand import brand_funnel
from tests.metrics.asking import value
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import columns, scope

NOVEMBER = "2026-11-01 2026-11-30"
_keys = iter(range(100_000))


def answers(count, wave, day, topic="awareness", **flags):
    row = {"submitted_date": day, "feedback_type": "brand_tracker", "wave": wave, "topic": topic}
    return [row | flags | {"feedback_id": f"f{next(_keys)}"} for _ in range(count)]


def wave(name, day):
    """100 asked: 60 know the brand, 20 name it; of 40 who know it 30 link the attribute, 10 who do not know it do."""
    return [
        *answers(20, name, day, is_aided_aware=True, is_unaided_aware=True),
        *answers(40, name, day, is_aided_aware=True, is_unaided_aware=False),
        *answers(40, name, day, is_aided_aware=False, is_unaided_aware=False),
        *answers(30, name, day, "good value", is_aided_aware=True, is_attribute_match=True),
        *answers(10, name, day, "good value", is_aided_aware=True, is_attribute_match=False),
        *answers(10, name, day, "good value", is_aided_aware=False, is_attribute_match=True),
    ]


def seen(rows, asked=None, **more):
    return brand_funnel(TinyEngine({"fact_feedback": rows}), asked or scope(NOVEMBER), EVERYONE, **more)


def test_each_step_is_a_share_of_those_who_were_asked():
    found = seen(wave("2026 Q3", "2026-09-10"))
    assert columns(found, "wave", "step", "rate", "answers") == [
        ("2026 Q3", "aided", 60.0, 100),
        ("2026 Q3", "unaided", 20.0, 100),
        ("2026 Q3", "association", 75.0, 40),
    ]
    assert found["last_day"][0] == date(2026, 9, 10)


def test_the_steps_agree_with_the_kpis():
    rows = wave("2026 Q3", "2026-09-10")
    engine, days = TinyEngine({"fact_feedback": rows}), {"first": "2026-09-01", "last": "2026-09-30"}
    rates = dict(columns(seen(rows), "step", "rate"))
    assert value(engine, "brand_awareness_unaided", **days) == rates["unaided"]
    assert value(engine, "brand_association_rate", **days) == pytest.approx(rates["association"])


def test_the_last_waves_stand_in_their_order():
    rows = [row for n in (3, 1, 2) for row in wave(f"wave {n}", f"2026-0{n}-15")]
    assert seen(rows, most=2)["wave"].unique(maintain_order=True).to_list() == ["wave 2", "wave 3"]
    assert seen(rows, scope("2027-12-01 2027-12-31")).is_empty()


def test_waves_below_30_answers_are_hidden():
    found = seen(answers(29, "small", "2026-09-10", is_aided_aware=True, is_unaided_aware=True))
    assert columns(found, "rate", "is_hidden") == [(None, True), (None, True), (None, False)]


def test_an_answer_that_no_file_carries_is_null_and_not_zero():
    found = seen(answers(50, "w", "2026-09-10", is_unaided_aware=True))
    assert columns(found, "step", "rate", "is_hidden")[:2] == [("aided", None, False), ("unaided", 100.0, False)]


def test_other_surveys_do_not_count_and_filters_narrow():
    rows = [row | {"region": "east"} for row in wave("w", "2026-09-10")]
    rows += [row | {"feedback_type": "nps"} for row in wave("w", "2026-09-10")]
    assert seen(rows)["answers"].to_list() == [100, 100, 40]
    assert seen(rows, scope(NOVEMBER, filters=(Filter("region", ("west",)),))).is_empty()


def test_without_a_tracker_there_are_no_rows():
    assert seen([]).is_empty()
