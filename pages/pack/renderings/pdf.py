"""The pack on paper: Typst sets it, without a browser; the data come as JSON, never pasted into its source."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import pikepdf
import typst

from metrics.model import Language
from pages.pack.renderings.line import small_line
from pages.pack.renderings.view import CardView, Report
from pages.words.text import say, texts

Shape = Literal["a4", "wide"]
SOURCE = Path(__file__).with_name("pack.typ")
COLOURS = {"good": "#0b9a68", "bad": "#e03131", "flat": "#3b5bdb"}
# Noto's families by language: the glyphs of one character differ between the mainland and Taiwan.
FAMILIES: Mapping[Language, str] = {
    "en": "Noto Sans CJK SC",
    "zh-Hans": "Noto Sans CJK SC",
    "zh-Hant": "Noto Sans CJK TC",
}
TONGUES: Mapping[Language, tuple[str, str]] = {"en": ("en", "GB"), "zh-Hans": ("zh", "CN"), "zh-Hant": ("zh", "TW")}


def pdf(shown: Report, made_at: datetime, shape: Shape = "a4") -> bytes:
    """A PDF of the report: PDF/UA-1 (tagged, titled, in its language, pictures described), fonts embedded.

    `made_at` (UTC) stands for the time of making, so that equal content gives equal bytes.
    """
    language, region = TONGUES[shown.language]
    data = {
        **asdict(shown),
        "shape": shape,
        "family": FAMILIES[shown.language],
        "lang": language,
        "region": region,
        "words": _words(shown.language),
        "drawn": {card.kpi: _drawn(card, shown.language) for card in _cards(shown)},
    }
    made: Any = _compiler().compile(
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=made_at.replace(tzinfo=UTC, microsecond=0),
    )
    return _packed(made)


def _packed(made: bytes) -> bytes:
    """The same PDF in a third less room: Typst writes the tags one by one, object streams hold them together."""
    target = BytesIO()
    with pikepdf.open(BytesIO(made)) as opened:
        opened.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return target.getvalue()


def _cards(shown: Report) -> tuple[CardView, ...]:
    return (*shown.headline, *(card for section in shown.sections for card in section.cards))


def _drawn(card: CardView, language: Language) -> dict[str, str]:
    colour = "#8a94a6" if card.is_grey else COLOURS[card.tone]
    count = sum(value is not None for value in card.line)
    return {
        "svg": small_line(card.line, colour),
        "alt": say("report.line_alt", language, name=card.label, count=count),
    }


def _words(language: Language) -> dict[str, str]:
    """The words of the report that stand by themselves, by the end of their key."""
    return {
        key.removeprefix("report."): text.say(language) for key, text in texts().items() if key.startswith("report.")
    }


@cache
def _compiler() -> typst.Compiler:
    """One compiler a process: reading the fonts takes longer than setting a pack."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(files("fontpkg_inter") / "files"), str(files("manimgx_fonts_cjk"))],
    )
    return typst.Compiler(input=str(SOURCE), root=str(SOURCE.parent), font_paths=fonts)
