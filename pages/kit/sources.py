"""What readers call the sources of files."""

from __future__ import annotations

from collections.abc import Mapping

from data.ingest.recipe import TEMPLATE
from data.ingest.recipe_yaml import presets
from data.ingest.remembered import OWN
from metrics.model import Text
from pages.words.text import in_all, say

_MADE = {"headers_": "uploads.source_columns", TEMPLATE: "uploads.source_template"}


def source_name(tables: Mapping[str, Text], source: str) -> Text:
    """A preset's name, or the table whose template or column names were read; a mapping of the company's by its id.

    `tables` names the tables; one without a name keeps its code.
    """
    known = next((recipe.names for recipe in presets() if recipe.id == source), None)
    if known is not None:
        return Text(known.en, known.zh_hans, known.zh_hant)
    for prefix, key in _MADE.items():
        if source.startswith(prefix):
            return _made(key, source.removeprefix(prefix), tables)
    if source == "demo":
        return in_all(lambda language: say("uploads.source_demo", language))
    plain = source.removeprefix(OWN).replace("_", " ")
    return Text(plain, plain, plain)


def _made(key: str, code: str, tables: Mapping[str, Text]) -> Text:
    table = tables.get(code, Text(code, code, code))
    return in_all(lambda language: say(key, language, table=table.say(language)))
