"""Cells of a recipe turned into typed columns, whole columns at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

import polars as pl

from data.ingest import channels, departments, months, regions
from data.ingest.cells import (
    KEEP,
    Cell,
    Combined,
    Condition,
    Constant,
    Digest,
    Header,
    Ordinal,
    Share,
    Split,
    Test,
    headers_of,
)
from data.ingest.moments import COMMA, YEAR_LAST, DateOrder, read_days, read_elsewhere, read_moments
from data.ingest.script import in_simplified, simplified
from data.ingest.values import Reading, read_flags, read_integers, read_numbers, read_text

Kind = Literal["text", "number", "integer", "day", "moment", "flag"]
RULES: dict[Kind, str] = {
    "text": "not_text",
    "number": "not_a_number",
    "integer": "not_a_whole_number",
    "day": "not_a_date",
    "moment": "not_a_date",
    "flag": "not_yes_or_no",
}
CHANNELS = frozenset({"marketing_channel", "acquisition_channel"})
CONFORMED = frozenset({"region"}) | CHANNELS | departments.COLUMNS | months.COLUMNS
# Arithmetic keeps two decimals more than a contract stores.
NUMBER = pl.Decimal(38, 6)
# No cell holds it, so that two cells never read like one.
DIGEST_SEPARATOR = "\u001f"


@dataclass(frozen=True)
class Fault:
    """Cells of one header that could not be read, and the rule they break."""

    header: str
    bad: pl.Series
    rule: str


@dataclass(frozen=True)
class Column:
    """A typed column and the faults of its cells; a faulty place is null. `is_plain` as of `Reading`."""

    values: pl.Series
    faults: tuple[Fault, ...] = ()
    is_plain: bool = False


@dataclass
class Cells:
    """The cells of one stretch of rows; each header is read as each kind once, however often it is asked for.

    `zone` is the company's time zone, `written_in` that of moments which name none (None: the company's). `orders` says
    of each header with the year last what comes first, and of numbers with a decimal comma that they have it. `plain`
    are the headers that were read as numbers and hold nothing but digits.
    """

    frame: pl.DataFrame
    zone: str
    orders: Mapping[str, DateOrder] = field(default_factory=dict)
    written_in: str | None = None
    plain: set[str] = field(default_factory=set)
    _texts: dict[str, pl.Series] = field(default_factory=dict, repr=False)
    _columns: dict[tuple[str, Kind, int], Column] = field(default_factory=dict, repr=False)

    def text(self, header: str) -> pl.Series:
        """The trimmed texts of a column of the file; null where a cell holds nothing."""
        if header not in self._texts:
            self._texts[header] = read_text(self.frame[header])
        return self._texts[header]

    def holds(self, condition: Condition) -> pl.Series:
        """Where the condition holds (True or False, never null); Chinese is the same in either script."""
        texts = self.text(condition.headers[0])
        wanted = list(condition.values)
        if condition.test == "filled":
            return texts.is_not_null() if condition.values[0] == "true" else texts.is_null()
        found = _meets(texts, condition.test, wanted)
        if not all(value.isascii() for value in wanted):
            found = found | _meets(in_simplified(texts), condition.test, [*map(simplified, wanted)])
        return ~found if condition.test.startswith("not_") else found

    def read(self, cell: Cell, kind: Kind, column: str = "", scale: int = 4) -> Column:
        """The cell as a typed column for the contract's `column` (regions and channels are conformed)."""
        if isinstance(cell, Header):
            return self._header(cell, kind, column, scale)
        if isinstance(cell, Constant):
            texts = pl.repeat(cell.text or None, self.frame.height, dtype=pl.String, eager=True)
            return self._typed(texts, kind, None, scale, "")
        if isinstance(cell, Ordinal):
            return Column(self._ordinals(cell))
        if isinstance(cell, Digest):
            return Column(self._digests(cell))
        if isinstance(cell, Combined) and cell.operation in ("join", "first_of"):
            return self._joined(cell, kind, column, scale)
        return _as_kind(self._number(cell), kind, scale)

    def _header(self, cell: Header, kind: Kind, column: str, scale: int) -> Column:
        (header,) = cell.names
        is_plain = cell == Header(cell.names) and column not in CONFORMED
        if is_plain and (header, kind, scale) in self._columns:
            return self._columns[header, kind, scale]
        read = self._typed(self._translated(cell, column), kind, self.orders.get(header), scale, header)
        if is_plain and read.is_plain:
            self.plain.add(header)
        if kind in ("number", "integer"):
            read = Column(_scaled(read.values, cell), read.faults)
        if is_plain:
            self._columns[header, kind, scale] = read
        return read

    def _translated(self, cell: Header, column: str) -> pl.Series:
        """The texts of a header after the cell's own wishes."""
        texts = self.text(cell.names[0])
        if cell.take:
            texts = texts.str.extract(cell.take, 1)
        if cell.split:
            texts = _part(texts, cell.split)
        if cell.is_whole:
            texts = texts.str.replace(r"^(-?\d+)\.0+$", "$1")
        if cell.fill_within:
            texts = _filled(texts, self.text(cell.fill_within[0]))
        if cell.is_filled:
            return texts.is_not_null().cast(pl.String)
        if cell.values is not None or cell.contains is not None:
            texts = _mapped(texts, cell)
        if column == "region":
            texts = regions.conform(texts, cell.known_only)
        if column in CHANNELS:
            texts = channels.conform(texts)
        if column in departments.COLUMNS:
            texts = departments.conform(texts)
        if column in months.COLUMNS:
            texts = months.as_days(texts)
        if cell.prefix or cell.suffix:
            texts = (pl.Series([cell.prefix]) + texts + pl.Series([cell.suffix])).alias(column)
        if cell.when:
            holds = self.holds(cell.when)
            other = pl.repeat(cell.otherwise, len(texts), dtype=pl.String, eager=True)
            texts = texts.zip_with(holds, other)
        return texts

    def _typed(self, texts: pl.Series, kind: Kind, order: DateOrder | None, scale: int, header: str) -> Column:
        if kind == "text":
            return Column(texts)
        reading = _read(texts, kind, order, self.zone, self.written_in, scale)
        if reading.bad is None:
            return Column(reading.values, is_plain=reading.is_plain)
        faults = [Fault(header, reading.bad, RULES[kind])]
        if kind in ("day", "moment") and order is None:
            undecided = reading.bad & texts.str.contains(YEAR_LAST).fill_null(False)
            faults = [
                Fault(header, undecided, "day_or_month"),
                Fault(header, reading.bad & ~undecided, RULES[kind]),
            ]
        return Column(reading.values, tuple(fault for fault in faults if fault.bad.any()))

    def _joined(self, cell: Combined, kind: Kind, column: str, scale: int) -> Column:
        parts = [self.read(part, "text", column) for part in cell.cells]
        faults = tuple(fault for part in parts for fault in part.faults)
        if cell.operation == "join":
            texts = pl.select(
                pl.concat_str([part.values for part in parts], separator=cell.separator, ignore_nulls=True)
            ).to_series()
            header = next(iter(headers_of(cell)), "")
            return self._typed(texts.set(texts == "", None), kind, self.orders.get(header), scale, header)
        if kind == "text":
            return Column(pl.select(pl.coalesce([part.values for part in parts])).to_series(), faults)
        typed = [self.read(part, kind, column, scale) for part in cell.cells]
        values = pl.select(pl.coalesce([part.values for part in typed])).to_series()
        return Column(values, tuple(fault for part in typed for fault in part.faults))

    def _number(self, cell: Cell) -> Column:
        """A product, sum, difference or share as exact numbers."""
        if isinstance(cell, Share):
            return self._share(cell)
        if not isinstance(cell, Combined):
            read = self.read(cell, "number", scale=6)
            return Column(read.values.cast(NUMBER), read.faults)
        parts = [self._number(part) for part in cell.cells]
        first, *others = (part.values for part in parts)
        for other in others:
            if cell.operation == "product":
                first = (first * other).cast(NUMBER)
            elif cell.operation == "minus":
                first = first - other.fill_null(0)
            else:
                is_nothing = first.is_null() & other.is_null()
                first = (first.fill_null(0) + other.fill_null(0)).set(is_nothing, None)
        return Column(first.cast(NUMBER), tuple(fault for part in parts for fault in part.faults))

    def _share(self, cell: Share) -> Column:
        amount, by = self._number(cell.amount), self._number(cell.by)
        frame = pl.DataFrame(
            {"group": self.text(cell.within[0]), "amount": amount.values, "by": by.values.cast(pl.Float64)}
        )
        whole = pl.col("amount").drop_nulls().first().over("group").cast(pl.Float64)
        value = pl.col("by").fill_null(0)
        total = value.sum().over("group")
        # Rounding the running sum, not each part, makes the parts add up to the amount to the last digit.
        upto = (whole * value.cum_sum().over("group") / total).round(4)
        before = (whole * (value.cum_sum().over("group") - value) / total).round(4)
        share = pl.when(total != 0).then(upto - before).otherwise(0.0)
        return Column(frame.select(share.round(4).cast(NUMBER)).to_series(), (*amount.faults, *by.faults))

    def _digests(self, cell: Digest) -> pl.Series:
        texts = pl.DataFrame([self.text(header).alias(header) for header in headers_of(cell)])
        whole = pl.concat_str(pl.all().fill_null(""), separator=DIGEST_SEPARATOR)
        rows = texts.select(whole=whole).with_columns(number=pl.int_range(1, pl.len() + 1).over("whole"))
        digests = {text: sha256(text.encode()).hexdigest()[:16] for text in rows["whole"].unique()}
        digest = pl.col("whole").replace_strict(digests, return_dtype=pl.String)
        return rows.select(pl.concat_str(digest, "number", separator="-")).to_series()

    def _ordinals(self, cell: Ordinal) -> pl.Series:
        frame = pl.DataFrame({"of": self.text(cell.of[0]), "within": self.text(cell.within[0])})
        first = frame.with_row_index("place").select(
            "within", first=pl.col("place").min().over("within", "of"), place="place"
        )
        return first.select(pl.col("first").rank("dense").over("within").cast(pl.Int64)).to_series()


