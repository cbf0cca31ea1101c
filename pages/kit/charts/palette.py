"""The two sets of colours a chart is drawn in. A colour has one meaning, and words or shapes say it too."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Colours as hex or rgba texts, each named by what it means.

    data: the numbers of this period; data_soft the area below them. comparison: the period compared with. plan: the
    target. good, bad: a change that matters, for better or worse. text, quiet: words, and words that stand back.
    surface: what the chart lies on. grid, track: lines and grooves. ramp: ten steps from little to much.
    """

    name: str
    data: str
    data_soft: str
    comparison: str
    plan: str
    good: str
    bad: str
    text: str
    quiet: str
    surface: str
    grid: str
    track: str
    on_data: str
    ramp: tuple[str, ...]

    @property
    def scale(self) -> list[list[float | str]]:
        """The ramp as a Plotly colour scale."""
        last = len(self.ramp) - 1
        return [[step / last, colour] for step, colour in enumerate(self.ramp)]


LIGHT = Palette(
    name="light",
    data="#3b5bdb",
    data_soft="rgba(59, 91, 219, 0.08)",
    comparison="#8a94a6",
    plan="#c77700",
    good="#0b9a68",
    bad="#e03131",
    text="#1a2233",
    quiet="#667085",
    surface="#ffffff",
    grid="#e6e9ef",
    track="#f1f3f6",
    on_data="#ffffff",
    ramp=(
        "#eef2ff", "#dbe4ff", "#c3d0ff", "#a7b8fb", "#8a9ff5", "#6c85ee", "#526de4", "#3f58d0", "#3247b0", "#273a8e",
    ),
)  # fmt: skip

DARK = Palette(
    name="dark",
    data="#748ffc",
    data_soft="rgba(116, 143, 252, 0.10)",
    comparison="#9aa5b8",
    plan="#f0a030",
    good="#38d9a9",
    bad="#ff8787",
    text="#e6e9f2",
    quiet="#9aa5b8",
    surface="#0f1420",
    grid="#263046",
    track="#1a2232",
    on_data="#0f1420",
    ramp=(
        "#1a2340", "#212e57", "#29396f", "#324588", "#3d53a2", "#4b64bd", "#5f79d6", "#7890ea", "#98acf7", "#becbff",
    ),
)  # fmt: skip
