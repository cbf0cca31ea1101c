"""Saving settings: checked as a whole, the calendar written anew where it hangs on them, each change recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
from pydantic import ValidationError

from data.home import Home
from data.ingest.record import note_change
from data.settings import Settings, write_settings
from data.warehouse import Warehouse, write_calendar
from pages.api.opened import lakes, opened
from pages.kit.settings.values import stored
from pages.kit.uploads.workshop import moment

OF_THE_CALENDAR = ("country", "fiscal_year_first_month", "week_start")
# A reader waits for a running load this long, not for ten minutes.
WAIT_SECONDS = 20.0


@dataclass(frozen=True)
class Refused:
    """The settings whose values cannot be used; nothing was saved."""

    names: tuple[str, ...]


def changed(settings: Settings, wanted: Mapping[str, Any]) -> tuple[str, ...]:
    """The settings that would be different, in the order of the file."""
    return tuple(name for name in Settings.model_fields if name in wanted and wanted[name] != getattr(settings, name))


def save(home: Home, settings: Settings, wanted: Mapping[str, Any], by: str) -> tuple[str, ...] | Refused:
    """Save what differs; returns the names of what was saved.

    Raises:
        WriterBusy: the calendar must be written anew and a load is running; nothing was saved.
    """
    names = changed(settings, wanted)
    try:
        after = Settings(**{**settings.model_dump(), **wanted})
    except ValidationError as error:
        return Refused(tuple(dict.fromkeys(str(one["loc"][0]) for one in error.errors())))
    state, now = opened(home).state, moment()
    if set(names) & set(OF_THE_CALENDAR):
        for lake in lakes(home):
            _rewrite_calendar(lake, after, by)
    write_settings(home.settings_file, after)
    for name in names:
        state.note_setting(name, stored(settings, name), stored(after, name), by, now)
    return names


def _rewrite_calendar(lake: Warehouse, settings: Settings, by: str) -> None:
    def work(cursor: duckdb.DuckDBPyConnection) -> None:
        write_calendar(cursor, settings.country, settings.fiscal_year_first_month, settings.week_start)
        note_change(cursor, {"dim_date"}, 0, "calendar", by, moment())

    lake.write(work, WAIT_SECONDS)
