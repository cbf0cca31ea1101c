"""The small line of a card as SVG: for paper with its colour, for the web in the colour of the text around it."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT, EDGE = 180.0, 28.0, 2.0


def small_line(values: Sequence[float | None], colour: str = "currentColor") -> str:
    """A line over a soft area; a missing value leaves a gap. '' for fewer than two values."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    runs = [run for run in _runs(values, min(known), max(known)) if run]
    line = "".join(f"M{_path(run)}" + ("h.01" if len(run) == 1 else "") for run in runs)
    area = "".join(f"M{run[0][0]:.1f} {HEIGHT:g}L{_path(run)}L{run[-1][0]:.1f} {HEIGHT:g}Z" for run in runs)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}">'
        f'<path d="{area}" fill="{colour}" fill-opacity=".1"/>'
        f'<path d="{line}" fill="none" stroke="{colour}" stroke-width="1.4" stroke-linejoin="round" '
        f'stroke-linecap="round"/></svg>'
    )


def _runs(values: Sequence[float | None], low: float, high: float) -> list[list[tuple[float, float]]]:
    """Stretches without a gap, as points of the picture; values that are all alike lie in the middle."""
    step = (WIDTH - 2 * EDGE) / max(len(values) - 1, 1)
    runs: list[list[tuple[float, float]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
            continue
        share = (value - low) / (high - low) if high > low else 0.5
        runs[-1].append((EDGE + place * step, HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE)))
    return runs


def _path(run: Sequence[tuple[float, float]]) -> str:
    return "L".join(f"{across:.1f} {down:.1f}" for across, down in run)
