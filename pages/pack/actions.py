"""Actions of packs as rows of fact_work_item, so that their punctuality is counted like that of any other work.

Each time the actions of a lake changed, all of them are brought as one batch of the source `sevenboard_actions`,
undoable like every batch; unchanged rows stay as they are. The rows stand beside those of the company's own work
items; only where the company loads none do they tell by themselves which days are known.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

import polars as pl

from data.ingest.batch import Origin
from data.ingest.load import AlreadyHere, load_frames
from data.state_packs import PackAction
from pages.pack.desk import Desk

SOURCE, TABLE = "sevenboard_actions", "fact_work_item"
OTHERS_SQL = """
    select count(*) as others from lake.main.batch_table as t
    where table_name = 'fact_work_item' and source <> $source and first_day is not null
        and not exists (select 1 from lake.main.change as u where u.batch = t.batch and u.kind = 'undo')
"""


def bring_actions(desk: Desk, by: str, now: datetime) -> int | None:
    """Bring all actions into the lake; `now` is in UTC without zone.

    Returns the batch; None where there is no action, or nothing is new about them. Raises WriterBusy.
    """
    actions = desk.store.actions()
    if not actions:
        return None
    rows = [_row(desk, action) for action in actions]
    today = desk.local(now).date()
    is_beside = bool(desk.reader.query(OTHERS_SQL, {"source": SOURCE}).to_pylist()[0]["others"])
    origin = Origin(
        file="weekly-pack-actions",
        source=SOURCE,
        account="",
        loaded_by=by,
        loaded_at=now,
        sha256=hashlib.sha256(repr((rows, None if is_beside else today)).encode()).hexdigest(),
        days=None if is_beside else (min(desk.local(action.at).date() for action in actions), today),
        is_beside=is_beside,
    )
    try:
        return load_frames(desk.warehouse, origin, [(TABLE, pl.DataFrame(rows, schema=_SCHEMA))]).batch
    except AlreadyHere:
        return None


_SCHEMA = {
    "item_key": pl.String,
    "item_type": pl.String,
    "owner_department": pl.String,
    "origin": pl.String,
    "created_date": pl.Date,
    "due_date": pl.Date,
    "resolved_date": pl.Date,
    "status": pl.String,
}


def _row(desk: Desk, action: PackAction) -> dict[str, object]:
    kpi = desk.catalogue.kpis.get(action.kpi)
    status = "cancelled" if action.is_dropped else "open" if action.done_on is None else "done"
    return {
        "item_key": f"PACK-{action.id}",
        "item_type": "report_action",
        "owner_department": "(unknown)" if kpi is None else kpi.department,
        "origin": "ops_report",
        "created_date": desk.local(action.at).date(),
        "due_date": action.due,
        "resolved_date": action.done_on,
        "status": status,
    }
