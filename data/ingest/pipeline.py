"""The whole way of a file: recognise it (nothing is written), then load it as one batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

import polars as pl

from data.batches import find_by_content
from data.contracts import TABLES
from data.ingest import archive
from data.ingest.ahead import ahead
from data.ingest.batch import REJECTS, Chunk, Loaded, Origin
from data.ingest.check import CheckedRows, check_rows
from data.ingest.groups import read_for
from data.ingest.layout import Layout, Limits
from data.ingest.load import AlreadyHere, TooManyRefused, load
from data.ingest.mapping import mapping_file
from data.ingest.match import Match, match, use
from data.ingest.messages import refusal_message
from data.ingest.outcome import Outcome, Reason, Refusal, Status, said
from data.ingest.recipe import Recipe
from data.ingest.recipe_yaml import presets, to_yaml
from data.ingest.refusals import ChangedMeanwhile, NoSuchFile, NotReadable
from data.ingest.remembered import remembered, saved_for
from data.ingest.tables import Found, find_tables
from data.ingest.verdict import why_not, with_others
from data.ingest.wide import unpivoted, wide_of
from data.installation import Installation
from data.persons import person_columns
from data.warehouse import Warehouse

SHOWN_REFUSALS = 1000
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Desk:
    """Where a file is worked on: an installation, one of its lakes, who does it, and when (UTC, without zone)."""

    installation: Installation
    warehouse: Warehouse
    user: str
    now: datetime


@dataclass(frozen=True)
class Wish:
    """What a person says about a file beforehand; everything may be left open.

    `encoding` (a name of `ENCODINGS`) and `delimiter` overrule what was guessed about a text file; the layouts show
    which were taken. `is_unpivoted` answers `Match.wide` for all tables of the file: a month or a day a column becomes
    rows, or stays as it is; None leaves the question open. `year` is that of headers which do not say theirs (`1月`).
    """

    table: str | None = None
    source: str | None = None
    recipe: Recipe | None = None
    account: str | None = None
    days: tuple[date, date] | None = None
    encoding: str | None = None
    delimiter: str | None = None
    is_unpivoted: bool | None = None
    year: int | None = None


NO_WISH = Wish()


@dataclass(frozen=True)
class Prepared:
    """What was understood of a file. `matches` has one entry a table in it; `already` the batch that has its bytes.

    `found` holds what the matches read from; `found.unread` are members of an archive that hold no table.
    """

    path: Path
    name: str
    sha256: str
    matches: tuple[Match, ...]
    already: int | None = None
    wish: Wish = field(default_factory=Wish)
    found: Found = field(default_factory=lambda: Found(()))
    written_at: int = 0

    @property
    def is_as_it_was(self) -> bool:
        """Whether the file was not written to since it was looked at."""
        return self.path.stat().st_mtime_ns == self.written_at

    @property
    def certain(self) -> tuple[Match, ...]:
        """The tables that may be loaded without asking anybody."""
        return tuple(found for found in self.matches if found.is_certain)

    @property
    def loadable(self) -> tuple[Match, ...]:
        """Those, and the proposals that lack nothing: for somebody who looked at them."""
        return tuple(found for found in self.matches if found.is_loadable)


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
) -> tuple[Outcome, ...]:
    """Load a prepared file: one batch (a workbook: one a sheet, an archive: one a member), or with `is_trial` only say
    what would happen.

    Unless `is_trusted` (somebody looked at the proposals) only what is certain is loaded. An outcome that loaded
    nothing says why; errors of a single file are outcomes, not exceptions.
    """
    if prepared.already is not None and not is_trial:
        return (_already(prepared, prepared.already),)
    chosen = prepared.loadable if is_trusted else prepared.certain
    if not chosen:
        return (not_recognised(prepared),)
    installation = desk.installation
    with ThreadPoolExecutor(1) as beside:
        kept = None
        if not is_trial:
            place, key = installation.home.archive, installation.keys.archive
            kept = beside.submit(archive.store, prepared.path, place, key)
        first, *rest = (_bring_group(prepared, group, desk, progress, kept) for group in _groups(chosen))
    others = tuple(found for found in prepared.matches if found not in chosen)
    unread = (unreadable(f"{prepared.name} [{member}]", error) for member, error in prepared.found.unread)
    return replace(first, message=with_others(first.message, others, len(prepared.matches))), *rest, *unread


def not_recognised(prepared: Prepared, titled: Callable[[str], str] = str) -> Outcome:
    """The outcome of a file that nothing certain is known about; `titled` says what readers call a table of ours."""
    best = max(prepared.matches, key=lambda found: (found.recipe is not None, len(found.proposals)))
    table = best.tables[0] if best.tables else None
    return Outcome(prepared.name, "not_recognised", why_not(prepared.name, best, titled), table=table)


def unreadable(name: str, error: NotReadable) -> Outcome:
    """The outcome of a file that cannot be read at all."""
    return Outcome(name, "not_readable", error.sentence)


def mapping_for(prepared: Prepared) -> str:
    """A mapping file (YAML) of the best proposal, ready to be put right; a skeleton where nothing fits."""
    return mapping_file(max(prepared.matches, key=lambda found: (found.recipe is not None, len(found.proposals))))


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


def _bring_group(
    prepared: Prepared, group: tuple[Match, ...], desk: Desk, progress: Progress | None, kept: Future[str] | None
) -> Outcome:
    """Load one batch, or only try to where the original is not `kept`."""
    first = group[0]
    recipe = first.recipe
    assert recipe is not None
    part = first.layout.part if first.layout.member or len(prepared.certain) > 1 else ""
    name = f"{prepared.name} [{part}]" if part else prepared.name
    origin = Origin(
        file=name,
        source=recipe.source,
        account=first.account,
        loaded_by=desk.user,
        loaded_at=desk.now,
        sha256=prepared.sha256 + (f"#{part}" if part else ""),
        bytes=prepared.path.stat().st_size,
        recipe=to_yaml(recipe),
        days=_days(first),
        reject_share_limit=float(desk.installation.settings.reject_share_limit),
        collapse={part.table: part.collapse for part in recipe.parts if part.collapse},
    )
    try:
        loaded = load(desk.warehouse, origin, _chunks(prepared, group, desk, progress, kept), is_trial=kept is None)
    except AlreadyHere as error:
        return _already(prepared, int(str(error.values["batch"])))
    except TooManyRefused as error:
        return _too_many(prepared, first, error)
    except NotReadable as error:
        return unreadable(name, error)
    return _done(name, first, loaded, desk, "loaded" if kept else "would_load")


def _days(found: Match) -> tuple[date, date] | None:
    recipe = found.recipe
    return (recipe.period if recipe else None) or found.layout.title_period


def _chunks(
    prepared: Prepared, group: tuple[Match, ...], desk: Desk, progress: Progress | None, kept: Future[str] | None
) -> Iterator[Chunk]:
    """Checked rows, stretch by stretch: while one is used the next is checked and the one after that is read."""
    sql = "select day, currency, rate from lake.main.fx_rate"
    rates = desk.warehouse.connection.cursor().execute(sql).pl()
    done = 0
    for found in group:
        titles = found.layout.lines_above
        for checked in ahead(_checked(found, desk, rates)):
            yield Chunk(checked.frames, checked.rows_read + titles, checked.skipped + titles, checked.rejects)
            titles = 0
            done += checked.rows_read
            if progress:
                progress(done)
    # Nothing is written before the original is safe.
    if not prepared.is_as_it_was or (kept and kept.result() != prepared.sha256):
        raise ChangedMeanwhile(file=prepared.name)


def _checked(found: Match, desk: Desk, rates: pl.DataFrame) -> Iterator[CheckedRows]:
    assert found.recipe is not None
    for frame in ahead(read_for(found.layout, found.recipe)):
        checked = check_rows(frame, found.recipe, desk.installation.settings, rates, found.dates.orders)
        frames = {table: _without_persons(table, rows, desk) for table, rows in checked.frames.items()}
        yield replace(checked, frames=frames)


def _without_persons(table: str, rows: pl.DataFrame, desk: Desk) -> pl.DataFrame:
    """Keys of persons become keyed hashes before anything is written."""
    personal = [name for name in person_columns(TABLES[table]) if name in rows.columns]
    return rows.with_columns(desk.installation.keys.pseudonyms(rows[name]) for name in personal)


def _already(prepared: Prepared, batch: int) -> Outcome:
    return Outcome(
        prepared.name,
        "already_here",
        AlreadyHere(file=prepared.name, batch=batch).sentence,
        batch=batch,
    )


def _done(name: str, found: Match, loaded: Loaded, desk: Desk, status: Status) -> Outcome:
    is_kept = status == "loaded"
    return Outcome(
        name,
        status,
        said(loaded, name, status),
        batch=loaded.batch if is_kept else None,
        table=found.tables[0],
        source=found.recipe.source if found.recipe else None,
        rows_read=loaded.rows_read,
        loaded=loaded.loaded,
        changed=loaded.changed,
        unchanged=loaded.unchanged,
        rejected=loaded.rejected,
        skipped=loaded.skipped,
        tables=loaded.tables,
        rejects=_refusals(loaded.rejects),
        reasons=_reasons(loaded.rejects),
        days=loaded.days,
        version=desk.warehouse.version() if is_kept else None,
    )


def _too_many(prepared: Prepared, found: Match, error: TooManyRefused) -> Outcome:
    reasons = _reasons(error.read.rejects)
    message = reasons[0].first.message
    sentence = TooManyRefused(
        error.read, file=prepared.name, refused=error.read.refused, rows=error.read.rows, reason=message
    ).sentence
    return Outcome(
        prepared.name,
        "too_many_refused",
        sentence,
        table=found.tables[0],
        source=found.recipe.source if found.recipe else None,
        rows_read=error.read.rows,
        # The file is refused whole, its good rows too.
        rejected=error.read.rows - error.read.skipped,
        skipped=error.read.skipped,
        rejects=_refusals(error.read.rejects),
        reasons=reasons,
    )


def _refusals(rejects: pl.DataFrame) -> tuple[Refusal, ...]:
    rows = rejects.select(REJECTS.keys()).sort("line").head(SHOWN_REFUSALS).iter_rows()
    return tuple(_refusal(*row) for row in rows)


def _refusal(line: int, column: str, value: str | None, rule: str, key: str | None) -> Refusal:
    return Refusal(line, column, value, rule, refusal_message(key or rule, column, value, rule))


def _reasons(rejects: pl.DataFrame) -> tuple[Reason, ...]:
    """All refusals counted by rule and column, the most frequent first; each with the first in the file."""
    groups = rejects.sort("line").group_by("rule", "column", maintain_order=True)
    counted = groups.agg(pl.len().alias("count"), pl.col("line", "value", "message_key").first())
    rows = counted.sort("count", descending=True, maintain_order=True).select("count", *REJECTS).iter_rows()
    return tuple(Reason(count, _refusal(*first)) for count, *first in rows)
