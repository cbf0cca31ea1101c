"""Which text encoding a file keeps to, decided on what its bytes say in each language."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from charset_normalizer import from_bytes

from data.ingest import refusals
from data.ingest.kinds import is_utf16

PIECE = 4 * 1024 * 1024
FIRST_OF_SEVERAL = 0xC0
# So common are the characters of a text in its own encoding; UTF-8 taken for another stays below.
SURE = 0.9
FIRST_KANJI, LAST_KANJI = 0x88, 0x97
# What a person may choose where the guess is wrong, by the names people know; the values are Python's codecs.
ENCODINGS = {
    "UTF-8": "utf-8",
    "UTF-16": "utf-16",
    "GB18030": "gb18030",
    "GBK": "gbk",
    "Big5": "cp950",
    "Shift-JIS": "cp932",
    "Windows-1252": "cp1252",
    "Windows-1251": "cp1251",
    "Latin-1": "latin-1",
}
# Codecs that Python calls text and that no export is written in.
NOT_OF_FILES = ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7", "mbcs", "oem")
BY_NAME = {name.casefold(): codec for name, codec in ENCODINGS.items()}


def encoding_of(path: Path, sample: bytes) -> str:
    """The name of the Python codec that reads the file. `sample` is its head and tail, or all of it.

    UTF-8 is proved on the whole file; the others are weighed by how common their characters would be.
    """
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if is_utf16(sample[:8192]):
        return "utf-16-le" if sample[1:8192:2].count(0) > sample[:8192:2].count(0) else "utf-16-be"
    if is_utf8(path):
        return "utf-8-sig" if sample.startswith(codecs.BOM_UTF8) else "utf-8"
    return _weighed(_with_high_bytes(path, sample))


def known_encoding(name: str, sample: bytes = b"") -> str:
    """The codec for an encoding that a person named (`Big5`, `gbk`, `utf-8`, …); a byte order mark is left out.

    Raises:
        UnknownEncoding: no text encoding has the name.
    """
    codec = BY_NAME.get(name.strip().casefold(), name.strip())
    try:
        found = codecs.lookup(codec).name
        if found in NOT_OF_FILES:
            raise LookupError(name)
        b"".decode(found)
    except (LookupError, ValueError):
        raise refusals.UnknownEncoding(name=name, known=", ".join(ENCODINGS)) from None
    if found == "utf-8" and sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    return found


def is_utf8(path: Path) -> bool:
    """Whether the whole file is UTF-8, read in pieces."""
    rest = b""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            piece = rest + piece
            # The last character may go on in the next piece.
            ends = (len(piece) - back for back in (1, 2, 3) if back <= len(piece) and piece[-back] >= FIRST_OF_SEVERAL)
            end = next(ends, len(piece))
            if not _is_utf8(piece[:end]):
                return False
            rest = piece[end:]
    return _is_utf8(rest)


def _is_utf8(data: bytes) -> bool:
    # Polars proves it many times faster than Python decodes.
    try:
        pl.Series([data], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.ComputeError:
        return False
    return True


def _with_high_bytes(path: Path, sample: bytes) -> bytes:
    """The sample, or the first piece of the file that is not ASCII where the sample is."""
    if not sample.isascii():
        return sample
    return next((piece for piece in _pieces(path) if not piece.isascii()), sample)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _weighed(sample: bytes) -> str:
    lines = sample[: 256 * 1024]
    # The sample may end in the middle of a character: whole lines only.
    lines = lines[: lines.rfind(b"\n") + 1] or lines
    weights = {
        "gb18030": _common_share(lines, "gb18030", b"\xb0", b"\xd7", trail_from=0xA1),
        "big5": _common_share(lines, "cp950", b"\xa4", b"\xc6", trail_from=0x40),
        "shift_jis": _japanese_share(lines),
    }
    best = max(weights, key=lambda name: weights[name])
    if weights[best] < SURE and _is_mostly_utf8(lines):
        # Reading goes as far as the damage and says its line; another encoding would make every character wrong.
        return "utf-8"
    if weights[best] >= 0.5 or (weights[best] and _isolated_share(lines) < 0.3):
        return {"big5": "cp950", "shift_jis": "cp932"}.get(best, best)
    if _decodes(lines, "cp1252"):
        return "cp1252"
    guess = from_bytes(lines).best()
    return guess.encoding if guess else "latin-1"


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether text that is not UTF-8 to its end has more characters of it than broken places: cut off, or glued."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(not char.isascii() for char in text) - broken > max(2, broken)


def _common_share(data: bytes, encoding: str, first: bytes, last: bytes, trail_from: int) -> float:
    """Share of the double bytes that stand in the encoding's plane of everyday characters or full-width signs.

    Big5 text read as GB18030 falls outside that plane in every second character, and the other way round; so
    do accented letters of Western texts.
    """
    if not _decodes(data, encoding):
        return 0.0
    common = double = place = 0
    while place < len(data) - 1:
        lead, trail = data[place], data[place + 1]
        if lead < 0x80:
            place += 1
            continue
        double += 1
        is_common = first[0] <= lead <= last[0] or lead in (0xA1, 0xA2, 0xA3)
        common += is_common and trail >= trail_from
        place += 2
    return common / double if double else 0.0


def _isolated_share(data: bytes) -> float:
    """Share of the non-ASCII bytes that stand alone between ASCII ones, as accented letters do."""
    high = [byte > 0x7F for byte in b" " + data + b" "]
    alone = sum(is_high and not high[at - 1] and not high[at + 1] for at, is_high in enumerate(high))
    return alone / max(1, sum(high))


def _japanese_share(data: bytes) -> float:
    """How surely it is Shift-JIS: by its kana, else by everyday kanji, whose first bytes no Chinese encoding uses."""
    if not _decodes(data, "cp932"):
        return 0.0
    text = [char for char in data.decode("cp932") if ord(char) > 127]
    kana = sum("\u3040" <= char <= "\u30ff" for char in text)
    if text and kana / len(text) > 0.3:
        return SURE
    everyday = sum(FIRST_KANJI <= char.encode("cp932")[0] <= LAST_KANJI for char in text)
    # In Western texts these bytes are quotation marks and dashes, which stand alone.
    return 0.8 * everyday / len(text) if text and _isolated_share(data) < 0.7 else 0.0
