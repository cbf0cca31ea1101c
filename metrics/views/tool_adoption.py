"""Who uses the tools they have: adoption by department and tool, and who asks how to."""

from __future__ import annotations

import polars as pl

from metrics.ask import ask
from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.policy import Viewer
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

ADOPTION = "tool_adoption_rate"
TICKETS = "fact_ticket"
_SCHEMA = pl.Schema({"department": pl.String, "tool": pl.String, "adoption": pl.Float64, "how_to": pl.Int64})


def tool_adoption(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """People who used a tool of those who should, in the last month of the period, and questions of how to use tools.

    Returns:
        Shape (departments x tools, 4), the department that uses its tools least first, then the tool used most:
        department, tool (text), adoption (percent; null: the department has no licence), how_to (internal tickets
        of the period that ask how to, of the whole department; 0: none, null: no file covers internal tickets).

    Raises:
        NotAllowed: as `ask`. NotSplittable: a filter that the use of tools does not carry.
    """
    with engine.reading() as reader:
        parts = [
            ask(reader, scope.query(ADOPTION, by=by), viewer, catalogue).rows
            for by in (("department", "tool"), ("department",), ("tool",))
        ]
        asked = _how_to(reader, scope, viewer)
    found, departments, tools = (part.filter(pl.col(ADOPTION).is_not_null()) for part in parts)
    spine = (
        departments.sort(ADOPTION, "department")
        .select("department")
        .join(tools.sort(-pl.col(ADOPTION), "tool").select("tool"), how="cross", maintain_order="left_right")
    )
    found = spine.join(found, on=["department", "tool"], how="left", maintain_order="left")
    found = found.rename({ADOPTION: "adoption"}).with_columns(pl.lit(None, pl.Int64).alias("how_to"))
    if asked is not None:
        held = found.drop("how_to").join(asked, on="department", how="left", maintain_order="left")
        found = held.with_columns(pl.col("how_to").fill_null(0))
    return found.select(*_SCHEMA).cast(_SCHEMA)


def _how_to(engine: Engine, scope: Scope, viewer: Viewer) -> pl.DataFrame | None:
    if not all(engine.has_column(TICKETS, wish.dimension) for wish in scope.filters):
        return None
    columns = ("domain", "ticket_type", "requester_department")
    tickets = admitted(engine, scope, viewer, Coverage.read(engine), TICKETS, columns, "created_date")
    if tickets.availability.state == "no_data":
        return None
    sql = """
        select requester_department as department, count(*) as how_to from tickets
        where domain = 'internal_it' and ticket_type = 'it_how_to' group by requester_department
    """
    return select(engine, sql, {"tickets": tickets}).cast({"department": pl.String, "how_to": pl.Int64})
