"""The whole way of a file: recognise it (nothing is written), then load it as one batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Event

import polars as pl

from data.batches import find_by_content
from data.contracts import TABLES
from data.errors import DataError, Text
from data.ingest import archive
from data.ingest.ahead import ahead
from data.ingest.batch import Chunk, Look, Origin
from data.ingest.check import CheckedRows, check_rows
from data.ingest.desk import NO_WISH, Desk, Prepared, Progress, Wish
from data.ingest.groups import read_for
from data.ingest.layout import Layout, Limits
from data.ingest.load import AlreadyHere, OlderFile, TooManyRefused, load
from data.ingest.mapping import mapping_file
from data.ingest.match import Match, match, use
from data.ingest.outcome import Outcome
from data.ingest.recipe_yaml import presets, to_yaml
from data.ingest.refusals import ChangedMeanwhile, NoSuchFile, NotReadable
from data.ingest.remembered import remembered, saved_for
from data.ingest.results import already_here, done, older, stopped, too_many
from data.ingest.stop import Stopped
from data.ingest.tables import find_tables
from data.ingest.titles import exported_at
from data.ingest.verdict import why_not, with_others
from data.ingest.wide import unpivoted, wide_of
from data.persons import person_columns

__all__ = [
    "NO_WISH",
    "Desk",
    "Prepared",
    "Progress",
    "Wish",
    "bring",
    "mapping_for",
    "not_recognised",
    "prepare",
    "unreadable",
]


class NotReplaceable(DataError):
    """A period was to be replaced in a table that has none."""

    text = Text(
        "{tables} holds no rows that lie on days, so no period of it can be replaced. Nothing was loaded; "
        "load the file without a period.",
        "{tables} 中的行不按日期记录，因此不能替换时间段。没有加载任何内容；请不指定时间段再加载。",
        "{tables} 中的列不依日期記錄，因此不能取代期間。沒有載入任何內容；請不指定期間再載入。",
    )


def prepare(path: Path, desk: Desk, wish: Wish = NO_WISH, name: str | None = None) -> Prepared:
    """Recognise a file; nothing is written.

    Raises:
        NotReadable: an image, an empty file, a damaged workbook, …
        UnknownSource, UnknownEncoding, WrongDelimiter: what `wish` names does not exist.
    """
    settings = desk.installation.settings
    limits = Limits(
        columns=settings.max_columns,
        cell_characters=settings.max_cell_characters,
        sheet_cells=settings.max_sheet_cells,
        members=settings.max_archive_files,
        unpacked_bytes=settings.max_unpacked_mb * 1_000_000,
        unpack_ratio=settings.max_unpack_ratio,
    )
    if not path.is_file():
        raise NoSuchFile(file=path.name)
    written_at = path.stat().st_mtime_ns
    kept = wish.recipe
    encoding = wish.encoding or (kept.encoding if kept else None)
    with ThreadPoolExecutor(1) as beside:
        fingerprint = beside.submit(archive.fingerprint, path)
        found = find_tables(path, limits, encoding, wish.delimiter or (kept.delimiter if kept else None))
        matches = tuple(_matched(layout, desk, wish) for layout in found.layouts)
        sha256 = fingerprint.result()
    already = find_by_content(desk.warehouse.connection, sha256)
    return Prepared(path, name or path.name, sha256, matches, already, wish, found, written_at)


def bring(
    prepared: Prepared,
    desk: Desk,
    progress: Progress | None = None,
    *,
    is_trial: bool = False,
    is_trusted: bool = False,
    look: Look | None = None,
    stop: Event | None = None,
) -> tuple[Outcome, ...]:
    """Load a prepared file: one batch (a workbook: one a sheet, an archive: one a member), or with `is_trial` only say
    what would happen.

    Unless `is_trusted` (somebody looked at the proposals) only what is certain is loaded. An outcome that loaded
    nothing says why; errors of a single file are outcomes, not exceptions. `look` says what the batch does to KPIs;
    setting `stop` ends the work before anything of the table it is at is kept.

    Raises:
        NotReplaceable: the wish names a period, and nothing in the file lies on days.
    """
    if prepared.already is not None and not is_trial:
        return (already_here(prepared.name, prepared.already),)
    chosen = prepared.loadable if is_trusted else prepared.certain
    if not chosen:
        return (not_recognised(prepared),)
    outcomes: list[Outcome] = []
    with _archiving(prepared, desk, outcomes, is_trial=is_trial) as kept:
        errand = _Errand(prepared, desk, progress, kept, look, stop)
        for group in _groups(chosen):
            outcomes.append(_bring_group(group, errand))
    first, *rest = outcomes
    others = tuple(found for found in prepared.matches if found not in chosen)
    unread = (unreadable(f"{prepared.name} [{member}]", error) for member, error in prepared.found.unread)
    return replace(first, message=with_others(first.message, others, len(prepared.matches))), *rest, *unread


@contextmanager
def _archiving(
    prepared: Prepared, desk: Desk, outcomes: Sequence[Outcome], *, is_trial: bool
) -> Iterator[Future[str] | None]:
    """Keep the original beside the reading; one of which nothing was loaded in the end is not kept on."""
    if is_trial:
        yield None
        return
    place, key = desk.installation.home.archive, desk.installation.keys.archive
    was_kept = archive.is_stored(prepared.sha256, place)
    try:
        with ThreadPoolExecutor(1) as beside:
            yield beside.submit(archive.store, prepared.path, place, key)
    finally:
        if not was_kept and all(outcome.batch is None for outcome in outcomes):
            archive.forget(prepared.sha256, place)


def not_recognised(prepared: Prepared, titled: Callable[[str], str] = str) -> Outcome:
    """The outcome of a file that nothing certain is known about; `titled` says what readers call a table of ours."""
    best = _best(prepared)
    table = best.tables[0] if best.tables else None
    return Outcome(prepared.name, "not_recognised", why_not(prepared.name, best, titled), table=table)


def unreadable(name: str, error: NotReadable) -> Outcome:
    """The outcome of a file that cannot be read at all."""
    return Outcome(name, "not_readable", error.sentence)


def mapping_for(prepared: Prepared) -> str:
    """A mapping file (YAML) of the best proposal, ready to be put right; a skeleton where nothing fits.

    Empty for a known export that no table keeps: no mapping makes its rows something else.
    """
    best = _best(prepared)
    return "" if best.recipe is None and best.unfit else mapping_file(best)


def _best(prepared: Prepared) -> Match:
    """The table of the file that most is known about; the sentence and the mapping file speak of the same one."""
    return max(prepared.matches, key=lambda found: (found.recipe is not None, len(found.proposals)))


def _matched(layout: Layout, desk: Desk, wish: Wish) -> Match:
    found = _known(layout, desk, wish)
    if wish.days and found.recipe:
        found = replace(use(found.layout, replace(found.recipe, period=wish.days), found.how), wide=found.wide)
    if found.recipe and (wish.encoding or wish.delimiter):
        found = replace(found, recipe=replace(found.recipe, encoding=wish.encoding, delimiter=wish.delimiter))
    return replace(found, account=wish.account) if wish.account is not None else found


def _known(layout: Layout, desk: Desk, wish: Wish) -> Match:
    """The match by what a person said or confirmed, else by what is known; a wide table is unpivoted or asked about."""
    wide = wide_of(layout, wish.year)
    long = unpivoted(layout, wide) if wide and not wide.is_year_open else None
    if wish.recipe is not None:
        if not (wide and wish.recipe.unpivot):
            return use(layout, wish.recipe)
        return use(long, wish.recipe) if long else replace(use(layout, wish.recipe), wide=wide)
    state = desk.installation.state
    saved = saved_for(state, layout.names)
    if long and (wish.is_unpivoted or (not saved and wish.is_unpivoted is None)):
        saved_long = saved_for(state, long.names)
        if wish.is_unpivoted or saved_long:
            return match(long, presets(), saved_long, wish.table, wish.source)
    if wish.source is not None:
        saved += tuple(one.recipe for one in remembered(state) if one.recipe)
    found = match(layout, presets(), saved, wish.table, wish.source)
    is_decided = wish.is_unpivoted is False or found.how in ("source", "saved") or found.unfit
    return found if is_decided else replace(found, wide=wide)


def _groups(matches: tuple[Match, ...]) -> list[tuple[Match, ...]]:
    """Tables that are loaded together: of a text file all of one source and account, of a workbook each sheet, of an
    archive each member."""
    groups: dict[tuple[str, ...], list[Match]] = {}
    for found in matches:
        recipe = found.recipe
        key = (recipe.id if recipe else "", found.account, found.layout.part)
        groups.setdefault(key, []).append(found)
    return [tuple(group) for group in groups.values()]


@dataclass(frozen=True)
class _Errand:
    """What is the same for all tables of a file that is brought; without an original that is `kept` it is a trial."""

    prepared: Prepared
    desk: Desk
    progress: Progress | None
    kept: Future[str] | None
    look: Look | None
    stop: Event | None

    @property
    def is_trial(self) -> bool:
        """Whether nothing is to be written."""
        return self.kept is None


def _bring_group(group: tuple[Match, ...], errand: _Errand) -> Outcome:
    first, warehouse = group[0], errand.desk.warehouse
    origin = _origin(group, errand)
    try:
        loaded = load(
            warehouse, origin, _chunks(group, errand), is_trial=errand.is_trial, look=errand.look, stop=errand.stop
        )
    except AlreadyHere as error:
        return already_here(origin.file, int(str(error.values["batch"])))
    except TooManyRefused as error:
        return too_many(origin.file, first, error)
    except OlderFile as error:
        return older(origin.file, first, error)
    except NotReadable as error:
        return unreadable(origin.file, error)
    except Stopped:
        return stopped(origin.file, first)
    return done(origin.file, first, loaded, is_trial=errand.is_trial)


def _origin(group: tuple[Match, ...], errand: _Errand) -> Origin:
    first, prepared, desk = group[0], errand.prepared, errand.desk
    recipe, wish = first.recipe, prepared.wish
    assert recipe is not None
    tables = [table for found in group for table in found.tables]
    if wish.replaces and not any(TABLES[table].can_be_replaced for table in tables):
        raise NotReplaceable(tables=", ".join(tables))
    part = first.layout.part if first.layout.member or len(prepared.certain) > 1 else ""
    name = f"{prepared.name} [{part}]" if part else prepared.name
    return Origin(
        file=name,
        source=recipe.source,
        account=first.account,
        loaded_by=desk.user,
        loaded_at=desk.now,
        sha256=prepared.sha256 + (f"#{part}" if part else ""),
        bytes=prepared.path.stat().st_size,
        recipe=to_yaml(recipe),
        days=_days(first),
        reject_share_limit=1.0 if wish.are_refusals_fine else float(desk.installation.settings.reject_share_limit),
        collapse={part.table: part.collapse for part in recipe.parts if part.collapse},
        replaces=wish.replaces,
        exported_at=exported_at(first.layout.titles),
        is_older_fine=wish.is_older_fine,
    )


def _days(found: Match) -> tuple[date, date] | None:
    recipe = found.recipe
    return (recipe.period if recipe else None) or found.layout.title_period


def _chunks(group: tuple[Match, ...], errand: _Errand) -> Iterator[Chunk]:
    """Checked rows, stretch by stretch: while one is put aside the persons of the next are hashed, the one after that
    is checked, and another is read."""
    prepared, desk, progress, kept = errand.prepared, errand.desk, errand.progress, errand.kept
    sql = "select day, currency, rate from lake.main.fx_rate"
    rates = desk.warehouse.connection.cursor().execute(sql).pl()
    done = 0
    for found in group:
        titles = found.layout.lines_above
        for checked in ahead(_hashed(found, desk, rates)):
            yield Chunk(checked.frames, checked.rows_read + titles, checked.skipped + titles, checked.rejects)
            titles = 0
            done += checked.rows_read
            if progress:
                progress(done)
        if titles:
            # A table without a row below its header still has the lines above it.
            yield Chunk({}, titles, titles)
    if progress:
        progress(done, is_read=True)
    # Nothing is written before the original is safe.
    if not prepared.is_as_it_was or (kept and kept.result() != prepared.sha256):
        raise ChangedMeanwhile(file=prepared.name)


def _checked(found: Match, desk: Desk, rates: pl.DataFrame) -> Iterator[CheckedRows]:
    assert found.recipe is not None
    for frame in ahead(read_for(found.layout, found.recipe)):
        yield check_rows(frame, found.recipe, desk.installation.settings, rates, found.dates.orders)


def _hashed(found: Match, desk: Desk, rates: pl.DataFrame) -> Iterator[CheckedRows]:
    for checked in ahead(_checked(found, desk, rates)):
        frames = {table: _without_persons(table, rows, desk) for table, rows in checked.frames.items()}
        yield replace(checked, frames=frames)


def _without_persons(table: str, rows: pl.DataFrame, desk: Desk) -> pl.DataFrame:
    """Keys of persons become keyed hashes before anything is written."""
    personal = [name for name in person_columns(TABLES[table]) if name in rows.columns]
    return rows.with_columns(desk.installation.keys.pseudonyms(rows[name]) for name in personal)
