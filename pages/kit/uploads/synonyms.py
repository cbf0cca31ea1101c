"""Which of our codes a text of a file may mean: the names we show, and what the known sources call them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from data.ingest.cells import Header
from data.ingest.layout import normal
from data.ingest.recipe_yaml import presets
from pages.kit import names
from pages.kit.language import LANGUAGES
from pages.kit.uploads.sampled import Values


@cache
def synonyms(column: str, codes: tuple[str, ...]) -> Mapping[str, str]:
    """By normalised text the code of a column; a text that two sources take for different codes is not among them."""
    meant: dict[str, set[str]] = {}
    for recipe in presets():
        for part in recipe.parts:
            cell = part.columns.get(column)
            for text, code in (cell.values or {}).items() if isinstance(cell, Header) else ():
                if code in codes:
                    meant.setdefault(normal(text), set()).add(code)
    found = {text: next(iter(several)) for text, several in meant.items() if len(several) == 1}
    for code in codes:
        for language in LANGUAGES:
            found[normal(names.value(column, code, language))] = code
    return found | {normal(code): code for code in codes}


def proposed(values: Values, column: str, codes: tuple[str, ...]) -> dict[str, str | None]:
    """For each text that is none of our codes the one it likely means; the others are left out."""
    known = synonyms(column, codes)
    unknown = (text for text, _, code in values.rows if code is None)
    return {text: known[normal(text)] for text in unknown if normal(text) in known}
