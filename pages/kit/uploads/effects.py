"""What a file, or taking one back, does to the headline KPIs: asked around the work, told as a small table."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from data.engines.lake import LakeEngine
from data.ingest.batch import Effect, Look, Touched
from metrics.compare import change
from metrics.effects import differences
from metrics.load import Catalogue
from metrics.model import Kpi
from pages.kit import formats
from pages.kit.uploads import show
from pages.kit.visit import Visit
from pages.words.comparisons import change_text

SHOWN = 8
_TONES = {True: "good", False: "bad", None: ""}


def look_with(catalogue: Catalogue) -> Look:
    """What looks at the headline KPIs of a catalogue around a load or an undo."""

    def look(before: LakeEngine, after: LakeEngine, touched: Touched) -> Sequence[Effect]:
        found = differences(before, after, touched.tables, touched.months, catalogue)
        return [Effect(one.kpi, one.period.first, one.period.last, one.before, one.after) for one in found]

    return look


def tell_effects(visit: Visit, effects: Sequence[Effect] | None, *, is_done: bool) -> None:
    """The KPIs that change, the first eight at once and the others folded away; nothing where nobody looked."""
    if effects is None:
        return
    rows = [row for effect in effects if (row := _row(visit, effect))]
    show.head(visit.say("uploads.effects_done" if is_done else "uploads.effects"), "")
    if not rows:
        st.caption(visit.say("uploads.effects_none"))
        return
    st.html(_table(visit, rows[:SHOWN]))
    if rows[SHOWN:]:
        head = escape(visit.say("uploads.effects_more", count=len(rows) - SHOWN))
        st.html(f'<details class="sb sb-unused"><summary>{head}</summary>{_table(visit, rows[SHOWN:])}</details>')


def _table(visit: Visit, rows: Sequence[str]) -> str:
    heads = "".join(
        f"<th{kind}>{escape(visit.say(f'uploads.effect_{key}'))}</th>"
        for key, kind in (("kpi", ""), ("month", ""), ("before", ' class="n"'), ("after", ' class="n"'), ("change", ""))
    )
    return (
        '<div class="sb sb-scroll effects"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _row(visit: Visit, effect: Effect) -> str:
    """One effect as a row; '' for a KPI that is gone, or that this reader may not see."""
    kpi = visit.catalogue.kpis.get(effect.kpi)
    if kpi is None or not _may_see(visit, kpi):
        return ""
    language, currency = visit.language, visit.currency
    before, after = (formats.short(value, kpi.shown_in, language, currency) for value in (effect.before, effect.after))
    moved = change(effect.after, effect.before, kpi)
    said = change_text(moved, kpi.unit, kpi.shown_in, language, currency)
    tone = _TONES[moved.good] if moved.material else ""
    pill = f'<span class="sb-pill {tone}">{escape(said)}</span>' if said else ""
    return (
        f"<tr><th>{escape(kpi.name.say(language))}</th><td>{escape(formats.month(effect.first_day, language))}</td>"
        f'<td class="n">{escape(before)}</td><td class="n">{escape(after)}</td><td>{pill}</td></tr>'
    )


def _may_see(visit: Visit, kpi: Kpi) -> bool:
    # A number that a reader's rows would narrow is not his to see whole.
    if visit.viewer.row_filters or kpi.access not in visit.viewer.access:
        return False
    reads = {f"{fact.table}.{column}" for fact in kpi.facts for column in fact.columns}
    return not reads & visit.viewer.hidden_columns
