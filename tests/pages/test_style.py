"""The style sheet and the charts' palettes name the same colours."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.kit.charts.palette import DARK, LIGHT

SHEET = (Path(__file__).parents[2] / "pages" / "kit" / "style.css").read_text(encoding="utf-8")


def rgb(colour: str) -> str:
    return "rgb({}, {}, {})".format(*bytes.fromhex(colour.removeprefix("#")))


@pytest.mark.parametrize("name", ["text", "quiet"])
def test_words_on_charts_stay_readable_when_the_theme_turns_under_them(name: str) -> None:
    light, dark = getattr(LIGHT, name), getattr(DARK, name)
    assert f"light-dark({light}, {dark}) !important" in SHEET
    assert f'text[style*="{rgb(light)}"]' in SHEET
    assert f'text[style*="{rgb(dark)}"]' in SHEET


def test_the_title_of_a_card_is_never_cut() -> None:
    rules = [line for line in SHEET.splitlines() if ".label {" in line]
    assert rules
    assert not any(cut in rule for rule in rules for cut in ("nowrap", "ellipsis", "line-clamp"))
