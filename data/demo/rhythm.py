"""The company's pulse: how much is bought on which day and at which hour."""

from __future__ import annotations

import numpy as np
import polars as pl

from data.demo.columns import DAY_SECONDS, Floats, Ints

YEARLY_GROWTH = 1.28
NOISE = 0.045
WEEKDAYS = np.array([1.02, 1.0, 1.0, 1.01, 0.95, 0.98, 1.04])
FESTIVALS = {
    "618": 3.2,
    "618_run": 1.4,
    "double_11": 4.8,
    "double_11_run": 1.55,
    "double_12": 1.9,
    "double_12_run": 1.3,
    "womens_day": 1.6,
    "womens_day_run": 1.2,
    "520": 1.25,
    "99": 1.3,
    "qixi": 1.15,
    "valentines_day": 1.12,
    "black_friday": 1.15,
    "cyber_monday": 1.1,
    "new_year_festival": 1.45,
    "new_year_festival_run": 1.22,
    "chinese_new_year": 0.35,
    "chinese_new_year_run": 0.45,
}
MEMBER_DAY = 18
MEMBER_DAY_FACTOR = 1.18
HOLIDAY_FACTOR = 0.88
AFTER_FESTIVAL_FACTOR = 0.78

# Relative orders by hour, midnight first. Festivals open at midnight and at eight in the evening.
HOURS_WORKDAY = np.array(
    [
        2.2, 1.2, 0.6, 0.4, 0.3, 0.4, 0.9, 1.9, 3.3, 4.9, 5.8, 5.4,
        5.2, 5.1, 5.3, 5.2, 5.0, 4.6, 4.9, 6.2, 7.8, 8.6, 7.3, 4.5,
    ]
)  # fmt: skip
HOURS_WEEKEND = np.array(
    [
        2.9, 1.8, 0.9, 0.5, 0.4, 0.4, 0.6, 1.2, 2.3, 3.8, 5.2, 5.6,
        5.2, 5.3, 5.7, 5.9, 5.6, 5.0, 5.1, 6.4, 8.2, 9.0, 8.1, 5.4,
    ]
)  # fmt: skip
HOURS_FESTIVAL = np.array(
    [
        9.5, 4.0, 1.6, 0.8, 0.5, 0.5, 0.9, 1.7, 2.9, 4.3, 4.9, 4.4,
        4.1, 4.0, 4.1, 4.0, 3.9, 3.7, 4.4, 6.6, 9.9, 8.8, 7.6, 5.6,
    ]
)  # fmt: skip
PEAK_FACTOR = 1.8


def planned_weights(calendar: pl.DataFrame) -> Floats:
    """Relative orders of each day of a calendar (`dim_date`), as a planner expects them: no noise, no surprises."""
    position = np.arange(len(calendar))
    ordinal = calendar["date"].dt.ordinal_day().to_numpy()
    festival = calendar["shopping_festival"].fill_null("")
    factor = np.array([FESTIVALS.get(name, 1.0) for name in festival])
    is_peak = factor >= PEAK_FACTOR
    follows = np.zeros(len(calendar), bool)
    for back in (1, 2, 3):
        follows[back:] |= is_peak[:-back]
    weekday = WEEKDAYS[calendar["day_of_week"].to_numpy() - 1]
    is_worked = calendar["is_makeup_workday"].fill_null(False).to_numpy()
    is_plain_holiday = calendar["is_public_holiday"].to_numpy() & (factor == 1.0)
    is_member_day = (calendar["date"].dt.day().to_numpy() == MEMBER_DAY) & (factor == 1.0)
    weights: Floats = (
        YEARLY_GROWTH ** (position / 365)
        * (1 + 0.05 * np.cos(2 * np.pi * (ordinal - 335) / 365))
        * np.where(is_worked, WEEKDAYS[1], weekday)
        * factor
        * np.where(is_plain_holiday, HOLIDAY_FACTOR, 1.0)
        * np.where(is_member_day, MEMBER_DAY_FACTOR, 1.0)
        * np.where(follows & (factor == 1.0), AFTER_FESTIVAL_FACTOR, 1.0)
    )
    return weights


def lived_weights(planned: Floats, rng: np.random.Generator) -> Floats:
    """The planned weights as life made them."""
    return planned * rng.lognormal(0.0, NOISE, len(planned))


def day_kinds(calendar: pl.DataFrame) -> Ints:
    """0 workday, 1 weekend or holiday, 2 the day of a big festival."""
    factor = np.array([FESTIVALS.get(name, 1.0) for name in calendar["shopping_festival"].fill_null("")])
    is_free = (calendar["day_of_week"].to_numpy() > 5) | calendar["is_public_holiday"].to_numpy()
    kinds: Ints = np.where(factor >= PEAK_FACTOR, 2, np.where(is_free, 1, 0))
    return kinds


def seconds_of_day(kind: Ints, uniform: Floats) -> Ints:
    """The second of the day of each order, by the kind of its day."""
    seconds = np.empty(len(kind), np.float64)
    for number, hours in enumerate((HOURS_WORKDAY, HOURS_WEEKEND, HOURS_FESTIVAL)):
        bounds = np.concatenate([[0.0], np.cumsum(hours) / hours.sum()])
        chosen = kind == number
        seconds[chosen] = np.interp(uniform[chosen], bounds, np.arange(25) * 3600.0)
    return seconds.astype(np.int64).clip(0, DAY_SECONDS - 1)
