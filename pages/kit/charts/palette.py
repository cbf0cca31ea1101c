"""The two sets of colours a chart is drawn in. A colour has one meaning, and words or shapes say it too."""

from __future__ import annotations

from dataclasses import dataclass

# So many lines of equal rank are told apart by colour.
MOST_EQUALS = 6


@dataclass(frozen=True)
class Palette:
    """Colours as hex or rgba texts, each named by what it means.

    data: the numbers of this period; data_soft the area below them. comparison: the period compared with. plan: the
    target. good, warn, bad: what is well, near its limit, or not well. text, quiet: words, and words that stand back.
    surface: what the chart lies on. grid, track: lines and grooves. ramp: ten steps from little to much; alarm: the
    same where much is bad. equals: lines and points of equal rank.
    """

    name: str
    data: str
    data_soft: str
    comparison: str
    plan: str
    good: str
    warn: str
    bad: str
    text: str
    quiet: str
    surface: str
    grid: str
    track: str
    on_data: str
    ramp: tuple[str, ...]
    alarm: tuple[str, ...]
    equals: tuple[str, ...]

    @property
    def scale(self) -> list[list[float | str]]:
        """The ramp as a Plotly colour scale."""
        return as_scale(self.ramp)

    def words_on(self, colour: str) -> str:
        """The colour of words that can be read on a hex colour: that of the text, or that of the surface."""
        return max((self.text, self.surface), key=lambda words: _contrast(words, colour))


def as_scale(ramp: tuple[str, ...]) -> list[list[float | str]]:
    """Some colours as a Plotly colour scale, in even steps."""
    last = len(ramp) - 1
    return [[step / last, colour] for step, colour in enumerate(ramp)]


def _contrast(one: str, other: str) -> float:
    """How far two hex colours stand apart, from 1 to 21 (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


LIGHT = Palette(
    name="light",
    data="#3b5bdb",
    data_soft="rgba(59, 91, 219, 0.08)",
    comparison="#8a94a6",
    plan="#c77700",
    good="#0b9a68",
    warn="#d9730d",
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
    alarm=(
        "#fff4f2", "#ffe3df", "#ffcdc6", "#fdb2a9", "#f89488", "#ee7468", "#e0544b", "#c93a36", "#a82828", "#861c20",
    ),
    equals=("#3b5bdb", "#0c8599", "#9c36b5", "#96682a", "#d6409f", "#5c6b85"),
)  # fmt: skip

DARK = Palette(
    name="dark",
    data="#748ffc",
    data_soft="rgba(116, 143, 252, 0.10)",
    comparison="#9aa5b8",
    plan="#f0a030",
    good="#38d9a9",
    warn="#ffa94d",
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
    alarm=(
        "#2c1a22", "#401f26", "#56252a", "#6e2c2f", "#893536", "#a6423f", "#c2544e", "#dc6f66", "#f0938a", "#ffc0b8",
    ),
    equals=("#748ffc", "#3bc9db", "#da77f2", "#d9a866", "#f06bb8", "#a5b1c7"),
)  # fmt: skip
