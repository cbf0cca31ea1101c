"""The pieces behind the uploads page: choices and recipes, waiting for a turn, downloads, names of files."""

from __future__ import annotations

import csv
import io
import os
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import filelock
import pytest
from starlette.applications import Starlette

from data.batches import list_batches, originals
from data.contracts import TABLES
from data.ingest.cells import Combined, Constant, Header, Split
from data.ingest.match import Match, match
from data.ingest.pipeline import Desk, Wish, bring, prepare
from data.ingest.recipe_yaml import presets
from data.ingest.sheets import sheet_cells
from data.ingest.sniff import sniff
from data.ingest.stop import Stopped
from data.scratch import ALIVE, PREFIX, clear_left
from data.settings import Settings, write_settings
from data.warehouse import WriterBusy
from pages.api.batches import batch_routes, original_link, refused_link
from pages.api.keeping import clear
from pages.kit.language import LANGUAGES
from pages.kit.uploads import job
from pages.kit.uploads.asks import fillable_tables, readings
from pages.kit.uploads.choices import (
    FIXED,
    KEPT,
    NOTHING,
    Choice,
    Head,
    ValueNeeded,
    cell_of,
    changed_recipe,
    choice_of,
    groups_of,
    recipe_for,
)
from pages.kit.uploads.describe import in_words
from pages.kit.uploads.names import column_title
from pages.kit.uploads.recognise import is_short_of, wants_day, wants_days
from pages.kit.uploads.show import size_text
from pages.kit.uploads.tray import Tray, plain_name
from tests.data.desks import bring_file, opened_desk
from tests.data.ingest.files import workbook
from tests.pages.uploading import ORDERS
from tests.pages.web import get

HEAD = Head("Autumn ads", "", None, None, "unknown")


def unasked(*_: object) -> tuple[()]:
    """Nobody asks for KPIs."""
    return ()


