"""What all tests share: a lake of one's own, and the folder of the real files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import filelock
import pytest
from hypothesis import settings

from data.warehouse import Warehouse
from tests.data.lakes import MadeOnce, copy_of

# The same examples on every machine and every run; a busy machine is no failure.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """Makes a folder the first time that any worker of this run asks for its name. Copy it before writing into it."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def make(name: str, fill: Callable[[Path], object]) -> Path:
        folder, unfinished = shared / name, shared / f"{name}.unfinished"
        with filelock.FileLock(shared / f"{name}.lock"):
            if not folder.exists():
                shutil.rmtree(unfinished, ignore_errors=True)
                fill(unfinished)
                unfinished.rename(folder)
        return folder

    return make


@pytest.fixture(scope="session")
def lake_template(made_once: MadeOnce) -> Path:
    """An empty lake with its calendar."""
    return made_once("empty-lake", lambda folder: Warehouse.open(folder).close())


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
