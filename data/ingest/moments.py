"""Days and moments out of text, in the company's time zone. Day or month first is decided over a whole column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

from data.ingest.titles import MONTHS
from data.ingest.values import EMPTY_VALUE, Reading, put, spread

# How a column is written, where its cells alone do not say: day or month first; a decimal comma or point in numbers.
DateOrder = Literal["dmy", "mdy", "comma", "point"]
COMMA: DateOrder = "comma"
POINT: DateOrder = "point"
PLAIN = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S")
ZONED = ("%Y-%m-%d %H:%M:%S %z", "%Y-%m-%dT%H:%M:%S%:z", "%Y-%m-%dT%H:%M:%S%z")
CLOCK = (
    r"(?:[T\s]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,6})\d*)?)?"
    r"\s*(?P<half>[AaPp])?(?:\.?[Mm]\.?)?\s*(?P<zone>(?:UTC|GMT)?[-+]\d{2}:?\d{2}|Z|UTC|GMT)?(?:\s\([^()]*\))?)?$"
)
WEEKDAY = r"^(?:[A-Za-z]{3,9},?\s)?"
YEAR_FIRST = r"^(?P<year>\d{4})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})日?" + CLOCK
COMPACT_DAY = r"^(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})"
COMPACT = COMPACT_DAY + CLOCK
COMPACT_CLOCK = COMPACT_DAY + r"(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?$"
YEAR_LAST = r"^(?P<a>\d{1,2})(?:[-/.])(?P<b>\d{1,2})(?:[-/.])(?P<year>\d{4}|\d{2})" + CLOCK
DAY_NAME = WEEKDAY + r"(?P<day>\d{1,2})[-\s/](?P<name>[A-Za-z]{3,9})\.?,?[-\s/](?P<year>\d{4}|\d{2})" + CLOCK
NAME_DAY = WEEKDAY + r"(?P<name>[A-Za-z]{3,9})\.?\s(?P<day>\d{1,2}),?\s(?P<year>\d{4})" + CLOCK
SERIAL = r"^\d{5}(?:\.\d+)?$"
# Seconds (or milliseconds) since 1970 of the years 2001 to 2033; later ones look like 2033051812, a day and an hour.
EPOCH = r"^1\d{9}(?:\d{3}|\.\d+)?$"
# "下午2:05" and "14时05分06秒" as clocks that the forms know.
CHINESE_CLOCKS = (
    (r"\s*(?:上午|早上|凌晨)\s*(\d{1,2}:\d{2}(?::\d{2})?)", " $1 AM"),
    (r"\s*(?:下午|晚上|中午)\s*(\d{1,2}:\d{2}(?::\d{2})?)", " $1 PM"),
    (r"\s*(\d{1,2})\s?[时時点點]\s?(\d{1,2})\s?分\s?(\d{1,2})\s?秒", " $1:$2:$3"),
    (r"\s*(\d{1,2})\s?[时時点點]\s?(\d{1,2})\s?分", " $1:$2"),
)
MOMENT = pl.Datetime("us")


@dataclass(frozen=True)
class Evidence:
    """How many cells of a column can only be day first, only month first, or both."""

    day_first: int = 0
    month_first: int = 0
    either: int = 0

    def __add__(self, other: Evidence) -> Evidence:
        return Evidence(
            self.day_first + other.day_first, self.month_first + other.month_first, self.either + other.either
        )

    @property
    def order(self) -> DateOrder | None:
        """The order the column keeps; None where nothing decides, or where both orders are claimed."""
        if self.day_first > 99 * self.month_first:
            return "dmy"
        return "mdy" if self.month_first > 99 * self.day_first else None

    @property
    def is_open(self) -> bool:
        """Whether there are such cells and no order for them."""
        return self.order is None and bool(self.day_first or self.month_first or self.either)


def evidence(texts: pl.Series) -> Evidence:
    """What a column says about its order. Equal numbers (3/3) say nothing and need no answer."""
    parts = texts.drop_nulls().str.extract_groups(YEAR_LAST).struct.unnest()
    pairs = parts.select(pl.col("a", "b").cast(pl.Int32)).drop_nulls().filter(pl.col("a") != pl.col("b"))
    counts = pairs.select(
        day=((pl.col("a") > 12) & (pl.col("b") <= 12)).sum(),
        month=((pl.col("b") > 12) & (pl.col("a") <= 12)).sum(),
        either=((pl.col("a") <= 12) & (pl.col("b") <= 12)).sum(),
    ).row(0)
    return Evidence(*counts)


def read_moments(texts: pl.Series, order: DateOrder | None, zone: str) -> Reading:
    """Moments without zone (Datetime us) as clocks of `zone` showed them; a text without zone is taken as local.

    `order` is for columns that write the year last; None makes their cells bad unless day and month are equal.
    """
    values = pl.repeat(None, len(texts), dtype=MOMENT, eager=True)
    odd = texts.is_not_null()
    for format in (*PLAIN, *ZONED):
        first = texts.filter(odd).head(1).str.to_datetime(format, strict=False, time_unit="us")
        if len(first) and first.null_count() == 0:
            read = _local(texts.filter(odd).str.to_datetime(format, strict=False, time_unit="us"), zone)
            values = put(values, odd, read)
            odd = values.is_null() & texts.is_not_null()
    if odd.any():
        values = put(values, odd, _odd_moments(texts.filter(odd), order, zone))
    values = values.set((values.dt.year() < 1900) | (values.dt.year() > 2200), None)
    odd = values.is_null() & texts.is_not_null()
    if not odd.any():
        return Reading(values)
    return Reading(values, spread(odd, ~texts.filter(odd).str.to_lowercase().is_in(EMPTY_VALUE)))


def read_days(texts: pl.Series, order: DateOrder | None, zone: str) -> Reading:
    """Days (Date) of `zone`; as `read_moments`."""
    moments = read_moments(texts, order, zone)
    return Reading(moments.values.dt.date(), moments.bad)


def read_elsewhere(texts: pl.Series, order: DateOrder | None, zone: str, written_in: str) -> Reading:
    """Moments of `zone` out of texts written by the clocks of another zone; a day without a clock stays that day."""
    there = read_moments(texts, order, written_in)
    here = there.values.dt.replace_time_zone(written_in, ambiguous="earliest", non_existent="null")
    here = here.dt.convert_time_zone(zone).dt.replace_time_zone(None)
    has_clock = texts.str.contains(rf":|[时時点點]|{EPOCH}").fill_null(False)
    return Reading(here.zip_with(has_clock, there.values), there.bad)


def _local(moments: pl.Series, zone: str) -> pl.Series:
    if moments.dtype == MOMENT:
        return moments
    return moments.dt.convert_time_zone(zone).dt.replace_time_zone(None)


def _odd_moments(texts: pl.Series, order: DateOrder | None, zone: str) -> pl.Series:
    """One form after the other, each on the cells that the ones before left."""
    for pattern, clock in CHINESE_CLOCKS:
        texts = texts.str.replace(pattern, clock)
    values = pl.repeat(None, len(texts), dtype=MOMENT, eager=True)
    for pattern in (YEAR_FIRST, YEAR_LAST, COMPACT, COMPACT_CLOCK, DAY_NAME, NAME_DAY):
        left = values.is_null()
        fits = left & texts.str.contains(pattern)
        if fits.any():
            values = put(values, fits, _from_parts(texts.filter(fits), pattern, order, zone))
    serial = values.is_null() & texts.str.contains(SERIAL)
    if serial.any():
        values = put(values, serial, _from_serials(texts.filter(serial).cast(pl.Float64)))
    epoch = values.is_null() & texts.str.contains(EPOCH)
    if epoch.any():
        values = put(values, epoch, _from_epochs(texts.filter(epoch), zone))
    return values


def _from_epochs(texts: pl.Series, zone: str) -> pl.Series:
    """Seconds or milliseconds since 1970 in UTC, as clocks of `zone` showed them."""
    digits = texts.str.replace(r"\..*$", "")
    seconds = texts.cast(pl.Float64).zip_with(digits.str.len_chars() == 10, texts.cast(pl.Float64) / 1000)
    return _local((seconds * 1_000_000).round().cast(pl.Int64).cast(MOMENT).dt.replace_time_zone("UTC"), zone)


def _from_serials(days: pl.Series) -> pl.Series:
    """Days since 30 Dec 1899, as spreadsheets count; only those of 1954 to 2119."""
    milliseconds = (pl.col("days") * 86_400_000).round().cast(pl.Int64).cast(pl.Duration("ms"))
    moment = (pl.datetime(1899, 12, 30, time_unit="ms") + milliseconds).cast(MOMENT)
    is_near = pl.col("days").is_between(20_000, 80_000)
    return pl.DataFrame({"days": days}).select(pl.when(is_near).then(moment)).to_series()


def _from_parts(texts: pl.Series, pattern: str, order: DateOrder | None, zone: str) -> pl.Series:
    parts = texts.str.extract_groups(pattern).struct.unnest()
    given = set(parts.columns)
    nothing = pl.lit(None, pl.String)

    def part(name: str) -> pl.Expr:
        return pl.col(name) if name in given else nothing

    day, month = part("day"), part("month")
    if "a" in given:
        is_same = pl.col("a") == pl.col("b")
        day = {"dmy": pl.col("a"), "mdy": pl.col("b")}.get(order or "", pl.when(is_same).then("a"))
        month = {"dmy": pl.col("b"), "mdy": pl.col("a")}.get(order or "", pl.when(is_same).then("a"))
    if "name" in given:
        names = {name: str(number) for name, number in MONTHS.items()}
        month = pl.col("name").str.to_lowercase().replace_strict(names, default=None)
    year = (
        pl.when(pl.col("year").str.len_chars() == 2)
        .then(pl.when(pl.col("year") < "70").then("20" + pl.col("year")).otherwise("19" + pl.col("year")))
        .otherwise("year")
    )
    hour = part("hour").cast(pl.Int32).fill_null(0)
    half = part("half").str.to_lowercase()
    hour = pl.when(half.is_not_null()).then(hour % 12 + pl.when(half == "p").then(12).otherwise(0)).otherwise(hour)
    clock = pl.concat_str(hour, part("minute").fill_null("0"), part("second").fill_null("0"), separator=":")
    fraction = part("fraction").fill_null("0").str.pad_end(6, "0")
    moment = pl.concat_str(pl.concat_str(year, month, day, separator="-"), clock, separator=" ") + "." + fraction
    frame = parts.select(
        moment=moment.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", strict=False, time_unit="us"), zone=part("zone")
    )
    return _shifted(frame, zone)


def _shifted(frame: pl.DataFrame, zone: str) -> pl.Series:
    """Moments with a zone of their own as the company's clocks showed them."""
    if frame["zone"].null_count() == frame.height:
        return frame["moment"]
    sign = pl.when(pl.col("zone").str.contains("-", literal=True)).then(-1).otherwise(1)
    digits = pl.col("zone").str.replace_all(r"\D", "").str.pad_end(4, "0")
    minutes = sign * (digits.str.slice(0, 2).cast(pl.Int32) * 60 + digits.str.slice(2, 2).cast(pl.Int32))
    universal = (pl.col("moment") - pl.duration(minutes=minutes)).dt.replace_time_zone("UTC")
    local = universal.dt.convert_time_zone(zone).dt.replace_time_zone(None)
    return frame.select(pl.when(pl.col("zone").is_null()).then("moment").otherwise(local)).to_series()
