"""Numbers and days as people write them: 12.3万 or 1.2亿 in Chinese, 123K or 1.2M in English; "–" for no number."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from babel.dates import format_date, get_day_names
from babel.numbers import format_decimal, get_currency_symbol

from metrics.model import DisplayAs, Language, Unit
from pages.words.text import say

NOTHING = "–"
Number = int | float | Decimal | None

LOCALES: dict[Language, str] = {"en": "en", "zh-Hans": "zh_Hans", "zh-Hant": "zh_Hant"}
_SCALES: dict[Language, tuple[tuple[float, str], ...]] = {
    "en": ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")),
    "zh-Hans": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")),
    "zh-Hant": ((1e12, "兆"), (1e8, "億"), (1e4, "萬")),
}
_WRITTEN_OUT_BELOW = 10_000
# A value stays in its unit (seconds, days) and is read in another; a month is a twelfth of a year.
_READ_AS: dict[str, float] = {"milliseconds": 1000, "months": 1 / 30.4}
_Writer = Callable[[float], str]


def number(value: Number, language: Language, digits: int = 3) -> str:
    """A count in that many digits from 10,000 on (`24.1K`, `2.41万`), written out below."""
    return _signed(value, lambda size: _compact(size, language, 0 if size >= 100 else 1, digits))


def money(value: Number, language: Language, currency: str, digits: int = 3) -> str:
    """An amount in that many digits from 10,000 on (`¥143M`, `¥1.43亿`); cents only below 100. currency: ISO code."""
    return _signed(value, lambda size: symbol(currency) + _compact(size, language, 0 if size >= 100 else 2, digits))


def percent(value: Number, language: Language, decimals: int | None = None) -> str:
    """A rate of 0 to 100 (`22.5%`); without `decimals` two at either end, where 0.1 points matter, else one."""

    def text(size: float) -> str:
        is_near_end = size < 5 or 99 <= size < 100
        places = decimals if decimals is not None else 0 if size == 0 else 2 if is_near_end else 1
        return _fixed(size, places, language) + "%"

    return _signed(value, text)


def share(value: Number, language: Language, decimals: int = 0) -> str:
    """A part of a whole, given as 0 to 1 (`0.562` -> `56%`)."""
    return percent(None if _is_missing(value) else float(value or 0) * 100, language, decimals)


def ratio(value: Number, language: Language) -> str:
    """A multiple, e.g. revenue a unit of cost (`12.0×`)."""
    return _signed(value, lambda size: _fixed(size, 2 if size < 10 else 1, language) + "×")


def score(value: Number, language: Language) -> str:
    """A score on its own scale, with one decimal, below 1 with two (a layout shift of `0.08`)."""
    return _signed(value, lambda size: _fixed(size, 2 if 0 < size < 1 else 1, language))


def milliseconds(value: Number, language: Language) -> str:
    """Seconds, read as milliseconds (`0.184` -> `184 ms`)."""
    return _signed(
        _read_as(value, "milliseconds"), lambda size: _said("milliseconds", _fixed(size, 0, language), language)
    )


def seconds(value: Number, language: Language) -> str:
    """A duration in seconds, with two decimals below 10 (`2.41 s`, `2.41秒`)."""
    return _signed(value, lambda size: _said("seconds", _trimmed(size, 2 if size < 10 else 1, language), language))


def minutes(value: Number, language: Language) -> str:
    """A duration in minutes (`12.5 min`, `12.5分钟`)."""
    return _signed(value, lambda size: _said("minutes", _duration(size, language), language))


def hours(value: Number, language: Language) -> str:
    """A duration in hours (`26.4 h`, `26.4小时`)."""
    return _signed(value, lambda size: say("formats.hours", language, n=_duration(size, language)))


def days(value: Number, language: Language) -> str:
    """A duration in days (`3.5 days`, `3.5天`)."""

    def text(size: float) -> str:
        written = _duration(size, language)
        return say("formats.one_day" if written == "1" else "formats.days", language, n=written)

    return _signed(value, text)


def months(value: Number, language: Language) -> str:
    """Days, read as months (`270` -> `8.9 months`, `8.9个月`)."""

    def text(size: float) -> str:
        written = _duration(size, language)
        return _said("one_month" if written == "1" else "months", written, language)

    return _signed(_read_as(value, "months"), text)


def short(value: Number, unit: Unit | DisplayAs, language: Language, currency: str) -> str:
    """A KPI's value in its unit, or in what people read instead (`Kpi.shown_in`), as cards and labels write it."""
    if unit == "currency":
        return money(value, language, currency)
    if unit in _WRITERS:
        return _WRITERS[unit](value, language)
    # So many to something else: `12.4 per 1,000 orders`, `3.2 : 1`.
    return _signed(value, lambda size: _said(unit, _trimmed(size, 2 if size < 10 else 1, language), language))


