"""`python -m data`: what it prints, how it exits, and that a wrong file changes nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from data.__main__ import app
from data.home import VARIABLE, Home
from data.warehouse import Warehouse
from tests.data.lakes import copy_of

SLOW = pytest.mark.slow
Run = Callable[..., Result]
HEADERS = "order_id,sales_channel,customer_id,created_at,paid_at,region,gmv_amount"
ROW = "A1,own_site,mei@shop.example,2026-11-02 10:00:00,2026-11-02 10:05:00,上海市,19.90"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes(64)


@pytest.fixture
def home(lake_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    home = Home(tmp_path / "home")
    copy_of(lake_template, home.company).close()
    monkeypatch.setenv(VARIABLE, str(home.root))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.nice", lambda _: 0)
    return home


@pytest.fixture
def run(home: Home) -> Run:
    def invoke(*words: object) -> Result:
        assert home.root.exists()
        return CliRunner().invoke(app, [str(word) for word in words])

    return invoke


def orders(folder: Path, *rows: str, name: str = "orders.csv") -> Path:
    file = folder / name
    file.write_text("\n".join([HEADERS, *rows]) + "\n", encoding="utf-8")
    return file


def answer(result: Result) -> Any:
    return json.loads(result.stdout)


def test_ingest_prints_one_object_a_file_and_counts_every_row_once(run: Run, tmp_path: Path) -> None:
    """A good row, a row with a broken date, a blank line."""
    bad = ROW.replace("A1", "A2").replace("2026-11-02 10:05:00", "2026-13-01")
    result = run("ingest", orders(tmp_path, ROW, ROW.replace("A1", "A3"), bad, ",,,,,,"), "--json")
    assert result.exit_code == 0
    (found,) = answer(result)
    assert (found["status"], found["batch"], found["table"]) == ("loaded", 1, "fact_order")
    counts = [found[name] for name in ("loaded", "changed", "unchanged", "rejected", "skipped")]
    assert counts == [2, 0, 0, 1, 1]
    assert found["rows_read"] == sum(counts)
    assert found["tables"] == {"fact_order": {"loaded": 2, "changed": 0, "unchanged": 0, "removed": 0}}
    (refused,) = found["rejects"]
    assert refused == {"line": 4, "column": "paid_at", "rule": "not_a_date", "message": "paid_at is not a date: '…'"}
    assert found["version"] > 0


def test_the_values_of_refused_rows_are_printed_only_where_they_are_asked_for(run: Run, tmp_path: Path) -> None:
    """They may be a person's, and a nightly load writes to a log."""
    bad = orders(tmp_path, ROW.replace("2026-11-02 10:05:00", "Ms Wheeler"))
    assert "Wheeler" not in run("ingest", bad, "--json", "--dry-run").stdout
    (refused,) = answer(run("ingest", bad, "--json", "--dry-run", "--values"))[0]["rejects"]
    assert (refused["value"], refused["message"]) == ("Ms Wheeler", "paid_at is not a date: 'Ms Wheeler'")


def test_a_dry_run_says_the_same_and_loads_nothing(run: Run, tmp_path: Path, home: Home) -> None:
    result = run("ingest", orders(tmp_path, ROW), "--dry-run", "--json")
    assert answer(result)[0]["status"] == "would_load"
    assert answer(result)[0]["loaded"] == 1
    assert answer(run("batches", "--json")) == []
    assert not home.archive.exists()


def test_the_same_file_again_exits_with_3_and_says_so(run: Run, tmp_path: Path) -> None:
    file = orders(tmp_path, ROW)
    run("ingest", file)
    again = run("ingest", file, "--json")
    assert again.exit_code == 3
    assert answer(again)[0]["status"] == "already_here"


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("photo.csv", PNG, "not_readable"),
        ("empty.csv", b"", "not_readable"),
        ("paper.xlsx", b"%PDF-1.7\n" + bytes(100), "not_readable"),
        ("other.csv", b"a,b,c,d,e,f,g,h,i,j\n" + b"1,2,3,4,5,6,7,8,9,0\n" * 5, "not_recognised"),
    ],
)
def test_a_wrong_file_gets_one_sentence_and_changes_nothing(
    run: Run, tmp_path: Path, home: Home, name: str, content: bytes, status: str
) -> None:
    (tmp_path / name).write_bytes(content)
    lake = Warehouse.open(home.company)
    before = lake.version()
    result = run("ingest", tmp_path / name, "--json")
    assert result.exit_code == 3
    assert answer(result)[0]["status"] == status
    assert name in answer(result)[0]["message"]
    assert lake.version() == before
    assert not home.archive.exists()
    lake.close()


