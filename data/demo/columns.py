"""From arrays of numbers to the typed columns of a contract, without a loop over rows."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from data.contracts import TABLES
from data.contracts.base import MONEY_SCALE

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Column: TypeAlias = pl.Series | npt.NDArray[Any] | str | bool | None

EPOCH = date(1970, 1, 1)
DAY_SECONDS = 86_400
HOUR_SECONDS = 3_600
_FEN_TO_SCALE = 10 ** (MONEY_SCALE - 2)


def stream(seed: int, topic: str, part: int = 0) -> np.random.Generator:
    """Random numbers of their own for a topic and a part, so that one topic never shifts another's."""
    return np.random.default_rng([seed, zlib.crc32(topic.encode()), part])


def frame(table: str, columns: Mapping[str, Column]) -> pl.DataFrame:
    """The rows of a table, typed and ordered as its contract; a text, a flag or None fills the whole column.

    Raises:
        KeyError: a column that the contract has not, or one of the contract that was not given.
    """
    schema = {name: column.dtype for name, column in TABLES[table].columns.items()}
    astray = schema.keys() ^ columns.keys()
    if astray:
        raise KeyError(f"{table}: {', '.join(sorted(astray))}")
    filled = [_expression(columns[name]).cast(dtype).alias(name) for name, dtype in schema.items()]
    return pl.select(filled)


def _expression(column: Column) -> pl.Expr:
    if isinstance(column, str | bool) or column is None:
        return pl.lit(column)
    return pl.lit(column if isinstance(column, pl.Series) else pl.Series(column))


def money(fen: Ints) -> pl.Series:
    """Hundredths of the currency as DECIMAL(18, 4), exactly."""
    words = np.empty((len(fen), 2), np.int64)
    np.multiply(fen, _FEN_TO_SCALE, out=words[:, 0])
    np.right_shift(words[:, 0], 63, out=words[:, 1])
    amounts = pa.Array.from_buffers(pa.decimal128(18, MONEY_SCALE), len(fen), [None, pa.py_buffer(words)])
    return pl.Series(amounts)


def amounts(fen: Sequence[int | None]) -> pl.Series:
    """As `money`, for a few amounts of which some are not known."""
    scaled = [None if one is None else Decimal(one).scaleb(-2) for one in fen]
    return pl.Series(scaled, dtype=pl.Decimal(18, MONEY_SCALE))


def picks(names: Sequence[str], index: npt.NDArray[Any]) -> pl.Series:
    """The name at each index."""
    return pl.Series(names, dtype=pl.String).gather(index)


def only(mask: Flags, column: pl.Series) -> pl.Series:
    """The column where the mask holds, null elsewhere."""
    return pl.select(pl.when(pl.lit(pl.Series(mask))).then(pl.lit(column))).to_series()


def moments(seconds: Ints) -> pl.Series:
    """Seconds since 1970 as timestamps without zone."""
    return pl.Series(seconds * 1_000_000).cast(pl.Datetime("us"))


def calendar_days(seconds: Ints) -> pl.Series:
    """The day on which each second lies."""
    return pl.Series((seconds // DAY_SECONDS).astype(np.int32)).cast(pl.Date)


def days_from(first_day: date, day: Ints) -> pl.Series:
    """The calendar day of each number of days since the first one."""
    return pl.Series((day + (first_day - EPOCH).days).astype(np.int32)).cast(pl.Date)


def unit(numbers: npt.NDArray[Any], salt: int) -> Floats:
    """A number in [0, 1) that always belongs to the same key: what a customer is, on every order."""
    return (_mixed(numbers, salt) >> np.uint64(11)).astype(np.float64) * np.float64(2.0**-53)


def opaque(numbers: npt.NDArray[Any], salt: int) -> pl.Series:
    """A text of 32 hexadecimal digits for each number, as keyed hashes look."""
    words = np.stack([_mixed(numbers, salt), _mixed(numbers, salt + 1)], axis=1)
    digits = np.frombuffer(b"0123456789abcdef", np.uint8)
    octets = np.ascontiguousarray(words).view(np.uint8)
    text = np.ascontiguousarray(np.stack([digits[octets >> 4], digits[octets & 15]], axis=2))
    offsets = np.arange(0, 32 * len(numbers) + 1, 32, dtype=np.int64)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(text)]
    return pl.Series(pa.Array.from_buffers(pa.large_string(), len(numbers), buffers))


def _mixed(numbers: npt.NDArray[Any], salt: int) -> npt.NDArray[np.uint64]:
    """SplitMix64 (Steele, Lea, Flood 2014): every bit of the number reaches every bit of the result."""
    mixed = numbers.astype(np.uint64) + np.uint64((salt + 1) * 0x9E3779B97F4A7C15 % 2**64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def drawn(shares: Sequence[float] | Floats, uniform: Floats) -> Ints:
    """The index of a share for each uniform number in [0, 1)."""
    bounds = np.cumsum(np.asarray(shares, np.float64))
    chosen: Ints = np.searchsorted(bounds / bounds[-1], uniform, side="right").clip(max=len(bounds) - 1)
    return chosen


def drawn_by(rows: Floats, row: npt.NDArray[Any], uniform: Floats) -> Ints:
    """As `drawn`, with the shares of another row of the matrix for each number."""
    bounds = np.cumsum(rows, axis=1)
    bounds /= bounds[:, -1:]
    width = rows.shape[1]
    ladder = (bounds + np.arange(len(rows))[:, None]).ravel()
    chosen: Ints = (np.searchsorted(ladder, row + uniform, side="right") - row * width).clip(0, width - 1)
    return chosen


def total(group: Ints, amounts: npt.NDArray[Any], groups: int) -> Ints:
    """Sums of whole numbers by group; exact below 2**53."""
    sums: Ints = np.bincount(group, weights=amounts, minlength=groups).astype(np.int64)
    return sums
