"""What all tests share: a lake of one's own, and the folder of the real files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from data.warehouse import Warehouse
from tests.data.lakes import copy_of

# The same examples on every machine and every run; a busy machine is no failure.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def lake_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty lake with its calendar, made once a session."""
    folder = tmp_path_factory.mktemp("template") / "lake"
    Warehouse.open(folder).close()
    return folder


@pytest.fixture
def warehouse(lake_template: Path, tmp_path: Path) -> Iterator[Warehouse]:
    """An empty lake of the test's own."""
    lake = copy_of(lake_template, tmp_path / "lake")
    yield lake
    lake.close()


@pytest.fixture(scope="session")
def shared_lake(lake_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """An empty lake for all tests of a worker, which load into it with `lakes.during` alone, so that nothing stays."""
    lake = copy_of(lake_template, tmp_path_factory.mktemp("shared") / "lake")
    yield lake
    lake.close()


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder of the real files; a test that needs it is skipped, with the reason, where it is absent."""
    folder = Path(os.environ.get("SEVENBOARD_REAL", Path(__file__).parents[2] / "shared" / "real"))
    if not (folder / "oracles.json").exists():
        pytest.skip(f"the real files are not at {folder}; set SEVENBOARD_REAL to their folder")
    return folder
