"""All renderings of a pack into one folder, in the languages and formats somebody asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from metrics.model import Language
from pages.pack.content import Content
from pages.pack.renderings.pdf import Shape, pdf
from pages.pack.renderings.slides import slides
from pages.pack.renderings.view import report
from pages.pack.renderings.web import web_page
from pages.pack.renderings.workbook import workbook

Format = Literal["pdf", "pptx", "xlsx", "html"]
FORMATS: tuple[Format, ...] = ("pdf", "pptx", "xlsx", "html")
MEDIA: dict[Format, str] = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
}


@dataclass(frozen=True)
class Look:
    """How a pack is to look: paper or wide PDF, a company's own slides; `seal` is the hash of issued content."""

    shape: Shape = "a4"
    template: Path | None = None
    seal: str = ""


HOUSE = Look()


def render(content: Content, form: Format, language: Language, look: Look = HOUSE) -> bytes:
    """One rendering of a pack, seen as its reader may see it (`Content.seen_by`).

    Raises:
        WrongTemplate: the company's template for slides cannot be used.
    """
    shown = report(content, language, look.seal)
    if form == "pdf":
        return pdf(shown, content.made_at, look.shape)
    if form == "pptx":
        return slides(shown, content.made_at, look.template)
    if form == "xlsx":
        return workbook(content, shown)
    return web_page(shown).encode()


def render_all(
    content: Content,
    folder: Path,
    languages: Sequence[Language],
    formats: Sequence[Format] = FORMATS,
    look: Look = HOUSE,
) -> tuple[Path, ...]:
    """Write renderings into a folder, which is made; an older rendering of the same name is replaced whole."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for language in languages:
        for form in formats:
            place = folder / file_name(content, form, language, look.shape)
            partial = place.with_name(f"{place.name}.partial")
            partial.write_bytes(render(content, form, language, look))
            partial.replace(place)
            written.append(place)
    return tuple(written)


def file_name(content: Content, form: Format, language: Language, shape: Shape = "a4") -> str:
    """What a rendering is called: `2026-W46-zh-Hans.pdf`, a draft's `2026-W46-draft-…`, wide paper `…-wide.pdf`."""
    draft = "" if content.is_issued else "-draft"
    wide = "-wide" if form == "pdf" and shape == "wide" else ""
    return f"{content.week}{draft}-{language}{wide}.{form}"
