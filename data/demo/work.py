"""Tracked pieces of work of all departments: asked by whom, owed by whom, due when, done when, with what outcome."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo import stories
from data.demo.columns import Flags, Floats, Ints, days_from, drawn, frame, only, picks, stream
from data.demo.company import SALES
from data.demo.months import Months

DAYS = stories.HISTORY_DAYS
AHEAD_DAYS = 45
GOLDEN = 0.6180339887
Shares = tuple[tuple[str, float], ...]

TEAMS = {
    "operations": ("warehouse", "marketplaces", "planning"),
    "marketing": ("brand", "growth", "crm"),
    "product": ("range", "experience", "content"),
    "technology": ("web", "apps", "platform", "data"),
    "customer_service": ("hotline", "chat"),
    "finance": ("accounting", "controlling"),
    "hr": ("people",),
    "leadership": ("office",),
}
DEPARTMENTS = tuple(TEAMS)


@dataclass(frozen=True)
class Kind:
    """A kind of work: items a month, days given, share done in time, who does it, who asks, where ideas come from."""

    type: str
    monthly: float
    days: int
    on_time: float
    owners: Shares
    askers: Shares
    origins: Shares
    outcomes: Shares = ()
    points: float = 0.0
    has_severity: bool = False
    has_channel: bool = False


_TECH: Shares = (("technology", 1.0),)
_PRODUCT: Shares = (("product", 1.0),)
_IDEAS: Shares = (
    ("customer_feedback", 0.25), ("market_research", 0.14), ("competitor_watch", 0.1), ("ops_report", 0.18),
    ("cs_voc", 0.15), ("finance_analysis", 0.05), ("internal", 0.13),
)  # fmt: skip
_ALL: Shares = (
    ("operations", 0.3), ("marketing", 0.2), ("product", 0.17), ("technology", 0.15), ("customer_service", 0.12),
    ("finance", 0.06),
)  # fmt: skip
KINDS = (
    Kind("feature", 24, 21, 0.8, _TECH, (("product", 0.6), *_ALL), _IDEAS, points=5.0),
    Kind("bug", 26, 10, 0.84, _TECH, (("customer_service", 0.4), ("technology", 0.4), ("operations", 0.2)),
         (("cs_voc", 0.4), ("incident", 0.2), ("internal", 0.4)), points=2.0, has_severity=True),
    Kind("roadmap_epic", 5, 75, 0.74, (("product", 0.6), ("technology", 0.4)), (("product", 0.7), ("leadership", 0.3)),
         _IDEAS, points=34.0),
    Kind("new_product", 4, 90, 0.78, _PRODUCT, (("product", 0.6), ("marketing", 0.4)), _IDEAS, points=8.0),
    Kind("listing_change", 46, 4, 0.93, (("product", 0.7), ("operations", 0.3)),
         (("operations", 0.5), ("marketing", 0.3), ("product", 0.2)), (("ops_report", 0.5), ("internal", 0.5)),
         has_channel=True),
    Kind("experiment", 6, 28, 0.85, (("product", 0.6), ("marketing", 0.4)), (("product", 0.7), ("marketing", 0.3)),
         _IDEAS, (("win", 0.27), ("flat", 0.49), ("loss", 0.24))),
    Kind("report_action", 11, 14, 0.79, _ALL, (("operations", 0.7), ("leadership", 0.3)), (("ops_report", 1.0),)),
    Kind("market_insight", 4.5, 30, 0.82, (("product", 0.5), ("operations", 0.3), ("marketing", 0.2)),
         (("marketing", 1.0),), (("market_research", 0.6), ("competitor_watch", 0.4)),
         (("adopted", 0.44), ("rejected", 0.56))),
    Kind("voc_action", 9, 21, 0.77, (("product", 0.4), ("operations", 0.35), ("technology", 0.25)),
         (("customer_service", 1.0),), (("cs_voc", 0.7), ("customer_feedback", 0.3))),
    Kind("vulnerability", 13, 24, 0.92, _TECH, _TECH, (("internal", 0.8), ("incident", 0.2)), has_severity=True),
    Kind("innovation", 3, 60, 0.75, (("technology", 0.6), ("operations", 0.2), ("customer_service", 0.2)),
         (("technology", 0.5), ("leadership", 0.5)), (("internal", 0.6), ("market_research", 0.4)),
         (("adopted", 0.43), ("rejected", 0.57))),
    Kind("org_change", 2.2, 40, 0.83, (("hr", 0.7), ("leadership", 0.3)), (("leadership", 0.6), ("hr", 0.4)),
         (("internal", 1.0),)),
    Kind("other", 12, 12, 0.85, _ALL, _ALL, (("internal", 1.0),)),
)  # fmt: skip
# Days given for a finding by its severity, and how the severities divide.
SEVERITIES: Shares = (("sev1", 0.06), ("sev2", 0.24), ("sev3", 0.45), ("sev4", 0.25))
SEVERITY_DAYS = (0.3, 0.8, 1.3, 2.6)
CANCELLED_SHARE, NEVER_DONE_SHARE = 0.025, 0.06
EARLY_SPREAD_DAYS, LATE_DAYS = 0.25, 9.0


def work_frame(months: Months, seed: int) -> pl.DataFrame:
    """`fact_work_item`: what fell due in the history, and what is committed for the weeks to come."""
    rng = stream(seed, "work")
    parts = [_items(kind, months, rng) for kind in KINDS]
    items = pl.concat(parts).sort("created_date", maintain_order=True)
    numbers = pl.format("W-{}", pl.int_range(1, pl.len() + 1).cast(pl.String))
    return items.with_columns(numbers.alias("item_key"))


def _items(kind: Kind, months: Months, rng: np.random.Generator) -> pl.DataFrame:
    # Spread evenly with some luck, so that no month is without.
    count = round(kind.monthly * (DAYS + AHEAD_DAYS) / 30.4)
    due = ((np.arange(count) + rng.random(count)) * (DAYS + AHEAD_DAYS) / count).astype(np.int64)
    severity = drawn([share for _, share in SEVERITIES], rng.random(count))
    given = kind.days * rng.lognormal(0.0, 0.3, count)
    given = np.maximum(1, np.round(given * np.array(SEVERITY_DAYS)[severity] if kind.has_severity else given))
    created = due - given.astype(np.int64)
    due, created, severity = (column[created < DAYS] for column in (due, created, severity))
    done, is_cancelled = _done(kind, due, created, rng)
    is_done = (done < DAYS) & ~is_cancelled
    is_begun = rng.random(len(due)) < 0.6
    status = np.select([is_cancelled, is_done, is_begun], [3, 2, 1], 0)
    owner = _departments(kind.owners, len(due), rng)
    return frame(
        "fact_work_item",
        {
            "item_key": "",
            "item_type": kind.type,
            "owner_department": picks(DEPARTMENTS, owner),
            "requesting_department": picks(DEPARTMENTS, _departments(kind.askers, len(due), rng)),
            "team": _teams(owner, rng),
            "sales_channel": _channels(kind, len(due), rng),
            "severity": picks([name for name, _ in SEVERITIES], severity) if kind.has_severity else "",
            "origin": _named(kind.origins, len(due), rng),
            "created_date": days_from(months.first_day, created),
            "due_date": days_from(months.first_day, due),
            "resolved_date": only(is_done, days_from(months.first_day, done)),
            "status": picks(("open", "in_progress", "done", "cancelled"), status),
            "outcome": _outcomes(kind, done, is_done, rng),
            "story_points": _points(kind, len(due), rng),
        },
    )


def _done(kind: Kind, due: Ints, created: Ints, rng: np.random.Generator) -> tuple[Ints, Flags]:
    """The day each item is done, far beyond the history where it is not; and what was called off."""
    count = len(due)
    early = np.floor((due - created) * EARLY_SPREAD_DAYS * rng.random(count)).astype(np.int64)
    late = np.ceil(rng.exponential(LATE_DAYS, count)).astype(np.int64) + 1
    is_on_time = _even(due, rng) < kind.on_time
    done = np.where(is_on_time, due - early, due + late)
    is_open = ~is_on_time & (rng.random(count) < NEVER_DONE_SHARE)
    is_cancelled = ~is_on_time & (rng.random(count) < CANCELLED_SHARE / (1 - kind.on_time)) & (due < DAYS)
    return np.where(is_open, DAYS + AHEAD_DAYS, np.maximum(done, created)), is_cancelled


def _even(day: Ints, rng: np.random.Generator) -> Floats:
    """A number in [0, 1) for each item, dealt by its day so that any few in a row are spread over the whole range."""
    place = np.empty(len(day), np.int64)
    place[np.argsort(day, kind="stable")] = np.arange(len(day))
    dealt: Floats = np.mod(place * GOLDEN + rng.random(), 1.0, dtype=np.float64)
    return dealt


def _outcomes(kind: Kind, done: Ints, is_done: Flags, rng: np.random.Generator) -> pl.Series | str:
    if not kind.outcomes:
        return ""
    chosen = drawn([share for _, share in kind.outcomes], _even(done, rng))
    return only(is_done, picks([name for name, _ in kind.outcomes], chosen)).fill_null("")


def _departments(shares: Shares, count: int, rng: np.random.Generator) -> Ints:
    chosen = drawn([share for _, share in shares], rng.random(count))
    return np.array([DEPARTMENTS.index(name) for name, _ in shares])[chosen]


def _named(shares: Shares, count: int, rng: np.random.Generator) -> pl.Series:
    return picks([name for name, _ in shares], drawn([share for _, share in shares], rng.random(count)))


def _teams(owner: Ints, rng: np.random.Generator) -> pl.Series:
    luck: Floats = rng.random(len(owner))
    names = [TEAMS[DEPARTMENTS[one]] for one in owner]
    return pl.Series([team[int(at * len(team))] for team, at in zip(names, luck, strict=True)], dtype=pl.String)


def _channels(kind: Kind, count: int, rng: np.random.Generator) -> pl.Series | str:
    if not kind.has_channel:
        return ""
    shares = [sales.share_last for sales in SALES]
    return picks([sales.channel for sales in SALES], drawn(shares, rng.random(count)))


def _points(kind: Kind, count: int, rng: np.random.Generator) -> pl.Series | None:
    if not kind.points:
        return None
    return pl.Series(np.maximum(1, np.round(kind.points * rng.lognormal(0.0, 0.5, count))))
