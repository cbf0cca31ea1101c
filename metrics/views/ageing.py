"""What is owed to the company and by it, by how long it is overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.periods import Period, months_later
from metrics.policy import Viewer, check_kpi
from metrics.source import Source
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

TABLE = "fact_invoice"
TYPES = ("receivable", "platform_settlement", "payable")
BANDS = ("not_due", "days_1_30", "days_31_60", "days_61_90", "days_over_90")
# Bills due longer ago than this are no longer looked for, and none is issued so long before it is due.
YEARS = 5
_KEY = ("invoice_id", "invoice_type")
# What says that a bill is not open; a file may well carry only some of it.
_CLOSING = ("paid_date", "open_amount", "issue_date")
_SCHEMA = {"invoice_type": pl.String, "band": pl.String, "amount": pl.Float64, "bills": pl.Int64}


def ageing(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """Open bills at the end of the period, by kind and by days past their due day.

    A bill is open when it was issued by then and not paid by then; it counts with the part that is still open, where
    files say so, else with its whole amount. Bills that were issued later or are settled do not count.

    Returns:
        Shape (kinds x 5, 4): invoice_type (receivable, platform_settlement, payable; those with any bill at all),
        band (not_due, days_1_30, days_31_60, days_61_90, days_over_90; due that day is not overdue), amount (money
        incl. tax; 0: none is open there), bills. No rows where no file carries bills with amounts.

    Raises:
        NotAllowed: the KPI `supplier_on_time_payment_rate` is not for the viewer, or a column is hidden.
    """
    check_kpi(viewer, catalogue.kpi("supplier_on_time_payment_rate"))
    day = scope.period.last
    window = Period(months_later(day, -12 * YEARS), months_later(day, 12 * YEARS))
    # Bills fall due on days beyond those that files cover; what is open is judged here, not by a flag.
    scope = replace(scope, as_of=window.last)
    with engine.reading() as reader:
        coverage = Coverage.read(reader)

        shared = tuple(name for name in _CLOSING if _carriers(coverage, "amount") <= _carriers(coverage, name))
        apart = tuple(name for name in _CLOSING if name not in shared)

        def read(prefix: str, *columns: str) -> Source:
            wanted = (*_KEY, *columns)
            return admitted(reader, scope, viewer, coverage, TABLE, wanted, "due_date", period=window, prefix=prefix)

        sources = {"bills": read("all", "amount", *shared), **{f"by_{name}": read(name, name) for name in apart}}
        if sources["bills"].availability.state == "no_data":
            return pl.DataFrame(schema=_SCHEMA)
        found = select(reader, _statement(day.isoformat(), apart), sources).cast(pl.Schema(_SCHEMA))
    kinds = [name for name in TYPES if name in found["invoice_type"].to_list()]
    spine = pl.DataFrame({"invoice_type": kinds}).join(pl.DataFrame({"band": BANDS}), how="cross")
    open_ones = found.filter(pl.col("band").is_not_null())
    return spine.join(open_ones, on=["invoice_type", "band"], how="left", maintain_order="left").with_columns(
        pl.col("amount").fill_null(0.0), pl.col("bills").fill_null(0)
    )


def _carriers(coverage: Coverage, column: str) -> set[tuple[str, str]]:
    """The sources and accounts whose files carry a column."""
    return {report.key for report in coverage.reports(TABLE) if column in report.columns}


def _statement(day: str, apart: Sequence[str]) -> str:
    # What not every source carries is joined by key, since asking for all at once would leave those sources out.
    joins = " ".join(
        f"left join by_{name} on by_{name}.invoice_id = bills.invoice_id"
        f" and by_{name}.invoice_type = bills.invoice_type"
        for name in apart
    )
    return f"""
        select invoice_type,
            case when not is_open then null
                when due_date >= date '{day}' then 'not_due'
                when overdue_days <= 30 then 'days_1_30'
                when overdue_days <= 60 then 'days_31_60'
                when overdue_days <= 90 then 'days_61_90'
                else 'days_over_90' end as band,
            cast(sum(case when is_open then amount end) as double) as amount,
            count(case when is_open then 1 end) as bills
        from (
            select bills.invoice_type as invoice_type, bills.due_date as due_date,
                date_diff('day', bills.due_date, date '{day}') as overdue_days,
                case when paid_date > date '{day}' then bills.amount else coalesce(open_amount, bills.amount) end
                    as amount,
                (paid_date is null or paid_date > date '{day}')
                    and (issue_date is null or issue_date <= date '{day}')
                    and (paid_date is not null or coalesce(open_amount, bills.amount) <> 0) as is_open
            from bills {joins}
        ) as judged
        group by 1, 2
    """
