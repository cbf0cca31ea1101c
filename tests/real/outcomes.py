"""What becomes of each real file, as `outcomes.yaml` says and `docs/uploads.md` shows.

`python -m tests.real.outcomes` prints the table of the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "outcomes.yaml"
PAGE = Path(__file__).parents[2] / "docs" / "uploads.md"
HEADER = "| File | Outcome | Fills | Rows read, loaded, skipped | |\n|---|---|---|---|---|"


@dataclass(frozen=True)
class Expected:
    """One file: what a person answers, confirms or maps, and what the lake holds then; or what its rows are instead.

    `answers` are days (one, or first and last) and values for all rows, by column. `rows` are read, loaded, refused
    and skipped. `rates` are currencies, each with the day whose rate the file needs. A file that is refused has `row`
    and the `nearest` table. `clicks` is for mappings: columns and values to choose.
    """

    file: str
    tables: tuple[str, ...] = ()
    rows: tuple[int, int, int, int] = (0, 0, 0, 0)
    base: str = "USD"
    rates: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    confirmed: bool = False
    mapping: str | None = None
    clicks: int = 0
    rounded: bool = False
    slow: bool = False
    note: str = ""
    totals: dict[str, str] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)
    row: str | None = None
    nearest: str | None = None

    @property
    def is_refused(self) -> bool:
        """Whether no table keeps its rows."""
        return self.row is not None

    @property
    def is_by_itself(self) -> bool:
        """Whether nobody has to say anything."""
        return not (self.is_refused or self.answers or self.confirmed or self.mapping)

    @property
    def days(self) -> tuple[date, date] | None:
        """The days that a person gives."""
        given = next((one for one in self.answers.values() if not isinstance(one, str)), None)
        if isinstance(given, date):
            return given, given
        return (given[0], given[1]) if given else None

    @property
    def constants(self) -> dict[str, str]:
        """What a person says for all rows."""
        return {name: one for name, one in self.answers.items() if isinstance(one, str)}

    @property
    def outcome(self) -> str:
        """The outcome in words."""
        if self.is_refused:
            return "refused"
        if self.mapping:
            return f"mapping ({self.clicks} choices)"
        asked = [name if name in self.constants else "days" for name in self.answers]
        asked += ["confirm"] if self.confirmed else []
        said = f"{len(asked)} click{'s' * (len(asked) > 1)}: {', '.join(asked)}"
        return said if asked else "by itself"


@cache
def outcomes() -> tuple[Expected, ...]:
    """All files, in the order of their names."""
    listed = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    tuples = ("tables", "rows")
    return tuple(
        Expected(**{name: tuple(one) if name in tuples else one for name, one in entry.items()}) for entry in listed
    )


def page_table() -> str:
    """The table of `docs/uploads.md`, with its summary."""
    every = outcomes()
    matching = [one for one in every if not one.is_refused]
    alone = [one for one in matching if one.is_by_itself]
    unmapped = [one for one in matching if not one.mapping]
    asking = len(unmapped) - len(alone)
    summary = (
        f"Of {len(every)} files {len(matching)} have a table that keeps their rows. {len(alone)} of these "
        f"({len(alone) / len(matching):.0%}) are recognised by themselves; {asking} more ask what the file cannot "
        f"answer, or for a confirmation, so {len(unmapped)} ({len(unmapped) / len(matching):.0%}) need no mapping by "
        f"hand and {len(matching) - len(unmapped)} need one. {len(every) - len(matching)} are refused, because no "
        "table keeps such rows."
    )
    return "\n".join([summary, "", HEADER, *map(_line, every)])


def _line(one: Expected) -> str:
    if one.is_refused:
        return f"| `{one.file}` | refused | | | a row is {one.row}; nearest: `{one.nearest}` |"
    read, loaded, _, skipped = one.rows
    fills = ", ".join(f"`{table}`" for table in one.tables)
    return f"| `{one.file}` | {one.outcome} | {fills} | {read:,}, {loaded:,}, {skipped:,} | {one.note} |"


if __name__ == "__main__":
    print(page_table())  # noqa: T201 - a command line