_WRITERS: dict[str, Callable[[Number, Language], str]] = {
    "count": number,
    "percent": percent,
    "ratio": ratio,
    "score": score,
    "milliseconds": milliseconds,
    "seconds": seconds,
    "minutes": minutes,
    "hours": hours,
    "days": days,
    "months": months,
}


def full(value: Number, unit: Unit | DisplayAs, language: Language, currency: str) -> str:
    """A KPI's value with every digit that carries meaning (`¥2,474,823.07`), as hover texts and tables write it."""
    if unit == "currency":
        return _signed(value, lambda size: symbol(currency) + _fixed(size, 2, language))
    if unit == "count":
        return _signed(value, lambda size: _trimmed(size, 2, language))
    if unit == "percent":
        return percent(value, language, 2)
    return short(value, unit, language, currency)


def signed(value: Number, unit: Unit | DisplayAs, language: Language, currency: str) -> str:
    """A difference in a KPI's unit with its sign (`+¥9.1M`); a rate differs by points; `0` carries no sign."""
    if unit == "percent":
        return signed_points(value, language)
    return _with_plus(value, short(value, unit, language, currency))


def signed_share(value: Number, language: Language) -> str:
    """A relative change given as a share (`0.069` -> `+6.9%`); what rounds to nothing is `0%`."""
    return _with_plus(value, share(value, language, 1))


def signed_points(value: Number, language: Language, *, is_short: bool = False) -> str:
    """A change of a rate in percentage points: `+0.1 pts`, `+0.1 个百分点`, short `+0.1pp`."""
    key = "formats.points_short" if is_short else "formats.points"
    return _with_plus(value, _signed(value, lambda size: say(key, language, n=_fixed(size, 1, language))))


def axis(values: Sequence[float], unit: Unit | DisplayAs, language: Language, currency: str) -> list[str]:
    """Labels of one axis, all in the scale of its largest tick (`¥0`, `¥400万`, `¥800万`, `¥1,200万`)."""
    values = [value * _READ_AS.get(unit, 1) for value in values]
    largest = max((abs(value) for value in values), default=0.0)
    scale, suffix = 1.0, ""
    if unit in ("count", "currency") and largest >= _WRITTEN_OUT_BELOW:
        scale, suffix = next((step, name) for step, name in _SCALES[language] if step <= largest)
    prefix = symbol(currency) if unit == "currency" else ""
    suffix = "%" if unit == "percent" else suffix

    def label(size: float) -> str:
        return prefix + _trimmed(size / scale, 2, language) + (suffix if size or unit == "percent" else "")

    return [_signed(value, label) for value in values]


@cache
def symbol(currency: str) -> str:
    """The sign of an ISO currency (`¥`, `NT$`, `£`); a code without a sign stands before a space (`CHF `)."""
    # One company has one base currency, so the yuan needs no "CN" before its sign.
    sign = "¥" if currency == "CNY" else get_currency_symbol(currency, locale="en")
    return f"{sign}\u00a0" if sign[-1:].isalpha() else sign


def day(value: date | None, language: Language) -> str:
    """A day of a year that is known: `12 Nov`, `11月12日`."""
    return _dated(value, "d MMM" if language == "en" else "M月d日", language)


