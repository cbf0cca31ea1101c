"""Two opened lakes never spill into one folder, and what a killed process left is deleted."""

from __future__ import annotations

from pathlib import Path

from data.spill import FOLDER, LOCK, clear_left
from data.warehouse import Warehouse
from tests.data.lakes import copy_of


def spills_into(lake: Warehouse) -> Path:
    return Path(lake.connection.execute("select current_setting('temp_directory')").fetchall()[0][0])


def test_each_opened_lake_spills_into_a_folder_of_its_own(lake_template: Path, tmp_path: Path) -> None:
    """DuckDB names spill files alike, so a shared folder ends in wrong answers or a crash."""
    one = copy_of(lake_template, tmp_path / "lake")
    other = Warehouse.open(tmp_path / "lake")
    folders = {spills_into(one), spills_into(other)}
    assert len(folders) == 2
    assert {folder.parent for folder in folders} == {tmp_path / "lake" / FOLDER}
    one.close()
    other.close()
    assert list((tmp_path / "lake" / FOLDER).iterdir()) == []


def test_what_was_left_is_deleted_and_what_is_in_use_is_not(lake_template: Path, tmp_path: Path) -> None:
    lake = copy_of(lake_template, tmp_path / "lake")
    folder = tmp_path / "lake" / FOLDER
    (folder / "gone").mkdir()
    (folder / "gone" / "rows.tmp").write_text("mei@shop.example")
    (folder / f"gone{LOCK}").touch()
    assert clear_left(folder) == 1
    assert not (folder / "gone").exists()
    assert spills_into(lake).with_suffix(LOCK).exists()
    lake.close()
