"""Partners and their contracts at month ends: signed, running, ending, renewed or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from data.demo.assortment import SUPPLIERS
from data.demo.columns import Floats, Ints, amounts, days_from, frame, stream, total
from data.demo.company import CARRIERS
from data.demo.months import Months
from data.demo.past import Past
from data.demo.stock import Stock

PAYMENTS = ("Alipay", "WeChat Pay", "Card acquirer", "JD Pay", "Douyin Pay")
MEDIA = ("Baidu", "Xiaohongshu", "Ocean Engine", "Outdoor Media North", "Radio Morning")
PLATFORMS = ("Tmall", "JD", "Pinduoduo", "Douyin")
ALLIANCES = ("Home Living Alliance", "Tea House", "Green Parcel League", "Design School")
KOLS = tuple(f"Creator {letter}" for letter in "ABCDEFGHIJKL")
PARTNERS = (
    *(("supplier", name, f"Supplier {name[-2:]}") for name in SUPPLIERS),
    *(("logistics", f"LOG-{number:02d}", name) for number, name in enumerate(CARRIERS, 1)),
    *(("payment", f"PAY-{number:02d}", name) for number, name in enumerate(PAYMENTS, 1)),
    *(("media", f"MED-{number:02d}", name) for number, name in enumerate(MEDIA, 1)),
    *(("platform", f"PLT-{number:02d}", name) for number, name in enumerate(PLATFORMS, 1)),
    *(("alliance", f"ALL-{number:02d}", name) for number, name in enumerate(ALLIANCES, 1)),
    *(("kol", f"KOL-{number:02d}", name) for number, name in enumerate(KOLS, 1)),
)
TERM_MONTHS = 12
# How often a contract that runs out is renewed; suppliers and platforms stay, since goods and shops hang on them.
RENEWED_SHARE = {"kol": 0.55, "media": 0.7, "alliance": 0.8, "logistics": 0.92, "payment": 0.95}
# A partner who left is followed by a new one of the same kind after some months.
PAUSE_MONTHS = (1, 4)
SAVING, SAVING_SPREAD = 0.035, 0.025
# Yearly cost of a contract in fen for each order of the company in a year.
COST_PER_ORDER = {"logistics": 280, "payment": 30, "media": 60, "platform": 190, "alliance": 6, "kol": 22}
JOINT_SHARE = {"alliance": 0.0035, "kol": 0.0022}


@dataclass(frozen=True)
class _Contract:
    """A contract at one month end; costs and revenue in fen, None where nothing was signed or shared."""

    month: int
    number: int
    turn: int
    partner: int
    is_active: bool = True
    is_new: bool = False
    is_due: bool = False
    is_renewed: bool = False
    before: int | None = None
    agreed: int | None = None
    joint: int | None = None


def partner_frame(past: Past, stock: Stock, unit_cost: Ints, supplier: Ints, months: Months, seed: int) -> pl.DataFrame:
    """`fact_partner_contract`: contracts in force at each month end, and those that ran out in the month."""
    rng = stream(seed, "partners")
    yearly = _yearly_cost(past, stock, unit_cost, supplier)
    net = _net_by_month(past, months)
    rows: list[_Contract] = []
    for number, (kind, _, _) in enumerate(PARTNERS):
        for one in _history(number, kind, len(months.firsts), rng):
            rows.append(_valued(one, kind, yearly[number], net, rng))
    ended = set(months.ended.tolist())
    return _frame(sorted((one for one in rows if one.month in ended), key=lambda one: (one.month, one.number)), months)


def _yearly_cost(past: Past, stock: Stock, unit_cost: Ints, supplier: Ints) -> list[int]:
    """What each partner costs in a year, in fen: of suppliers what was bought from them."""
    bought = total(supplier[stock.receipts.sku], stock.receipts.qty * unit_cost[stock.receipts.sku], len(SUPPLIERS))
    orders = max(1, len(past.order_second)) / 2
    return [
        int(bought[number] / 2) if kind == "supplier" else int(COST_PER_ORDER[kind] * orders / 4)
        for number, (kind, _, _) in enumerate(PARTNERS)
    ]


def _net_by_month(past: Past, months: Months) -> Floats:
    return np.bincount(months.of_day[past.order_day], past.order_net, len(months.firsts)).astype(np.float64)


def _history(number: int, kind: str, count: int, rng: np.random.Generator) -> Iterator[_Contract]:
    """The contracts of one place in the book, month by month; they end in turns, so that some end in every month."""
    left, turn, partner, pause = number % TERM_MONTHS + 1, 0, 0, 0
    for month in range(count):
        if pause:
            pause -= 1
            if pause == 0:
                turn, partner, left = turn + 1, partner + 1, TERM_MONTHS
                yield _Contract(month, number, turn, partner, is_new=True, before=1)
            continue
        left -= 1
        if left > 0:
            yield _Contract(month, number, turn, partner)
        elif rng.random() < RENEWED_SHARE.get(kind, 1.0 if kind == "supplier" else 0.97):
            turn, left = turn + 1, TERM_MONTHS
            yield _Contract(month, number, turn, partner, is_due=True, is_renewed=True, before=1)
        else:
            pause = int(rng.integers(*PAUSE_MONTHS))
            yield _Contract(month, number, turn, partner, is_active=False, is_due=True)


def _valued(one: _Contract, kind: str, yearly: int, net: Floats, rng: np.random.Generator) -> _Contract:
    """The contract with what was agreed when it was signed in this month, and what a joint project brought."""
    saving = rng.normal(SAVING, SAVING_SPREAD)
    before = round(yearly * rng.lognormal(0.02, 0.1)) if one.before else None
    agreed = None if before is None else round(before * (1 - saving))
    joint = int(net[one.month] * JOINT_SHARE[kind] * rng.lognormal(0.0, 0.3)) if kind in JOINT_SHARE else None
    return replace(one, before=before, agreed=agreed, joint=joint if one.is_active else None)


def _frame(rows: list[_Contract], months: Months) -> pl.DataFrame:
    which = [PARTNERS[one.number] for one in rows]
    return frame(
        "fact_partner_contract",
        {
            "snapshot_date": days_from(months.first_day, months.ends[np.array([one.month for one in rows], np.int64)]),
            "contract_id": pl.Series([f"C-{one.number + 1:03d}-{one.turn + 1}" for one in rows], dtype=pl.String),
            "partner_id": pl.Series([_id(one) for one in rows], dtype=pl.String),
            "partner_name": pl.Series(
                [name + " II" * one.partner for one, (_, _, name) in zip(rows, which, strict=True)], dtype=pl.String
            ),
            "partner_type": pl.Series([kind for kind, _, _ in which], dtype=pl.String),
            "is_active": pl.Series([one.is_active for one in rows]),
            "is_new_partner": pl.Series([one.is_new for one in rows]),
            "is_renewal_due": pl.Series([one.is_due for one in rows]),
            "is_renewed": pl.Series([one.is_renewed for one in rows]),
            "is_signed": pl.Series([one.before is not None for one in rows]),
            "baseline_cost": amounts([one.before for one in rows]),
            "negotiated_cost": amounts([one.agreed for one in rows]),
            "joint_revenue": amounts([one.joint for one in rows]),
        },
    )


def _id(one: _Contract) -> str:
    key = PARTNERS[one.number][1]
    return f"{key}-{one.partner + 1}" if one.partner else key
