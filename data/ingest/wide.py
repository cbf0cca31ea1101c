"""Tables with a month or a day a column: how they are known, and the rows that they become where a person says so."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

import polars as pl

from data.ingest.layout import LINE, Grain, Layout, PeriodHeader, Wide, tidy
from data.ingest.titles import MONTHS
from data.ingest.values import EMPTY_VALUE

# The headers that the columns become: first (and last) day of the column's period, and the cell.
PERIOD, PERIOD_END, VALUE = "period", "period_end", "value"
SAMPLE_ROWS = 50
YEAR = r"(?P<year>(?:19|20)\d{2})"
NAME = r"(?P<name>[A-Za-z]{3,9})\.?"
MONTH_FORMS = (
    re.compile(rf"{YEAR}\s?[-/.年]\s?(?P<month>\d{{1,2}})\s?月?(?:份)?"),
    re.compile(rf"{YEAR}(?P<month>0[1-9]|1[0-2])"),
    re.compile(rf"(?P<month>0?[1-9]|1[0-2])[-/.]{YEAR}"),
    re.compile(rf"{NAME}[-\s/,']{{0,2}}{YEAR}"),
    re.compile(rf"{NAME}[-\s']{{1,2}}(?P<short>\d{{2}})"),
    re.compile(rf"{YEAR}[-\s/]{NAME}"),
    re.compile(r"(?P<month>[1-9]|1[0-2])\s?月(?:份)?"),
    re.compile(NAME),
)
DAY_FORMS = (
    re.compile(
        rf"{YEAR}\s?[-/.年]\s?(?P<month>\d{{1,2}})\s?[-/.月]\s?(?P<day>\d{{1,2}})日?(?:[ T]00:00(?::00)?(?:\.0+)?)?"
    ),
    re.compile(rf"{YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"),
    re.compile(rf"(?P<day>\d{{1,2}})[-\s/]{NAME}[-\s/,]{YEAR}"),
    re.compile(rf"{NAME}\s(?P<day>\d{{1,2}}),\s?{YEAR}"),
    re.compile(r"(?P<month>[1-9]|1[0-2])\s?月\s?(?P<day>\d{1,2})\s?[日号號]"),
)
# A year that is not part of a whole day ("2026 budget", not "exported 2026-11-03").
YEAR_OF_TITLE = re.compile(r"(?<!\d)(?:FY\s?)?(20\d{2})(?:年度?)?(?!\d)(?!\s?[-/.年]\s?\d)(?<![-/.]\d{4})")
LEAST_WITH_YEAR, LEAST_WITHOUT_YEAR = 2, 3


def wide_of(layout: Layout, year: int | None = None) -> Wide | None:
    """The month or day columns of a table; None where it has no such columns.

    Columns count where all of them are of one kind, different from each other, and at least two (three where they
    do not say their year). `year` is what a person said; else the titles or the sheet's name may say it.
    """
    found = {name: parts for name in layout.names if (parts := period_parts(name))}
    days = {name: parts for name, parts in found.items() if len(parts) == 3}
    chosen = days if len(days) > len(found) - len(days) else {name: p for name, p in found.items() if len(p) == 2}
    has_years = all(parts[0] for parts in chosen.values())
    least = LEAST_WITH_YEAR if has_years else LEAST_WITHOUT_YEAR
    if len(chosen) < least or len(set(chosen.values())) < len(chosen) or len(chosen) == len(layout.names):
        return None
    year = year or _year_of([*layout.titles, layout.sheet or ""])
    # Date cells of a sheet that are all the first of a month stand for the months.
    is_monthly = chosen is not days or (len(days) > 1 and all(parts[2] == 1 for parts in days.values()))
    headers = tuple(_header(name, parts, year, is_monthly) for name, parts in chosen.items())
    return Wide("month" if is_monthly else "day", headers, is_year_open=year is None and not has_years)


def period_parts(header: str) -> tuple[int, ...] | None:
    """(year, month) or (year, month, day) of a header that is nothing else; the year is 0 where it says none."""
    for forms in (DAY_FORMS, MONTH_FORMS):
        for form in forms:
            match = form.fullmatch(tidy(header))
            parts = _parts(match.groupdict()) if match else None
            if parts:
                return parts
    return None


def are_periods(cells: Sequence[str]) -> bool:
    """Whether filled cells are months or days one after the other, as headers are and values of one row are not."""
    parts = [period_parts(cell) for cell in cells if cell]
    known = [one for one in parts if one]
    return len(known) >= LEAST_WITH_YEAR and all(one < other for one, other in pairwise(known))


def unpivoted(layout: Layout, wide: Wide) -> Layout:
    """The layout of the rows that a wide table becomes: its other columns, the period's days and the value.

    `names` and `sample` are those of the long table; `physical` is the table as the file has it, which is what
    `read` reads. The rows themselves are made by `long_rows`. A wide file row is one row of the file, whatever
    number of rows it becomes.
    """
    periods = {layout.names.index(one.name): one for one in wide.headers}
    others = [place for place in range(len(layout.names)) if place not in periods]
    made = (PERIOD, VALUE) if wide.grain == "day" else (PERIOD, PERIOD_END, VALUE)
    sample = [
        (*(row[at] if at < len(row) else "" for at in others), *_days(one, wide.grain), row[place])
        for row in layout.sample
        for place, one in periods.items()
        if place < len(row) and row[place].lower() not in EMPTY_VALUE
    ]
    return replace(
        layout,
        headers=(*(layout.names[at] for at in others), *made),
        sample=tuple(sample[:SAMPLE_ROWS]),
        wide=wide,
        physical=layout,
    )


def long_rows(frame: pl.DataFrame, names: Sequence[str], wide: Wide) -> pl.DataFrame:
    """A frame of wide file rows as long rows with the columns `names`, `_line` and what else it had, line by line.

    Cells that hold nothing make no row.
    """
    periods = {one.name: _days(one, wide.grain) for one in wide.headers}
    made = names[-2:] if wide.grain == "day" else names[-3:]
    kept = [name for name in frame.columns if name not in periods]
    rows = frame.unpivot(on=list(periods), index=kept, variable_name=made[0], value_name=made[-1])
    value = pl.col(made[-1])
    rows = rows.filter(~value.str.strip_chars().str.to_lowercase().fill_null("").is_in(EMPTY_VALUE))
    ends = {
        name: pl.col(made[0]).replace_strict({header: days[at] for header, days in periods.items()})
        for at, name in enumerate(made[:-1])
    }
    return rows.with_columns(**ends).sort(LINE, maintain_order=True)


def _header(name: str, parts: tuple[int, ...], year: int | None, is_monthly: bool) -> PeriodHeader:
    its_year = parts[0] or year
    if not its_year:
        return PeriodHeader(name)
    last = monthrange(its_year, parts[1])[1]
    if is_monthly:
        return PeriodHeader(name, date(its_year, parts[1], 1), date(its_year, parts[1], last))
    day = date(its_year, parts[1], min(parts[2], last))
    return PeriodHeader(name, day, day)


def _days(one: PeriodHeader, grain: Grain) -> tuple[str, ...]:
    days = (one.first,) if grain == "day" else (one.first, one.last)
    return tuple(day.isoformat() if day else "" for day in days)


def _parts(groups: dict[str, str]) -> tuple[int, ...] | None:
    month = groups.get("month") or MONTHS.get((groups.get("name") or "").lower())
    year = groups.get("year") or ("20" + groups["short"] if "short" in groups else "0")
    if not month:
        return None
    try:
        # A leap year, where the header says none: 29 February may be meant.
        day = date(int(year) or 2000, int(month), int(groups.get("day", "1")))
    except ValueError:
        return None
    return (int(year), day.month, day.day) if "day" in groups else (int(year), day.month)


def _year_of(titles: Iterable[str]) -> int | None:
    found = {int(year) for title in titles for year in YEAR_OF_TITLE.findall(title)}
    return found.pop() if len(found) == 1 else None
