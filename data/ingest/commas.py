"""Whether a comma ends the whole part of a number (`1.234,50`) or parts thousands: decided over a whole column.

A lone `1,234` may be either. It takes the side of its column, else of the file's other numbers; else it parts thousands
in a file whose cells are parted by commas too, or where only whole numbers stand, and a person is asked in any other.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

# What can only be read in one way: `12,5`, `0,125`, `1.234,50`, `1.234.567` against `12.5`, `1,234.50`, `1,234,567`.
WITH_COMMA = r"^\D*(?:\d{1,3}(?:[. '’]\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,})|\d{1,3}(?:\.\d{3}){2,}|0,\d+)\D*$"
WITH_POINT = r"^\D*(?:\d{1,3}(?:[, '’]\d{3})+\.\d+|\d+\.(?:\d{1,2}|\d{4,})|\d{1,3}(?:,\d{3}){2,}|0\.\d+)\D*$"
EITHER = r"\d,\d{3}(?:\D|$)"
NUMERAL = r"^(\D*)(\d{1,3}(?:[. '’]\d{3})+|\d+)(?:,(\d+))?(\D*)$"


@dataclass(frozen=True)
class CommaEvidence:
    """How many cells of a column can only have a decimal comma, only a decimal point, or either."""

    comma: int = 0
    point: int = 0
    either: int = 0

    def __add__(self, other: CommaEvidence) -> CommaEvidence:
        return CommaEvidence(self.comma + other.comma, self.point + other.point, self.either + other.either)

    @property
    def is_open(self) -> bool:
        """Whether there are commas, and each may part thousands or end the whole part."""
        return bool(self.either) and not (self.comma or self.point)

    @property
    def has_comma(self) -> bool | None:
        """Whether its comma is a decimal one; None where nothing decides, or where both are claimed."""
        if self.comma > 99 * self.point:
            return True
        return False if self.point > 99 * self.comma else None


def comma_evidence(texts: pl.Series) -> CommaEvidence:
    """What a column says about its commas."""
    plain = _plain(texts.drop_nulls())
    counts = (int(plain.str.contains(pattern).sum()) for pattern in (WITH_COMMA, WITH_POINT, EITHER))
    return CommaEvidence(*counts)


def with_points(texts: pl.Series) -> pl.Series:
    """Numbers with a decimal comma as those with a point; what is no such number (`12.5`) cannot be read any more."""
    plain = _plain(texts)
    parts = plain.str.extract_groups(NUMERAL).struct.unnest()
    before, whole, fraction, behind = (pl.col(name) for name in parts.columns)
    digits = whole.str.replace_all(r"[. '’]", "")
    decimals = pl.concat_str(pl.lit("."), fraction).fill_null("")
    read = parts.select(pl.concat_str(before, digits, decimals, behind)).to_series()
    has_mark = plain.str.contains(r"\d[.,]")
    return read.zip_with(read.is_not_null(), (plain + "?").zip_with(has_mark.fill_null(False), plain))


def _plain(texts: pl.Series) -> pl.Series:
    return texts.str.replace_all("[\u00a0\u202f]", " ")
