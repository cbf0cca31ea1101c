"""What people type survives, and the newest word counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.state import Base, State

NOON = datetime(2026, 11, 22, 12)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    opened = State.open(f"sqlite:///{tmp_path / 'state.sqlite'}")
    yield opened
    opened.close()


def test_a_confirmed_mapping_is_found_by_its_headers(state: State) -> None:
    state.save_mapping(["订单编号 ", "Total"], "orders", "recipe one", "mei", NOON)
    state.save_mapping(["订单编号", "total"], "orders", "recipe two", "mei", NOON)
    assert state.mapping_for(["订单编号", "TOTAL"]) == "recipe two"
    assert state.mapping_for(["total", "订单编号"]) is None


def test_changed_settings_are_recorded_newest_first(state: State) -> None:
    state.note_setting("language", "en", "zh-Hant", "mei", NOON)
    state.note_setting("tax_rate", None, "0.13", "mei", NOON)
    assert [change.name for change in state.setting_changes()] == ["tax_rate", "language"]


def test_opening_twice_migrates_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'state.sqlite'}"
    State.open(url).close()
    State.open(url).close()


def test_the_migrations_make_exactly_the_tables_of_the_models(state: State) -> None:
    found = sa.inspect(state.engine)
    for name, table in Base.metadata.tables.items():
        assert {column["name"] for column in found.get_columns(name)} == set(table.columns.keys())
