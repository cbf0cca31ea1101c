"""What moved sales: GMV as a product of visits, conversion, tracking gap and basket, its change split exactly."""

from __future__ import annotations

import math
from collections.abc import Mapping

import polars as pl

from metrics.ask import ask
from metrics.engine import Engine
from metrics.errors import NotSplittable
from metrics.load import Catalogue
from metrics.periods import Period
from metrics.policy import Viewer
from metrics.views.scope import Scope

DRIVERS = ("sessions", "conversion", "tracking_gap", "basket")
SALES, REST = "gmv", "rest"
_ORDERS = ("gmv", "paid_orders")
_VISITS = ("sessions", "session_conversion_rate")
_SCHEMA = {
    "driver": pl.String,
    "before": pl.Float64,
    "after": pl.Float64,
    "contribution": pl.Float64,
    "contribution_share": pl.Float64,
}

Values = Mapping[str, float | None]


def driver_tree(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """How much each driver added to the change of GMV since `scope.comparison`.

    GMV = sessions x (sessions with a purchase ÷ sessions) x (paid orders ÷ sessions with a purchase) x
    (GMV ÷ paid order). The third is the tracking gap: orders that the analytics tool did not see. The change
    is split by the additive logarithmic mean Divisia index (LMDI-I: Ang, "The LMDI approach to decomposition
    analysis: a practical guide", Energy Policy 33, 2005, 867-871): driver x adds L(GMV, GMV before) x
    ln(x ÷ x before), where L(a, b) = (a - b) ÷ (ln a - ln b). So the drivers' parts sum to the change exactly.

    Returns:
        Shape (5 or 6, 5): driver (gmv, sessions, conversion, tracking_gap, basket, and rest where something
        is left), before and after (money, sessions, shares 0 to 1, money per order; null for rest and where
        there is no data), contribution (money; for gmv the whole change) and contribution_share (of the
        change, 1 = all; null where GMV did not change). A driver that is missing or 0 in one of the periods
        has no logarithm: its contribution is null, and the row rest holds what such drivers brought together.
        Where GMV is unknown in one period no contribution is known. Under filters that visits cannot be
        narrowed to, only the basket is.

    Raises:
        ValueError: the scope compares with nothing.
        NotAllowed: as `ask`.
    """
    if scope.comparison is None:
        raise ValueError("a driver tree needs a comparison")
    with engine.reading() as reader:
        now = _drivers(_asked(reader, scope, scope.period, viewer, catalogue))
        then = _drivers(_asked(reader, scope, scope.comparison, viewer, catalogue))
    return _rows(then, now)


def contributions(before: Values, after: Values) -> dict[str, float | None]:
    """Each driver's part of the change of `gmv`, null without a logarithm; `rest` where one of them is null.

    Both arguments hold gmv and the drivers. rest is null where the change itself is unknown.
    """
    weight = _logarithmic_mean(after[SALES], before[SALES])
    parts = {driver: _part(weight, after[driver], before[driver]) for driver in DRIVERS}
    known = [part for part in parts.values() if part is not None]
    if len(known) == len(DRIVERS):
        return parts
    change = _difference(after[SALES], before[SALES])
    return {**parts, REST: None if change is None else change - math.fsum(known)}


def _asked(engine: Engine, scope: Scope, period: Period, viewer: Viewer, catalogue: Catalogue) -> Values:
    values: dict[str, float | None] = dict.fromkeys(_VISITS)
    values |= ask(engine, scope.query(*_ORDERS, period=period), viewer, catalogue).rows.row(0, named=True)
    try:
        values |= ask(engine, scope.query(*_VISITS, period=period), viewer, catalogue).rows.row(0, named=True)
    except NotSplittable:
        # Visits know no payment method, orders no landing page: sales without visits still have a basket.
        return values
    return values


def _drivers(asked: Values) -> Values:
    rate = asked["session_conversion_rate"]
    conversion = None if rate is None else rate / 100
    buying = None if conversion is None or asked["sessions"] is None else asked["sessions"] * conversion
    return {
        SALES: asked["gmv"],
        "sessions": asked["sessions"],
        "conversion": conversion,
        "tracking_gap": _ratio(asked["paid_orders"], buying),
        "basket": _ratio(asked["gmv"], asked["paid_orders"]),
    }


def _rows(before: Values, after: Values) -> pl.DataFrame:
    change = _difference(after[SALES], before[SALES])
    parts = {SALES: change, **contributions(before, after)}
    rows = [
        (driver, before.get(driver), after.get(driver), part, _ratio(part, change)) for driver, part in parts.items()
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _part(weight: float | None, after: float | None, before: float | None) -> float | None:
    if weight is None or after is None or before is None or after <= 0 or before <= 0:
        return None
    return weight * math.log(after / before)


def _logarithmic_mean(after: float | None, before: float | None) -> float | None:
    if after is None or before is None or after <= 0 or before <= 0:
        return None
    return after if after == before else (after - before) / math.log(after / before)


def _difference(after: float | None, before: float | None) -> float | None:
    return None if after is None or before is None else after - before


def _ratio(dividend: float | None, divisor: float | None) -> float | None:
    return None if dividend is None or not divisor else dividend / divisor