def test_an_unknown_file_leaves_a_mapping_that_loads_it_once_put_right(run: Run, tmp_path: Path) -> None:
    """The tool calls the order number Bestellnr and the amount Betrag: a person writes the two words over."""
    file = tmp_path / "shop.csv"
    file.write_text("Bestellnr,paid_at,Betrag\nA1,2026-11-02 10:05:00,19.90\n", encoding="utf-8")
    first = run("ingest", file)
    assert first.exit_code == 3
    assert "--map" in first.stdout
    mapping = tmp_path / "mine.yaml"
    mapping.write_text(
        "id: shop\nparts:\n- table: fact_order\n  columns:\n    order_id: {header: Bestellnr}\n"
        "    paid_at: {header: paid_at}\n    gmv_amount: {header: Betrag}\n    sales_channel: {constant: own_site}\n",
        encoding="utf-8",
    )
    second = run("ingest", file, "--map", mapping, "--json")
    assert second.exit_code == 0, second.output
    assert answer(second)[0]["loaded"] == 1


def test_a_report_without_days_waits_for_them_and_covers_those_it_is_given(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_text("Impressions,From Home,From Hashtags,Saves,Comments,Shares,Likes\n100,50,20,4,3,2,1\n")
    waiting = run("ingest", file)
    assert waiting.exit_code == 3
    assert "does not say of which day or days it is" in " ".join(waiting.stdout.split())
    assert run("ingest", file, "--until", "2026-10-31").exit_code == 2
    assert run("ingest", file, "--day", "2026-10-01", "--until", "2026-10-31", "--json").exit_code == 0
    lake = Warehouse.open(Home.from_environment().company)
    days = lake.connection.execute("select from_date, to_date from lake.fact_campaign_daily").fetchall()
    lake.close()
    assert days == [(date(2026, 10, 1), date(2026, 10, 31))]


def test_a_batch_is_taken_back(run: Run, tmp_path: Path) -> None:
    run("ingest", orders(tmp_path, ROW))
    assert run("undo", 1, "--yes").exit_code == 0
    assert answer(run("batches", "--json"))[0]["undone_at"] is not None
    again = run("undo", 1, "--yes")
    assert again.exit_code == 1
    assert "no batch 1" in again.stderr


def test_originals_go_after_the_days_that_the_settings_say_and_the_batch_says_so(
    run: Run, tmp_path: Path, home: Home
) -> None:
    run("ingest", orders(tmp_path, ROW))
    assert answer(run("batches", "--json"))[0]["original"] == "kept"
    assert answer(run("maintain", "--json"))["originals_deleted"] == 0
    (stored,) = home.archive.iterdir()
    os.utime(stored, (0, 0))
    assert "1 originals older than 30 days were deleted" in run("maintain").stdout.replace("\n", " ")
    assert answer(run("batches", "--json"))[0]["original"] == "gone"
    assert "the loaded rows stand" in run("batches").stdout.replace("\n", " ")


def test_status_names_every_table_that_files_fill(run: Run, tmp_path: Path) -> None:
    run("ingest", orders(tmp_path, ROW))
    tables = {row["table"]: row for row in answer(run("status", "--json"))["tables"]}
    assert tables["fact_order"]["rows"] == 1
    assert tables["fact_order"]["last_day"] == "2026-11-02"
    assert tables["fact_return"]["last_day"] is None
    assert "dim_date" not in tables


def test_an_unknown_table_is_wrong_use_and_the_known_ones_are_told(run: Run, tmp_path: Path) -> None:
    result = run("ingest", orders(tmp_path, ROW), "--table", "fact_ordr")
    assert result.exit_code == 2
    assert "fact_order" in result.stderr
    assert run("template", "fact_ordr").exit_code == 2


@pytest.mark.parametrize(
    "table",
    [
        "fact_order",
        "fx_rate",
        *(pytest.param(name, marks=SLOW) for name in ("fact_return", "fact_traffic", "kpi_target")),
    ],
)
def test_a_template_is_loaded_without_its_example_row(run: Run, tmp_path: Path, table: str) -> None:
    """The example, and below it a row of the company's own with another day."""
    headers, example = run("template", table).stdout.splitlines()
    own = example.replace("2026-11-0", "2026-10-0")
    assert own != example
    file = tmp_path / f"{table}.csv"
    file.write_text("\n".join([headers, example, own, ""]), encoding="utf-8")
    result = run("ingest", file, "--json")
    assert result.exit_code == 0, result.output
    found = answer(result)[0]
    assert (found["table"], found["loaded"], found["skipped"]) == (table, 1, 1)
    assert "example row was skipped" in found["message"]


def test_people_are_told_the_source_and_the_batch_that_undo_takes_back(run: Run, tmp_path: Path) -> None:
    said = run("ingest", orders(tmp_path, ROW)).stdout.replace("\n", " ")
    assert "batch 1 (`python -m data undo 1` takes it back)" in said
    assert "source " in said


def test_the_mapping_of_an_unknown_file_names_the_columns_that_a_table_needs(run: Run, tmp_path: Path) -> None:
    unknown = tmp_path / "odd.csv"
    unknown.write_text("foo,bar\n1,2\n", encoding="utf-8")
    run("ingest", unknown)
    result = run("ingest", unknown, "--map", tmp_path / "odd.map.yaml", "--json")
    assert result.exit_code == 3
    assert "nothing in it stands for: order_id, created_at" in answer(result)[0]["message"]


def test_a_file_that_no_table_keeps_gets_no_mapping_to_fill_in(run: Run, tmp_path: Path) -> None:
    losses = tmp_path / "losses.csv"
    losses.write_text(
        "Risk Category,Risk Sub-Category,Discovery Date,Net Loss,Recovery Amount\nFraud,Cards,2026-11-02,5,1\n",
        encoding="utf-8",
    )
    result = run("ingest", losses)
    assert result.exit_code == 3
    assert "no table keeps those. The nearest is fact_incident" in result.stdout.replace("\n", " ")
    assert "proposal" not in result.stdout
    assert not list(tmp_path.glob("*.map.yaml"))


def test_no_personal_key_stands_anywhere_outside_the_encrypted_archive(run: Run, tmp_path: Path, home: Home) -> None:
    run("ingest", orders(tmp_path, ROW))
    for path in home.root.rglob("*"):
        if path.is_file():
            assert b"mei@shop.example" not in path.read_bytes(), path
    hashed = Warehouse.open(home.company).connection.execute("select customer_id from lake.fact_order").fetchall()[0][0]
    assert len(hashed) == 32


def test_every_command_of_the_readme_is_there(run: Run) -> None:
    said = run("--help").stdout
    loading = ("ingest", "batches", "undo", "status", "template", "demo", "customers", "watch", "forget")
    for name in (*loading, "check", "maintain", "backup", "restore"):
        assert name in said


def test_customers_at_month_ends_follow_from_orders_and_a_second_run_changes_nothing(run: Run, tmp_path: Path) -> None:
    """One buyer on 2 November; files cover the days to 3 December, so one month has ended."""
    later = ROW.replace("A1", "A2").replace("2026-11-02", "2026-12-03").replace("mei@", "lin@")
    run("ingest", orders(tmp_path, ROW, later))
    assert answer(run("customers", "--json"))["rows"] == 1
    assert "1 as they were" in run("customers").stdout.replace("\n", " ")


def test_without_orders_nothing_is_said_of_customers(run: Run) -> None:
    result = run("customers")
    assert result.exit_code != 0
    assert "No orders are loaded" in result.stderr


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (ROW.replace("mei@shop.example", ""), "None of the 1 paid orders says who bought"),
        (ROW, "no month ends in these days"),
    ],
)
def test_where_no_customer_is_found_it_is_said_why_and_no_batch_is_left(
    run: Run, tmp_path: Path, row: str, why: str
) -> None:
    run("ingest", orders(tmp_path, row))
    result = run("customers")
    assert result.exit_code != 0
    assert why in result.stderr.replace("\n", " ")
    assert len(answer(run("batches", "--json"))) == 1


