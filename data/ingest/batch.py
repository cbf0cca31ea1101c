"""The values around one batch: where its rows come from, what was read and checked, what it did."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import polars as pl

from data.engines.lake import LakeEngine
from data.errors import Text
from data.ingest.merge import Counts

REJECTS = {
    "line": pl.Int64,
    "column": pl.String,
    "value": pl.String,
    "rule": pl.String,
    "message_key": pl.String,
}


@dataclass(frozen=True)
class Origin:
    """Where the rows of a batch come from and who brings them.

    `days` is what the file says about itself (a title line, the user); where it says nothing, the range of the
    data counts. `collapse` says by table how many file rows of one key become one row. `replaces` is a period that
    the file brings whole: earlier rows of the same source and account in it that the file no longer has are removed.
    `is_beside` rows stand beside those of the usual files and say nothing of which days are known.
    `exported_at` is how new the content is (None: by its newest moment), `is_older_fine` that somebody wants it loaded
    over newer rows.
    """

    file: str
    source: str
    account: str
    loaded_by: str
    loaded_at: datetime
    sha256: str = ""
    bytes: int = 0
    recipe: str = ""
    days: tuple[date, date] | None = None
    reject_share_limit: float = 1.0
    collapse: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    replaces: tuple[date, date] | None = None
    is_beside: bool = False
    exported_at: datetime | None = None
    is_older_fine: bool = False


@dataclass(frozen=True)
class Caution:
    """Something to know before a batch is kept, as a sentence; one that `asks` stops a load until somebody said yes.

    `column` is the column's code in the sentence, for pages that call it by its title too; '' where none is named.
    """

    kind: str
    message: Text
    asks: bool = False
    column: str = ""


@dataclass(frozen=True)
class Chunk:
    """Checked rows of one stretch of a file: typed frames by table, what was refused, what was not data."""

    frames: Mapping[str, pl.DataFrame]
    rows_read: int
    skipped: int = 0
    rejects: pl.DataFrame | None = None


@dataclass(frozen=True)
class Read:
    """What reading a file found: rows of the file, non-data rows among them, refusals (shape of `REJECTS`)."""

    rows: int
    skipped: int
    rejects: pl.DataFrame

    @property
    def refused(self) -> int:
        """Rows of the file that were refused, each once."""
        return self.rejects.get_column("line").n_unique()


@dataclass(frozen=True)
class Touched:
    """What a change touched: tables, and the months of their rows as they were and as they are, newest first."""

    tables: frozenset[str]
    months: tuple[date, ...]


@dataclass(frozen=True)
class Effect:
    """A KPI over some days before and after a change, in its unit; None is no data."""

    kpi: str
    first_day: date
    last_day: date
    before: float | None
    after: float | None


# What a change does to KPIs: asked inside its transaction, of the lake without it, of the lake with it, about what it
# touched. Front doors bring it, since nothing here knows a KPI.
Look = Callable[[LakeEngine, LakeEngine, Touched], Sequence[Effect]]


@dataclass(frozen=True)
class Loaded:
    """What one batch did. `loaded`, `changed` and `unchanged` count rows of the file, `tables` rows of each table.

    `days` are the first and last day of its coverage, None where no row has one. `effects` are the KPIs that it
    changed; None where nobody looked. `cautions` are what a person should know, the gravest first.
    `version` is the lake's snapshot that has it.
    """

    batch: int
    rows_read: int
    loaded: int
    changed: int
    unchanged: int
    rejected: int
    skipped: int
    tables: Mapping[str, Counts]
    rejects: pl.DataFrame
    days: tuple[date, date] | None = None
    effects: tuple[Effect, ...] | None = None
    cautions: tuple[Caution, ...] = ()
    version: int | None = None
