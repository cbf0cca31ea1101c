"""Where a text may go on in the next row: between words, and in Chinese where no number, mark or pair is torn apart."""

from __future__ import annotations

from dataclasses import dataclass

_FIRST_CHINESE = 0x2E80
# No row begins with one of these, and none ends with one of those below.
_CLOSING = frozenset("，。；：、）》」』】！？…％%,.;:!?)]}·")
_OPENING = frozenset("（《「『【([{¥$")
# After these a code such as VAT-2026-11 may go on below.
_JOINTS = frozenset("-_/·")
# A single Chinese sign that stands alone in its row is a torn word.
_LEAST = 2


@dataclass(frozen=True)
class Place:
    """A row may end before the letter `at`. is_good: between words or parts of a sentence, not inside Chinese words."""

    at: int
    is_good: bool


def is_chinese(letter: str) -> bool:
    """Whether a letter is as wide as a Chinese sign."""
    return ord(letter) >= _FIRST_CHINESE


def places(text: str) -> list[Place]:
    """Every place at which a row may end, in order. Words need no space between them in Chinese."""
    found = []
    for at in range(1, len(text)):
        before, after = text[at - 1], text[at]
        if after == " " or after in _CLOSING or before in _OPENING:
            continue
        if before == " ":
            if not _is_quantity(text[:at].rstrip()[-1:], after):
                found.append(Place(at, is_good=True))
        elif before in _JOINTS:
            if text[at - 2 : at - 1].strip():
                found.append(Place(at, is_good=True))
        elif is_chinese(before) and (before in _CLOSING or after in _OPENING):
            found.append(Place(at, is_good=True))
        elif (is_chinese(before) or is_chinese(after)) and not _is_quantity(before, after):
            found += [Place(at, is_good=False)] if _keeps_pairs(text, at) else []
    return found


def _is_quantity(before: str, after: str) -> bool:
    """A number and its unit, such as `5 年` or `8天`, stay together."""
    return before.isdigit() and is_chinese(after)


def _keeps_pairs(text: str, at: int) -> bool:
    """Whether neither side is left with one letter up to the next gap."""
    *others, before = text[:at].split(" ")
    if others and _is_quantity(others[-1][-1:], before[:1]):
        before = others[-1] + before
    after = text[at:].split(" ", maxsplit=1)[0].rstrip("".join(_CLOSING))
    return len(before) >= _LEAST and len(after) >= _LEAST