def _read(
    texts: pl.Series, kind: Kind, order: DateOrder | None, zone: str, written_in: str | None, scale: int
) -> Reading:
    if kind == "number":
        return read_numbers(texts, scale, has_comma=order == COMMA)
    if kind == "integer":
        return read_integers(texts, has_comma=order == COMMA)
    if kind == "flag":
        return read_flags(texts)
    if written_in is not None and written_in != zone:
        moments = read_elsewhere(texts, order, zone, written_in)
        return Reading(moments.values.dt.date(), moments.bad) if kind == "day" else moments
    return read_days(texts, order, zone) if kind == "day" else read_moments(texts, order, zone)


def _as_kind(column: Column, kind: Kind, scale: int) -> Column:
    if kind == "integer":
        return Column(column.values.round(0).cast(pl.Int64), column.faults)
    if kind == "text":
        return Column(column.values.cast(pl.String), column.faults)
    return Column(column.values.cast(pl.Decimal(18, scale), strict=False), column.faults)


def _scaled(values: pl.Series, cell: Header) -> pl.Series:
    if cell.multiply is None and cell.divide is None:
        return values
    numbers = values.cast(NUMBER) * (cell.multiply if cell.multiply is not None else 1)
    if cell.divide is not None:
        numbers = numbers / cell.divide
    return numbers.cast(values.dtype) if values.dtype.is_decimal() else numbers.round(0).cast(values.dtype)