@pytest.fixture
def desk(lake_template: Path, tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(lake_template, tmp_path / "home") as desk:
        yield desk


def matched(tmp_path: Path, text: str, table: str | None = None) -> Match:
    file = tmp_path / "file.csv"
    file.write_text(text, encoding="utf-8")
    return match(sniff(file)[0], presets(), table=table)


def orders(tmp_path: Path, content: bytes = ORDERS, name: str = "orders.csv") -> Path:
    file = tmp_path / name
    file.write_bytes(content)
    return file


# What is chosen for a column, and the recipe of it


@pytest.mark.parametrize(
    ("cell", "header"),
    [
        (None, NOTHING),
        (Constant("tmall"), FIXED),
        (Header(("Cost",)), "Cost"),
        (Header(("Cost",), prefix="x:", split=Split("/", -1)), "Cost"),
        (Header(("Cost",), values={"已签收": "delivered"}, divide=Decimal(100)), "Cost"),
        (Combined("join", (Header(("Cost",), suffix="x"), Header(("b",))), "T"), "Cost"),
        (Header(("Cost",), take="(a)"), KEPT),
        (Combined("product", (Header(("a",)), Header(("b",)))), KEPT),
    ],
)
def test_every_cell_has_a_choice_that_gives_it_back(cell: Header | Constant | Combined | None, header: str) -> None:
    choice = choice_of(cell)
    assert choice.header == header
    assert cell_of(choice, cell) == cell


def test_choices_make_a_recipe_for_exactly_these_headers(tmp_path: Path) -> None:
    found = matched(tmp_path, "Date,fb_campaign_id,Impressions,Clicks\n2026-11-02,1,2,3\n")
    before = recipe_for(found, None)
    assert before is not None
    table = before.parts[0].table
    chosen = {(table, "platform"): Choice(FIXED, "facebook"), (table, "clicks"): Choice(NOTHING)}
    recipe = changed_recipe(found, before, chosen, HEAD)
    assert recipe.id == "own_autumn_ads"
    assert recipe.parts[0].columns["platform"] == Constant("facebook")
    assert "clicks" not in recipe.parts[0].columns
    assert recipe.fingerprint == (("Date",), ("fb_campaign_id",), ("Impressions",), ("Clicks",))


def test_a_needed_column_cannot_be_an_empty_fixed_value(tmp_path: Path) -> None:
    found = matched(tmp_path, "order_id,paid_at,gmv_amount\nA1,2026-11-02,1\n")
    before = recipe_for(found, None)
    assert before is not None
    with pytest.raises(ValueNeeded, match="Order needs a fixed value"):
        changed_recipe(found, before, {("fact_order", "order_id"): Choice(FIXED, " ")}, HEAD)


def test_a_mapping_whose_name_has_no_latin_letters_is_told_apart_by_its_headers(tmp_path: Path) -> None:
    ids = []
    for header in ("a", "b"):
        found = matched(tmp_path, f"order_id,{header}\n1,2\n", "fact_order")
        before = recipe_for(found, "fact_order")
        assert before is not None
        ids.append(changed_recipe(found, before, {}, Head("秋季", "", None, None, "unknown")).id)
    assert ids[0].startswith("own_")
    assert ids[0] != ids[1]


def test_the_currency_is_asked_for_the_file_and_not_among_its_columns(tmp_path: Path) -> None:
    found = matched(tmp_path, "order_id,paid_at,gmv_amount,currency\nA1,2026-11-02,1,EUR\n")
    before = recipe_for(found, None)
    assert before is not None
    groups = groups_of(before.parts[0])
    assert "currency" not in {*groups.read, *groups.others}
    recipe = changed_recipe(found, before, {}, Head("x", "", "EUR", None, "unknown"))
    assert (recipe.currency, recipe.currency_header) == ("EUR", ())
    assert "currency" not in recipe.parts[0].columns


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_that_can_be_mapped_has_a_name(language: str) -> None:
    unnamed = {
        column
        for table in fillable_tables()
        for column in TABLES[table].columns
        if column != "cut" and column_title(column, language) == column  # type: ignore[arg-type]
    }
    assert unnamed <= {"sku"}


def test_a_cell_made_of_several_headers_is_said_as_a_sum() -> None:
    cell = Combined("product", (Header(("Quantity",)), Header(("UnitPrice",))))
    assert in_words(cell, "en") == "Quantity × UnitPrice"


@pytest.mark.parametrize(
    ("sample", "days"),
    [
        ("03/04/2026", (date(2026, 4, 3), date(2026, 3, 4))),
        ("3-4-26 10:00", (date(2026, 4, 3), date(2026, 3, 4))),
        ("13/04/2026", None),
        ("2026-04-03", None),
    ],
)
def test_a_doubtful_date_has_two_readings(sample: str, days: tuple[date, date] | None) -> None:
    assert readings(sample) == days


# Files on disk


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("orders.csv", "orders.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\mei\\订单.xlsx", "订单.xlsx"),
        ("a\x00b\n.csv", "ab.csv"),
        ("..", "file"),
        ("x" * 500 + ".csv", "x" * 116 + ".csv"),
    ],
)
def test_a_file_name_leads_nowhere_else(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_the_folder_of_a_session_goes_with_it() -> None:
    tray = Tray()
    folder = tray.folder
    tray.add("a.csv", io.BytesIO(b"1"), 1)
    assert folder.stat().st_mode & 0o777 == 0o700
    del tray
    assert not folder.exists()


def test_what_a_killed_process_left_is_cleared_and_what_a_living_one_uses_is_not(tmp_path: Path) -> None:
    living, dead, young = (tmp_path / f"{PREFIX}{name}" for name in ("living", "dead", "young"))
    for folder in (living, dead, young):
        folder.mkdir()
        (folder / "orders.csv").write_bytes(ORDERS)
    for folder in (living, dead):
        os.utime(folder, (0, 0))
    lock = filelock.FileLock(living / ALIVE)
    with lock:
        os.utime(living, (0, 0))
        assert clear_left(tmp_path, time.time()) == 1
    assert [folder.exists() for folder in (living, dead, young)] == [True, False, True]


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 B"), (999, "999 B"), (1500, "1.5 KB"), (1_900_000, "1.8 MB"), (52_428_800, "50 MB")]
)
def test_a_size_has_few_digits(size: int, text: str) -> None:
    assert size_text(size) == text


# Beside the page


def test_a_load_waits_its_turn_while_another_one_writes(desk: Desk, tmp_path: Path) -> None:
    is_held, is_over = threading.Event(), threading.Event()

    def write() -> None:
        with desk.warehouse.locked():
            is_held.set()
            is_over.wait(30)

    other = threading.Thread(target=write)
    other.start()
    assert is_held.wait(30)
    started = job.start("load", prepare(orders(tmp_path), desk), desk, unasked, None)
    assert not started.ended.wait(0.5)
    assert started.is_waiting
    is_over.set()
    other.join()
    assert started.ended.wait(30)
    assert [outcome.status for outcome in started.outcomes or ()] == ["loaded"]
    assert started.rows == 2


def test_a_load_that_waited_too_long_says_so_and_changes_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "PATIENCE_SECONDS", 0.3)
    prepared = prepare(orders(tmp_path), desk)
    with desk.warehouse.locked():
        started = job.start("load", prepared, desk, unasked, None)
        assert started.ended.wait(30)
    assert isinstance(started.refusal, WriterBusy)
    assert started.outcomes is None


# Downloads of a batch


def app_of(desk: Desk) -> Starlette:
    return Starlette(routes=batch_routes(lambda: desk.installation.home))


def test_the_original_comes_back_byte_for_byte_under_its_name(desk: Desk, tmp_path: Path) -> None:
    bring_file(desk, orders(tmp_path, name="订单.csv"))
    reply = get(app_of(desk), f"/{original_link(1, 'en')}")
    assert (reply.status, reply.body) == (200, ORDERS)
    assert "filename*=UTF-8''%E8%AE%A2%E5%8D%95.csv" in reply.headers["content-disposition"]


