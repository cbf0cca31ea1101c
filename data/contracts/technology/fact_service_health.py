"""Health of the services by day."""

from __future__ import annotations

from data.contracts.base import Contract, Virtual, calendar_day, dimension, integer, number, table, text


@table(
    name="fact_service_health",
    department="technology",
    kind="fact",
    time_column="date",
    cadence="day",
    late_after_days=2,
    duplicates="refuse",
    virtual=(
        Virtual(
            "allowed_bad_events",
            "valid_events * (1 - slo_target)",
            ("valid_events", "slo_target"),
            "Error budget of the day in events",
        ),
    ),
)
class ServiceDays(Contract):
    """One row per day × service × platform."""

    date = calendar_day("Day", key=True, aliases=("日期",))
    service = text(
        "storefront, search, checkout, payment, order_api, admin, data_warehouse …",
        key=True,
        aliases=("Service", "服务"),
    )
    platform = dimension("web, ios, android, mini_program, server", key=True, aliases=("平台",))
    valid_events = integer("Valid requests (SLI denominator)", aliases=("total_requests", "请求数"))
    good_events = integer("Requests served correctly and fast enough", aliases=("success_requests", "成功数"))
    slo_target = number("SLO of the service, e.g. 0.999", unit="ratio", minimum=0, maximum=1, aliases=("SLO目标",))
    app_sessions = integer("App sessions (apps only)", aliases=("Sessions", "会话数"))
    crashed_sessions = integer("App sessions ended by a crash", aliases=("Crashed sessions", "崩溃会话数"))
    peak_rps = number("Highest request rate of the day", unit="count", aliases=("峰值QPS",))
    capacity_rps = number("Tested capacity (load test)", unit="count", aliases=("压测容量",))
