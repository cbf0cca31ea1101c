"""Incidents: what went wrong, how long it hurt and who noticed."""

from __future__ import annotations

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.columns import days_from, frame, stream
from data.demo.months import Months
from data.demo.releases import LINES

DAYS = stories.HISTORY_DAYS
# Incidents: share of each severity, median minutes to restore and to acknowledge.
SEVERITIES = (("sev3", 0.55, 75.0, 14.0), ("sev4", 0.45, 190.0, 45.0))
INCIDENTS_PER_MONTH = 2.6
# Every so many days something graver, of these kinds in turn: service, class, severity, minutes, who noticed.
GRAVE_EVERY = 24
GRAVE = (
    ("payment", "third_party", "sev2", 52.0, "monitoring"),
    ("order_api", "availability", "sev2", 38.0, "monitoring"),
    ("search", "performance", "sev2", 71.0, "customer"),
    ("data_warehouse", "data_quality", "sev2", 165.0, "staff"),
    ("storefront", "availability", "sev1", 44.0, "monitoring"),
    ("storefront", "security", "sev2", 96.0, "monitoring"),
    ("order_api", "third_party", "sev2", 63.0, "customer"),
)
CLASSES = (
    ("availability", 0.3), ("performance", 0.32), ("data_quality", 0.2), ("third_party", 0.13), ("security", 0.05),
)  # fmt: skip
DETECTED = (("monitoring", 0.66), ("customer", 0.18), ("staff", 0.16))


def incident_frame(months: Months, seed: int) -> pl.DataFrame:
    """`fact_incident`: small ones by chance, a graver one every few weeks, and those of the stories."""
    rng = stream(seed, "incidents")
    rows = [*_small(rng), *_grave(rng), *_planted()]
    rows.sort(key=lambda one: one[0])
    columns = list(zip(*rows, strict=True))
    day = np.array(columns[0], np.int64)
    is_old = day < DAYS - 10
    is_grave = np.isin(columns[3], ("sev1", "sev2"))
    return frame(
        "fact_incident",
        {
            "incident_id": pl.Series([f"INC-{number:04d}" for number in range(1, len(rows) + 1)]),
            "opened_date": days_from(months.first_day, day),
            "service": pl.Series(columns[1]),
            "severity": pl.Series(columns[3]),
            "incident_class": pl.Series(columns[2]),
            "detected_by": pl.Series(columns[5]),
            "minutes_to_acknowledge": pl.Series(np.round(np.array(columns[6]), 1)),
            "minutes_to_restore": pl.Series(np.round(np.array(columns[4]), 1)),
            "records_exposed": np.zeros(len(rows), np.int64),
            "has_postmortem": is_old & is_grave & (rng.random(len(rows)) < 0.9),
        },
    )


# Day, service, class, severity, minutes to restore, who noticed, minutes to acknowledge.
_Incident = tuple[int, str, str, str, float, str, float]


def _small(rng: np.random.Generator) -> list[_Incident]:
    count = int(rng.poisson(INCIDENTS_PER_MONTH * DAYS / 30.4))
    found = []
    for day in np.sort(rng.integers(0, DAYS, count)).tolist():
        severity, _, minutes, acknowledged = SEVERITIES[_one(SEVERITIES, rng)]
        kind, noticed = CLASSES[_one(CLASSES, rng)][0], DETECTED[_one(DETECTED, rng)][0]
        service = LINES[int(rng.integers(len(LINES)))].service
        restored, answered = minutes * float(rng.lognormal(0.0, 0.8)), acknowledged * float(rng.lognormal(0.0, 0.6))
        found.append((day, service, kind, severity, restored, noticed, answered))
    return found


def _one(table: tuple[tuple[object, ...], ...], rng: np.random.Generator) -> int:
    shares = np.array([row[1] for row in table], np.float64)
    return int(rng.choice(len(table), p=shares / shares.sum()))


def _grave(rng: np.random.Generator) -> list[_Incident]:
    found = []
    for number, age in enumerate(range(15, DAYS - 5, GRAVE_EVERY)):
        service, kind, severity, minutes, noticed = GRAVE[number % len(GRAVE)]
        day = DAYS - 1 - age - int(rng.integers(0, 5))
        restored = minutes * float(rng.lognormal(0.0, 0.35))
        found.append((day, service, kind, severity, restored, noticed, float(rng.uniform(2, 9))))
    return found


def _planted() -> list[_Incident]:
    bug, outage = stories.TRACKING_BUG, stories.CHECKOUT_OUTAGE
    first, last = stories.OUTAGE_SECONDS
    return [
        (DAYS - 1 - bug.first, "storefront", "data_quality", "sev2", 60 * stories.BUG_HOURS, "staff", 2890.0),
        (DAYS - 1 - outage.first, "checkout", "availability", "sev1", (last - first) / 60, "customer", 11.0),
    ]