def _meets(texts: pl.Series, test: Test, wanted: list[str]) -> pl.Series:
    """Where a text is, contains, matches or begins with one of those wanted; `not_` is left to the caller."""
    if test in ("in", "not_in"):
        found = texts.is_in(wanted)
    elif test == "contains":
        found = texts.str.contains_any(wanted)
    elif test == "matches":
        found = texts.str.contains(wanted[0])
    else:
        found = pl.select(pl.any_horizontal([texts.str.starts_with(start) for start in wanted])).to_series()
    return found.fill_null(False)


def _part(texts: pl.Series, split: Split) -> pl.Series:
    """The trimmed part of each text; null where it has no such part, or an empty one."""
    place = split.part - 1 if split.part > 0 else split.part
    parts = texts.str.split(split.by).list.get(place, null_on_oob=True).str.strip_chars()
    return parts.set(parts == "", None)


def _filled(texts: pl.Series, groups: pl.Series) -> pl.Series:
    frame = pl.DataFrame({"text": texts, "group": groups})
    return frame.select(pl.coalesce("text", pl.col("text").drop_nulls().first().over("group"))).to_series()


def _mapped(texts: pl.Series, cell: Header) -> pl.Series:
    """Each different text translated: a whole value first, else the first needle it contains, else the default.

    Chinese is the same in either script; a value that is written exactly so comes first.
    """
    distinct = texts.unique().drop_nulls()
    values, needles = cell.values or {}, cell.contains or {}
    plain_values = {simplified(value): code for value, code in reversed(tuple(values.items()))}
    plain_needles = [(simplified(needle), code) for needle, code in needles.items()]

    def translated(text: str) -> str | None:
        if text in values:
            return values[text]
        plain = simplified(text)
        if plain in plain_values:
            return plain_values[plain]
        otherwise = text if cell.default == KEEP else cell.default
        return next((code for needle, code in plain_needles if needle in plain), otherwise)

    found = pl.Series([translated(text) for text in distinct], dtype=pl.String)
    return texts.replace_strict(distinct, found, default=None, return_dtype=pl.String)
