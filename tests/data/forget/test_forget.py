"""One person is erased everywhere, and every sum stays."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from data.__main__ import app
from data.cli import forget as command
from data.forget.run import Person, look
from data.home import VARIABLE, Home
from data.ingest import archive
from data.ingest.undo import undo
from data.keys import Keys
from data.warehouse import Warehouse
from tests.data.desks import opened_desk
from tests.data.lakes import NOW, copy_of, put

Run = Callable[..., Result]
MEI, LIN = "mei@shop.example", "lin@shop.example"
ORDERS = "order_id,sales_channel,customer_id,created_at,paid_at,gmv_amount"
STAFF = "snapshot_date,employee_id,department,manager_id,base_salary"


@pytest.fixture
def home(lake_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    home = Home(tmp_path / "home")
    copy_of(lake_template, home.company).close()
    monkeypatch.setenv(VARIABLE, str(home.root))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.nice", lambda _: 0)
    monkeypatch.setattr(command, "READING_SECONDS", 0.0)
    return home


@pytest.fixture
def run(home: Home) -> Run:
    def invoke(*words: object) -> Result:
        assert home.root.exists()
        result = CliRunner().invoke(app, [str(word) for word in words])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


def load(run: Run, folder: Path, name: str, *lines: str) -> None:
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = run("ingest", file, "--json")
    assert json.loads(result.stdout)[0]["status"] == "loaded", result.stdout


def order(number: str, who: str, amount: int) -> str:
    return f"{number},own_site,{who},2026-11-02 10:00:00,2026-11-02 10:05:00,{amount}"


def ask(home: Home, sql: str) -> list[tuple[Any, ...]]:
    lake = Warehouse.open(home.company)
    found = lake.connection.execute(sql).fetchall()
    lake.close()
    return found


def everything(home: Home) -> bytes:
    """Every byte outside the archive, with the Parquet files read whole, versions of the lake included."""
    found = [path.read_bytes() for path in home.root.rglob("*") if path.is_file() and home.archive not in path.parents]
    lake = Warehouse.open(home.company)
    for path in home.company.rglob("*.parquet"):
        rows = lake.connection.execute("select * from read_parquet(?, union_by_name => true)", [str(path)]).fetchall()
        found.append(repr(rows).encode())
    lake.close()
    return b"\n".join(found)


def test_nothing_of_a_customer_is_left_and_sums_stay(run: Run, home: Home, tmp_path: Path) -> None:
    """Mei buys twice, then one of her orders is corrected; Lin buys once. The three files came one after the other."""
    load(run, tmp_path, "first.csv", ORDERS, order("A1", MEI, 10), order("A2", MEI, 20), order("A3", LIN, 40))
    load(run, tmp_path, "changed.csv", ORDERS, order("A1", MEI, 15))
    load(run, tmp_path, "other.csv", ORDERS, order("A4", LIN, 80))
    hashed = Keys.open(home.keys).pseudonym(MEI)
    assert hashed.encode() in everything(home)
    trial = json.loads(run("forget", "--customer", MEI, "--dry-run", "--json").stdout)
    assert trial["tables"] == {"fact_order": {"rows": 2, "pre_images": 1}}
    assert [one["batches"] for one in trial["originals"]] == [[1], [2]]
    assert hashed.encode() in everything(home)

    done = run("forget", "--customer", f" {MEI.upper()} ", "--yes")
    assert done.exit_code == 0, done.output
    assert "Nothing under the home names the person any more" in done.stdout
    left = everything(home)
    assert hashed.encode() not in left
    assert MEI.encode() not in left
    assert Keys.open(home.keys).pseudonym(LIN).encode() in left
    rows = "select count(*), sum(gmv_amount), count(customer_id), count(distinct customer_id) from lake.fact_order"
    assert ask(home, rows) == [(4, Decimal(155), 2, 1)]
    assert ask(home, "select order_id from lake.fact_order__derived order by 1") == [("A3",), ("A4",)]
    assert sorted(archive.stored(home.archive)) == [archive.fingerprint(tmp_path / "other.csv")]
    batches = json.loads(run("batches", "--json").stdout)
    assert [batch["original"] for batch in batches] == ["kept", "gone", "gone"]
    assert ask(home, "select kind, table_name from lake.change where kind = 'forget'") == [("forget", "fact_order")]
    again = run("forget", "--customer", MEI, "--yes")
    assert again.exit_code == 0
    assert "No row and no original" in again.stdout


def test_a_batch_can_still_be_taken_back_after_an_employee_was_erased(run: Run, home: Home, tmp_path: Path) -> None:
    """E1 leads E2; a second file raises E1's pay and confirms E2. Taking it back gives the old pay, nobody twice.

    A learning record's key is a hash of person, course and day together: the original tells which is E1's.
    """
    first = [STAFF, "2026-10-31,E1,technology,,1000", "2026-10-31,E2,technology,E1,500"]
    load(run, tmp_path, "october.csv", *first)
    load(run, tmp_path, "raised.csv", STAFF, "2026-10-31,E1,technology,,1200", first[2])
    load(run, tmp_path, "courses.csv", "User ID,Course,Due date,Completed", "E1,security basics,2026-11-20,2026-11-10")
    hashed = Keys.open(home.keys).pseudonym("E1")
    done = run("forget", "--employee", hashed, "--yes", "--json")
    assert json.loads(done.stdout)["tables"] == {
        "fact_employee_snapshot": {"rows": 2, "pre_images": 1},
        "fact_training_record": {"rows": 1, "pre_images": 0},
    }
    assert hashed.encode() not in everything(home)
    assert ask(home, "select sum(base_salary), count(manager_id) from lake.fact_employee_snapshot") == [
        (Decimal(1700), 0)
    ]
    lake = Warehouse.open(home.company)
    undo(lake, 2, "mei", NOW)
    lake.close()
    assert ask(home, "select count(*), sum(base_salary) from lake.fact_employee_snapshot") == [(2, Decimal(1500))]


def test_what_a_person_may_have_typed_is_named_and_fails(run: Run, home: Home) -> None:
    home.catalogue.mkdir()
    (home.catalogue / "own.yaml").write_text(f"# as {MEI} asked\n", encoding="utf-8")
    done = run("forget", "--customer", MEI, "--yes")
    assert done.exit_code == 1
    assert "catalogue/own.yaml still names the person" in done.stdout.replace("\n", " ")


@pytest.mark.parametrize("words", [(), ("--customer", "a", "--employee", "b"), ("--customer", "a", "--json")])
def test_one_person_must_be_named_and_machines_must_be_sure(run: Run, words: tuple[str, ...]) -> None:
    assert run("forget", *words).exit_code == 2


def test_versions_that_packs_hang_on_are_named(lake_template: Path, tmp_path: Path) -> None:
    with opened_desk(lake_template, tmp_path / "home") as desk:
        put(desk.warehouse, "fact_order", [{"order_id": "A1", "customer_id": "x", "paid_date": date(2026, 11, 2)}])
        pinned = desk.warehouse.version()
        put(desk.warehouse, "fact_order", [{"order_id": "A2", "customer_id": "y", "paid_date": date(2026, 11, 2)}])
        found = look(desk.installation, Person("customer", ("z",)), pinned={pinned, 999})
        assert found.pins == (pinned,)
