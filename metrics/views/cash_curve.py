"""Free cash through time, and how long it lasts if it goes on like this."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import polars as pl

from metrics.ask import ask
from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.periods import DAY, Grain, Period, bucket_end, bucket_start, buckets, grain_for
from metrics.policy import Viewer
from metrics.views.scope import Scope
from metrics.views.series import carrying

TABLE = "fact_bank_balance"
CASH, HEADROOM, RUNWAY = "cash_balance", "facility_headroom_rate", "cash_runway"
BURN_DAYS = 90
_SCHEMA = {
    "period": pl.Date,
    "free_cash": pl.Float64,
    "headroom": pl.Float64,
    "is_projected": pl.Boolean,
    "runway": pl.Float64,
}


def cash_curve(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """Free cash at the end of each bucket of at least 90 days, then what the burn of the last 90 days would leave.

    The past ends with the files, if they end before the period. The projection begins after the last known balance
    and ends with the money, or after as many days as the past that is shown. Where more comes in than goes out
    nothing burns, and nothing is projected.

    Returns:
        Shape (buckets, 5), by period: period (date, the first day of the bucket), free_cash (money at its end; null:
        no statement within three days), headroom (percent of the committed credit lines that is undrawn; null: no
        data, or projected), is_projected, runway (days that the last known cash lasts, the same in all rows; null:
        no data or nothing burns). No rows where no file reaches into the past that is shown.

    Raises:
        NotAllowed, NotSplittable: as `ask` about `cash_balance`.
    """
    window = shown(scope.period)
    grain = grain_for(window)
    with engine.reading() as reader:
        reach = Coverage.read(reader).last_day(TABLE)
        if reach is None or reach < window.first:
            return pl.DataFrame(schema=_SCHEMA)
        window = Period(window.first, min(window.last, reach))
        able = carrying([catalogue.kpi(HEADROOM)], scope)
        asked = scope.query(CASH, *able, grain=grain, period=window)
        rows = ask(reader, asked, viewer, catalogue).rows.sort("period")
        last = _last_known(rows, grain, window)
        runway = _runway(reader, scope, viewer, catalogue, last) if last else None
    headroom = pl.col(HEADROOM) if able else pl.lit(None, pl.Float64)
    past = rows.select(
        "period",
        pl.col(CASH).alias("free_cash"),
        headroom.alias("headroom"),
        pl.lit(False).alias("is_projected"),
        pl.lit(runway, pl.Float64).alias("runway"),
    )
    if last is None or not runway:
        return past
    cash = float(rows[CASH].drop_nulls()[-1])
    known = past.filter(pl.col("period") <= bucket_start(last, grain))
    return pl.concat([known, _projected(cash, runway, last, grain, window.days)])


def shown(period: Period) -> Period:
    """The past that a curve about a period shows: at least as many days as the burn is taken from."""
    return Period(min(period.first, period.last - DAY * (BURN_DAYS - 1)), period.last)


def _last_known(rows: pl.DataFrame, grain: Grain, window: Period) -> date | None:
    held = rows.filter(pl.col(CASH).is_not_null())["period"]
    return min(bucket_end(held[-1], grain), window.last) if held.len() else None


def _runway(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue, last: date) -> float | None:
    if not carrying([catalogue.kpi(RUNWAY)], scope):
        return None
    burning = replace(scope, period=Period(last - DAY * (BURN_DAYS - 1), last))
    found: float | None = ask(engine, burning.query(RUNWAY), viewer, catalogue).rows[RUNWAY].item()
    return found


def _projected(cash: float, runway: float, last: date, grain: Grain, most_days: int) -> pl.DataFrame:
    days = int(min(runway, most_days)) or 1
    parts = buckets(Period(last + DAY, last + timedelta(days=days)), grain)
    burn = cash / runway
    rows = [
        (bucket_start(part.first, grain), max(0.0, cash - burn * (part.last - last).days), None, True, runway)
        for part in parts
        if bucket_start(part.first, grain) > bucket_start(last, grain)
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")
