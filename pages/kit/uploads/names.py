"""What readers call the tables, columns, sources and encodings of a file."""

from __future__ import annotations

from collections.abc import Mapping

from data.errors import Text
from data.ingest.layout import Layout
from data.ingest.recipe_yaml import presets
from metrics.model import Language
from pages.kit import names
from pages.kit.about import table_name
from pages.kit.text import say
from pages.kit.visit import Visit

_MADE = {"headers_": "uploads.source_columns", "template_": "uploads.source_template"}
DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
_ENCODINGS = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "shift_jis": "Shift-JIS", "big5": "Big5"}


MOST_NAMED = 4


def table_title(visit: Visit, table: str) -> str:
    """A table's name at the head of something."""
    name = table_name(visit, table)
    return name[:1].upper() + name[1:]


def tables_title(visit: Visit, tables: tuple[str, ...]) -> str:
    """Several tables in one line; of many the first few, and how many more."""
    named = [table_title(visit, table) for table in tables]
    shown = visit.say("panel.comma").join(named[:MOST_NAMED])
    more = len(named) - MOST_NAMED
    return shown if more <= 0 else visit.say("uploads.tables_and_more", tables=shown, count=more)


def column_title(column: str, language: Language) -> str:
    """A contract's column; `table.column` where the table matters. One without a name keeps its code."""
    return names.column(column.rpartition(".")[2], language)


def source_title(visit: Visit, source: str, own: Mapping[str, Text]) -> str:
    """A source: a preset's name, what people called their `own`, or the table whose columns the headers named."""
    if source in own:
        return own[source].say(visit.language)
    known = next((recipe for recipe in presets() if recipe.id == source), None)
    if known is not None:
        return known.names.say(visit.language)
    for prefix, key in _MADE.items():
        if source.startswith(prefix):
            return visit.say(key, table=table_name(visit, source.removeprefix(prefix)))
    if source == "demo":
        return visit.say("uploads.source_demo")
    return source


def read_as(layout: Layout, language: Language) -> str:
    """How a table's cells are found: encoding and separator, or the sheet, and where its headers stand."""
    if layout.kind == "parquet":
        return "Parquet"
    line = say("uploads.header_line", language, line=layout.header_line)
    head = line if layout.header_line else say("uploads.no_header", language)
    if layout.kind == "excel":
        return " · ".join(("Excel", say("uploads.sheet", language, sheet=layout.sheet or ""), head))
    encoding = _ENCODINGS.get(layout.encoding, layout.encoding.upper())
    known = DELIMITER_NAMES.get(layout.delimiter)
    delimiter = say(f"uploads.delimiter_{known}", language) if known else layout.delimiter
    return " · ".join((encoding, delimiter, head))
