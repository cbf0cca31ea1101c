"""Contacts: which customers turn to the service desk, when, and why. What follows an order comes with its month."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from data.demo import stories
from data.demo.columns import DAY_SECONDS, HOUR_SECONDS, Flags, Ints, stream
from data.demo.lines import Lines
from data.demo.orders import CANCELS, Settled
from data.demo.placed import Placed
from data.demo.products import Products
from data.demo.returns import REASONS as RETURN_REASONS
from data.demo.returns import Comebacks, is_bad_batch, last_delivery
from data.demo.shipments import Parcels

KINDS = ("pre_sale", "after_sale", "complaint", "proactive_follow_up")
PRE_SALE, AFTER_SALE, COMPLAINT, FOLLOW_UP = range(4)


@dataclass(frozen=True)
class Reason:
    """Why people write: code, group, kind of contact, the department whose process causes it, share a bot solves."""

    code: str
    group: str
    kind: int
    department: str
    bot_share: float = 0.0


REASONS = (
    Reason("product_question", "product", PRE_SALE, "product", 0.14),
    Reason("stock_question", "product", PRE_SALE, "product", 0.3),
    Reason("promotion_question", "price", PRE_SALE, "marketing", 0.2),
    Reason("delivery_question", "delivery", PRE_SALE, "operations", 0.35),
    Reason("where_is_parcel", "delivery", AFTER_SALE, "operations", 0.46),
    Reason("change_address", "order", AFTER_SALE, "operations", 0.12),
    Reason("cancel_order", "order", AFTER_SALE, "operations", 0.25),
    Reason("invoice_request", "order", AFTER_SALE, "finance", 0.55),
    Reason("how_to_use", "product", AFTER_SALE, "product", 0.22),
    Reason("price_protection", "price", AFTER_SALE, "marketing", 0.15),
    Reason("coupon_fails", "price", AFTER_SALE, "technology", 0.1),
    Reason("login_problem", "account", AFTER_SALE, "technology", 0.3),
    Reason("return_how", "returns", AFTER_SALE, "operations", 0.34),
    Reason("refund_when", "returns", AFTER_SALE, "finance", 0.3),
    Reason("late_delivery", "delivery", COMPLAINT, "operations"),
    Reason("quality_defect", "product", COMPLAINT, "product"),
    Reason("not_as_described", "product", COMPLAINT, "marketing"),
    Reason("damaged_in_transit", "delivery", COMPLAINT, "operations"),
    Reason(stories.COMPLAINT_REASON, "product", COMPLAINT, "product"),
    Reason("slow_answer", "service", COMPLAINT, "customer_service"),
    Reason("care_call", "service", FOLLOW_UP, "customer_service"),
)
CODES = tuple(one.code for one in REASONS)
# Reason, share of the orders paid, median hours after the payment.
OF_ORDERS = (
    ("where_is_parcel", 0.05, 40.0),
    ("change_address", 0.012, 0.7),
    ("invoice_request", 0.018, 60.0),
    ("how_to_use", 0.02, 120.0),
    ("price_protection", 0.012, 70.0),
    ("coupon_fails", 0.008, 1.0),
    ("login_problem", 0.006, 20.0),
    ("late_delivery", 0.0012, 90.0),
    ("slow_answer", 0.0008, 80.0),
)
SPREAD = 0.7
ASKED_OF_LATE, COMPLAINED_OF_LATE = 0.34, 0.05
ASKED_TO_CANCEL = 0.55
ASKED_HOW, ASKED_WHEN, COMPLAINED_OF_RETURN = 0.36, 0.14, 0.05
COMPLAINTS_OF_RETURNS = {
    "quality": "quality_defect", "not_as_described": "not_as_described", "wrong_item": "quality_defect",
    "damaged": "damaged_in_transit", "late_delivery": "late_delivery",
}  # fmt: skip
SLOW_COMPLAINTS = 0.006
BOUGHT_AFTER_ASKING, ASKED_ONLY = 0.06, 0.075
PRE_SALE_SHARES = (0.52, 0.16, 0.2, 0.12)
CARE_SHARE = 0.03


@dataclass(frozen=True)
class Contacts:
    """Contacts of a month's orders; `order` points into the orders placed, `person` is the customer's number.

    `number` tells the contacts of an order apart. `is_buyer` marks pre-sale contacts after which the customer paid.
    """

    order: Ints
    number: Ints
    reason: Ints
    second: Ints
    person: Ints
    is_buyer: Flags

    @property
    def kind(self) -> Ints:
        """Index into KINDS."""
        kinds: Ints = np.array([one.kind for one in REASONS])[self.reason]
        return kinds


@dataclass(frozen=True)
class _Part:
    order: Ints
    number: Ints
    reason: Ints
    second: Ints


def make_contacts(
    placed: Placed,
    lines: Lines,
    settled: Settled,
    parcels: Parcels,
    comebacks: Comebacks,
    products: Products,
    seed: int,
) -> Contacts:
    """Who turns to the service desk; contacts before the history or after its end are left out."""
    rng = stream(seed, "contacts", placed.first_day)
    parts = [
        *_of_orders(placed, rng),
        *_of_trouble(placed, settled, parcels, rng),
        *_of_returns(placed, lines, comebacks, products, rng),
        _care(placed, parcels, rng),
    ]
    after = _joined(parts)
    before, people, is_buyer = _before(placed, rng)
    order, number, reason, second = (
        np.concatenate([getattr(after, field.name), getattr(before, field.name)]) for field in fields(_Part)
    )
    person = np.concatenate([placed.customer[after.order].astype(np.int64), people])
    bought = np.concatenate([np.zeros(len(after.order), bool), is_buyer])
    begin = placed.end_second - stories.HISTORY_DAYS * DAY_SECONDS
    kept = np.flatnonzero((second >= begin) & (second < placed.end_second))
    return Contacts(order[kept], number[kept], reason[kept], second[kept], person[kept], bought[kept])


def _joined(parts: list[_Part]) -> _Part:
    return _Part(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(_Part)))


def _part(order: Ints, source: int, code: str, second: Ints) -> _Part:
    whole = np.full(len(order), 1)
    return _Part(order, whole * source, whole * CODES.index(code), second)


def _hours(median: float, count: int, rng: np.random.Generator) -> Ints:
    waited: Ints = (median * HOUR_SECONDS * rng.lognormal(0.0, SPREAD, count)).astype(np.int64)
    return waited


def _of_orders(placed: Placed, rng: np.random.Generator) -> list[_Part]:
    parts = []
    for source, (code, share, median) in enumerate(OF_ORDERS):
        order = np.flatnonzero(placed.is_paid & (rng.random(len(placed)) < share))
        parts.append(_part(order, source, code, placed.paid_second[order] + _hours(median, len(order), rng)))
    return parts


def _of_trouble(placed: Placed, settled: Settled, parcels: Parcels, rng: np.random.Generator) -> list[_Part]:
    """Late parcels, cancellations, and complaints about waiting while the service desk is short of people."""
    promised = np.zeros(len(placed), np.int64)
    np.maximum.at(promised, parcels.order, parcels.promised_second)
    is_due = (promised > 0) & (promised + DAY_SECONDS < placed.end_second)
    delivered, is_late = last_delivery(placed, parcels)
    is_late = is_due & (is_late | (delivered == 0))
    uniform = rng.random(len(placed))
    asked = np.flatnonzero(is_late & (uniform < ASKED_OF_LATE))
    complained = np.flatnonzero(is_late & (uniform > 1 - COMPLAINED_OF_LATE))
    by_customer = [number for number, (who, _, _) in enumerate(CANCELS) if who == "customer"]
    is_called_off = placed.is_paid & np.isin(settled.cancel, by_customer)
    called = np.flatnonzero(is_called_off & (rng.random(len(placed)) < ASKED_TO_CANCEL))
    waiting = placed.is_paid & stories.SLOW_ANSWERS.holds(placed.day) & (rng.random(len(placed)) < SLOW_COMPLAINTS)
    waited = np.flatnonzero(waiting)
    return [
        _part(asked, 20, "where_is_parcel", promised[asked] + _hours(15.0, len(asked), rng)),
        _part(complained, 21, "late_delivery", promised[complained] + _hours(30.0, len(complained), rng)),
        _part(called, 22, "cancel_order", placed.paid_second[called] + _hours(0.8, len(called), rng)),
        _part(waited, 23, "slow_answer", placed.paid_second[waited] + _hours(40.0, len(waited), rng)),
    ]


def _of_returns(
    placed: Placed, lines: Lines, comebacks: Comebacks, products: Products, rng: np.random.Generator
) -> list[_Part]:
    order, asked = lines.order[comebacks.line], comebacks.asked_second
    count = len(order)
    uniform, waited = rng.random(count), rng.random(count)
    how = np.flatnonzero(uniform < ASKED_HOW)
    when = np.flatnonzero((uniform > 1 - ASKED_WHEN) & comebacks.is_done)
    between = asked + ((comebacks.done_second - asked) * waited).astype(np.int64)
    is_bad = is_bad_batch(placed, lines, products)[comebacks.line]
    told = [COMPLAINTS_OF_RETURNS.get(name, "") for name in RETURN_REASONS]
    share = np.where(np.array([name != "" for name in told])[comebacks.reason], COMPLAINED_OF_RETURN, 0.0)
    share = np.where(is_bad & (comebacks.reason == RETURN_REASONS.index("quality")), stories.COMPLAINED_SHARE, share)
    bad = np.flatnonzero(rng.random(count) < share)
    codes = np.array([CODES.index(name or "quality_defect") for name in told])[comebacks.reason[bad]]
    codes = np.where(is_bad[bad], CODES.index(stories.COMPLAINT_REASON), codes)
    line = comebacks.line_no
    return [
        _Part(order[how], 30 + line[how], np.full(len(how), CODES.index("return_how")), asked[how] - 600),
        _Part(order[when], 40 + line[when], np.full(len(when), CODES.index("refund_when")), between[when]),
        _Part(order[bad], 50 + line[bad], codes, asked[bad] + _hours(9.0, len(bad), rng)),
    ]


def _care(placed: Placed, parcels: Parcels, rng: np.random.Generator) -> _Part:
    """Planned calls to members who came back: some weeks after their order, in office hours."""
    delivered, _ = last_delivery(placed, parcels)
    is_due = (delivered > 0) & placed.is_member & (rng.random(len(placed)) < CARE_SHARE)
    order = np.flatnonzero(is_due)
    day = delivered[order] // DAY_SECONDS + rng.integers(8, 22, len(order))
    return _part(order, 60, "care_call", day * DAY_SECONDS + rng.integers(9, 17, len(order)) * HOUR_SECONDS)


def _before(placed: Placed, rng: np.random.Generator) -> tuple[_Part, Ints, Flags]:
    """Questions before buying: of people who then paid within a day, and of people who did not.

    The latter are strangers who look like the customer of some order of the day; their numbers are negative.
    """
    uniform = rng.random(len(placed))
    bought = np.flatnonzero(placed.is_paid & (uniform < BOUGHT_AFTER_ASKING))
    left = np.flatnonzero(uniform > 1 - ASKED_ONLY)
    order = np.concatenate([bought, left])
    ahead = np.minimum(_hours(0.5, len(order), rng), 20 * HOUR_SECONDS)
    reason = np.searchsorted(np.cumsum(PRE_SALE_SHARES), rng.random(len(order)) * 0.999999)
    part = _Part(order, np.full(len(order), 70), reason.astype(np.int64), placed.created_second[order] - ahead)
    person = np.concatenate([placed.customer[bought].astype(np.int64), -1 - placed.number[left]])
    return part, person, np.arange(len(order)) < len(bought)
