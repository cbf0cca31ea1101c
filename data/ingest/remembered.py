"""Mappings that people confirmed: one for each set of headers; listed, renamed, deleted, written out as YAML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

import duckdb

from data.errors import DataError, Text
from data.ingest.cells import Constant
from data.ingest.cells_yaml import BadMapping
from data.ingest.recipe import Part, Recipe
from data.ingest.recipe_yaml import from_yaml, to_yaml
from data.ingest.script import simplified
from data.state import SavedMapping, State, header_fingerprint

# The ids of mappings that people made begin like this; those of presets never do.
OWN = "own_"
SHORTEST = 3


class NoSuchMapping(DataError):
    """A name that no remembered mapping has."""

    text = Text(
        "No remembered mapping is called '{name}'. Nothing was changed; there are: {known}.",
        "没有名为“{name}”的已记住的映射。没有做任何更改；现有：{known}。",
        "沒有名為「{name}」的已記住的對應。沒有做任何變更；現有：{known}。",
    )


class NameTaken(DataError):
    """A name that another mapping has."""

    text = Text(
        "Another mapping is called '{name}' already. Nothing was changed; choose another name.",
        "已有另一个映射名为“{name}”。没有做任何更改；请换一个名称。",
        "已有另一個對應名為「{name}」。沒有做任何變更；請換一個名稱。",
    )


@dataclass(frozen=True)
class Remembered:
    """A mapping and the headers it is for. `recipe` is None where this program cannot read it: `problem` says why.

    `saved_at` is UTC without zone. `text` is the YAML that `ingest --map` takes.
    """

    name: str
    headers: tuple[str, ...]
    text: str
    saved_by: str
    saved_at: datetime
    recipe: Recipe | None = None
    problem: Text | None = None

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that it fills."""
        return tuple(dict.fromkeys(part.table for part in self.recipe.parts)) if self.recipe else ()


def remember(state: State, headers: Sequence[str], recipe: Recipe, name: str, by: str, at: datetime) -> Remembered:
    """Read files with exactly these headers by this recipe from now on.

    The days of one report are not those of the next, so they are left out, and so is what a source asks for each time.
    Where other headers have the name already, a number is put behind it.
    """
    taken = {one.name for one in state.mappings() if one.fingerprint != header_fingerprint(headers)}
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    kept = replace(
        recipe,
        id=own_id(recipe.id, free, headers),
        names=recipe.names if recipe.names.en == name and free == name else Text(free, free, free),
        fingerprint=tuple((header,) for header in headers),
        period=None,
        parts=tuple(_without(part, recipe.each_time) for part in recipe.parts),
    )
    state.save_mapping(headers, free, to_yaml(kept), by, at)
    return Remembered(free, tuple(headers), to_yaml(kept), by, at, kept)


def _without(part: Part, each_time: tuple[str, ...]) -> Part:
    columns = {
        name: cell for name, cell in part.columns.items() if not (name in each_time and isinstance(cell, Constant))
    }
    return replace(part, columns=columns)


def own_id(before: str, name: str, headers: Sequence[str]) -> str:
    """The id of a mapping: a source of its own keeps it; one that only named headers gets it of its name.

    A name without Latin letters is told apart by its headers.
    """
    if not before.startswith(("headers_", "template_", "my_source")):
        return before
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    return OWN + (plain if len(plain) >= SHORTEST else header_fingerprint(headers)[:8])


def remembered(state: State) -> tuple[Remembered, ...]:
    """All of them, sorted by name."""
    return tuple(_read(row) for row in state.mappings())


def named(state: State, name: str) -> Remembered:
    """The mapping of this name.

    Raises:
        NoSuchMapping: there is none.
    """
    return _read(_row(state, name))


def saved_for(state: State, headers: Sequence[str]) -> tuple[Recipe, ...]:
    """The recipe for a file with these headers, as one or none; what this program cannot read is none.

    Without one, that for the same headers in the other Chinese script.
    """
    text = state.mapping_for(headers) or _in_other_script(state, headers)
    try:
        return (from_yaml(text),) if text else ()
    except BadMapping:
        return ()


def _in_other_script(state: State, headers: Sequence[str]) -> str | None:
    if all(header.isascii() for header in headers):
        return None
    wanted = header_fingerprint([*map(simplified, headers)])
    same = (row for row in state.mappings() if header_fingerprint([*map(simplified, row.header_names)]) == wanted)
    return next((row.recipe for row in same), None)


def rename(state: State, name: str, new_name: str) -> None:
    """Call a mapping otherwise; its source stays the same, so later files join what earlier ones brought.

    Raises:
        NoSuchMapping: there is none of this name.
        NameTaken: another one has the new name, or it is blank.
    """
    row, new = _row(state, name), new_name.strip()
    if not new or any(one.name == new and one.fingerprint != row.fingerprint for one in state.mappings()):
        raise NameTaken(name=new)
    text = row.recipe
    recipe = _read(row).recipe
    state.rename_mapping(row.fingerprint, new, to_yaml(replace(recipe, names=Text(new, new, new))) if recipe else text)


def forget(state: State, name: str) -> None:
    """Delete a mapping; what was loaded with it stays.

    Raises:
        NoSuchMapping: there is none of this name.
    """
    state.delete_mapping(_row(state, name).fingerprint)


def used_by(connection: duckdb.DuckDBPyConnection, mappings: Sequence[Remembered]) -> dict[str, int]:
    """For each mapping's name the number of batches that were read by it, taken back or not."""
    by_use = {(one.recipe.id, header_fingerprint(one.headers)): one.name for one in mappings if one.recipe}
    sources = sorted({source for source, _ in by_use})
    sql = "select recipe, count(*) from lake.main.batch where list_contains(?, source) group by recipe"
    counts: Counter[str] = Counter()
    for text, batches in connection.cursor().execute(sql, [sources]).fetchall():
        recipe = from_yaml(text)
        headers = [names[0] for names in recipe.fingerprint]
        if name := by_use.get((recipe.id, header_fingerprint(headers))):
            counts[name] += batches
    return {one.name: counts[one.name] for one in mappings}


def _row(state: State, name: str) -> SavedMapping:
    rows = state.mappings()
    found = next((row for row in rows if row.name == name), None)
    if found is None:
        raise NoSuchMapping(name=name, known=", ".join(row.name for row in rows) or "–")
    return found


def _read(row: SavedMapping) -> Remembered:
    kept = Remembered(row.name, row.header_names, row.recipe, row.saved_by, row.saved_at)
    try:
        return replace(kept, recipe=_parsed(row.recipe, row.name))
    except BadMapping as error:
        return replace(kept, problem=error.sentence)


# The page asks on every click, and reading YAML takes milliseconds.
@lru_cache(256)
def _parsed(text: str, name: str) -> Recipe:
    return from_yaml(text, name)
