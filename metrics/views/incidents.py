"""What broke: every incident of the period with how long it took to restore the service."""

from __future__ import annotations

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.policy import Viewer
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

TABLE, DAY = "fact_incident", "opened_date"
SECRET_CLASSES = ("security", "data_breach")
_SCHEMA = pl.Schema(
    {
        "incident_id": pl.String,
        "opened_date": pl.Date,
        "service": pl.String,
        "severity": pl.String,
        "incident_class": pl.String,
        "detected_by": pl.String,
        "minutes_to_acknowledge": pl.Float64,
        "minutes_to_restore": pl.Float64,
        "open_days": pl.Int64,
        "records_exposed": pl.Int64,
        "has_postmortem": pl.Boolean,
    }
)
_NEEDED = ("incident_id", "minutes_to_restore")
_BESIDE = tuple(name for name in _SCHEMA if name not in (*_NEEDED, DAY, "open_days"))


def incidents(engine: Engine, scope: Scope, viewer: Viewer, catalogue: Catalogue) -> pl.DataFrame:
    """The incidents opened in the period, one by one.

    Security incidents and data breaches are shown only to viewers who may see the KPI `security_incidents`.

    Returns:
        Shape (incidents, 11), by day and number: incident_id, opened_date, service, severity (sev1 the worst),
        incident_class, detected_by (all text), minutes_to_acknowledge, minutes_to_restore (null while open),
        open_days (days from opening to the day the flags are judged on; null once restored), records_exposed,
        has_postmortem. What a file does not carry is null or (unknown). No rows where no file says how long it took.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        held = admitted(reader, scope, viewer, coverage, TABLE, _NEEDED, DAY, split_by=_BESIDE)
        if held.availability.state == "no_data":
            return pl.DataFrame(schema=_SCHEMA)
        judged = min(scope.as_of or coverage.last_day(TABLE) or scope.period.last, scope.period.last)
        hidden = ", ".join(f"'{name}'" for name in _hidden(viewer, catalogue))
        sql = f"""
            select *, case when minutes_to_restore is null
                then date_diff('day', opened_date, cast('{judged.isoformat()}' as date)) end as open_days
            from incidents where incident_class not in ({hidden})
        """
        found = select(reader, sql, {"incidents": held})
    return found.select(*_SCHEMA).cast(_SCHEMA).sort(DAY, "incident_id")


def _hidden(viewer: Viewer, catalogue: Catalogue) -> tuple[str, ...]:
    may_see = catalogue.kpi("security_incidents").access in viewer.access
    return ("",) if may_see else SECRET_CLASSES
