"""Use of tools: how many of each department should use a tool, and how many did, by month."""

from __future__ import annotations

import numpy as np
import polars as pl

from data.demo.columns import days_from, frame, stream
from data.demo.months import Months
from data.demo.staff import STAFF

# A tool: its kind, share of its people who use it at the beginning and at the end, share of each department for whom
# there is a licence.
TOOLS = (
    ("Sevenboard", "bi", 0.42, 0.74, {
        "operations": 0.4, "marketing": 0.8, "product": 0.7, "technology": 0.4, "customer_service": 0.25,
        "finance": 0.9, "hr": 0.7, "leadership": 1.0,
    }),
    ("Chatline", "collaboration", 0.97, 0.99, {
        "operations": 1.0, "marketing": 1.0, "product": 1.0, "technology": 1.0, "customer_service": 1.0,
        "finance": 1.0, "hr": 1.0, "leadership": 1.0,
    }),
    ("Ledgerbook", "erp", 0.86, 0.9, {"operations": 0.3, "product": 0.6, "finance": 1.0, "leadership": 0.7}),
    ("Deskline", "helpdesk", 0.93, 0.96, {"customer_service": 1.0, "operations": 0.15, "technology": 0.35}),
    ("Fieldnotes CRM", "crm", 0.55, 0.68, {"marketing": 0.8, "customer_service": 0.5, "leadership": 0.7}),
    ("Quill assistant", "ai_assistant", 0.2, 0.69, {
        "marketing": 0.8, "product": 0.8, "technology": 0.9, "customer_service": 0.6, "finance": 0.6, "hr": 0.6,
    }),
    ("Peoplebase", "hris", 0.78, 0.84, {"hr": 1.0, "leadership": 1.0, "finance": 0.25}),
)  # fmt: skip
LEADERS = 3


def tool_frame(months: Months, seed: int) -> pl.DataFrame:
    """`fact_tool_usage`: each ended month, tool and department that has licences."""
    rng = stream(seed, "tools")
    ended = months.ended
    people = {one.name: one.people + one.growth * np.arange(len(ended)) / len(ended) for one in STAFF}
    people["leadership"] = np.full(len(ended), float(LEADERS))
    rows = []
    for tool, kind, first, last, licences in TOOLS:
        for department, share in licences.items():
            licensed = np.maximum(1, np.round(people[department] * share)).astype(np.int64)
            taste = float(rng.normal(0.0, 0.05))
            active = rng.binomial(licensed, np.linspace(first + taste, last + taste, len(ended)).clip(0.05, 0.995))
            rows += [
                (int(month), tool, kind, department, int(meant), int(used))
                for month, meant, used in zip(ended, licensed, active, strict=True)
            ]
    rows.sort(key=lambda row: row[0])
    columns = ("month", "tool", "kind", "department", "licensed", "active")
    told = pl.DataFrame(rows, schema=columns, orient="row")
    return frame(
        "fact_tool_usage",
        {
            "month_end": days_from(months.first_day, months.ends[told["month"].to_numpy()]),
            "tool": told["tool"],
            "tool_type": told["kind"],
            "department": told["department"],
            "licensed_users": told["licensed"],
            "active_users": told["active"],
        },
    )
