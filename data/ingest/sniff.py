"""The first room: what tables does a file hold, and how are they written? Looks at head and tail only."""

from __future__ import annotations

from pathlib import Path

from data.ingest import refusals
from data.ingest.blocks import as_layout, find_blocks
from data.ingest.encoding import encoding_of, known_encoding
from data.ingest.kinds import kind_of
from data.ingest.layout import Layout, Limits
from data.ingest.refusals import NoTable, TooWide, UndecodableText, too_long
from data.ingest.rows import MIXED, delimiter_of, known_delimiter, line_end_of, text_rows
from data.ingest.sheets import sniff_parquet, sniff_workbook

DEFAULT_LIMITS = Limits()


def sniff(
    path: Path, limits: Limits = DEFAULT_LIMITS, encoding: str | None = None, delimiter: str | None = None
) -> tuple[Layout, ...]:
    """Find the tables of a file, whatever its name says: at least one.

    Several tables in one CSV are found where it is at most `limits.whole_bytes` long; of a longer one the first.
    `encoding` (a name of `ENCODINGS` or any codec) and `delimiter` are what a person says about a text file where the
    guess is wrong; what was guessed or said stands in the layouts. They mean nothing for workbooks and Parquet.

    Raises:
        NotReadable: an image, an empty file, nothing like a table, …: one plain sentence that says so.
        UnknownEncoding, WrongDelimiter: what the person said is no such thing.
    """
    kind = kind_of(path)
    if kind == "excel":
        layouts = sniff_workbook(path, limits)
    elif kind == "parquet":
        layouts = sniff_parquet(path, limits)
    else:
        layouts = _sniff_text(path, limits, encoding, delimiter)
    if not layouts:
        raise NoTable(file=path.name)
    for layout in layouts:
        if len(layout.headers) > limits.columns:
            raise TooWide(
                file=path.name,
                line=layout.header_line,
                found=len(layout.headers),
                what=refusals.COLUMNS,
                limit=limits.columns,
            )
    return layouts


def _sniff_text(
    path: Path, limits: Limits, said_encoding: str | None, said_delimiter: str | None
) -> tuple[Layout, ...]:
    size = path.stat().st_size
    is_whole = size <= limits.whole_bytes
    with path.open("rb") as file:
        head = file.read(limits.whole_bytes if is_whole else limits.head_bytes)
        file.seek(max(0, size - limits.tail_bytes))
        tail = b"" if is_whole else file.read()
    encoding = known_encoding(said_encoding, head) if said_encoding else encoding_of(path, head + tail)
    text = _decoded(path, head, encoding, is_whole)
    line_end = line_end_of(text)
    text = _with_line_feeds(text, line_end)
    if not is_whole:
        text = text[: text.rfind("\n") + 1]
    delimiter = known_delimiter(said_delimiter) if said_delimiter else delimiter_of(text)
    rows = list(text_rows(text, delimiter))
    for row in rows:
        longest = max(map(len, row.cells), default=0)
        if longest > limits.cell_characters:
            raise too_long(path, row.line, longest, limits.cell_characters)
    blocks = find_blocks(rows)
    blocks = blocks if is_whole else blocks[:1]
    form = Layout(path, "csv", (), 0, 0, encoding=encoding, delimiter=delimiter, line_end=line_end)
    return tuple(
        as_layout(form, block, is_last=number == len(blocks), limits=limits)
        for number, block in enumerate(blocks, start=1)
    )


def _with_line_feeds(text: str, line_end: str) -> str:
    if line_end in ("\r", MIXED):
        return text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\r\n", "\n").replace("\r", " ") if "\r" in text else text


def _decoded(path: Path, head: bytes, encoding: str, is_whole: bool) -> str:
    try:
        return head.decode(encoding)
    except UnicodeDecodeError as error:
        is_cut = not is_whole and error.start > len(head) - 8
        if is_cut:
            return head[: error.start].decode(encoding)
        line = head.count(b"\n", 0, error.start) + 1
        raise UndecodableText(file=path.name, encoding=encoding, line=line) from None
