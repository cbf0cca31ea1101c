"""Whether a number can be trusted: are the days, the sources and the columns there that it needs?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from metrics.model import NOTHING, Text

_TABLE = Text(
    "needs {names}: no file of that kind covers these days",
    "需要{names}：没有这类文件覆盖这些日期",
    "需要{names}：沒有這類檔案涵蓋這些日期",
)
_COLUMN = Text(
    "needs {columns}: no file with {names} that covers these days carries it",
    "需要{columns}：覆盖这些日期的{names}文件都没有这一列",
    "需要{columns}：涵蓋這些日期的{names}檔案都沒有這一欄",
)
_QUOTED = Text("“{name}”", "“{name}”", "「{name}」")
_RANGE = Text(
    "needs {names} by day: the files that cover these days hold ranges of days that do not fit",
    "需要按日的{names}：覆盖这些日期的文件只有与所选时间段不符的区间汇总",
    "需要按日的{names}：涵蓋這些日期的檔案只有與所選期間不符的區間彙總",
)
_DAYS = Text(
    "{missing} of {days} days are missing",
    "{days} 天中缺 {missing} 天",
    "{days} 天中缺 {missing} 天",
)
_SOURCES = Text(
    "{missing} of {days} days are incomplete: {sources}",
    "{days} 天中有 {missing} 天不完整：{sources}",
    "{days} 天中有 {missing} 天不完整：{sources}",
)
_ACCOUNT = Text("{source} ({account})", "{source}（{account}）", "{source}（{account}）")
_SOURCE = Text("{source} lacks {missing}", "{source} 缺 {missing} 天", "{source} 缺 {missing} 天")


@dataclass(frozen=True)
class Availability:
    """`ok`, `partial` (some days or usual sources are missing) or `no_data`, and why in three languages.

    `missing_days` counts the days of the period on which something is missing.
    """

    state: Literal["ok", "partial", "no_data"]
    missing_tables: tuple[str, ...] = ()
    missing_columns: tuple[str, ...] = ()
    missing_days: int = 0
    reason: Text = NOTHING


OK = Availability("ok")


def as_written(code: str) -> Text:
    """A code for which nobody brought a name."""
    return Text(code, code, code)


@dataclass(frozen=True)
class Names:
    """What people call the tables, their columns and the sources of files; what has no name goes by its id."""

    tables: Mapping[str, Text] = field(default_factory=dict)
    columns: Mapping[str, Text] = field(default_factory=dict)
    source: Callable[[str], Text] = as_written

    def say(self, tables: Iterable[str]) -> Text:
        """The tables' names in a row."""
        return listed(self.tables.get(table) or as_written(table) for table in tables)

    def say_source(self, source: str, account: str) -> Text:
        """A source with the account it told of."""
        name = self.source(source)
        return _ACCOUNT.fill(source=name, account=account) if account else name

    def say_columns(self, columns: Iterable[str]) -> Text:
        """The columns' names in a row, in quotation marks where people have a name for them."""
        named = ((column, self.columns.get(column)) for column in columns)
        return listed(_QUOTED.fill(name=name) if name else as_written(column) for column, name in named)


def listed(texts: Iterable[Text]) -> Text:
    """Texts in a row, with the comma of each language."""
    held = list(texts)
    return Text(", ".join(t.en for t in held), "、".join(t.zh_hans for t in held), "、".join(t.zh_hant for t in held))


def without_tables(tables: tuple[str, ...], names: Names) -> Availability:
    """No file of these tables covers the days."""
    reason = _TABLE.fill(names=names.say(tables))
    return Availability("no_data", missing_tables=tables, reason=reason)


def without_columns(table: str, columns: tuple[str, ...], names: Names) -> Availability:
    """Files cover the days, but none of them carries these columns."""
    reason = _COLUMN.fill(names=names.say((table,)), columns=names.say_columns(columns))
    return Availability("no_data", missing_columns=columns, reason=reason)


def without_days(table: str, names: Names) -> Availability:
    """Files cover the days, but only as ranges that do not fit the period or the buckets."""
    return Availability("no_data", reason=_RANGE.fill(names=names.say((table,))))


def partial(missing: int, days: int, lacking: Mapping[tuple[str, str], int], names: Names) -> Availability:
    """Some days are missing; `lacking` tells how many of them each usual source and account lacks."""
    if not lacking:
        return Availability("partial", missing_days=missing, reason=_DAYS.fill(missing=missing, days=days))
    sources = listed(_SOURCE.fill(source=names.say_source(*key), missing=count) for key, count in lacking.items())
    return Availability(
        "partial", missing_days=missing, reason=_SOURCES.fill(missing=missing, days=days, sources=sources)
    )


def worst(parts: Iterable[Availability]) -> Availability:
    """What holds for a KPI of several facts: the worst of them, with everything that is missing."""
    held = list(parts)
    for state in ("no_data", "partial"):
        bad = list(dict.fromkeys(part for part in held if part.state == state))
        if bad:
            return Availability(
                bad[0].state,
                tuple(dict.fromkeys(table for part in bad for table in part.missing_tables)),
                tuple(dict.fromkeys(column for part in bad for column in part.missing_columns)),
                max(part.missing_days for part in bad),
                listed(dict.fromkeys(part.reason for part in bad)),
            )
    return OK
