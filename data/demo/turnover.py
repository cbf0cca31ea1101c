"""What the company turns over by month: sales and costs of the ledger, and the bills and settlements they leave."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.demo import accounts as chart
from data.demo import papers, stories
from data.demo.assortment import SUPPLIERS
from data.demo.columns import Floats, Ints, stream
from data.demo.company import CARRIERS, SALES
from data.demo.daybook import SENDERS, DayBook
from data.demo.months import Months
from data.demo.papers import Papers

DAYS = stories.HISTORY_DAYS
GOODS_TAX, SERVICE_TAX = 0.13, 0.06
SUPPLIER_TERMS = (15, 20, 20, 30)
# Days from the end of a week's sales to the day the shop's platform owes the money.
SETTLED_AFTER = {"tmall": 7, "taobao": 7, "jd": 9, "pinduoduo": 7, "douyin": 8}
OWN_SETTLED_AFTER = 2
PLATFORMS = {
    "own_site": "Own shop payments", "app": "Own shop payments", "mini_program": "WeChat Pay", "tmall": "Tmall",
    "taobao": "Taobao", "jd": "JD", "pinduoduo": "Pinduoduo", "douyin": "Douyin",
}  # fmt: skip
SUBSIDISERS = ("Tmall", "JD", "Douyin")
SUBSIDY_SHARE = 0.004
EQUIPMENT_SHARE = 0.006
INSTALMENT_DAYS = 7


@dataclass(frozen=True)
class Turnover:
    """Costs that do not follow the orders, by month in fen, and all bills and settlements.

    `upkeep` has the shape (months, accounts); `equipment` is by day, without tax; `input_tax` by month is the tax in
    what suppliers deliver.
    """

    usual: Floats
    upkeep: Ints
    prizes: Ints
    subsidies: Ints
    equipment: Ints
    input_tax: Ints
    papers: Papers


def make_turnover(book: DayBook, goods: Ints, recruiting: Ints, months: Months, orders: int, seed: int) -> Turnover:
    """The turnover of the months of a history with so many orders.

    `goods` is what suppliers delivered, in fen without tax, shape (days, suppliers); `recruiting` by month.
    """
    rng = stream(seed, "turnover")
    count = len(months.firsts)
    usual = orders * chart.NET_PER_ORDER / chart.HISTORY_MONTHS * chart.YEARLY_GROWTH ** ((np.arange(count) - 12) / 12)
    shares = np.array([one.share for one in chart.UPKEEP])
    upkeep = np.round(usual[:, None] * shares * rng.lognormal(0.0, 0.03, (count, len(shares)))).astype(np.int64)
    adverts = months.sums(book.adverts)
    prizes = np.zeros(count, np.int64)
    story = int(months.ended[-1])
    prizes[story] = int(adverts[story].sum() * stories.OVERSPENT_SHARE_OF_ADVERTS)
    subsidies = np.round(usual * SUBSIDY_SHARE * rng.lognormal(0.0, 0.2, count)).astype(np.int64)
    equipment = _equipment(usual, months)
    freight = months.sums(book.freight)
    services = upkeep.sum(axis=1) + adverts.sum(axis=1) + prizes + recruiting + freight.sum(axis=1)
    input_tax = taxed(months.sums(goods.sum(axis=1)) + months.sums(equipment), GOODS_TAX) + taxed(services, SERVICE_TAX)
    held = papers.joined(
        [
            *_settlements(book, rng),
            _subsidies(subsidies, months, rng),
            _goods(goods, rng),
            _equipment_bills(equipment),
            *_monthly(months, freight, adverts, prizes, upkeep, recruiting, rng),
        ]
    )
    return Turnover(usual, upkeep, prizes, subsidies, equipment, input_tax, held)


def taxed(net: Ints, rate: float) -> Ints:
    """The tax on net amounts, to the fen."""
    tax: Ints = np.round(net * rate).astype(np.int64)
    return tax


def _equipment(usual: Floats, months: Months) -> Ints:
    """What is bought for long use: a little at each month end, and the instalments of the sorting line."""
    by_day = np.zeros(DAYS, np.int64)
    ends = months.ends[months.ended]
    by_day[ends] = np.round(usual[months.ended] * EQUIPMENT_SHARE).astype(np.int64)
    first, last = DAYS - 1 - stories.SORTING_LINE.first, DAYS - 1 - stories.SORTING_LINE.last
    days = np.arange(first, last + 1, INSTALMENT_DAYS)
    by_day[days] += int(usual[-1] * stories.SORTING_LINE_MONTHS_OF_REVENUE / len(days))
    return by_day


def _equipment_bills(equipment: Ints) -> Papers:
    days = np.arange(DAYS)
    amount = equipment + taxed(equipment, GOODS_TAX)
    return papers.papers("EQ", "payable", "Sortec Machines", "operations", days, 0, 0, amount)


def _settlements(book: DayBook, rng: np.random.Generator) -> list[Papers]:
    """Each shop's payments of a week less refunds; what refunds leave negative is set off against the next week."""
    issued = np.arange(6, DAYS, 7)
    due_so_far = np.cumsum(book.received - book.refunds, axis=0)[issued]
    settled = np.maximum.accumulate(np.maximum(due_so_far, 0), axis=0)
    amounts = np.diff(settled, axis=0, prepend=0)
    parts = []
    for number, sales in enumerate(SALES):
        terms = SETTLED_AFTER.get(sales.channel, OWN_SETTLED_AFTER)
        delay = np.where(rng.random(len(issued)) < 0.03, rng.integers(2, 12, len(issued)), 0)
        name = PLATFORMS[sales.channel]
        kind = "platform_settlement"
        parts.append(papers.papers("PS", kind, name, "operations", issued, terms, delay, amounts[:, number]))
    return parts


