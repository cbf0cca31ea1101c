"""What fits: widths of words before anything is drawn, ellipses, and keys that wrap on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape
from typing import Any

from metrics.model import Language
from pages.kit.charts import breaks, canvas, spacing
from pages.kit.charts.palette import Palette
from pages.kit.charts.words import Word, said

# A phone's panel gives a chart about 300 px; what fits there fits everywhere.
PHONE = 300
LABEL = 104
KEY_ROW = 15
TWO_ROWS = 31
# Parts of the font's size that a glyph takes, as measured of Inter.
_CHINESE_GLYPH, _LARGE_GLYPH, _SMALL_GLYPH = 1.0, 0.68, 0.58
_GLYPHS = {
    **dict.fromkeys(" \u00a0.,:;·'|!()[]/ijlItfr", 0.34),
    **dict.fromkeys("-_–1", 0.46),
    **dict.fromkeys("mwMW@%—…", 0.93),
}
_BETWEEN_ENTRIES = 16
_NARROWEST_PLOT, _NARROWEST_NAME = 76, 64
_SEVERAL = 14

Entry = tuple[str, str, str]


def width(text: str, size: int = canvas.SMALL) -> float:
    """About how many CSS pixels a text takes."""
    return sum(map(_glyph, text)) * size


def shorten(text: str, pixels: float, size: int = canvas.SMALL) -> str:
    """The text, cut with an ellipsis where it is wider than that many pixels."""
    if width(text, size) <= pixels:
        return text
    cut = text
    while len(cut) > 1 and width(cut, size) + size * _LARGE_GLYPH > pixels:
        cut = cut[:-1]
    return cut.rstrip() + "…"


def label(word: Word, language: Language, pixels: float = LABEL) -> str:
    """A word short enough for its place, safe to stand in a chart; the hover text says it in full."""
    return canvas.plain(shorten(said(word, language), pixels))


def name_width(most: float, right: float) -> float:
    """What the names of rows may take where `right` pixels of numbers stand behind them, so that bars keep their room.

    Plotly keeps a plot at least so wide, and cuts names and numbers where they leave it less.
    """
    return max(min(most, PHONE - right - _NARROWEST_PLOT), _NARROWEST_NAME)


def row_names(words: Sequence[Word], language: Language, pixels: float = LABEL) -> list[str]:
    """The names of a chart's rows, each on two rows of words where one is too short; safe to stand in a chart.

    A name that even two rows do not hold is cut; the hover text says it in full.
    """
    return [wrapped(said(word, language), pixels) for word in words]


def row_height(names: Sequence[str], least: int) -> int:
    """The height of a chart's rows in CSS pixels: at least that, and two rows of words where a name has them."""
    return max(least, TWO_ROWS) if any("<br>" in name for name in names) else least


def widest_row(name: str) -> float:
    """About how many CSS pixels the widest row of words of a name takes."""
    return max(width(unescape(row)) for row in name.split("<br>"))


def wrapped(text: str, pixels: float, rows: int = 2, size: int = canvas.SMALL) -> str:
    """The text on at most so many rows, cut where even those are too short; safe to stand in a chart."""
    found, _ = _broken(text, pixels, rows, size)
    return "<br>".join(canvas.plain(shorten(row, pixels, size)) for row in found)


def fits(text: str, pixels: float, rows: int = 2) -> bool:
    """Whether the text stands on so many rows without an ellipsis and without a cut through a word."""
    found, is_whole = _broken(text, pixels, rows, canvas.SMALL)
    return is_whole and all(width(row) <= pixels for row in found)


def labelled(labels: Sequence[str], pixels: float) -> list[int]:
    """Which places of an axis get their label when the axis is that many pixels long: the last, and back from it.

    Where only one fits between the ends, both ends have theirs: half of each stands beyond the axis.
    """
    widest = max(map(width, labels), default=0.0) + _BETWEEN_ENTRIES
    most = int(pixels / widest)
    if most == 1 and len(labels) > 1:
        return [0, len(labels) - 1]
    return spacing.spread(len(labels), max(most, 1))


def key_rows(entries: Sequence[Entry], pixels: float = PHONE - 20) -> list[list[Entry]]:
    """The entries of a key, (mark, its colour, words), on as many rows as they take."""
    rows: list[list[Entry]] = []
    taken = 0.0
    for mark, colour, words in entries:
        short = shorten(words, pixels - 24)
        needed = width(f"{mark} {short}") + _BETWEEN_ENTRIES
        if not rows or taken + needed > pixels + _BETWEEN_ENTRIES:
            rows.append([])
            taken = 0.0
        rows[-1].append((mark, colour, canvas.plain(short)))
        taken += needed
    return rows


def key_text(rows: Sequence[Sequence[Entry]]) -> str:
    """Rows of a key as the text of an annotation or a title."""
    return "<br>".join(
        "\u2003".join(f"<span style='color:{colour}'>{canvas.bold(mark)}</span> {words}" for mark, colour, words in row)
        for row in rows
    )


def key(entries: Sequence[Entry], theme: Palette) -> tuple[dict[str, Any] | None, int]:
    """A key for `layout["title"]` and the height it takes in CSS pixels; nothing and 0 where there is no entry.

    The words must be plain: they are made safe here.
    """
    if not entries:
        return None, 0
    rows = key_rows(entries)
    # Plotly sets the first of several rows higher than a single one.
    pad = {"t": 6 if len(rows) == 1 else _SEVERAL, "l": 6}
    return {**canvas.key((), theme), "text": key_text(rows), "pad": pad}, KEY_ROW * len(rows) + 8


def _broken(text: str, pixels: float, rows: int, size: int) -> tuple[list[str], bool]:
    """The text on at most so many rows, the last as wide as what is left, and whether no word was cut for that."""
    found: list[str] = []
    rest, is_whole = text, True
    while rest and len(found) < rows - 1 and width(rest, size) > pixels:
        places = [place for place in breaks.places(rest) if width(rest[: place.at].rstrip(), size) <= pixels]
        if places:
            # Between words or parts of a sentence, unless only a place inside them leaves room for what follows.
            left = (rows - len(found) - 1) * pixels
            roomy = [place for place in places if width(rest[place.at :].lstrip(), size) <= left] or places
            ends = [place.at for place in roomy if place.is_good] or [place.at for place in roomy]
            end = min(reversed(ends), key=lambda at: _lopsided(rest, at, pixels, size))
        else:
            is_whole = False
            end = next((at for at in range(len(rest), 1, -1) if width(rest[:at].rstrip(), size) <= pixels), 1)
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*found, *([rest] if rest else [])], is_whole


def _lopsided(text: str, at: int, pixels: float, size: int) -> float:
    """The wider of the two rows that a break makes, less is better; endless where one row cannot hold the rest."""
    head, tail = width(text[:at].rstrip(), size), width(text[at:].lstrip(), size)
    return max(head, tail) if tail <= pixels else float("inf")


def _glyph(letter: str) -> float:
    if breaks.is_chinese(letter):
        return _CHINESE_GLYPH
    if letter in _GLYPHS:
        return _GLYPHS[letter]
    return _LARGE_GLYPH if letter.isupper() or letter.isdigit() or letter in "¥$&×+" else _SMALL_GLYPH
