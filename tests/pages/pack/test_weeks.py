"""Weeks are named alike wherever they begin, and year ends belong to one of them."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.periods import Period
from pages.pack.weeks import NoSuchWeek, WeekStart, last_whole_week, week_days, week_name


def test_an_iso_week_and_the_week_that_begins_on_the_sunday_before_share_a_name() -> None:
    assert week_days("2026-W46") == Period(date(2026, 11, 9), date(2026, 11, 15))
    assert week_days("2026-W46", "sunday") == Period(date(2026, 11, 8), date(2026, 11, 14))
    assert week_days("2020-W53").last == date(2021, 1, 3)


@pytest.mark.parametrize("start", ["monday", "sunday"])
def test_every_day_of_a_week_names_it(start: WeekStart) -> None:
    for name in ("2020-W53", "2021-W01", "2026-W46"):
        days = week_days(name, start)
        assert {week_name(date.fromordinal(days.first.toordinal() + at), start) for at in range(7)} == {name}


def test_a_week_has_ended_when_its_last_day_is_there() -> None:
    assert last_whole_week(date(2026, 11, 15)) == "2026-W46"
    assert last_whole_week(date(2026, 11, 14)) == "2026-W45"
    assert last_whole_week(date(2026, 11, 14), "sunday") == "2026-W46"


@pytest.mark.parametrize("name", ["2026-46", "2026-W54", "2026-W00", "", "2026-W4"])
def test_what_is_no_week_is_refused(name: str) -> None:
    with pytest.raises(NoSuchWeek, match="2026-W46"):
        week_days(name)