def full_day(value: date | None, language: Language) -> str:
    """A day with its year: `12 Nov 2026`, `2026年11月12日`."""
    return _dated(value, "d MMM y" if language == "en" else "y年M月d日", language)


def day_range(first: date, last: date, language: Language) -> str:
    """Days from the first to the last, both included; what they share is said once: `25 Oct – 21 Nov 2026`."""
    if first == last:
        return full_day(first, language)
    is_one_year = first.year == last.year
    is_one_month = is_one_year and first.month == last.month
    if language == "en":
        start = str(first.day) if is_one_month else day(first, language) if is_one_year else full_day(first, language)
        return f"{start} – {full_day(last, language)}"
    end = f"{last.day}日" if is_one_month else day(last, language) if is_one_year else full_day(last, language)
    return f"{full_day(first, language)}–{end}"


def month(value: date | None, language: Language) -> str:
    """The month a day lies in: `Nov 2026`, `2026年11月`."""
    return _dated(value, "MMM y" if language == "en" else "y年M月", language)


def short_month(value: date, language: Language) -> str:
    """The month a day lies in, its year in two digits: `Nov 26`, `26年11月`."""
    return _dated(value, "MMM yy" if language == "en" else "yy年M月", language)


def moment(value: datetime | None, language: Language) -> str:
    """A day and the minute, in the time zone the value carries: `20 Nov 2026 09:12`."""
    return NOTHING if value is None else f"{full_day(value, language)} {value:%H:%M}"


def weekday(iso_weekday: int, language: Language) -> str:
    """The short name of an ISO weekday, 1 = Monday: `Mon`, `周一`, `週一`."""
    return str(get_day_names("abbreviated", locale=LOCALES[language])[iso_weekday - 1])


def _dated(value: date | None, pattern: str, language: Language) -> str:
    return NOTHING if value is None else str(format_date(value, pattern, locale=LOCALES[language]))


def _is_missing(value: Number) -> bool:
    return value is None or not math.isfinite(value)


def _signed(value: Number, text: _Writer) -> str:
    """The size written by `text`, a minus before all of it; no minus before a size that rounds to nothing."""
    if value is None or not math.isfinite(value):
        return NOTHING
    written = text(abs(float(value)))
    return f"-{written}" if value < 0 and _has_digits(written) else written


def _with_plus(value: Number, written: str) -> str:
    if value is None or not math.isfinite(value):
        return NOTHING
    if not _has_digits(written):
        return written.replace("0.00", "0").replace("0.0", "0")
    return f"+{written}" if value > 0 else written


def _has_digits(written: str) -> bool:
    return any(digit in "123456789" for digit in written)


def _compact(size: float, language: Language, decimals: int, digits: int) -> str:
    rounded = _in_digits(size, digits)
    if rounded < _WRITTEN_OUT_BELOW:
        is_whole = size == int(size)
        return _fixed(size, 0 if is_whole else decimals, language)
    scale, suffix = next((step, name) for step, name in _SCALES[language] if step <= rounded)
    return _trimmed(rounded / scale, digits - 1, language) + suffix


def _in_digits(size: float, digits: int) -> float:
    return round(size, digits - 1 - math.floor(math.log10(size))) if size >= _WRITTEN_OUT_BELOW - 0.5 else size


def _read_as(value: Number, unit: DisplayAs) -> Number:
    return None if value is None else float(value) * _READ_AS[unit]


def _said(key: str, written: str, language: Language) -> str:
    return say(f"formats.{key}", language, n=written)


def _duration(size: float, language: Language) -> str:
    return _trimmed(size, 0 if size >= 100 else 1, language)


def _fixed(size: float, decimals: int, language: Language) -> str:
    places = "." + "0" * decimals if decimals else ""
    return str(format_decimal(size, format=f"#,##0{places}", locale=LOCALES[language]))


def _trimmed(size: float, decimals: int, language: Language) -> str:
    places = "." + "#" * decimals if decimals else ""
    return str(format_decimal(size, format=f"#,##0{places}", locale=LOCALES[language]))
