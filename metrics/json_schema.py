"""The shape of catalogue files for editors: complete names, show what is allowed, underline what is wrong."""

from __future__ import annotations

from typing import Any

from metrics.schema import CatalogueFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TITLE = "KPIs of Sevenboard"


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a catalogue file, as the model that reads such files has it."""
    return {"$schema": DIALECT, **CatalogueFile.model_json_schema(by_alias=True), "title": TITLE}
