"""What was loaded: which days, sources, cuts and columns each table holds."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl
import pyarrow as pa

from metrics import spans
from metrics.engine import Engine
from metrics.spans import Spans

KEPT = 4
_KIND = ("table_name", "source", "account", "cut", "is_range", "carried")


@dataclass(frozen=True)
class Report:
    """One kind of file a source delivers for a table: how it is cut, what it carries, which days it covers.

    For daily rows `spans` are joined; where rows stand for ranges (`is_range`) each span is one range.
    """

    source: str
    account: str
    cut: str
    is_range: bool
    columns: frozenset[str]
    spans: Spans

    @property
    def key(self) -> tuple[str, str]:
        """Whose report it is: source and shop or account."""
        return self.source, self.account

    @property
    def cut_dimensions(self) -> frozenset[str]:
        """The dimensions the report is split by."""
        return frozenset(filter(None, self.cut.split(",")))


@dataclass(frozen=True)
class Coverage:
    """The reports of every table at one version of the store.

    `judged_to` holds back the day a table is judged on: `last_day` goes no further, whatever files bring.
    """

    tables: Mapping[str, tuple[Report, ...]]
    judged_to: Mapping[str, date] = field(default_factory=dict)

    @classmethod
    def read(cls, engine: Engine) -> Coverage:
        """The coverage of the version being read."""
        told = engine.coverage()
        # A page asks some thirty times at one version, and an engine hands out the same table then.
        known = next((coverage for table, coverage in tuple(_RECENT) if table is told), None)
        if known is None:
            known = cls._worked_out(pl.DataFrame(pl.from_arrow(told)))
            _RECENT.appendleft((told, known))
        return known

    @classmethod
    def _worked_out(cls, held: pl.DataFrame) -> Coverage:
        if held.is_empty():
            return cls({})
        kinds = (
            held.with_columns(pl.col("source", "account", "cut").fill_null(""))
            .with_columns(pl.col("columns").list.sort().list.join(",").alias("carried"))
            .group_by(_KIND)
            .agg(pl.col("first_day"), pl.col("last_day"))
            .sort(_KIND)
        )
        tables: dict[str, list[Report]] = {}
        for table, source, account, cut, is_range, carried, first, last in kinds.iter_rows():
            covered = [spans.days(*pair) for pair in zip(first, last, strict=True)]
            stretches = tuple(sorted(set(covered))) if is_range else spans.union(covered)
            columns = frozenset(carried.split(","))
            tables.setdefault(table, []).append(Report(source, account, cut, is_range, columns, stretches))
        return cls({table: tuple(reports) for table, reports in tables.items()})

    def reports(self, table: str) -> tuple[Report, ...]:
        """The reports of a table; none where nothing was loaded."""
        return self.tables.get(table, ())

    def last_day(self, table: str) -> date | None:
        """The last day any report of the table covers, or is held back to; None where nothing was loaded."""
        ends = [end for report in self.reports(table) for _, end in report.spans]
        if not ends:
            return None
        reached = date.fromordinal(max(ends) - 1)
        return min(reached, self.judged_to.get(table, reached))


# By the engine's own table, newest first.
_RECENT: deque[tuple[pa.Table, Coverage]] = deque(maxlen=KEPT)
