"""A watched folder: files are loaded when they are complete, moved with a report, and never lost."""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from data.__main__ import app
from data.home import VARIABLE, Home
from data.warehouse import Warehouse
from data.watch import Look, _move, complete, looks
from tests.data.lakes import copy_of

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["data.__main__"])
HEADERS = "order_id,sales_channel,customer_id,created_at,paid_at,gmv_amount"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes(64)
PATIENCE_SECONDS = 60.0


@pytest.fixture
def home(lake_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    home = Home(tmp_path / "home")
    copy_of(lake_template, home.company).close()
    monkeypatch.setenv(VARIABLE, str(home.root))
    monkeypatch.setattr("os.nice", lambda _: 0)
    monkeypatch.setattr("data.cli.watch.signal.signal", lambda *_: None)
    return home


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


def orders(*numbers: str, paid: str = "2026-11-02 10:05:00") -> str:
    rows = [f"{number},own_site,mei@shop.example,2026-11-02 10:00:00,{paid},10" for number in numbers]
    return "\n".join([HEADERS, *rows]) + "\n"


def once(folder: Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["watch", str(folder), "--once", "--every", "0.05"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def known_orders(home: Home) -> list[str]:
    lake = Warehouse.open(home.company)
    found = lake.connection.execute("select order_id from lake.fact_order order by 1").fetchall()
    lake.close()
    return [row[0] for row in found]


def gmv_after(home: Home) -> list[float]:
    lake = Warehouse.open(home.company)
    found = lake.connection.execute("select after from lake.batch_effect where kpi = 'gmv'").fetchall()
    lake.close()
    return [row[0] for row in found]


@pytest.mark.usefixtures("home")
def test_each_file_goes_where_it_belongs_with_a_report_and_what_is_not_complete_stays(folder: Path) -> None:
    """A good file with one broken row, one that nothing is known about, a picture, and one that is still coming."""
    (folder / "shop.csv").write_text(orders("A1") + orders("A2", paid="secret").split("\n")[1] + "\n")
    (folder / "wheels.csv").write_text("order_no,spokes\nA1,32\n")
    (folder / "photo.csv").write_bytes(PNG)
    for name in ("shop.csv.partial", ".hidden.csv", "~$book.xlsx", "empty.csv"):
        (folder / name).touch()
    (folder / "done").mkdir()
    (folder / "done" / "shop.csv").write_text("last week's")

    code, said = once(folder)
    assert code == 1
    assert names(folder) == ["done", "empty.csv", "failed", "refused", "shop.csv.partial", "~$book.xlsx"]
    assert names(folder / "done") == ["shop-2.csv", "shop-2.csv.report.json", "shop.csv"]
    assert (folder / "done" / "shop.csv").read_text() == "last week's"
    assert names(folder / "failed") == ["photo.csv", "photo.csv.report.json"]
    assert names(folder / "refused") == ["wheels.csv", "wheels.csv.report.json", "wheels.map.yaml"]
    report = json.loads((folder / "done" / "shop-2.csv.report.json").read_text())
    (outcome,) = report["outcomes"]
    assert (report["file"], outcome["status"], outcome["loaded"], outcome["rejected"]) == ("shop.csv", "loaded", 1, 1)
    (refused,) = outcome["rejects"]
    assert refused == {"line": 3, "column": "paid_at", "rule": "not_a_date", "message": "paid_at is not a date: '…'"}
    assert outcome["sentences"]["zh-Hans"].startswith("shop.csv")
    assert "shop.csv: loaded as batch 1 (1 new, 0 changed, 0 unchanged, 1 refused) -> done/shop-2.csv" in said
    assert "secret" not in said + json.dumps(report)


def test_a_refused_file_is_loaded_when_it_comes_back_with_its_mapping_put_right(home: Home, folder: Path) -> None:
    (folder / "shop.csv").write_text("Bestellnr,paid_at,Betrag\nA1,2026-11-02 10:05:00,19.90\n")
    once(folder)
    refused = folder / "refused"
    (refused / "shop.map.yaml").write_text(
        "id: shop\nparts:\n- table: fact_order\n  columns:\n    order_id: Bestellnr\n    paid_at: paid_at\n"
        "    gmv_amount: Betrag\n    sales_channel: {constant: own_site}\n"
    )
    for name in ("shop.csv", "shop.map.yaml"):
        (refused / name).rename(folder / name)
    assert once(folder)[0] == 0
    assert known_orders(home) == ["A1"]
    assert gmv_after(home) == [19.9]
    assert names(folder / "done") == ["shop.csv", "shop.csv.report.json", "shop.map.yaml"]
    assert names(refused) == ["shop.csv.report.json"]


def test_a_file_is_complete_when_two_looks_are_the_same(folder: Path) -> None:
    file = folder / "shop.csv"
    file.write_text("a")
    first = looks(folder)
    file.write_text("ab")
    assert complete(first, looks(folder), time.time()) == []
    assert complete(looks(folder), looks(folder), time.time()) == [file]
    (folder / "link.csv").symlink_to(file)
    assert Look.at(folder / "link.csv") is None


def test_a_move_never_writes_over_a_file_and_works_where_there_are_no_links(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = folder / "mine.csv", folder / "theirs.csv"
    mine.write_text("mine")
    theirs.write_text("theirs")
    with pytest.raises(FileExistsError):
        _move(mine, theirs)
    assert (mine.read_text(), theirs.read_text()) == ("mine", "theirs")

    def without_links(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", without_links)
    _move(mine, folder / "new.csv")
    assert (folder / "new.csv").read_text() == "mine"


def _run(root: str, folder: str) -> None:
    os.environ[VARIABLE] = root
    with open(os.devnull, "w", encoding="utf-8") as silence:
        sys.stdout = sys.stderr = silence
        app(["watch", folder, "--every", "0.05"])


@pytest.fixture
def start(home: Home, folder: Path) -> Iterator[Callable[[], ForkServerProcess]]:
    """Starts the command as a process of its own. What is still running at the end is killed."""
    processes = []

    def started() -> ForkServerProcess:
        process = PROCESSES.Process(target=_run, args=(str(home.root), str(folder)))
        process.start()
        processes.append(process)
        return process

    yield started
    for process in processes:
        process.kill()
        process.join()


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_killed_at_any_moment_no_file_is_lost_or_loaded_twice(
    start: Callable[[], ForkServerProcess], home: Home, folder: Path
) -> None:
    """Four files. The first watcher is killed while it is busy; the second is asked to end once all are moved."""
    for number in range(4):
        (folder / f"day{number}.csv").write_text(orders(f"A{number}"))
    killed = start()
    until((folder / "done").exists)
    killed.kill()
    killed.join()
    second = start()
    until(lambda: not list(folder.glob("day*.csv")))
    second.terminate()
    second.join(PATIENCE_SECONDS)
    assert second.exitcode == 0
    assert {path.name[:4] for path in (folder / "done").glob("*.csv")} == {f"day{number}" for number in range(4)}
    assert known_orders(home) == [f"A{number}" for number in range(4)]
