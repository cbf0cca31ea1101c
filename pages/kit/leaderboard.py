"""The leaderboard: any KPI of the page's cards and questions by any of its dimensions, with share and change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import polars as pl
import streamlit as st

from metrics.compare import Change
from metrics.model import Kpi
from metrics.views.leaderboard import leaderboard
from pages.kit import formats, html, names, place
from pages.kit.cache import remembered
from pages.kit.focus import Focus
from pages.kit.notice import explaining
from pages.kit.standing import Standing, able, own_days, tables_of
from pages.kit.visit import Visit
from pages.words.comparisons import change_text

SHOWN = 10


@dataclass(frozen=True)
class Place:
    """One row. `length` (0 to 1) is the bar's, None = none; `share` and `delta` are empty where they cannot be said."""

    name: str
    value: str
    length: float | None
    share: str
    delta: str
    tone: str
    spark: tuple[float | None, ...]


def leaderboard_panel(focus: Focus, standings: Mapping[str, Standing], kpi: str, by: str) -> None:
    """Draw the panel; what the address asks for wins over the page's `kpi` and `by` where it can be asked."""
    visit = focus.visit
    kpis = _rankable(focus)
    with st.container(border=True, key="panel_leaderboard", height="stretch"):
        if not kpis:
            st.html(html.head(visit.say("panel.leaderboard"), "", "leaderboard"))
            st.html(html.reason(visit.say("panel.no_rows")))
            return
        chosen, dimension = _ranked(focus, kpis, kpi, by)
        _controls(focus, kpis, chosen, dimension)
        with explaining():
            _table(focus.settled(chosen.tables), chosen, dimension, standings[chosen.id].compared.state == "ok")


def leaders(focus: Focus, kpi: str, by: str) -> None:
    """Ask what the panel shows, without drawing it. Raises MetricError."""
    if kpis := _rankable(focus):
        chosen, dimension = _ranked(focus, kpis, kpi, by)
        _framed(focus.settled(chosen.tables), chosen, dimension)


def _rankable(focus: Focus) -> tuple[str, ...]:
    visit, page = focus.visit, focus.page
    shown = dict.fromkeys((*page.headline_cards, *(name for question in page.questions for name in question.kpis)))
    return able(visit, [name for name in shown if visit.catalogue.kpi(name).dimensions])


def _ranked(focus: Focus, kpis: Sequence[str], kpi: str, by: str) -> tuple[Kpi, str]:
    address = focus.visit.address
    chosen = focus.visit.catalogue.kpi(_first(kpis, address.rank, kpi))
    return chosen, _first(chosen.dimensions, address.by, by)


def _first(allowed: Sequence[str], *wanted: str | None) -> str:
    return next((name for name in wanted if name is not None and name in allowed), allowed[0])


def _controls(focus: Focus, kpis: Sequence[str], kpi: Kpi, dimension: str) -> None:
    visit = focus.visit
    versus, days = visit.say(f"period.vs_{visit.address.compare}"), own_days(focus, focus.settled(kpi.tables).period)
    sentence = visit.say(
        "panel.leaderboard_note",
        kpi=kpi.name.say(visit.language),
        dimension=names.dimension(dimension, visit.language),
        comparison=f"{days} · {versus}" if days else versus,
    )
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="top"):
        st.html(html.head(visit.say("panel.leaderboard"), sentence, "leaderboard"), width="content")
        with st.container(horizontal=True, width="content", gap="xsmall", key="leaderboard_controls"):
            titles = {name: visit.catalogue.kpi(name).name.say(visit.language) for name in kpis}
            _choice(visit.say("panel.kpi"), "rank", kpi.id, titles, 240)
            dimensions = {name: names.dimension(name, visit.language) for name in kpi.dimensions}
            _choice(visit.say("panel.by"), "by", dimension, dimensions, 170)


