"""What readers call the tables, columns, sources and encodings of a file."""

from __future__ import annotations

from collections.abc import Mapping

from data.errors import Text
from data.ingest.layout import Layout
from data.ingest.match import Match
from data.ingest.pipeline import Prepared
from data.ingest.recipe import required
from metrics.model import Language
from pages.kit import names
from pages.kit.about import table_name
from pages.kit.text import say
from pages.kit.visit import Visit

DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
_ENCODINGS = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "shift_jis": "Shift-JIS", "big5": "Big5"}


MOST_NAMED, SHOWN_HEADERS = 4, 8
# What the record of the demo company's only batch names as its file.
DEMO_FILE = "demo company"


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


def table_head(visit: Visit, prepared: Prepared, place: int) -> str:
    """Which of several tables of a file: the file of an archive it stands in, else its number."""
    member, count = prepared.matches[place].layout.member, len(prepared.matches)
    number = visit.say("uploads.table_of", number=place + 1, count=count)
    if not member:
        return number
    is_alone = sum(found.layout.member == member for found in prepared.matches) == 1
    return member if is_alone else f"{member} · {number}"


def headers_of(prepared: Prepared) -> str:
    """The first columns of a file's first table."""
    names = prepared.matches[0].layout.names
    return ", ".join(names[:SHOWN_HEADERS]) + (" …" if len(names) > SHOWN_HEADERS else "")


def column_title(column: str, language: Language) -> str:
    """A contract's column; `table.column` where the table matters. One without a name keeps its code."""
    return names.column(column.rpartition(".")[2], language)


def with_title(sentence: Text, column: str, language: Language) -> str:
    """A sentence with the column's title before its code; a header of the file stays as it stands there."""
    said, title = sentence.say(language), column_title(column, language)
    if not column or title == column:
        return said
    return said.replace(column, f"{title} ({column})" if language == "en" else f"{title}（{column}）", 1)


def source_title(visit: Visit, source: str, own: Mapping[str, Text]) -> str:
    """A source: a preset's name, what people called their `own`, or the table whose columns the headers named."""
    if source in own:
        return own[source].say(visit.language)
    return visit.catalogue.source_name(source).say(visit.language)


def missing_of(visit: Visit, found: Match) -> str:
    """The needed columns that nothing stands for; where one of several is enough, all of these."""
    language, comma, shown = visit.language, visit.say("panel.comma"), []
    groups = [group for part in (found.recipe.parts if found.recipe else ()) for group in required(part.contract)]
    for name in found.missing:
        plain = name.rpartition(".")[2]
        group = next((one for one in groups if plain in one), (plain,))
        named = comma.join(column_title(column, language) for column in group)
        shown.append(visit.say("uploads.any_of", columns=named) if len(group) > 1 else named)
    return visit.say("uploads.semicolon").join(dict.fromkeys(shown))


def file_title(visit: Visit, file: str) -> str:
    """A file's name; what stands for the files of the demo company is said in the reader's language."""
    return visit.say("uploads.source_demo") if visit.is_demo and file == DEMO_FILE else file


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
