"""Which department's process made customers get in touch, reason by reason."""

from __future__ import annotations

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.policy import Viewer
from metrics.source import UNKNOWN
from metrics.views.rest import REST
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

_SCHEMA = pl.Schema({"reason": pl.String, "department": pl.String, "contacts": pl.Int64})


def contact_causes(engine: Engine, scope: Scope, viewer: Viewer, most: int = 10) -> pl.DataFrame:
    """Customer contacts of the period by reason group and by the department that caused them.

    Args:
        most: how many reason groups stand for themselves, those with the most contacts; the others are `(other)`.

    Returns:
        Shape (reasons x departments, 3), by falling contacts of the reason, then of the department, where (unknown)
        (nobody said) comes last: reason, department (text), contacts (0: none). No rows where no file names the
        department that caused a contact.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    columns = ("domain", "root_cause_department")
    beside = ("contact_reason_l1", "ticket_type")
    with engine.reading() as reader:
        tickets = admitted(
            reader, scope, viewer, Coverage.read(reader), "fact_ticket", columns, "created_date", split_by=beside
        )
        if tickets.availability.state == "no_data":
            return pl.DataFrame(schema=_SCHEMA)
        sql = """
            select contact_reason_l1 as reason, root_cause_department as department, count(*) as contacts
            from tickets where domain = 'customer' and ticket_type <> 'proactive_follow_up'
            group by 1, 2
        """
        found = select(reader, sql, {"tickets": tickets}).cast(_SCHEMA)
    reasons = _ranked(found, "reason")
    kept = reasons[:most] if len(reasons) > most + 1 else reasons
    found = found.with_columns(
        pl.when(pl.col("reason").is_in(kept)).then("reason").otherwise(pl.lit(REST)).alias("reason")
    )
    rows = pl.DataFrame({"reason": [*kept, REST] if len(kept) < len(reasons) else kept}, schema={"reason": pl.String})
    columns_shown = pl.DataFrame({"department": _ranked(found, "department")}, schema={"department": pl.String})
    return (
        rows.join(columns_shown, how="cross", maintain_order="left_right")
        .join(
            found.group_by("reason", "department").agg(pl.col("contacts").sum()),
            on=["reason", "department"],
            how="left",
            maintain_order="left",
        )
        .with_columns(pl.col("contacts").fill_null(0))
    )


def _ranked(found: pl.DataFrame, name: str) -> list[str]:
    sizes = found.group_by(name).agg(pl.col("contacts").sum())
    return sizes.sort(pl.col(name) == UNKNOWN, -pl.col("contacts"), name)[name].to_list()
