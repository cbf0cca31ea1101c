"""Every real file: loaded with the totals of its publisher, or refused with a sentence that is right."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest

from data.ingest.cells import Constant
from data.ingest.outcome import Outcome
from data.ingest.pipeline import Desk, Prepared, Wish, bring, prepare
from data.ingest.recipe_yaml import from_yaml
from tests.data.desks import bring_file, opened_desk
from tests.real.outcomes import PAGE, Expected, outcomes, page_table

MAPPINGS = Path(__file__).parent / "mappings"
CLOCK = re.compile(r" \d{2}:\d{2}:\d{2}")
LOADED = [one for one in outcomes() if not one.is_refused]
REFUSED = [one for one in outcomes() if one.is_refused]


def oracle(real: Path, file: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((real / "oracles.json").read_text(encoding="utf-8"))[file]["oracle"]
    return found


@contextmanager
def at_desk(expected: Expected, lake_template: Path, folder: Path) -> Iterator[Desk]:
    """A desk of a company in the file's currency, with the rates that it needs (1, so that totals stay themselves)."""
    with opened_desk(lake_template, folder / "home", base_currency=expected.base, time_zone="UTC") as desk:
        if expected.rates:
            rates = folder / "rates.csv"
            rates.write_text(
                "day,currency,rate\n" + "".join(f"{day},{code},1\n" for code, day in expected.rates.items())
            )
            assert bring_file(desk, rates).status == "loaded"
        yield desk


def wish(expected: Expected, prepared: Prepared) -> Wish:
    """What a person says about the file: answers, or a mapping of her own."""
    recipe = None
    if expected.mapping:
        recipe = from_yaml((MAPPINGS / f"{expected.mapping}.yaml").read_text(encoding="utf-8"))
    elif expected.constants:
        recipe = prepared.matches[0].recipe
        assert recipe is not None
        said = {name: Constant(value) for name, value in expected.constants.items()}
        first, *others = recipe.parts
        recipe = replace(recipe, parts=(replace(first, columns={**first.columns, **said}), *others))
    return Wish(recipe=recipe, days=expected.days)


def in_lake(desk: Desk, sql: str) -> Any:
    cursor = desk.warehouse.connection.cursor()
    return cursor.execute("use lake").execute(sql).fetchall()[0][0]


def is_same(found: Any, total: Any, slack: Decimal) -> bool:
    """Numbers as numbers, at most `slack` apart; spans of moments by their days where the lake keeps days."""
    try:
        return abs(Decimal(str(found)) - Decimal(str(total))) <= slack
    except InvalidOperation:
        has_clock = CLOCK.search(str(found)) is not None
        return str(found) == (str(total) if has_clock else CLOCK.sub("", str(total)))


def total_of(known: dict[str, Any], name: str) -> Any:
    """A figure of the publisher, or one of a group of them (`Status.Solved`)."""
    if name in known:
        return known[name]
    group, _, member = name.rpartition(".")
    return known[group][member]


def waiting(expected: Expected, prepared: Prepared, desk: Desk) -> None:
    """Before anybody says anything, the file waits, and its message names what it waits for."""
    (outcome,) = bring(prepared, desk)
    assert outcome.status == "not_recognised"
    missing = {name.rpartition(".")[2] for found in prepared.matches for name in found.missing}
    if expected.answers:
        assert missing == set(expected.answers)
        assert all(name in outcome.message.en for name in expected.answers)


@pytest.mark.real
@pytest.mark.parametrize(
    "expected",
    [pytest.param(one, marks=[pytest.mark.slow] if one.slow else [], id=Path(one.file).name) for one in LOADED],
)
def test_a_file_is_loaded_with_the_totals_of_its_publisher(
    expected: Expected, real: Path, lake_template: Path, tmp_path: Path
) -> None:
    known = oracle(real, expected.file)
    with at_desk(expected, lake_template, tmp_path) as desk:
        prepared = prepare(real / expected.file, desk)
        if not expected.is_by_itself:
            waiting(expected, prepared, desk)
            prepared = prepare(real / expected.file, desk, wish(expected, prepared))
        (outcome,) = bring(prepared, desk, is_trusted=expected.confirmed)
        assert outcome.status == "loaded", outcome.message.en
        assert counts(outcome) == expected.rows
        assert set(outcome.tables) == set(expected.tables)
        slack = Decimal("0.00005") * outcome.loaded if expected.rounded else Decimal(0)
        found = {name: in_lake(desk, sql) for name, sql in expected.totals.items()}
        assert {name: one for name, one in found.items() if not is_same(one, total_of(known, name), slack)} == {}
        assert {sql: one for sql, one in expected.known.items() if not is_same(in_lake(desk, sql), one, slack)} == {}


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    """Rows read, loaded, refused and skipped, which are all there are."""
    parts = (outcome.loaded, outcome.changed, outcome.unchanged, outcome.rejected, outcome.skipped)
    assert outcome.rows_read == sum(parts)
    return outcome.rows_read, outcome.loaded, outcome.rejected, outcome.skipped


@pytest.mark.real
def test_a_file_that_no_table_keeps_is_refused_and_says_what_its_rows_are(
    real: Path, lake_template: Path, tmp_path: Path
) -> None:
    with at_desk(REFUSED[0], lake_template, tmp_path) as desk:
        for expected in REFUSED:
            (outcome,) = bring(prepare(real / expected.file, desk), desk, is_trusted=True)
            name = Path(expected.file).name
            assert outcome.status == "not_recognised", name
            said = f"{name} was not loaded: each of its rows is {expected.row}, and no table keeps those."
            assert outcome.message.en.startswith(f"{said} The nearest is {expected.nearest}: ")
        batches = desk.warehouse.connection.execute("select count(*) from lake.batch").fetchall()
        assert batches == [(0,)]


@pytest.mark.real
def test_no_real_file_is_left_out(real: Path) -> None:
    every = json.loads((real / "oracles.json").read_text(encoding="utf-8"))
    assert [one.file for one in outcomes()] == sorted(every)


def test_most_files_need_no_mapping_by_hand() -> None:
    assert len([one for one in LOADED if not one.mapping]) >= 0.7 * len(LOADED)


def test_the_page_shows_the_outcome_of_every_file() -> None:
    """`python -m tests.real.outcomes` prints what the page should hold."""
    assert page_table() in PAGE.read_text(encoding="utf-8")
