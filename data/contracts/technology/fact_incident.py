"""Incidents."""

from __future__ import annotations

from data.contracts.base import Contract, calendar_day, dimension, flag, integer, number, table, text
from data.contracts.codes import SEVERITIES


@table(
    name="fact_incident",
    department="technology",
    kind="fact",
    time_column="opened_date",
    cadence="none",
    late_after_days=None,
    duplicates="refuse",
)
class Incidents(Contract):
    """One row per incident."""

    incident_id = text("Incident number", key=True, aliases=("incident_number", "id", "事件编号"))
    opened_date = calendar_day("Local date opened", required=True, aliases=("created_on", "开立日期"))
    service = dimension("Service", aliases=("service_name", "服务"))
    severity = dimension("sev1 (worst) … sev4", values=SEVERITIES, aliases=("urgency", "priority", "级别"))
    incident_class = dimension(
        "Class",
        values=("availability", "performance", "security", "data_breach", "data_quality", "third_party"),
        aliases=("事件类型",),
    )
    detected_by = dimension("Who noticed first", values=("monitoring", "customer", "staff"), aliases=("发现方",))
    minutes_to_acknowledge = number("Opened to acknowledged", unit="minutes", aliases=("响应分钟",))
    minutes_to_restore = number(
        "Impact start to service restored; null while open", unit="minutes", aliases=("恢复分钟",)
    )
    records_exposed = integer("Personal records exposed", aliases=("泄露记录数",))
    has_postmortem = flag("Blameless review published", aliases=("已复盘",))