def test_a_mapping_file_that_somebody_worked_on_is_never_written_over(run: Run, tmp_path: Path) -> None:
    """The second proposal for the same file stands beside the first."""
    unknown = tmp_path / "wheels.csv"
    unknown.write_text("order_no,spokes\nA1,32\n", encoding="utf-8")
    run("ingest", unknown)
    mine = tmp_path / "wheels.map.yaml"
    mine.write_text("# my own words", encoding="utf-8")
    assert run("ingest", unknown).exit_code == 3
    assert mine.read_text(encoding="utf-8") == "# my own words"
    assert (tmp_path / "wheels.map-2.yaml").exists()


def test_a_load_says_what_it_does_to_the_kpis_and_its_batch_and_its_undo_say_it_again(run: Run, tmp_path: Path) -> None:
    """19.90 in November, then another 10: GMV goes up by half; taking the second back leads down again."""
    run("ingest", orders(tmp_path, ROW))
    second = orders(tmp_path, ROW.replace("A1", "A2").replace("19.90", "10.00"), name="more.csv")
    tried = run("ingest", second, "--dry-run")
    assert "Gross merchandise value (GMV), Nov 2026: 19.90 → 29.90 (+50.3 %)" in tried.stdout
    (found,) = answer(run("ingest", second, "--json"))
    effect = next(one for one in found["effects"] if one["kpi"] == "gmv")
    assert (effect["first_day"], effect["before"], effect["after"]) == ("2026-11-01", 19.9, 29.9)
    (batch,) = answer(run("batches", 2, "--json"))
    assert batch["version"] == found["version"]
    assert effect in batch["effects"]["load"]
    before = run("undo", 2, "--dry-run").stdout
    assert "1 rows go" in before
    assert "Gross merchandise value (GMV), Nov 2026: 29.90 → 19.90 (-33.4 %)" in before
    assert answer(run("batches", "--json"))[0]["undone_at"] is None
    run("undo", 2, "--yes")
    assert "What its undo did to KPIs" in run("batches", 2).stdout