def _choice(label: str, field: str, chosen: str, titles: dict[str, str], width: int) -> None:
    def turn() -> None:
        place.go(**{field: place.value(f"choose_{field}")})

    place.mirror(f"choose_{field}", chosen)
    st.selectbox(
        label,
        list(titles),
        format_func=lambda name: titles[name],
        key=f"choose_{field}",
        on_change=turn,
        label_visibility="collapsed",
        width=width,
    )


def _table(focus: Focus, kpi: Kpi, dimension: str, is_comparable: bool) -> None:
    visit = focus.visit
    frame = _framed(focus, kpi, dimension)
    if frame.is_empty():
        st.html(html.reason(visit.say("panel.no_rows")))
    else:
        st.html(table_html(visit, places(visit, kpi, dimension, frame, is_comparable)))


def _framed(focus: Focus, kpi: Kpi, dimension: str) -> pl.DataFrame:
    visit = focus.visit

    def work() -> pl.DataFrame:
        return leaderboard(visit.reader, kpi.id, dimension, focus.scope, visit.viewer, visit.catalogue, SHOWN)

    return remembered(visit, work, tables_of(visit, (kpi.id,)), "leaderboard", kpi.id, dimension, focus.scope)


def places(visit: Visit, kpi: Kpi, dimension: str, frame: pl.DataFrame, is_comparable: bool) -> list[Place]:
    """The view model of the frame that `metrics.views.leaderboard` returns; no changes against half a comparison."""
    largest = max((abs(value) for value in frame["value"] if value is not None), default=0.0) or 1.0
    silent = {} if is_comparable else {"absolute": None, "relative": None, "points": None, "material": False}
    return [_place(visit, kpi, dimension, row | silent, largest) for row in frame.iter_rows(named=True)]


def _place(visit: Visit, kpi: Kpi, dimension: str, row: dict[str, object], largest: float) -> Place:
    language, member = visit.language, str(row["member"])
    value = _number(row["value"])
    moved = Change(_number(row["absolute"]), _number(row["relative"]), _number(row["points"]), False, None)
    is_coloured = bool(row["material"]) and row["good"] is not None
    spark = row["spark"] if isinstance(row["spark"], list) else []
    return Place(
        name=visit.say("panel.others") if row["is_rest"] else names.value(dimension, member, language),
        value=formats.short(value, kpi.shown_in, language, visit.currency),
        length=None if value is None or value < 0 else value / largest,
        share="" if row["share"] is None else formats.share(_number(row["share"]), language, 1),
        delta=change_text(moved, kpi.unit, kpi.shown_in, language, visit.currency),
        tone=("good" if row["good"] else "bad") if is_coloured else "flat",
        spark=tuple(_number(point) for point in spark),
    )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def table_html(visit: Visit, rows: Sequence[Place]) -> str:
    """The leaderboard as an HTML table; the share column is left out where nothing adds up."""
    has_share = any(row.share for row in rows)
    keys = ["panel.value", *(["panel.share"] if has_share else []), "panel.change", "panel.trend"]
    titles = "".join(f'<th scope="col">{escape(visit.say(key))}</th>' for key in keys)
    body = "".join(_row(row, has_share) for row in rows)
    return (
        f'<table class="sb sb-board"><thead><tr><th scope="col"></th>{titles}</tr></thead><tbody>{body}</tbody></table>'
    )


def _row(row: Place, has_share: bool) -> str:
    share = f'<td class="n quiet">{escape(row.share)}</td>' if has_share else ""
    # Without a value there is no empty track, which would read as 0.
    bar = "<i></i>" if row.length is None else f'<i><u style="width:{row.length * 100:.1f}%"></u></i>'
    return (
        f'<tr><th scope="row" title="{escape(row.name)}"><span>{escape(row.name)}</span></th>'
        f'<td class="bar">{bar}<span>{escape(row.value)}</span></td>{share}'
        f'<td class="n {row.tone}">{escape(row.delta)}</td><td class="line">{html.sparkline(row.spark, "")}</td></tr>'
    )
