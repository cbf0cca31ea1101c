"""What the address of a page says: period, comparison, filters, language, lake. The same in every language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Literal, get_args

from metrics.model import Language
from metrics.periods import Period
from metrics.query import Filter
from pages.kit import language

Comparison = Literal["previous", "last_year"]
Lake = Literal["company", "demo"]
NAMED_PERIODS = ("7d", "28d", "90d", "this_month", "last_month")
# What each page can be narrowed to: dimensions that most of its headline cards carry, with few values.
FILTERS: Mapping[str, tuple[str, ...]] = {
    "operations": ("sales_channel", "region", "device", "marketing_channel"),
    "marketing": ("region", "marketing_channel", "campaign_type", "channel_mode"),
    "product": ("product.category_l1", "product.brand", "sales_channel", "warehouse"),
    "technology": ("service", "platform", "severity", "device"),
    "customer_service": ("channel", "sales_channel", "team", "contact_reason_l1"),
    "finance": ("department", "account_name"),
    "hr": ("department", "job_family", "employment_type", "job_level"),
}
FILTER_DIMENSIONS = tuple(dict.fromkeys(name for names in FILTERS.values() for name in names))
LONGEST_SEARCH = 80
_RANGE = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)")
_WEEK = re.compile(r"\d{4}-W\d{2}")
_NAME = re.compile(r"[a-z][a-z0-9_.]*")
Parameters = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Address:
    """The state of a page. What is left out of a link has its default here; what a link garbles is as if left out.

    `period` is one of NAMED_PERIODS or two days `2026-10-01..2026-10-31`, both included. `rank` and `by` steer the
    leaderboard, `part` the part of a chart that is shown, `rows`, `table`
    and `page` (from 1) the rows behind a KPI. Of the metric dictionary `find` are the words looked for, `of`, `duty`
    and `reads` the department, duty and table it is narrowed to, `kpi` the one that is open. Of weekly
    packs `week` is the one that is read, `against` the one beside it.
    """

    period: str = "28d"
    compare: Comparison = "previous"
    filters: tuple[Filter, ...] = ()
    lang: Language | None = None
    data: Lake | None = None
    rank: str | None = None
    by: str | None = None
    part: str | None = None
    rows: str | None = None
    table: str | None = None
    page: int = 1
    find: str | None = None
    of: str | None = None
    duty: str | None = None
    reads: str | None = None
    kpi: str | None = None
    week: str | None = None
    against: str | None = None

    @property
    def custom_period(self) -> Period | None:
        """The two days of a custom range in order; None for a named period."""
        return _range(self.period)

    def values(self, dimension: str) -> tuple[str, ...]:
        """The values a dimension is filtered by; none = not filtered."""
        return next((item.values for item in self.filters if item.dimension == dimension), ())

    def with_filter(self, dimension: str, values: Sequence[str]) -> Address:
        """The same place with one dimension filtered anew; no values takes the filter away."""
        chosen = {item.dimension: item.values for item in self.filters}
        chosen[dimension] = tuple(values)
        filters = tuple(Filter(name, chosen[name]) for name in FILTER_DIMENSIONS if chosen.get(name))
        return replace(self, filters=filters, page=1)

    def for_page(self, department: str) -> Address:
        """The same place with only the filters that this page offers; a link may carry those of another page."""
        offered = FILTERS.get(department, ())
        return replace(self, filters=tuple(item for item in self.filters if item.dimension in offered))

    def turn(self, **changes: Any) -> Address:
        """The same place with other fields; whatever changes, the rows start at their first page again."""
        return replace(self, **{"page": 1, **changes})

    def parameters(self) -> dict[str, list[str]]:
        """What a link carries: only what differs from the defaults."""
        default = Address()
        plain = [item.name for item in fields(self) if item.name != "filters"]
        found = {name: [str(getattr(self, name))] for name in plain if getattr(self, name) != getattr(default, name)}
        return found | {item.dimension: list(item.values) for item in self.filters}


def read(parameters: Parameters) -> Address:
    """The address that a link's parameters stand for."""

    def one(name: str) -> str | None:
        values = parameters.get(name) or ()
        return values[-1] if values else None

    period = one("period") or ""
    return Address(
        period=period if period in NAMED_PERIODS or _range(period) else Address.period,
        compare=next((name for name in get_args(Comparison) if name == one("compare")), Address.compare),
        filters=tuple(Filter(name, tuple(parameters[name])) for name in FILTER_DIMENSIONS if parameters.get(name)),
        lang=language.known(one("lang")),
        data=known_lake(one("data")),
        rank=_name(one("rank")),
        by=_name(one("by")),
        part=_name(one("part")),
        rows=_name(one("rows")),
        table=_name(one("table")),
        page=max(1, int(number)) if (number := one("page") or "").isdecimal() and len(number) < 8 else 1,
        find=(one("find") or "").strip()[:LONGEST_SEARCH] or None,
        of=_name(one("of")),
        duty=_name(one("duty")),
        reads=_name(one("reads")),
        kpi=_name(one("kpi")),
        week=_week(one("week")),
        against=_week(one("against")),
    )


def range_text(first: date, last: date) -> str:
    """A custom period as links carry it."""
    return f"{min(first, last).isoformat()}..{max(first, last).isoformat()}"


def known_lake(name: str | None) -> Lake | None:
    """The lake of a name as links carry it; None for anything else."""
    return next((lake for lake in get_args(Lake) if lake == name), None)


def _name(text: str | None) -> str | None:
    return text if text and _NAME.fullmatch(text) else None


def _week(text: str | None) -> str | None:
    return text if text and _WEEK.fullmatch(text) else None


def _range(text: str) -> Period | None:
    found = _RANGE.fullmatch(text)
    if not found:
        return None
    try:
        days = sorted(date.fromisoformat(day) for day in found.groups())
    except ValueError:
        return None
    return Period(days[0], days[1])
