"""How the text of a cell becomes text, a number or a flag: whole columns, only odd cells take the long way."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from data.ingest.commas import EITHER, comma_evidence, with_points

EMPTY_TEXT = ("", "--", "(not set)", "null", "NULL", "N/A", "#N/A", "NaN", "nan", "\\N", "(null)", "<null>")
# Blanks, and what web pages and right-to-left systems leave around a number: it would be another order's.
UNSEEN = " \t\u00a0\u3000\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\ufeff"
EMPTY_VALUE = frozenset(
    ("", "-", "--", "—", "–", "/", "na", "n/a", "#n/a", "#value!", "#div/0!", "null", "none", "nan", "nat", "inf",
     "(not set)", "无", "無", "暂无", "暫無", "nil", "0000-00-00", "0000-00-00 00:00:00")
)  # fmt: skip
FLAGS = {
    True: ("true", "t", "yes", "y", "1", "1.0", "是", "有", "√", "✓", "on"),
    False: ("false", "f", "no", "n", "0", "0.0", "否", "无", "無", "×", "✗", "off"),
}
NUMBER = (
    r"^(?P<open>\()?\s?(?P<sign>[-+])?\s?(?:[A-Z]{1,3}\$|[A-Z]{3}|人民[币幣]|\p{Sc})?\s?(?P<sign2>[-+])?"
    r"(?P<digits>[1-9]\d{0,2}(?:[, '’]\d{3})+(?:\.\d*)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d*)?|\d+\.?\d*|\.\d+)"
    r"(?P<power>[eE][-+]?\d+)?"
    r"\s?(?P<unit>%|万|萬|亿|億)?\s?(?:[A-Z]{3}|元|\p{Sc})?(?P<trailing>-)?\s?(?P<close>\))?$"
)
UNITS = {"%": "0.01", "万": "10000", "萬": "10000", "亿": "100000000", "億": "100000000"}


@dataclass(frozen=True)
class Reading:
    """A column of read values; `bad` marks the cells that hold something else (None: no cell does).

    A cell that holds nothing, or a sign for nothing (`--`, `N/A`), is null and not bad. `is_plain` says of numbers that
    all cells are digits without any sign.
    """

    values: pl.Series
    bad: pl.Series | None = None
    is_plain: bool = False


def read_text(cells: pl.Series) -> pl.Series:
    """Cells without surrounding blanks and marks that nobody sees, `="…"` and a leading apostrophe; null where they
    hold nothing.
    """
    bare = cells.str.strip_chars()
    if (bare.str.len_bytes() != bare.str.len_chars()).any():
        bare = bare.str.strip_chars(UNSEEN)
    if bare.str.starts_with('="').any():
        bare = bare.str.replace(r'^="(.*)"$', "$1").str.strip_chars()
    if bare.str.starts_with("'").any():
        bare = bare.str.strip_prefix("'")
    return bare.set(bare.is_in(EMPTY_TEXT), None) if bare.is_in(EMPTY_TEXT).any() else bare


def read_numbers(texts: pl.Series, scale: int = 4, *, has_comma: bool = False) -> Reading:
    """Exact numbers, Decimal(18, scale): `1,234.50`, `¥12`, `(3)`, `3-`, `12%` (= 0.12), `1.2万`, `1e3`.

    `has_comma` says that the column writes decimals behind a comma (`1.234,50`, see `commas`). Without it a comma that
    does not part thousands (`12,50`) makes a cell bad, and where nothing shows a point also each that may part them: it
    is never guessed cell by cell.
    """
    texts = with_points(texts) if has_comma else texts
    kind = pl.Decimal(18, scale)
    values = texts.cast(kind, strict=False)
    odd = values.is_null() & texts.is_not_null()
    if not odd.any():
        return Reading(values, is_plain=True)
    rest = texts.filter(odd)
    read = _odd_numbers(rest, scale).cast(kind, strict=False)
    bad = read.is_null() & ~rest.str.to_lowercase().is_in(EMPTY_VALUE)
    if bad.any() and not has_comma:
        bad = bad | _contradicted(texts, rest)
        read = read.set(bad, None)
    return Reading(put(values, odd, read), spread(odd, bad))


def _contradicted(texts: pl.Series, odd: pl.Series) -> pl.Series:
    """Where a comma may part thousands, in a column that shows decimals behind commas and none behind points."""
    found = comma_evidence(texts)
    return odd.str.contains(EITHER) if found.comma and not found.point else odd.is_null()


def read_integers(texts: pl.Series, *, has_comma: bool = False) -> Reading:
    """Whole numbers, Int64; `3.0` is one, `3.5` is bad. `has_comma` as for `read_numbers`."""
    texts = with_points(texts) if has_comma else texts
    values = texts.cast(pl.Int64, strict=False)
    odd = values.is_null() & texts.is_not_null()
    if not odd.any():
        return Reading(values)
    rest = texts.filter(odd)
    numbers = read_numbers(rest)
    whole = numbers.values.cast(pl.Int64, strict=False)
    is_whole = (whole.cast(pl.Decimal(18, 4), strict=False) == numbers.values).fill_null(False)
    bad = ~is_whole & numbers.values.is_not_null()
    bad = bad if numbers.bad is None else bad | numbers.bad
    return Reading(put(values, odd, whole.set(~is_whole, None)), spread(odd, bad))


def read_flags(texts: pl.Series) -> Reading:
    """True and false as tools write them: `Yes`, `是`, `1`, `TRUE`."""
    words = {word: flag for flag, known in FLAGS.items() for word in known}
    plain = texts.str.to_lowercase()
    values = plain.replace_strict(words, default=None, return_dtype=pl.Boolean)
    bad = values.is_null() & plain.is_not_null() & ~plain.is_in(EMPTY_VALUE)
    return Reading(values, bad if bad.any() else None)


def put(values: pl.Series, where: pl.Series, read: pl.Series) -> pl.Series:
    """`values` with those at the True places of `where` taken from `read`, in order."""
    return values.clone().scatter(where.arg_true(), read.cast(values.dtype))


def spread(where: pl.Series, bad: pl.Series) -> pl.Series | None:
    """A mark for some cells as a mark for all; None where it marks none."""
    if not bad.any():
        return None
    everywhere = pl.repeat(False, len(where), dtype=pl.Boolean, eager=True)
    return everywhere.scatter(where.arg_true(), bad.fill_null(False))


def _odd_numbers(texts: pl.Series, scale: int) -> pl.Series:
    plain = texts.str.normalize("NFKC").str.replace_all("[\u2212\u2013]", "-").str.replace_all("[\u00a0\u202f]", " ")
    parts = plain.str.extract_groups(NUMBER).struct.unnest()
    digits = pl.col("digits").str.replace_all("[, '’]", "") + pl.col("power").fill_null("")
    is_paired = pl.col("open").is_null() == pl.col("close").is_null()
    minus = pl.any_horizontal(pl.col("open").is_not_null(), pl.col("trailing").is_not_null())
    minus = minus | (pl.col("sign") == "-").fill_null(False) | (pl.col("sign2") == "-").fill_null(False)
    factor = pl.col("unit").replace_strict(UNITS, default="1").cast(pl.Decimal(38, max(scale, 8)))
    number = digits.cast(pl.Decimal(38, max(scale, 8)), strict=False) * factor
    return parts.select(pl.when(is_paired).then(pl.when(minus).then(-number).otherwise(number))).to_series()
