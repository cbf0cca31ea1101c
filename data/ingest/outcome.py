"""What became of a file, as people and machines are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from data.errors import Text
from data.ingest.batch import Caution, Effect, Loaded
from data.ingest.layout import impersonal
from data.ingest.merge import Counts
from data.ingest.messages import LOAD_RATES, NO_RATE, PUT_REFUSED_RIGHT

Status = Literal[
    "loaded", "would_load", "already_here", "not_recognised", "too_many_refused", "older", "stopped", "not_readable"
]
ARE = Text("are loaded", "已加载", "已載入")
WOULD_BE = Text("would be loaded", "将加载", "將載入")
ALL_GOOD = Text(
    "{file}: {good} rows {verb} ({new} new, {changed} changed, {unchanged} unchanged).",
    "{file}：{verb} {good} 行（新增 {new}，更改 {changed}，不变 {unchanged}）。",
    "{file}：{verb} {good} 列（新增 {new}，變更 {changed}，不變 {unchanged}）。",
)
WITH_REFUSED = Text(
    "{file}: {refused} of {rows} rows were refused. The other {good} {verb}. {advice}.",
    "{file}：{rows} 行中有 {refused} 行被拒绝，其余 {good} 行{verb}。{advice}。",
    "{file}：{rows} 列中有 {refused} 列被拒絕，其餘 {good} 列{verb}。{advice}。",
)
AND_REMOVED = Text(
    "{sentence} {removed} earlier rows of this source {go}, since the file does not have them.",
    "{sentence}此来源以前的 {removed} 行{go}，因为文件中没有它们。",
    "{sentence}此來源以前的 {removed} 列{go}，因為檔案中沒有它們。",
)
GO = Text("are removed", "已移除", "已移除")
WOULD_GO = Text("would be removed", "将被移除", "將被移除")

EXAMPLE = Text(
    "{said} The template's example row was skipped.",
    "{said}已跳过模板的示例行。",
    "{said}已略過範本的範例列。",
)


@dataclass(frozen=True)
class Refusal:
    """One refused row: its line in the file, the column, the value as written, the rule, and a sentence.

    `without_value` is the sentence for what is passed around: a value may be a person's.
    """

    line: int
    column: str
    value: str | None
    rule: str
    message: Text
    without_value: Text

    def as_json(self, *, has_value: bool) -> dict[str, Any]:
        """Line, column, rule and sentence; the value only where it is wanted."""
        told: dict[str, Any] = {"line": self.line, "column": impersonal(self.column), "rule": self.rule}
        if has_value:
            return told | {"value": self.value, "message": self.message.en}
        return told | {"message": self.without_value.en}


@dataclass(frozen=True)
class Reason:
    """Why rows were refused: how many refusals one rule gave in one column, and the first of them."""

    count: int
    first: Refusal


@dataclass(frozen=True)
class Outcome:
    """What became of one file.

    `rows_read = loaded + changed + unchanged + rejected + skipped`, each row of the file counted once; `tables`
    counts rows of the lake's tables. `message` is one sentence for people. `rejects` are the first refusals,
    `reasons` counts all of them, the most frequent first. `days` are the first and last day that the rows touch,
    None where nothing was (or would be) loaded or no row has a day. `others` are the good rows of a file that was
    refused whole for its bad ones. `effects` are the KPIs that it changes, None where nobody looked; `cautions` what a
    person should know.
    """

    file: str
    status: Status
    message: Text
    batch: int | None = None
    table: str | None = None
    source: str | None = None
    rows_read: int = 0
    loaded: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    skipped: int = 0
    others: int = 0
    tables: Mapping[str, Counts] = field(default_factory=dict)
    rejects: tuple[Refusal, ...] = ()
    reasons: tuple[Reason, ...] = ()
    days: tuple[date, date] | None = None
    version: int | None = None
    effects: tuple[Effect, ...] | None = None
    cautions: tuple[Caution, ...] = ()

    @property
    def removed(self) -> int:
        """Earlier rows that go because the file replaces a group or a period without having them."""
        return sum(count.removed for count in self.tables.values())

    @property
    def is_loaded(self) -> bool:
        """Whether the lake has the file's good rows now (or would, in a dry run)."""
        return self.status in ("loaded", "would_load")

    def as_json(self, *, has_values: bool = False) -> dict[str, Any]:
        """The object that `ingest --json` prints for the file; values of refused rows only where they are wanted."""
        counts = ("rows_read", "loaded", "changed", "unchanged", "rejected", "skipped")
        return {
            "file": self.file,
            "status": self.status,
            "batch": self.batch,
            "table": self.table,
            "source": self.source,
            **{name: getattr(self, name) for name in counts},
            "tables": {name: asdict(count) for name, count in self.tables.items()},
            "rejects": [refusal.as_json(has_value=has_values) for refusal in self.rejects],
            "version": self.version,
            "effects": None if self.effects is None else [dict(vars(effect)) for effect in self.effects],
            "cautions": [{**vars(caution), "message": caution.message.en} for caution in self.cautions],
            "message": self.message.en,
        }


def said(loaded: Loaded, file: str, status: Status) -> Text:
    """One sentence about a loaded file, its refusals included."""
    sentence = WITH_REFUSED if loaded.rejected else ALL_GOOD
    rules = set(loaded.rejects["rule"])
    filled = sentence.fill(
        file=file,
        advice=LOAD_RATES if rules == {NO_RATE} else PUT_REFUSED_RIGHT,
        verb=WOULD_BE if status == "would_load" else ARE,
        good=f"{loaded.loaded + loaded.changed + loaded.unchanged:,}",
        new=f"{loaded.loaded:,}",
        changed=f"{loaded.changed:,}",
        unchanged=f"{loaded.unchanged:,}",
        refused=f"{loaded.rejected:,}",
        rows=f"{loaded.rows_read - loaded.skipped:,}",
    )
    removed = sum(count.removed for count in loaded.tables.values())
    if not removed:
        return filled
    go = WOULD_GO if status == "would_load" else GO
    return AND_REMOVED.fill(sentence=filled, removed=f"{removed:,}", go=go)
