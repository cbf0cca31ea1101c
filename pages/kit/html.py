"""Small pieces of HTML that Streamlit has no element for. Whatever came with the data is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

_WIDTH, _HEIGHT, _EDGE = 100.0, 40.0, 2.0
Tone = str


def badge(text: str, tone: Tone = "", link: str | None = None) -> str:
    """A small label; tone: good, warn, bad, brand or nothing. link: where a click leads, e.g. `#attention`."""
    inner = escape(text)
    if link:
        inner = f'<a href="{escape(link)}" target="_self">{inner}</a>'
    return f'<span class="sb-badge {tone}">{inner}</span>'


def strip(badges: Sequence[str]) -> str:
    """Badges in one line that wraps."""
    return f'<div class="sb sb-strip">{"".join(badges)}</div>'


def title(text: str, sentence: str, mark: str = "") -> str:
    """A page's title, the badge beside it, and one grey sentence."""
    return f'<div class="sb sb-title"><h1>{escape(text)}{mark}</h1><p>{escape(sentence)}</p></div>'


def head(text: str, sentence: str, anchor: str) -> str:
    """A panel's title and its one grey sentence; links lead to the anchor."""
    return f'<div class="sb sb-head" id="{escape(anchor)}"><b>{escape(text)}</b><span>{escape(sentence)}</span></div>'


def reason(text: str) -> str:
    """Why there is nothing to draw, in the place of the drawing."""
    return f'<div class="sb sb-reason">{escape(text)}</div>'


def sparkline(values: Sequence[float | None], tone: Tone) -> str:
    """A line over a soft area; a value that is missing leaves a gap. Decoration: hidden from screen readers."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return '<div class="spark" aria-hidden="true"></div>'
    lowest, span = min(known), (max(known) - min(known)) or 1.0
    step = _WIDTH / max(len(values) - 1, 1)
    runs: list[list[tuple[float, float]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            height = (value - lowest) / span if max(known) > lowest else 0.5
            runs[-1].append((place * step, _HEIGHT - _EDGE - height * (_HEIGHT - 2 * _EDGE)))
    drawn = [run for run in runs if run]
    line = "".join(f"M{_points(run)}" for run in drawn if len(run) > 1)
    # A value that no line joins to a neighbour is a dot that can be seen.
    dots = "".join(f"M{_points(run)}h.01" for run in drawn if len(run) == 1)
    area = "".join(f"M{run[0][0]:.2f},{_HEIGHT}L{_points(run)}L{run[-1][0]:.2f},{_HEIGHT}Z" for run in drawn)
    stroke = 'fill="none" stroke="#000" stroke-width="{}" stroke-linejoin="round" stroke-linecap="round"'
    strokes = ((line, stroke.format(2)), (dots, stroke.format(5)))
    return (
        f'<div class="spark {tone}" aria-hidden="true"><i class="area" style="{_mask((area, ""))}"></i>'
        f'<i style="{_mask(*strokes)}"></i></div>'
    )


def _points(run: Sequence[tuple[float, float]]) -> str:
    return "L".join(f"{across:.2f},{down:.2f}" for across, down in run)


def _mask(*paths: tuple[str, str]) -> str:
    """A picture that lets the element's own colour through, so that the sparkline follows the theme."""
    drawn = "".join(f'<path d="{path}" vector-effect="non-scaling-stroke" {stroke}/>' for path, stroke in paths if path)
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" preserveAspectRatio="none">'
        f"{drawn}</svg>"
    )
    return f"mask-image:url(data:image/svg+xml,{quote(picture)})"
