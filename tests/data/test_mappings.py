"""Remembered mappings, on the command line: kept, used, listed, renamed, written out, deleted."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from typer.testing import CliRunner, Result

from data.__main__ import app
from data.home import VARIABLE, Home
from data.ingest.cells import Constant
from data.ingest.recipe_yaml import from_yaml, presets
from data.ingest.remembered import NameTaken, remember, remembered, rename, saved_for
from data.state import State
from tests.data.lakes import copy_of

Run = Callable[..., Result]
NOON = datetime(2026, 11, 22, 12)
MAPPING = """id: my_source
parts:
- table: fact_order
  columns: {order_id: nr, paid_at: betaald, gmv_amount: {header: cent, divide: '100'}}
"""


@pytest.fixture
def run(lake_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    home = Home(tmp_path / "home")
    copy_of(lake_template, home.company).close()
    monkeypatch.setenv(VARIABLE, str(home.root))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.nice", lambda _: 0)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def bestellingen(folder: Path, order: str) -> Path:
    file = folder / f"{order}.csv"
    file.write_text(f"nr,betaald,cent\n{order},2026-11-02 10:00,1990\n", encoding="utf-8")
    return file


def answer(result: Result) -> Any:
    return json.loads(result.stdout)


def test_a_mapping_is_kept_used_listed_renamed_written_out_and_deleted(run: Run, tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(MAPPING, encoding="utf-8")
    unknown = run("ingest", bestellingen(tmp_path, "a0"), "--json")
    assert (unknown.exit_code, answer(unknown)[0]["status"]) == (3, "not_recognised")
    assert run("ingest", bestellingen(tmp_path, "a1"), "--map", "map.yaml", "--remember", "Dutch shop").exit_code == 0
    # The next file with these headers needs nothing more.
    (second,) = answer(run("ingest", bestellingen(tmp_path, "a2"), "--json"))
    assert (second["status"], second["source"]) == ("loaded", "own_dutch_shop")
    (listed,) = answer(run("mappings", "list", "--json"))
    assert (listed["name"], listed["headers"], listed["tables"]) == (
        "Dutch shop", ["nr", "betaald", "cent"], ["fact_order"],
    )  # fmt: skip
    assert listed["batches"] == 2
    assert run("mappings", "rename", "Dutch shop", "Winkel").exit_code == 0
    assert "No remembered mapping is called 'Dutch shop'" in run("mappings", "show", "Dutch shop").output
    assert run("mappings", "export", "Winkel", "out.yaml").exit_code == 0
    assert run("mappings", "export", "Winkel", "out.yaml").exit_code == 1
    (third,) = answer(run("ingest", bestellingen(tmp_path, "a3"), "--map", "out.yaml", "--json"))
    assert (third["status"], third["source"]) == ("loaded", "own_dutch_shop")
    assert answer(run("mappings", "list", "--json"))[0]["batches"] == 3
    assert run("mappings", "delete", "Winkel", "--yes").exit_code == 0
    assert answer(run("mappings", "list", "--json")) == []
    assert run("ingest", bestellingen(tmp_path, "a4"), "--json").exit_code == 3


def test_only_what_was_said_can_be_remembered(run: Run, tmp_path: Path) -> None:
    result = run("ingest", bestellingen(tmp_path, "a1"), "--remember", "x")
    assert result.exit_code == 2
    assert "--map" in result.output


def test_two_mappings_never_share_a_name(tmp_path: Path) -> None:
    state = State.open(f"sqlite:///{tmp_path / 'state.sqlite'}")
    recipe = from_yaml(MAPPING)
    remember(state, ("nr", "betaald", "cent"), recipe, "shop", "mei", NOON)
    other = remember(state, ("nr", "betaald", "cent", "more"), recipe, "shop", "mei", NOON)
    assert other.name == "shop (2)"
    assert other.recipe is not None
    assert other.recipe.id == "own_shop_2"
    with pytest.raises(NameTaken):
        rename(state, "shop (2)", "shop")
    state.close()


def test_a_mapping_reads_the_same_headers_in_the_other_chinese_script_unless_those_have_their_own(
    tmp_path: Path,
) -> None:
    state = State.open(f"sqlite:///{tmp_path / 'state.sqlite'}")
    recipe, simplified, traditional = from_yaml(MAPPING), ("单号", "betaald", "cent"), ("單號", "betaald", "cent")
    remember(state, simplified, recipe, "Shanghai", "mei", NOON)
    assert [one.names.en for one in saved_for(state, traditional)] == ["Shanghai"]
    assert saved_for(state, (*traditional, "more")) == ()
    remember(state, traditional, recipe, "Taipei", "mei", NOON)
    assert [one.names.en for one in saved_for(state, traditional)] == ["Taipei"]
    assert [one.names.en for one in saved_for(state, simplified)] == ["Shanghai"]
    state.close()


def test_what_a_source_asks_each_time_is_not_remembered_for_the_next_file(tmp_path: Path) -> None:
    """Two columns hold any series: the load of one server must not become that of the next."""
    state = State.open(f"sqlite:///{tmp_path / 'state.sqlite'}")
    series = next(one for one in presets() if one.id == "sampled_series")
    (part,) = series.parts
    said = replace(part, columns={**part.columns, "source": Constant("lb"), "metric": Constant("requests")})
    kept = remember(state, ("timestamp", "value"), replace(series, parts=(said,)), "series", "mei", NOON).recipe
    assert kept is not None
    assert kept.parts[0].missing == ("source", "metric")
    assert set(kept.parts[0].columns) == {"sampled_at", "value"}
    state.close()


def test_a_mapping_that_this_program_cannot_read_is_shown_with_its_reason_and_not_used(tmp_path: Path) -> None:
    state = State.open(f"sqlite:///{tmp_path / 'state.sqlite'}")
    state.save_mapping(["a", "b"], "old", MAPPING.replace("fact_order", "fact_gone"), "mei", NOON)
    (found,) = remembered(state)
    assert found.recipe is None
    assert found.problem is not None
    assert "'fact_gone' is not one of" in found.problem.en
    state.close()


def test_mappings_of_an_older_program_get_their_headers_from_their_recipe(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'state.sqlite'}"
    engine = sa.create_engine(url)
    config = Config()
    config.set_main_option("script_location", str(Path("data/state_migrations").absolute()))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            sa.text("insert into saved_mapping values (1, 'f', 'old', :recipe, 'mei', '2026-11-22 12:00:00')"),
            {"recipe": MAPPING + "fingerprint: [nr, [betaald, paid], cent]\n"},
        )
    state = State.open(url)
    assert [row.header_names for row in state.mappings()] == [("nr", "betaald", "cent")]
    state.close()
    engine.dispose()