def test_the_refused_rows_come_with_line_column_value_and_reason(desk: Desk, tmp_path: Path) -> None:
    file = orders(tmp_path, ORDERS + b"A3,2026-11-04,ten\n=cmd(),never,-5\nA5,2026-11-05,5\n")
    bring_file(desk, file)
    text = get(app_of(desk), f"/{refused_link(1, 'zh-Hant')}").body.decode("utf-8-sig")
    first, second = csv.DictReader(io.StringIO(text))
    assert first == {
        "order_id": "A3",
        "paid_at": "2026-11-04",
        "gmv_amount": "ten",
        "[Sevenboard] 列號": "4",
        "[Sevenboard] 原因": "gmv_amount 不是數字：「ten」",
    }
    assert second["order_id"] == "'=cmd()"
    assert second["gmv_amount"] == "-5"


def test_an_original_that_is_gone_is_said_to_be_gone(desk: Desk, tmp_path: Path) -> None:
    bring_file(desk, orders(tmp_path))
    for kept in desk.installation.home.archive.iterdir():
        kept.unlink()
    for link in (original_link(1, "en"), refused_link(1, "en")):
        reply = get(app_of(desk), f"/{link}")
        assert reply.status == 410
        assert "the values of its refused rows" in reply.body.decode()
    for link in (original_link(7, "en"), "export/original?batch=x"):
        assert get(app_of(desk), f"/{link}").status == 404


def test_the_app_deletes_originals_whose_days_are_over(desk: Desk, tmp_path: Path) -> None:
    """They are stored now and stay three days: two days on they are there, four days on they are gone."""
    home = desk.installation.home
    write_settings(home.settings_file, Settings(archive_days=3))
    bring_file(desk, orders(tmp_path))
    now = datetime.now(UTC).replace(tzinfo=None)
    assert clear(home, now + timedelta(days=2)) == 0
    assert clear(home, now + timedelta(days=4)) == 1
    batches = list_batches(desk.warehouse.connection)
    assert originals(batches, home.archive).to_list() == ["gone"]


def test_rows_refused_on_two_sheets_come_with_the_sheet_they_stand_on(desk: Desk, tmp_path: Path) -> None:
    head = ["order_id", "paid_at", "gmv_amount"]
    first = [head, ["A1", "2026-11-02", "1"], ["A2", "2026-11-02", "x"]]
    second = [head, ["B1", "2026-11-02", "1"], ["B2", "2026-11-02", "y"]]
    file = workbook(tmp_path, first, second)
    outcomes = bring(prepare(file, desk, Wish()), desk)
    assert [outcome.rejected for outcome in outcomes] == [1, 1]
    reply = get(app_of(desk), f"/{refused_link(2, 'en')}")
    assert "refused-file.xlsx" in reply.headers["content-disposition"]
    back = tmp_path / "back.xlsx"
    back.write_bytes(reply.body)
    assert sheet_cells(back, "Sheet2").rows()[1:] == [("B2", "2026-11-02", "y", "3", "gmv_amount is not a number: 'y'")]


def test_a_list_without_a_day_asks_for_one_and_a_report_for_first_and_last(tmp_path: Path) -> None:
    roster = matched(tmp_path, "Employee #,Hire Date,Department,Job Title\n1,2026-01-01,HR,Lead\n")
    posts = matched(tmp_path, "Impressions,From Home,From Hashtags,Saves,Comments,Shares,Likes\n100,50,20,4,3,2,1\n")
    assert (wants_day(roster), wants_days(roster), is_short_of(roster)) == (True, False, False)
    assert (wants_day(posts), wants_days(posts), is_short_of(posts)) == (False, True, False)
    series = matched(tmp_path, "timestamp,value\n2026-01-01 00:00:00,1\n")
    assert (wants_day(series), is_short_of(series)) == (False, True)


def test_jobs_take_turns_and_the_second_says_who_is_before_it(desk: Desk, tmp_path: Path) -> None:
    """The first is held at its KPIs; the second waits, is cancelled, and nothing of it is there."""
    is_held, is_over = threading.Event(), threading.Event()

    def held(*_: object) -> tuple[()]:
        is_held.set()
        is_over.wait(30)
        return ()

    first = job.start("load", prepare(orders(tmp_path), desk), desk, held, None)
    assert is_held.wait(30)
    other = tmp_path / "other.csv"
    other.write_text("order_id,paid_at,gmv_amount\nB1,2026-11-02 10:00:00,10\n", encoding="utf-8")
    second = job.start("load", prepare(other, desk), desk, unasked, None)
    assert second.is_waiting
    assert second.ahead == (first,)
    second.stop.set()
    assert second.ended.wait(30)
    assert isinstance(second.refusal, Stopped)
    is_over.set()
    assert first.ended.wait(30)
    assert first.outcomes
    assert first.outcomes[0].status == "loaded"
    assert desk.warehouse.connection.execute("select count(*) from lake.batch").fetchall() == [(1,)]