def _subsidies(subsidies: Ints, months: Months, rng: np.random.Generator) -> Papers:
    """What platforms owe for subsidies of a month; they take their time."""
    count = len(SUBSIDISERS)
    part = _dealt(subsidies[months.ended], np.array([0.5, 0.3, 0.2]))
    issued = np.repeat(months.ends[months.ended], count)
    name = np.tile(np.array(SUBSIDISERS), len(months.ended))
    delay = papers.lateness(len(issued), 0.4, 40, rng)
    return papers.papers("AR", "receivable", name, "finance", issued, 30, delay, part.ravel())


def _goods(goods: Ints, rng: np.random.Generator) -> Papers:
    """One bill a week and supplier for what was delivered."""
    issued = np.arange(6, DAYS, 7)
    net = np.diff(np.cumsum(goods, axis=0)[issued], axis=0, prepend=0)
    count = net.size
    amount = (net + taxed(net, GOODS_TAX)).ravel()
    terms = np.tile(np.array(SUPPLIER_TERMS)[np.arange(len(SUPPLIERS)) % len(SUPPLIER_TERMS)], len(issued))
    delay = papers.lateness(count, 0.045, 15, rng)
    name = np.tile(np.array(SUPPLIERS), len(issued))
    return papers.papers("AP", "payable", name, "product", np.repeat(issued, len(SUPPLIERS)), terms, delay, amount)


def _monthly(
    months: Months, freight: Ints, adverts: Ints, prizes: Ints, upkeep: Ints, recruiting: Ints, rng: np.random.Generator
) -> list[Papers]:
    """The bills of carriers, platforms and others, written at each month end."""
    ended = months.ended
    ends, count = months.ends[ended], len(ended)

    def bills(names: tuple[str, ...], department: str, terms: int, net: Ints) -> Papers:
        amount = (net + taxed(net, SERVICE_TAX)).ravel()
        delay = papers.lateness(len(amount), 0.04, 12, rng)
        issued, name = np.repeat(ends, len(names)), np.tile(np.array(names), count)
        return papers.papers("AP", "payable", name, department, issued, terms, delay, amount)

    platforms = tuple(f"{name} ads" for name in SENDERS)
    parts = [
        bills(CARRIERS, "operations", 20, freight[ended]),
        bills(platforms, "marketing", 10, adverts[ended]),
        bills(("Confetti Agency",), "marketing", 15, prizes[ended, None]),
        bills(("Talent Bridge",), "hr", 30, recruiting[ended, None]),
    ]
    for number, one in enumerate(chart.UPKEEP):
        parts.append(bills((one.counterparty,), one.department, one.terms, upkeep[ended, number, None]))
    return parts


def _dealt(amounts: Ints, shares: Floats) -> Ints:
    """Amounts dealt out by shares, shape (amounts, shares); the parts sum to the whole."""
    bounds = np.round(amounts[:, None] * np.cumsum(shares) / shares.sum()).astype(np.int64)
    parts: Ints = np.diff(bounds, axis=1, prepend=0)
    return parts
