"""Finance and human resources of the demo company, whole: what follows from the orders of all months, and who works."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from data.demo import balances, ledger
from data.demo.accounts import INCOME_TAX, INTEREST
from data.demo.assortment import SUPPLIERS
from data.demo.bank import bank_frame, line_drawn, make_cash, owed_taxes
from data.demo.columns import Floats, Ints, stream
from data.demo.compliance import compliance_frame
from data.demo.daybook import DayBook
from data.demo.it_tickets import it_ticket_frame
from data.demo.months import Months
from data.demo.papers import invoice_frame
from data.demo.people import make_people
from data.demo.people_months import people_frame, roster
from data.demo.products import Products
from data.demo.pulse import pulse_frame
from data.demo.requisitions import recruiting_cost, requisition_frame
from data.demo.stock import Stock
from data.demo.stories import HISTORY_DAYS
from data.demo.targets_money_and_people import money_and_people_targets
from data.demo.training import training_frame
from data.demo.turnover import make_turnover


def money_and_people(
    book: DayBook, stock: Stock, products: Products, planned: Floats, months: Months, orders: int, seed: int
) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield the rows of finance and human resources, of the IT helpdesk, and their targets.

    Args:
        book: the day book of the whole history.
        stock: units in stock and what was bought, which the ledger's goods and suppliers' bills follow.
        products: the assortment with its costs.
        planned: relative orders of each day from the first of the history to the end of the year, as planned.
        months: the months of the history.
        orders: how many orders the history has; pay and fixed costs are sized by it.
        seed: as everywhere.
    """
    people = make_people(seed)
    held = roster(people, months, orders)
    wages = held.paid(len(months.firsts))
    pay = float(held.midpoint.mean())
    openings = requisition_frame(people, months, pay, seed)
    yield "fact_employee_snapshot", people_frame(people, held, months, seed)
    yield "fact_requisition", openings
    yield "fact_training_record", training_frame(people, months, seed)
    yield "fact_feedback", pulse_frame(people, months, seed)
    yield "fact_ticket", it_ticket_frame(people, months, seed)
    yield from _money(book, goods_bought(stock, products), _stock_at_end(stock, products), wages,
                      recruiting_cost(openings, months), planned, months, orders, seed)  # fmt: skip
    yield "kpi_target", money_and_people_targets(months, planned, orders, stream(seed, "targets of money and people"))


def _money(
    book: DayBook,
    goods: Ints,
    stock_at_end: int,
    wages: Ints,
    recruiting: Ints,
    planned: Floats,
    months: Months,
    orders: int,
    seed: int,
) -> Iterator[tuple[str, pl.DataFrame]]:
    turned = make_turnover(book, goods, recruiting, months, orders, seed)
    drawn = line_drawn(turned.usual, months)
    flows = ledger.make_flows(book, turned, wages, recruiting, drawn, months)
    value_owed, value_paid = owed_taxes(ledger.value_tax(book, turned, months), months)
    income_owed, income_paid = owed_taxes(flows[INCOME_TAX], months)
    cash = make_cash(
        turned.papers, wages.sum(axis=1), flows[INTEREST], value_paid + income_paid, drawn, turned.usual,
        ledger.OPENING_CASH, months,
    )  # fmt: skip
    held = balances.make_balances(
        book, turned, flows, cash, goods.sum(axis=1), stock_at_end, value_owed + income_owed, months
    )
    budgets = balances.make_budgets(
        flows, turned, np.bincount(months.of_day, planned[:HISTORY_DAYS]).astype(np.float64), months, seed
    )
    yield "fact_gl_balance", ledger.gl_frame(flows, held, budgets, months, seed)
    yield "fact_invoice", invoice_frame(turned.papers, months, seed)
    yield "fact_bank_balance", bank_frame(cash, months, seed)
    yield "fact_compliance_item", compliance_frame(months, float(turned.usual[-1]), seed)


def goods_bought(stock: Stock, products: Products) -> Ints:
    """What suppliers delivered, in fen without tax, shape (days, suppliers)."""
    got = stock.receipts
    is_here = got.day < HISTORY_DAYS
    cell = (got.day * len(SUPPLIERS) + products.supplier[got.sku])[is_here]
    cost = (got.qty * products.unit_cost[got.sku])[is_here]
    bought = np.bincount(cell, cost, HISTORY_DAYS * len(SUPPLIERS)).astype(np.int64)
    return bought.reshape(HISTORY_DAYS, len(SUPPLIERS))


def _stock_at_end(stock: Stock, products: Products) -> int:
    """The cost of the units free to sell on the last day, in fen."""
    return int((stock.available[-1].sum(axis=1) * products.unit_cost).sum())
