"""Where a KPI stands: value, comparison, target and how far to trust them. What pages and packs are made of."""

from __future__ import annotations

from dataclasses import dataclass

from metrics.ask import Answer
from metrics.availability import Availability
from metrics.compare import NO_CHANGE_KNOWN, Change, change
from metrics.model import Kpi, Text
from metrics.periods import Period
from metrics.targets import TargetStatus
from pages.words.text import texts

NOT_ASKED = Availability("no_data")
# What is worth a line on a Monday: below 5 % or one point the list would never be short.
WORSE_SHARE = 0.05
WORSE_POINTS = 1.0


@dataclass(frozen=True)
class Standing:
    """One KPI in one period.

    `value` and `before` (the comparison's value) are in the KPI's unit, None where there is no data; `reason` then
    says why, and else what makes the value incomplete or young (None when nothing does). `compared` says how
    complete the comparison is: unless it is `ok` nothing is said to have changed. `period` are the days the value
    stands for: those asked for, or the whole months that monthly files can answer for.
    """

    kpi: Kpi
    value: float | None
    before: float | None
    change: Change
    target: TargetStatus
    availability: Availability
    compared: Availability
    is_immature: bool
    reason: Text | None
    period: Period

    @property
    def is_partial(self) -> bool:
        """Whether days or sources of the period are missing."""
        return self.availability.state == "partial"

    @property
    def is_without_data(self) -> bool:
        """Whether files are missing; a filter that the KPI cannot follow is no lack of files."""
        return self.availability.state == "no_data" and self.availability is not NOT_ASKED

    @property
    def tone(self) -> str:
        """`good` or `bad` for a change that matters and can be relied on, else `flat`."""
        if not self.change.material or self.change.good is None or self.is_partial or self.is_immature:
            return "flat"
        return "good" if self.change.good else "bad"

    @property
    def light(self) -> str | None:
        """`good`, `warn` or `bad`; None without a target, and for numbers that are incomplete or young."""
        return self.target.status

    @property
    def move(self) -> float:
        """The size of the change in units of what is worth a line; 0 where none can be relied on."""
        if not self.change.material or self.is_partial or self.is_immature:
            return 0.0
        if self.change.points is not None:
            return abs(self.change.points) / WORSE_POINTS
        return abs(self.change.relative or 0) / WORSE_SHARE

    @property
    def shortfall(self) -> float:
        """The share of the target that is missing, which ranks missed targets; 1 where no share can be told."""
        return 1 - (self.target.attainment or 0)


def stand(kpi: Kpi, now: Answer, then: Answer, target: TargetStatus, period: Period) -> Standing:
    """Where a KPI stands, by what `ask` answered for the period and for the one it is compared with."""
    value, before = now.rows[kpi.id].item(), then.rows[kpi.id].item()
    availability, compared = now.availability[kpi.id], then.availability[kpi.id]
    is_immature = kpi.id in now.immature
    return Standing(
        kpi=kpi,
        value=value,
        before=before,
        change=change(value, before, kpi) if compared.state == "ok" else NO_CHANGE_KNOWN,
        target=target,
        availability=availability,
        compared=compared,
        is_immature=is_immature,
        reason=_reason(kpi, value, availability, is_immature),
        period=period,
    )


def _reason(kpi: Kpi, value: float | None, availability: Availability, is_immature: bool) -> Text | None:
    if availability.state != "ok":
        return texts()[f"cards.{availability.state}"].fill(reason=availability.reason)
    if value is None:
        return texts()["cards.nothing"]
    return texts()["cards.immature"].fill(days=kpi.matures_after_days) if is_immature else None
