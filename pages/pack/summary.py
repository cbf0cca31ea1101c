"""The proposal for a pack's summary: the five largest moves, each with the part of the company that made most of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from metrics.contribution import Segment, largest_segment
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.model import NOTHING, Kpi, Language, Text
from pages.pack.content import Summary, SummaryLine
from pages.pack.measure import READER, Measured
from pages.words import formats, names
from pages.words.comparisons import change_text
from pages.words.text import in_all, texts

MOVES = 5


def proposal(
    reader: Engine, catalogue: Catalogue, measured: Mapping[str, Measured], headline: Sequence[str], currency: str
) -> Summary:
    """The company's cards that moved most on the period before, then other departments' where fewer than five moved.

    The same data give the same words.
    """
    ranked = sorted(
        (name for name, one in measured.items() if one.standing.move >= 1),
        key=lambda name: (name not in headline, -measured[name].standing.move, name),
    )
    lines = []
    for name in sorted(ranked[:MOVES], key=lambda name: -measured[name].standing.move):
        one = measured[name]
        segment = largest_segment(reader, one.standing.kpi, one.days.period, one.days.previous, READER, catalogue)
        lines.append(SummaryLine(_sentence(one, segment, currency), name))
    return Summary(tuple(lines) or (SummaryLine(texts()["draft.calm"]),))


def _sentence(one: Measured, segment: Segment | None, currency: str) -> Text:
    kpi, standing = one.standing.kpi, one.standing

    def change(language: Language) -> str:
        return change_text(standing.change, kpi.unit, kpi.shown_in, language, currency)

    return texts()[f"draft.move_{one.days.grain}"].fill(
        name=kpi.name,
        month=in_all(lambda language: formats.month(one.days.period.last, language)),
        value=in_all(lambda language: formats.short(standing.value, kpi.shown_in, language, currency)),
        change=in_all(change),
        part=NOTHING if segment is None else _part(kpi, segment, currency),
    )


def _part(kpi: Kpi, segment: Segment, currency: str) -> Text:
    def amount(language: Language) -> str:
        if kpi.unit == "percent":
            return formats.signed_points(segment.amount, language)
        return formats.signed(segment.amount, kpi.shown_in, language, currency)

    return texts()["draft.part"].fill(
        segment=in_all(lambda language: names.value(segment.dimension, segment.value, language)),
        dimension=in_all(lambda language: names.dimension(segment.dimension, language)),
        amount=in_all(amount),
    )