def test_the_first_rows_of_a_month_make_a_number_out_of_no_data(run: Run, tmp_path: Path) -> None:
    assert "Gross merchandise value (GMV), Nov 2026: – → 19.90" in run("ingest", orders(tmp_path, ROW)).stdout


def test_a_period_is_replaced_whole(run: Run, tmp_path: Path) -> None:
    run("ingest", orders(tmp_path, ROW, ROW.replace("A1", "A2")))
    file = orders(tmp_path, ROW, name="new.csv")
    assert run("ingest", file, "--replace", "2026-11-30..2026-11-01").exit_code == 2
    (found,) = answer(run("ingest", file, "--replace", "2026-11-01..2026-11-30", "--json"))
    assert found["tables"]["fact_order"]["removed"] == 1
    assert "1 earlier rows of this source are removed" in found["message"]
    products = tmp_path / "products.csv"
    products.write_text(run("template", "dim_product").stdout, encoding="utf-8")
    refused = run("ingest", products, "--replace", "2026-11-01..2026-11-30")
    assert refused.exit_code == 1
    assert "no period of it can be replaced" in refused.stderr.replace("\n", " ")


def test_an_older_export_is_loaded_only_when_somebody_says_so(run: Run, tmp_path: Path, home: Home) -> None:
    newer = ROW.replace("2026-11-02", "2026-11-05")
    run("ingest", orders(tmp_path, newer.replace("19.90", "21"), newer.replace("A1", "A2")))
    old = orders(tmp_path, ROW, name="old.csv")
    stopped = run("ingest", old)
    assert stopped.exit_code == 3
    assert "add --older-is-fine" in stopped.stdout
    assert len(list(home.archive.glob("*.aes"))) == 1
    assert run("ingest", old, "--older-is-fine").exit_code == 0


def test_many_refused_rows_are_borne_only_when_somebody_says_so(run: Run, tmp_path: Path) -> None:
    bad = ROW.replace("2026-11-02 10:05:00", "2026-13-01")
    file = orders(tmp_path, ROW, *(bad.replace("A1", f"B{number}") for number in range(3)))
    stopped = run("ingest", file)
    assert stopped.exit_code == 3
    assert "add --accept-refusals" in stopped.stdout
    (found,) = answer(run("ingest", file, "--accept-refusals", "--json"))
    assert (found["loaded"], found["rejected"]) == (1, 3)


@pytest.mark.slow
def test_ctrl_c_leaves_nothing_and_says_so(tmp_path: Path, home: Home) -> None:
    """The program is interrupted once its original is archived, while it reads 400,000 rows."""
    file = orders(tmp_path, *(ROW.replace("A1", f"A{number}") for number in range(400_000)))
    command = [sys.executable, "-m", "data", "ingest", str(file), "--json"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as program:
        end = time.monotonic() + 60
        while not list(home.archive.glob("*.aes")) and time.monotonic() < end:
            time.sleep(0.02)
        program.send_signal(signal.SIGINT)
        said, _ = program.communicate(timeout=60)
    assert program.returncode == 3
    assert json.loads(said)[0]["status"] == "stopped"
    assert not list(home.archive.glob("*.aes"))
    lake = Warehouse.open(home.company)
    assert lake.connection.execute("select count(*) from lake.batch").fetchall() == [(0,)]
    lake.close()
