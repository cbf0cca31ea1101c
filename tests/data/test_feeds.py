"""Every export of the list of feeds is read by a preset, by a template, or says why not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import data
from data.contracts import TABLES
from data.ingest.recipe_yaml import presets
from data.ingest.template import template

FEEDS = yaml.safe_load((Path(data.__file__).parent / "feeds.yaml").read_text(encoding="utf-8"))
PRESETS = {recipe.id: {part.table for part in recipe.parts} for recipe in presets()}


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: f"{feed['table']}, {feed['tool']}, {feed['export']}")
def test_a_feed_is_read_by_a_preset_that_fills_its_table_or_by_the_template(feed: dict[str, str | list[str]]) -> None:
    named = feed.get("presets", [])
    assert all(feed["table"] in PRESETS[preset] for preset in named)
    if feed["headers"] == "proposed":
        assert not named
        assert template(str(feed["table"]))
    else:
        assert feed["headers"] in ("confirmed", "documented")
        assert bool(named) != bool(feed.get("instead"))


def test_every_table_that_files_fill_has_a_feed() -> None:
    fed = {feed["table"] for feed in FEEDS}
    made_here = {"fx_rate", "fact_metric_sample"}
    assert {name for name, table in TABLES.items() if not table.generated} - made_here - fed == set()
