"""Bills and settlements: what is owed when, and when it is paid. Amounts in fen, tax included."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import polars as pl

from data.demo.columns import Flags, Ints, days_from, frame, money, only, stream, total
from data.demo.months import Months
from data.demo.stories import HISTORY_DAYS as DAYS

EXCEPTION_SHARE = 0.012


@dataclass(frozen=True)
class Papers:
    """One entry a bill or settlement; days count from the first of the history, `paid` may lie beyond its end."""

    prefix: npt.NDArray[np.str_]
    kind: npt.NDArray[np.str_]
    counterparty: npt.NDArray[np.str_]
    department: npt.NDArray[np.str_]
    issued: Ints
    due: Ints
    paid: Ints
    amount: Ints

    @property
    def is_paid(self) -> Flags:
        """Paid by the end of the history."""
        flags: Flags = self.paid < DAYS
        return flags

    def paid_by_day(self, part: Flags | None = None) -> Ints:
        """What was paid on each day of the history."""
        chosen = self.is_paid if part is None else self.is_paid & part
        return total(self.paid[chosen], self.amount[chosen], DAYS)


def papers(
    prefix: str,
    kind: str,
    counterparty: npt.NDArray[np.str_] | str,
    department: str,
    issued: Ints,
    terms: Ints | int,
    delay: Ints | int,
    amount: Ints,
) -> Papers:
    """Bills of one kind, those of nothing left out; `delay` is days from the due day to the payment."""
    kept = np.flatnonzero((amount != 0) & (issued < DAYS))
    due = issued + terms
    paid = due + delay
    name = np.broadcast_to(np.asarray(counterparty), len(issued))[kept]
    return Papers(
        np.full(len(kept), prefix), np.full(len(kept), kind), name, np.full(len(kept), department),
        issued[kept], due[kept], paid[kept], amount[kept],
    )  # fmt: skip


def joined(parts: Iterable[Papers]) -> Papers:
    """Several kinds of bills as one."""
    held = list(parts)
    return Papers(*(np.concatenate([getattr(one, field.name) for one in held]) for field in fields(Papers)))


def lateness(count: int, share: float, most: int, rng: np.random.Generator) -> Ints:
    """Days from due day to payment: most bills are paid in the days before, a share late."""
    early = -rng.integers(0, 4, count)
    late = rng.integers(2, most + 1, count)
    return np.where(rng.random(count) < share, late, early)


def invoice_frame(held: Papers, months: Months, seed: int) -> pl.DataFrame:
    """`fact_invoice`; what is not paid by the last day is open as a whole."""
    rng = stream(seed, "invoices")
    order = np.lexsort((held.counterparty, held.prefix, held.issued))
    is_paid, amount = held.is_paid[order], held.amount[order]
    numbers = np.arange(1, len(order) + 1)
    ids = [f"{prefix}-{number:06d}" for prefix, number in zip(held.prefix[order], numbers, strict=True)]
    return frame(
        "fact_invoice",
        {
            "invoice_id": pl.Series(ids, dtype=pl.String),
            "invoice_type": pl.Series(held.kind[order].tolist(), dtype=pl.String),
            "counterparty": pl.Series(held.counterparty[order].tolist(), dtype=pl.String),
            "department": pl.Series(held.department[order].tolist(), dtype=pl.String),
            "issue_date": days_from(months.first_day, held.issued[order]),
            "due_date": days_from(months.first_day, held.due[order]),
            "paid_date": only(is_paid, days_from(months.first_day, held.paid[order])),
            "amount": money(amount),
            "open_amount": money(np.where(is_paid, 0, amount)),
            "is_exception": rng.random(len(order)) < EXCEPTION_SHARE,
        },
    )
