"""Reasons from the most to the least frequent, with the share they add up to: which few explain most?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from metrics.model import Language
from pages.kit import formats, names
from pages.kit.charts import canvas
from pages.kit.charts.palette import Palette
from pages.kit.charts.ranking import Rank, draw, vital
from pages.kit.text import say

Subject = Literal["imperfection", "reason_group"]


@dataclass(frozen=True)
class ParetoView:
    """Reasons (codes) by falling count; what is counted depends on the subject: orders by failed check, or units.

    amounts: money back, None = unknown (always for orders). shares, sums: each reason's part of all, and the part that
    it and those before it make up, both 0 to 1. unknown: reasons that no file carries, which is not the same as 0.
    """

    subject: Subject
    currency: str | None
    reasons: tuple[str, ...]
    counts: tuple[float, ...]
    amounts: tuple[float | None, ...]
    shares: tuple[float, ...]
    sums: tuple[float, ...]
    unknown: tuple[str, ...]
    reason: str | None

    @property
    def vital(self) -> int:
        """How many reasons, from the first, it takes to explain 80 %."""
        return vital(self.sums)


def view(frame: pl.DataFrame, subject: Subject, currency: str | None = None) -> ParetoView:
    """The view model of a frame that `metrics.views.pareto` returns; amounts are only told with a currency."""
    known = frame.filter(pl.col("share").is_not_null(), pl.col("count").is_not_null())
    has_amounts = currency is not None and "refund_amount" in known.columns
    return ParetoView(
        subject=subject,
        currency=currency if has_amounts else None,
        reasons=tuple(known["reason"].to_list()),
        counts=tuple(known["count"].to_list()),
        amounts=tuple(known["refund_amount"].to_list() if has_amounts else [None] * known.height),
        shares=tuple(known["share"].to_list()),
        sums=tuple(known["cumulative_share"].to_list()),
        unknown=tuple(frame.filter(pl.col("count").is_null())["reason"].to_list()),
        reason=None if known.height else _nothing(frame, subject),
    )


def _nothing(frame: pl.DataFrame, subject: Subject) -> str:
    is_unknown = frame.height > 0 and frame["count"].null_count() == frame.height
    return "charts.no_checks" if is_unknown else f"charts.no_{subject}"


def figure(view: ParetoView, theme: Palette, language: Language) -> canvas.Figure | None:
    """Bars and the running sum on one axis of shares; None when `view.reason` says why."""
    if view.reason:
        return None
    labels = [canvas.named(view.subject, code, language) for code in (*view.reasons, *view.unknown)]
    known = len(view.reasons)
    ranks = [
        Rank(
            label,
            formats.number(view.counts[place], language),
            view.shares[place],
            view.sums[place],
            _hover(view, labels, place, language),
        )
        for place, label in enumerate(labels[:known])
    ]
    return draw([*ranks, *(Rank(label, "", None, None, "") for label in labels[known:])], theme, language)


def alt(view: ParetoView, language: Language) -> str:
    """What the chart shows, in one sentence, for those who do not see it."""
    if view.reason:
        return say(view.reason, language)
    return say(
        "charts.pareto_alt",
        language,
        first=names.value(view.subject, view.reasons[0], language),
        share=formats.share(view.shares[0], language),
        vital=view.vital,
        all=len(view.reasons),
        sum=formats.share(view.sums[view.vital - 1], language),
    )


def _hover(view: ParetoView, labels: Sequence[str], place: int, language: Language) -> str:
    colon, amount = say("charts.colon", language), view.amounts[place]
    money = None
    if amount is not None and view.currency is not None:
        money = say("charts.refunds", language) + colon + formats.full(amount, "currency", language, view.currency)
    counted = formats.full(view.counts[place], "count", language, "")
    return canvas.lines(
        canvas.bold(labels[place]),
        say(f"charts.counted.{view.subject}", language) + colon + counted,
        money,
        say("charts.share", language) + colon + formats.share(view.shares[place], language, 1),
        say("charts.running_sum", language) + colon + formats.share(view.sums[place], language, 1),
    )
