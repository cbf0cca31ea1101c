"""A chart in its panel: bold title, one grey sentence, the drawing, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from metrics.availability import without_tables
from metrics.engine import Engine
from pages.kit import html, names, place
from pages.kit.cache import remembered
from pages.kit.charts.canvas import Figure
from pages.kit.charts.palette import DARK, LIGHT, Palette
from pages.kit.drawings import CHARTS
from pages.kit.drawings.chart import Chart
from pages.kit.focus import Focus, is_covered
from pages.kit.notice import explaining
from pages.kit.standing import Standing, cannot_filter
from pages.kit.text import say
from pages.kit.visit import Visit

# The house's figures bring their own look, so Streamlit's chart theme stays out; nothing floats over a chart.
CONFIG = {"displayModeBar": False, "responsive": True}
PRODUCT, PRODUCT_KEY = "product.", "sku"


class ReadyFigure(go.Figure):  # type: ignore[misc]
    """A figure that was checked once and hands out the same dict ever after: each run would else copy it whole."""

    def __init__(self, figure: Figure) -> None:
        super().__init__()
        self._ready: Figure = go.Figure(figure).to_dict()

    def to_dict(self) -> Figure:
        """The checked dict; not to be changed."""
        return self._ready


@dataclass(frozen=True)
class Drawing:
    """A chart ready for the browser: a figure, or a list as `html`; `reason` says in words why there is neither."""

    figure: ReadyFigure | None
    html: str | None
    alt: str
    reason: str


def chart_panel(focus: Focus, chart_id: str, standings: Mapping[str, Standing]) -> None:
    """Draw the panel of a chart of the page's catalogue entry. Raises StopIteration for one the page does not name."""
    visit, chart = focus.visit, CHARTS[chart_id]
    focus = focus.settled(chart.facts)
    entry = next(item for item in focus.page.charts if item.id == chart_id)
    title, sentence = entry.title.say(visit.language), visit.say(f"panel.{chart_id}", comparison=focus.against)
    with st.container(border=True, key=f"panel_{chart_id}", height="stretch"):
        obstacle = _obstacle(focus, chart, [standings[name] for name in entry.kpis])
        if obstacle:
            st.html(html.head(title, sentence, chart_id))
            st.html(html.reason(obstacle))
            return
        # What this reader may not see costs one panel, not the page.
        with explaining():
            _draw(focus, chart_id, html.head(title, sentence, chart_id))


def frame_ahead(focus: Focus, chart_id: str, standings: Mapping[str, Standing]) -> None:
    """Ask what the panel of a chart shows, without drawing it. Raises MetricError."""
    chart = CHARTS[chart_id]
    focus = focus.settled(chart.facts)
    entry = next(item for item in focus.page.charts if item.id == chart_id)
    if not _obstacle(focus, chart, [standings[name] for name in entry.kpis]):
        framed(focus, chart_id)


def _draw(focus: Focus, chart_id: str, head: str) -> None:
    chart = CHARTS[chart_id]
    frame = framed(focus, chart_id)
    choices = chart.choices(frame) if chart.choices else ()
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="top"):
        st.html(head, width="content")
        choice = _choice(focus.visit, chart, choices)
    drawing = drawn(focus, chart_id, frame, choice)
    if drawing.figure is not None:
        st.plotly_chart(drawing.figure, theme=None, config=CONFIG, key=f"chart_{chart_id}", alt=drawing.alt)
    else:
        st.html(drawing.html or html.reason(drawing.reason))


def framed(focus: Focus, chart_id: str) -> pl.DataFrame:
    """The frame behind a chart, remembered. Raises MetricError."""
    chart = CHARTS[chart_id]
    return remembered(
        focus.visit, lambda: chart.frame(focus), (*chart.tables, *chart.beside), "frame", chart_id, focus.scope
    )


def _obstacle(focus: Focus, chart: Chart, standings: Sequence[Standing]) -> str:
    """Why the chart cannot be drawn, as far as files, filters and comparison say; empty when they allow it."""
    visit = focus.visit
    filtered = [item.dimension for item in focus.filters]
    reader = visit.reader
    unknown = [name for name in filtered if not any(_can_follow(reader, table, name) for table in chart.facts)]
    if unknown:
        return cannot_filter(unknown, visit.language)
    absent = tuple(table for table in chart.facts if not is_covered(visit, table, focus.period))
    if absent == chart.facts:
        reason = without_tables(absent, visit.catalogue.names).reason
        return visit.say("cards.no_data", reason=reason.say(visit.language))
    if chart.explains_change and standings and standings[0].compared.state != "ok":
        return visit.say("panel.incomparable", comparison=focus.against)
    return ""


def _can_follow(reader: Engine, table: str, dimension: str) -> bool:
    """Whether rows of the table can be narrowed so: by a column of its own, or by its product."""
    return reader.has_column(table, PRODUCT_KEY if dimension.startswith(PRODUCT) else dimension)


def drawn(focus: Focus, chart_id: str, frame: pl.DataFrame, choice: str | None) -> Drawing:
    """The drawing of a chart in the reader's language and theme, remembered."""
    visit, chart, theme = focus.visit, CHARTS[chart_id], palette()

    def work() -> Drawing:
        view = chart.view(focus, frame, choice)
        figure = chart.figure(view, theme, visit.language)
        ready = None if figure is None else ReadyFigure(figure)
        reason = say(view.reason or "charts.no_data", visit.language)
        return Drawing(ready, chart.html(view, visit.language), chart.alt(view, visit.language), reason)

    seen = (theme.name, visit.language, visit.currency, visit.address.compare)
    return remembered(visit, work, (*chart.tables, *chart.beside), "chart", chart_id, focus.scope, choice, seen)


def _choice(visit: Visit, chart: Chart, choices: Sequence[str]) -> str | None:
    """The part of the chart the address asks for; None = all together. Draws the menu where there is a choice."""
    wanted = visit.address.part if visit.address.part in choices else None
    if len(choices) < 2:
        return wanted

    # A page may have several such menus; the address knows one part, which the charts it fits follow.
    key = f"part_{chart.dimension}"

    def turn() -> None:
        place.go(part=place.value(key) or None)

    place.mirror(key, wanted or "")
    st.selectbox(
        names.dimension(chart.dimension, visit.language),
        ["", *choices],
        format_func=lambda code: (
            names.value(chart.dimension, code, visit.language) if code else visit.say("period.any")
        ),
        key=key,
        on_change=turn,
        label_visibility="collapsed",
        width=130,
    )
    return wanted


def palette() -> Palette:
    """The colours of the theme the reader sees."""
    return DARK if st.context.theme.type == "dark" else LIGHT
