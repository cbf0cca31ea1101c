"""A folder that is watched: files are loaded as they become complete, then moved aside with a report.

Looking again and again is simple and works on network folders, which tell nobody of new files. Whatever happens, a file
is where it was or where it was moved to: it is moved after it was loaded, and loading it again changes nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from threading import Event
from typing import Any, Literal

import duckdb
import polars as pl

from data.errors import DataError, Text
from data.ingest.batch import Look as LookAtKpis
from data.ingest.outcome import Outcome
from data.ingest.pipeline import Desk, Wish, bring, mapping_for, prepare, unreadable
from data.ingest.recipe_yaml import from_yaml
from data.ingest.refusals import NotReadable
from data.ingest.stop import Stopped
from data.warehouse import WriterBusy

Fate = Literal["done", "refused", "failed"]
FOLDERS: tuple[Fate, ...] = ("done", "refused", "failed")
MAPPING, REPORT = ".map.yaml", ".report.json"
NOT_COMPLETE = (".partial", ".part", ".tmp", ".crdownload", ".download", ".filepart")
NOT_OURS = ("~$", ".", "Thumbs.db", "desktop.ini")
# An exporter may open its file long before it writes the first row.
EMPTY_SECONDS = 60.0


class Unexpected(DataError):
    """A file on which the program itself stumbled."""

    text = Text(
        "{file} could not be loaded: {reason}. Nothing of it was kept; please report this with the file's kind.",
        "无法加载 {file}：{reason}。没有保留任何内容；请将此问题连同文件类型一并反馈。",
        "無法載入 {file}：{reason}。沒有保留任何內容；請將此問題連同檔案類型一併回報。",
    )


@dataclass(frozen=True)
class Look:
    """What a file looked like at one moment."""

    size: int
    modified_ns: int

    @classmethod
    def at(cls, path: Path) -> Look | None:
        """None where the file is gone or is no plain file."""
        try:
            found = path.stat(follow_symlinks=False)
        except OSError:
            return None
        is_plain = path.is_file() and not path.is_symlink()
        return cls(found.st_size, found.st_mtime_ns) if is_plain else None

    def may_be_complete(self, now: float) -> bool:
        """Whether it may be taken once a second look is the same; `now` in seconds since 1970."""
        return self.size > 0 or now - self.modified_ns / 1e9 > EMPTY_SECONDS


@dataclass(frozen=True)
class Taken:
    """What became of one file. `place` is where it is now."""

    name: str
    fate: Fate
    place: Path
    outcomes: tuple[Outcome, ...]

    @property
    def line(self) -> str:
        """One line for a log; it holds no value of the file."""
        what = ", ".join(
            f"{one.status}{f' as batch {one.batch}' if one.batch else ''}"
            f" ({one.loaded:,} new, {one.changed:,} changed, {one.unchanged:,} unchanged, {one.rejected:,} refused)"
            for one in self.outcomes
        )
        return f"{self.name}: {what} -> {self.place.parent.name}/{self.place.name}"


def looks(folder: Path) -> dict[Path, Look]:
    """The files that wait in the folder, oldest first, as they look now."""
    found = {
        path: look
        for path in folder.iterdir()
        if not path.name.startswith(NOT_OURS)
        and not path.name.lower().endswith((*NOT_COMPLETE, MAPPING, REPORT))
        and (look := Look.at(path))
    }
    return dict(sorted(found.items(), key=lambda item: (item[1].modified_ns, item[0].name)))


def complete(before: Mapping[Path, Look], now: Mapping[Path, Look], clock: float) -> list[Path]:
    """The files that two looks found the same."""
    return [path for path, look in now.items() if before.get(path) == look and look.may_be_complete(clock)]


def take(path: Path, desk: Desk, stop: Event, look: LookAtKpis | None = None) -> Taken | None:
    """Load one file and move it; None where it stays for another time: somebody else writes, it is still being
    written, or `stop` was set.

    Raises:
        OSError: it cannot be moved; it stays and is known as loaded the next time.
    """
    before = Look.at(path)
    try:
        outcomes, mapping = _loaded(path, desk, stop, look)
    except (WriterBusy, Stopped, FileNotFoundError):
        return None
    if before is None or Look.at(path) != before or any(str(one.status) == "stopped" for one in outcomes):
        return None
    return _put_away(path, outcomes, mapping)


def _loaded(path: Path, desk: Desk, stop: Event, look: LookAtKpis | None) -> tuple[tuple[Outcome, ...], str]:
    """What became of the file, and a mapping for one that was not recognised."""
    try:
        prepared = prepare(path, desk, Wish(recipe=_recipe_beside(path)))
        outcomes = bring(prepared, desk, look=look, stop=stop)
    except NotReadable as error:
        return (unreadable(path.name, error),), ""
    except (WriterBusy, Stopped):
        raise
    except DataError as error:
        # A mapping that somebody put beside the file and that cannot be used.
        return (Outcome(path.name, "not_recognised", error.sentence),), ""
    except (duckdb.Error, pl.exceptions.PolarsError) as error:
        reason = Unexpected(file=path.name, reason=type(error).__name__)
        return (Outcome(path.name, "not_readable", reason.sentence),), ""
    is_unknown = outcomes[0].status == "not_recognised"
    return outcomes, mapping_for(prepared) if is_unknown else ""


def _recipe_beside(path: Path) -> Any:
    """The mapping that somebody put beside the file, put right after it was refused."""
    mapping = _mapping_of(path)
    return from_yaml(mapping.read_text(encoding="utf-8"), mapping.name) if mapping.exists() else None


def _mapping_of(path: Path) -> Path:
    return path.with_name(path.stem + MAPPING)


def _put_away(path: Path, outcomes: tuple[Outcome, ...], mapping: str) -> Taken:
    fate = _fate(outcomes)
    folder = path.parent / fate
    folder.mkdir(exist_ok=True)
    stem = next(stem for stem in _stems(path.stem) if not _is_used(folder, stem, path.suffix))
    place = folder / (stem + path.suffix)
    # The report comes first: whoever finds the file in its new place finds the report too.
    _write(folder / (place.name + REPORT), _report(path.name, outcomes))
    used = _mapping_of(path)
    if mapping and not used.exists():
        _write(folder / (stem + MAPPING), mapping)
    _move(path, place)
    if used.exists():
        _move(used, folder / (stem + MAPPING))
    return Taken(path.name, fate, place, outcomes)


def _fate(outcomes: Sequence[Outcome]) -> Fate:
    if all(one.is_loaded or one.status == "already_here" for one in outcomes):
        return "done"
    return "failed" if any(one.status == "not_readable" for one in outcomes) else "refused"


def _stems(stem: str) -> Iterator[str]:
    return chain([stem], (f"{stem}-{number}" for number in count(2)))


def _is_used(folder: Path, stem: str, suffix: str) -> bool:
    return any((folder / name).exists() for name in (stem + suffix, stem + suffix + REPORT, stem + MAPPING))


def _move(path: Path, place: Path) -> None:
    """Move without ever writing over a file, also when somebody puts one there at the same moment."""
    try:
        os.link(path, place)
    except FileExistsError:
        raise
    except OSError:
        # Not every network folder knows links; only this process writes here.
        path.rename(place)
    else:
        path.unlink()


def _write(path: Path, text: str) -> None:
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


def _report(name: str, outcomes: Sequence[Outcome]) -> str:
    """Counts, sentences and refused lines; values of the file are left out, since reports are passed around."""
    written = []
    for one in outcomes:
        told = one.as_json()
        told["sentences"] = {"en": one.message.en, "zh-Hans": one.message.zh_hans, "zh-Hant": one.message.zh_hant}
        written.append(told)
    return json.dumps({"file": name, "outcomes": written}, ensure_ascii=False, indent=2, default=str) + "\n"


def watch(
    folder: Path,
    desk_now: Callable[[], Desk],
    clock: Callable[[], float],
    stop: Event,
    every_seconds: float,
    is_once: bool = False,
    look: LookAtKpis | None = None,
) -> Iterator[Taken | OSError]:
    """Take files as they become complete, until `stop` is set; with `is_once` only those that are complete now.
    `look` says what each does to KPIs, for the record of its batch.

    Yields what became of each; an OSError where a file is loaded but cannot be moved yet.
    """
    before = looks(folder)
    while not stop.wait(every_seconds):
        seen = looks(folder)
        for path in complete(before, seen, clock()):
            if stop.is_set():
                return
            try:
                taken = take(path, desk_now(), stop, look)
            except OSError as error:
                yield error
                continue
            if taken:
                yield taken
        if is_once:
            return
        before = seen
