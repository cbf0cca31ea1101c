"""What all charts share: the quiet frame they are drawn on, and words beside and below the marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from metrics.model import Language
from pages.kit import names
from pages.kit.charts.palette import Palette

Figure = dict[str, Any]

_LATIN = "Inter"
# Chinese is drawn in the reader's own fonts; the two scripts differ in glyphs, so each names its own first.
_CHINESE: dict[Language, str] = {
    "en": "'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC'",
    "zh-Hans": "'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC'",
    "zh-Hant": "'PingFang TC', 'Microsoft JhengHei', 'Noto Sans TC', 'Noto Sans CJK TC'",
}
SMALL = 11
NORMAL = 12


def figure(
    traces: Sequence[Mapping[str, Any]], theme: Palette, language: Language, height: int, layout: Mapping[str, Any]
) -> Figure:
    """A figure dict of the house's look; `layout` adds to it or wins over it. height: CSS pixels; the width is free."""
    font = {"family": f"{_LATIN}, {_CHINESE[language]}, sans-serif", "size": NORMAL, "color": theme.text}
    frame: Figure = {
        "height": height,
        "margin": {"l": 4, "r": 12, "t": 8, "b": 4, "pad": 0},
        "font": font,
        "paper_bgcolor": "rgba(0, 0, 0, 0)",
        # Plotly derives colours that must stand out from this one, so it is not transparent.
        "plot_bgcolor": theme.surface,
        "showlegend": False,
        # The page scrolls under a finger, so a chart neither drags nor zooms.
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": theme.surface,
            "bordercolor": theme.grid,
            "font": {**font, "size": NORMAL},
            "align": "left",
            "namelength": -1,
        },
        # Names this template so that plotly.py does not add its own of 6 KB to every figure.
        "template": {"layout": {"autotypenumbers": "strict"}},
    }
    return {"data": [dict(trace) for trace in traces], "layout": {**frame, **layout}}


def axis(theme: Palette, *, has_grid: bool = False, **settings: Any) -> dict[str, Any]:
    """An axis without a line, quiet labels that are never cut, and if asked a dashed grid; `settings` win."""
    return {
        "showline": False,
        "zeroline": False,
        "ticks": "",
        "fixedrange": True,
        "tickangle": 0,
        "automargin": True,
        "showgrid": has_grid,
        "gridcolor": theme.grid,
        "griddash": "2px,3px",
        "ticklabelstandoff": 6,
        "tickfont": {"size": SMALL, "color": theme.quiet},
        **settings,
    }


def key(entries: Sequence[tuple[str, str, str]], theme: Palette) -> dict[str, Any]:
    """What marks mean, as a line at the top left, for `layout["title"]`; each entry is (mark, its colour, words).

    Plotly's own legend needs 50 px an entry for its line samples and breaks into three rows on a phone.
    """
    written = [f"<span style='color:{colour}'>{bold(mark)}</span> {words}" for mark, colour, words in entries]
    return {
        "text": "\u2003".join(written),
        "font": {"size": SMALL, "color": theme.quiet},
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "pad": {"t": 6, "l": 6},
    }


def note(text: str, theme: Palette, **settings: Any) -> dict[str, Any]:
    """Words on a chart, without an arrow; `settings` place them."""
    return {
        "text": text,
        "showarrow": False,
        "font": {"size": SMALL, "color": theme.quiet},
        "xanchor": "left",
        "align": "left",
        **settings,
    }


def scale_below(labels: Sequence[str], values: Sequence[float], theme: Palette) -> dict[str, Any]:
    """The colour bar of a heat map: short, centred below the plot, with these labels at these values."""
    return {
        "orientation": "h",
        "len": 0.42,
        "thickness": 7,
        "x": 0.5,
        "xanchor": "center",
        "yref": "container",
        "y": 0,
        "yanchor": "bottom",
        "ypad": 2,
        "outlinewidth": 0,
        "ticks": "",
        "tickvals": list(values),
        "ticktext": list(labels),
        "tickfont": {"size": SMALL, "color": theme.quiet},
    }


def columns(
    rows: Sequence[tuple[str | float, str, str]], theme: Palette, first_width: int = 62, second_width: int = 48
) -> list[dict[str, Any]]:
    """Two columns of numbers right of the plot, one row a y position: (y, number that stands out, quiet number).

    The figure's right margin must be at least the widths (CSS pixels) and 4 more.
    """
    place = {"xref": "paper", "x": 1, "xanchor": "right", "yanchor": "middle", "align": "right"}
    words: list[dict[str, Any]] = []
    for y, first, second in rows:
        strong = {"size": NORMAL, "color": theme.text}
        words.append(note(bold(first), theme, y=y, xshift=first_width, font=strong, **place))
        if second:
            words.append(note(second, theme, y=y, xshift=first_width + second_width, **place))
    return words


def named(dimension: str, code: str, language: Language) -> str:
    """What people call a coded value (`organic_search` -> `Organic search`), safe to stand in a chart."""
    return plain(names.value(dimension, code, language))


def touch(texts: Sequence[str], places: Sequence[int], first: float, last: float) -> dict[str, Any]:
    """Unseen bars over whole rows, from x `first` to `last`, that answer the pointer where drawn marks are small."""
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(places),
        "base": [first] * len(places),
        "x": [last - first] * len(places),
        "width": 1,
        "marker": {"color": "rgba(0, 0, 0, 0)", "cornerradius": 4},
        "hovertext": list(texts),
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def lines(*rows: str | None) -> str:
    """A hover text: its rows below each other, those that are None or empty left out."""
    return "<br>".join(row for row in rows if row)


def bold(text: str) -> str:
    """Words that stand out on a chart."""
    return f"<b>{text}</b>"


def plain(text: str) -> str:
    """A name that came with the data, safe to stand in a chart, where `<` would begin a tag."""
    return escape(text, quote=False)
