"""From the headcount before the period to that at its end: hires, moves, exits, and what they do not explain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.periods import Period, months_later
from metrics.policy import Viewer, check_kpi
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select
from metrics.views.staff import DAY_COLUMN, TABLE, months_asked, snapshot_days

STEPS = ("start", "hires", "moves_in", "moves_out", "exits", "rest", "end")
_COLUMNS = ("employee_id", "is_active", "is_hire", "is_exit")
_SCHEMA = {"step": pl.String, "people": pl.Float64, "first_day": pl.Date, "last_day": pl.Date}


def headcount_bridge(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """How the headcount of the months asked came about.

    It starts with the last snapshot before these months, at most three months older. Moves are people in service at
    two snapshots in a row who came under the scope's filters, or went from under them, in between; without filters
    nobody can.

    Returns:
        Shape (7, 4): step (start, hires, moves_in, moves_out, exits, rest, end), people (exits and moves out are
        negative; rest is what the others leave unexplained, such as a person missing in a file; null where it cannot
        be said: start without an earlier snapshot, and so rest), first_day, last_day (date: the snapshots at start
        and end). All but the first and last are changes, and they add up. No rows without a snapshot.

    Raises:
        NotAllowed: the KPI `headcount` is not for the viewer, or a column is hidden.
    """
    check_kpi(viewer, catalogue.kpi("headcount"))
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        asked = months_asked(reader, scope, coverage)
        window = Period(months_later(asked.first, -3), asked.last)
        days = snapshot_days(reader, scope, viewer, coverage, _COLUMNS, window)
        inside = [day for day in days if day >= asked.first] or days[-1:]
        if not inside:
            return pl.DataFrame(schema=_SCHEMA)
        before = [day for day in days if day < inside[0]][-1:]
        counts = _counts(reader, scope, viewer, coverage, window)
        moves = _moves(reader, scope, viewer, coverage, window, [*before, *inside]) if scope.filters else (0, 0)
    start = float(counts.get(before[0], (0, 0, 0))[0]) if before else None
    held = [counts.get(day, (0, 0, 0)) for day in inside]
    changes = [sum(row[1] for row in held), moves[0], -moves[1], -sum(row[2] for row in held)]
    end = float(held[-1][0])
    rest = None if start is None else end - start - sum(changes)
    people = (start, *(float(change) for change in changes), rest, end)
    first = before[0] if before else None
    rows = [(step, count, first, inside[-1]) for step, count in zip(STEPS, people, strict=True)]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _counts(
    engine: Engine, scope: Scope, viewer: Viewer, coverage: Coverage, window: Period
) -> dict[date, tuple[int, int, int]]:
    """Active people, hires and exits of each snapshot."""
    rows = admitted(engine, scope, viewer, coverage, TABLE, _COLUMNS, DAY_COLUMN, period=window)
    sql = f"""
        select {DAY_COLUMN} as day, count(case when is_active then 1 end) as active,
            count(case when is_hire then 1 end) as hires, count(case when is_exit then 1 end) as exits
        from staff group by 1
    """
    return {day: (active, hires, exits) for day, active, hires, exits in select(engine, sql, {"staff": rows}).rows()}


def _moves(
    engine: Engine, scope: Scope, viewer: Viewer, coverage: Coverage, window: Period, days: Sequence[date]
) -> tuple[int, int]:
    """How many people came under the filters, and went from under them, between one of the days and the next."""
    sources = {
        "chosen": admitted(engine, scope, viewer, coverage, TABLE, _COLUMNS, DAY_COLUMN, period=window, prefix="own"),
        "everybody": admitted(
            engine,
            replace(scope, filters=()),
            viewer,
            coverage,
            TABLE,
            _COLUMNS,
            DAY_COLUMN,
            period=window,
            prefix="all",
        ),
    }
    pairs = [f"(date '{before}', date '{after}')" for before, after in pairwise(days)]
    if not pairs:
        return 0, 0

    def moved(here: str, there: str) -> int:
        """Active under the filters at one end of a pair, active but not under them at the other."""
        sql = f"""
            select count(*) as people
            from (values {", ".join(pairs)}) as steps(before, after)
            join chosen on chosen.{DAY_COLUMN} = steps.{here} and chosen.is_active
            join everybody on everybody.{DAY_COLUMN} = steps.{there} and everybody.is_active
                and everybody.employee_id = chosen.employee_id
            left join chosen as same on same.{DAY_COLUMN} = steps.{there} and same.employee_id = chosen.employee_id
            where same.employee_id is null
        """
        return int(select(engine, sql, sources)["people"].item())

    return moved("after", "before"), moved("before", "after")
