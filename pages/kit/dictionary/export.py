"""The dictionary as a file: CSV for spreadsheets, Markdown for a wiki. Pure: the same entries, the same bytes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from metrics.model import Language
from pages.kit.dictionary.entries import Entry
from pages.kit.text import say

# Excel shows UTF-8 without this mark as mojibake.
BYTE_ORDER_MARK = "\ufeff"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_MARKS = re.compile(r"([\\`*_\[\]<>#|])")


def as_csv(entries: Iterable[Entry], language: Language) -> bytes:
    """One line a KPI, heads in the reader's language, names in all three scripts; UTF-8 that Excel reads."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    name = say("dictionary.name", language)
    scripts = [f"{name} ({script})" for script in ("en", "zh-Hans", "zh-Hant")]
    writer.writerow([say("dictionary.id", language), *scripts, *(say(key, language) for key, _ in _facts(None))])
    for entry in entries:
        said = entry.kpi.name
        cells = [entry.kpi.id, said.en, said.zh_hans, said.zh_hant, *(text for _, text in _facts(entry))]
        writer.writerow([_disarmed(cell) for cell in cells])
    return (BYTE_ORDER_MARK + file.getvalue()).encode()


def as_markdown(entries: Sequence[Entry], language: Language) -> bytes:
    """Chapters by department and duty, a list of facts for each KPI; what is not said of a KPI is left out."""
    lines = [f"# {say('dictionary.title', language)}"]
    chapter, section = "", ""
    for entry in entries:
        if entry.department != chapter:
            chapter, section = entry.department, ""
            lines += ["", f"## {_escaped(chapter)}"]
        if entry.duty != section:
            section = entry.duty
            lines += ["", f"### {_escaped(section)}"]
        lines += ["", f"#### {_escaped(entry.name)} (`{entry.kpi.id}`)", "", *_bullets(entry, language)]
    return ("\n".join(lines) + "\n").encode()


def _facts(entry: Entry | None) -> list[tuple[str, str]]:
    """What is said of a KPI, in order: text key and text; without an entry the keys alone."""
    if entry is None:
        return [(key, "") for key in _KEYS]
    texts = (
        entry.department,
        entry.duty,
        entry.meaning,
        " ".join(entry.formula.split("\n")),
        entry.expression,
        entry.caveats,
        entry.kpi.standard,
        entry.unit,
        entry.direction,
        entry.target,
        "; ".join(entry.dimensions),
        "; ".join(entry.tables),
        entry.counted_by,
        "; ".join(use.text for use in entry.uses),
        "; ".join(entry.proves),
        entry.own_file,
    )
    return list(zip(_KEYS, texts, strict=True))


_KEYS = tuple(
    f"dictionary.{name}"
    for name in (
        "department", "duty", "meaning", "formula", "expression", "caveats", "standard", "unit", "direction",
        "target", "dimensions", "tables", "counted_by", "uses", "proves", "origin",
    )
)  # fmt: skip


def _bullets(entry: Entry, language: Language) -> list[str]:
    shown = [(key, text) for key, text in _facts(entry)[2:] if text]
    return [
        f"- **{say(key, language)}**: {f'`{text}`' if key == 'dictionary.expression' else _escaped(text)}"
        for key, text in shown
    ]


def _disarmed(cell: str) -> str:
    """A spreadsheet runs what looks like a formula; an apostrophe makes it text."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)
