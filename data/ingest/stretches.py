"""A delimited file as stretches of UTF-8 bytes that begin and end between records, with their line numbers."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from data.ingest.layout import Layout
from data.ingest.refusals import UndecodableText
from data.ingest.rows import MIXED

PIECE = 4 * 1024 * 1024
QUOTE, LINE_FEED = b'"', b"\n"


@dataclass(frozen=True)
class Stretch:
    """Whole records; `line` is the physical line the first starts on. Line ends are "\\n" or "\\r\\n".

    `is_doubtful` says that no place between records was found: the quotation marks do not pair up.
    """

    data: bytes
    line: int
    is_doubtful: bool = False

    @cached_property
    def lines(self) -> int:
        """How many physical lines it has."""
        return self.data.count(LINE_FEED) + (not self.data.endswith(LINE_FEED))


def stretches(layout: Layout, size: int) -> Iterator[Stretch]:
    """The data of the table (no header) in stretches of about `size` bytes.

    Raises:
        UndecodableText: bytes that the layout's encoding does not know.
    """
    line = layout.first_data_line
    waiting = bytearray()
    for piece in _from_first_line(layout):
        waiting += piece
        if len(waiting) < size:
            continue
        end = _between_records(waiting)
        is_doubtful = end == 0 and len(waiting) > 4 * size + PIECE
        if end or is_doubtful:
            stretch = Stretch(bytes(waiting[: end or waiting.rfind(LINE_FEED) + 1]), line, is_doubtful)
            yield from _up_to_last_line(stretch, layout)
            line += stretch.lines
            del waiting[: len(stretch.data)]
            if layout.last_data_line is not None and line > layout.last_data_line:
                return
    if waiting:
        yield from _up_to_last_line(Stretch(bytes(waiting), line), layout)


def _between_records(data: bytearray) -> int:
    """The last place after a line feed that has an even number of quotation marks before it; 0 where none has."""
    end = data.rfind(LINE_FEED) + 1
    quotes = data.count(QUOTE, 0, end)
    while quotes % 2 and end:
        before = data.rfind(LINE_FEED, 0, end - 1) + 1
        quotes -= data.count(QUOTE, before, end)
        end = before
    return end


def _up_to_last_line(stretch: Stretch, layout: Layout) -> Iterator[Stretch]:
    last = layout.last_data_line
    if last is None or stretch.line + stretch.lines - 1 <= last:
        yield stretch
        return
    end = _after_lines(stretch.data, last - stretch.line + 1)
    if end:
        yield Stretch(stretch.data[:end], stretch.line, stretch.is_doubtful)


def _after_lines(data: bytes, count: int) -> int:
    """The place after `count` line feeds, or the end of the data."""
    end = 0
    for _ in range(count):
        found = data.find(LINE_FEED, end)
        if found < 0:
            return len(data)
        end = found + 1
    return end


def _from_first_line(layout: Layout) -> Iterator[bytes]:
    above = layout.first_data_line - 1
    for piece in _utf8(layout):
        if above:
            lines = piece.count(LINE_FEED)
            skipped = min(above, lines)
            rest = piece[_after_lines(piece, skipped) :]
            above -= skipped
            if not above:
                yield rest
        else:
            yield piece


def _utf8(layout: Layout) -> Iterator[bytes]:
    """The file as UTF-8 with line feeds, in pieces."""
    is_utf8 = layout.encoding in ("utf-8", "utf-8-sig")
    decoder = codecs.getincrementaldecoder(layout.encoding)()
    lines, held = 0, b""
    with layout.path.open("rb") as file:
        if layout.encoding == "utf-8-sig":
            file.seek(len(codecs.BOM_UTF8))
        while piece := file.read(PIECE):
            try:
                plain = piece if is_utf8 else decoder.decode(piece).encode("utf-8")
            except UnicodeDecodeError:
                raise UndecodableText(file=layout.path.name, encoding=layout.encoding, line=lines + 1) from None
            if layout.line_end == MIXED:
                # The "\r" at the end may be half of a line end.
                plain, held = held + plain, b""
                if plain.endswith(b"\r"):
                    plain, held = plain[:-1], b"\r"
                plain = plain.replace(b"\r\n", LINE_FEED)
            plain = plain if layout.line_end == "\n" else plain.replace(b"\r", LINE_FEED)
            lines += 0 if is_utf8 else plain.count(LINE_FEED)
            yield plain
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise UndecodableText(file=layout.path.name, encoding=layout.encoding, line=lines) from None
    if held:
        yield LINE_FEED
