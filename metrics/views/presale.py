"""The way from a question to an order: how many customers asked, were answered, and bought."""

from __future__ import annotations

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.policy import Viewer
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

_ASKED = ("domain", "ticket_type", "customer_id")
# Each number: the columns it needs, and what is counted of the pre-sale contacts.
STEPS = {
    "asked": ((), "count(distinct customer_id)"),
    "answered": (("is_missed",), "count(distinct case when not coalesce(is_missed, false) then customer_id end)"),
    "ordered": (("led_to_order",), "count(distinct case when led_to_order then customer_id end)"),
    "missed": (
        ("is_missed",),
        "count(distinct customer_id) - count(distinct case when not coalesce(is_missed, false) then customer_id end)",
    ),
}
_SCHEMA = pl.Schema({"step": pl.String, "customers": pl.Int64})


def presale(engine: Engine, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """Customers with a pre-sale contact in the period, those answered, and those who paid an order within 24 hours.

    Customers are counted, each once: ordered ÷ asked is the KPI `inquiry_conversion_rate`. Where it is unknown
    whether a contact was missed it was answered; whether it led to an order, it did not.

    Returns:
        Shape (4, 2): step (asked, answered, ordered; then missed: customers of whom every contact was missed),
        customers (null: no file carries it; 0: carried, none).

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    counts: dict[str, int | None] = {}
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        for step, (columns, counted) in STEPS.items():
            held = admitted(reader, scope, viewer, coverage, "fact_ticket", (*_ASKED, *columns), "created_date")
            counts[step] = None
            if held.availability.state != "no_data":
                sql = (
                    f"select {counted} as customers from tickets where domain = 'customer' and ticket_type = 'pre_sale'"
                )
                counts[step] = int(select(reader, sql, {"tickets": held}).item())
    return pl.DataFrame(list(counts.items()), schema=_SCHEMA, orient="row")
