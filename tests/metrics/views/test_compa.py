"""Compa-ratios by level: percentiles for those who may see pay, nothing of fewer than five people."""

from dataclasses import replace

import pytest

from metrics.errors import NotAllowed
from metrics.policy import EVERYONE
from metrics.views.compa import compa
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope


def paid(salaries, level="P5", midpoint=100, **more):
    return [
        {"employee_id": f"{level}{n}", "snapshot_date": "2026-10-31", "job_level": level, "is_active": True}
        | {"base_salary": salary, "band_midpoint": midpoint}
        | more
        for n, salary in enumerate(salaries)
    ]


def seen(rows, viewer=EVERYONE):
    return compa(TinyEngine({"fact_employee_snapshot": rows}), scope("2026-10-01 2026-10-31"), viewer, CATALOGUE)


def test_percentiles_interpolate_between_people():
    found = seen(paid([80, 90, 100, 110, 120]))
    assert columns(found, "p25", "p50", "p75", "people") == [(90, 100, 110, 5)]
    assert columns(found, "p10", "p90")[0] == pytest.approx((84, 116))


def test_each_is_measured_by_the_midpoint_of_their_own_band():
    assert seen([*paid([100] * 5), *paid([300], midpoint=300)])["p90"].to_list() == [100]


def test_a_level_of_fewer_than_five_is_hidden():
    found = seen([*paid([100] * 5), *paid([90] * 4, "P6")])
    assert columns(found, "job_level", "p50", "people", "is_hidden") == [
        ("P5", 100, 5, False),
        ("P6", None, None, True),
    ]


def test_leavers_and_people_without_a_band_do_not_count():
    rows = [*paid([100] * 5), *paid([900], is_active=False), *paid([900], midpoint=0), *paid([900], midpoint=None)]
    assert seen(rows)["people"].to_list() == [5]


def test_without_salary_access_the_view_is_refused():
    with pytest.raises(NotAllowed):
        seen(paid([100] * 5), replace(EVERYONE, access=frozenset({"open", "restricted"})))


def test_a_hidden_salary_column_is_refused():
    with pytest.raises(NotAllowed):
        seen(paid([100] * 5), replace(EVERYONE, hidden_columns=frozenset({"fact_employee_snapshot.base_salary"})))


def test_without_pay_there_are_no_rows():
    assert seen(paid([None] * 5)).is_empty()
    assert seen([]).is_empty()
