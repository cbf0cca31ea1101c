"""Finding the originals in the archive that hold a person, in the columns that became keys of persons."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from data.ingest import archive
from data.ingest.cells import Cell, Combined, Header
from data.ingest.cells_yaml import BadMapping
from data.ingest.evaluate import Cells
from data.ingest.groups import read_for
from data.ingest.recipe import Recipe
from data.ingest.recipe_yaml import from_yaml
from data.ingest.refusals import NotReadable
from data.ingest.tables import find_tables
from data.installation import Installation
from data.persons import Kind, person_columns
from data.scratch import scratch


@dataclass(frozen=True)
class Original:
    """One original that some batches came from. `recipes` are theirs, with the sheet each was read from ('': all)."""

    sha256: str
    batches: tuple[int, ...]
    file: str
    recipes: tuple[tuple[str, Recipe], ...]


@dataclass(frozen=True)
class Search:
    """What was found. `unread` could not be searched; `made` are hashes of longer keys that hold the person's."""

    holding: tuple[Original, ...]
    unread: tuple[Original, ...]
    made: frozenset[str]


def kept_originals(cursor: duckdb.DuckDBPyConnection, folder: Path) -> Iterator[Original]:
    """The originals that are still in the archive, by the batches they brought; a wrong recipe is left out."""
    rows = cursor.execute(
        "select sha256, batch, file, recipe from lake.main.batch where sha256 <> '' order by batch"
    ).fetchall()
    grouped: dict[str, list[tuple[str, int, str, str]]] = {}
    for said, batch, file, recipe in rows:
        sha256, _, sheet = str(said).partition("#")
        grouped.setdefault(sha256, []).append((sheet, int(batch), str(file), str(recipe or "")))
    for sha256, brought in grouped.items():
        if archive.is_stored(sha256, folder):
            recipes = tuple((sheet, read) for sheet, _, _, text in brought for read in _recipe(text))
            yield Original(sha256, tuple(one[1] for one in brought), brought[0][2], recipes)


def without_batch(cursor: duckdb.DuckDBPyConnection, folder: Path) -> tuple[str, ...]:
    """Originals of loads that came to nothing: no batch names them, so nobody can download them."""
    named = {row[0].partition("#")[0] for row in cursor.execute("select sha256 from lake.main.batch").fetchall()}
    return tuple(sha256 for sha256 in archive.stored(folder) if sha256 not in named)


def search(opened: Installation, originals: Iterable[Original], kind: Kind, hashes: frozenset[str]) -> Search:
    """Look for the person in originals that have columns for persons of this kind.

    An original that cannot be read is `unread`, since nobody can say that the person is not in it.
    """
    holding, unread, made = [], [], set[str]()
    for original in originals:
        if original.recipes and not any(_cells(recipe, kind) for _, recipe in original.recipes):
            continue
        try:
            found = _found(opened, original, kind, hashes)
        except (NotReadable, archive.ArchiveDamaged, FileNotFoundError):
            unread.append(original)
            continue
        if found is None:
            unread.append(original)
        elif found:
            holding.append(original)
            made |= found
    return Search(tuple(holding), tuple(unread), frozenset(made))


def _recipe(text: str) -> Iterator[Recipe]:
    try:
        yield from_yaml(text)
    except BadMapping:
        return


def _cells(recipe: Recipe, kind: Kind) -> list[Cell]:
    return [
        part.columns[name]
        for part in recipe.parts
        for name in person_columns(part.contract, kind)
        if name in part.columns
    ]


def _found(opened: Installation, original: Original, kind: Kind, hashes: frozenset[str]) -> set[str] | None:
    """The hashes of the cells that hold the person; None where no column for persons was found again."""
    found, is_read = set[str](), False
    with tempfile.TemporaryDirectory(dir=scratch()) as folder:
        copy = Path(folder) / "original"
        with copy.open("wb") as target:
            for piece in archive.fetch(original.sha256, opened.home.archive, opened.keys.archive):
                target.write(piece)
        said = next((recipe for _, recipe in original.recipes if recipe.encoding or recipe.delimiter), None)
        found_tables = find_tables(
            copy, encoding=said.encoding if said else None, delimiter=said.delimiter if said else None
        )
        for layout in found_tables.layouts:
            for sheet, recipe in original.recipes:
                if sheet not in ("", layout.part):
                    continue
                bound = recipe.bound(layout)
                cells = _cells(bound, kind)
                is_read = is_read or bool(cells)
                for frame in read_for(layout, bound) if cells else ():
                    for cell in cells:
                        found |= _hits(opened, frame, cell, hashes)
    return found if is_read else None


def _hits(opened: Installation, frame: pl.DataFrame, cell: Cell, hashes: frozenset[str]) -> set[str]:
    """The hashes under which rows with the person were loaded: of the whole cell, also where it is made of several."""
    read = Cells(frame, opened.settings.time_zone)
    whole = _hashed(opened, read, cell)
    holds = pl.Series([False]).new_from_index(0, frame.height)
    for one in (cell, *_parts(cell)):
        holds |= _hashed(opened, read, one).is_in(list(hashes)).fill_null(False)
    return set(whole.filter(holds).drop_nulls())


def _hashed(opened: Installation, read: Cells, cell: Cell) -> pl.Series:
    return opened.keys.pseudonyms(read.read(cell, "text").values)


def _parts(cell: Cell) -> Iterator[Cell]:
    if isinstance(cell, Combined):
        for part in cell.cells:
            if isinstance(part, Header):
                yield part
            yield from _parts(part)
