"""The uploads page, run as Streamlit runs it, on an installation of its own."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from data.batches import list_batches
from data.home import Home
from data.ingest.cells import Header
from data.ingest.pipeline import Desk, bring, prepare
from data.ingest.recipe_yaml import from_yaml
from data.ingest.remembered import remember
from data.ingest.undo import undo
from metrics.model import Language
from pages.api.opened import company_lake
from pages.api.opened import opened as installation
from pages.kit.language import LANGUAGES
from pages.kit.text import say
from pages.kit.uploads import work
from tests.data.lakes import NOW
from tests.pages.uploading import (
    ORDERS,
    PATIENCE_SECONDS,
    PNG,
    button,
    buttons,
    drop,
    opened,
    press,
    rows,
    wait,
    words,
)

TMALL = (
    "订单编号,总金额,买家实际支付金额,收货地址 ,订单创建时间,订单付款时间 ,退款金额\n"
    "1,178.8,0.0,上海,2020-02-21 00:00:00,,0.0\n"
    "2,21.0,21.0,内蒙古自治区,2020-02-20 23:59:54,2020-02-21 00:00:02,0.0\n"
).encode()
ADS = b"Date,fb_campaign_id,Impressions,Clicks\n2023-08-31,916,7350,1\n2023-08-30,917,100,2\n"
WHEELS = b"wheel,spoke,rim,hub,tyre\nw1,s,2026-11-02,9,t\n"


@pytest.fixture(autouse=True)
def without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, small files are done before the page is drawn."""
    monkeypatch.setattr(work, "SHORT_SECONDS", PATIENCE_SECONDS)


def brought(home: Home, tmp_path: Path) -> None:
    """Two orders are loaded as batch 1."""
    file = tmp_path / "orders.csv"
    file.write_bytes(ORDERS)
    desk = Desk(installation(home), company_lake(home), "mei", NOW)
    bring(prepare(file, desk), desk)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("empty_home")
def test_an_empty_home_is_told_what_to_do_first_in_every_language(language: Language) -> None:
    page = opened("uploads", lang=language)
    assert not page.exception
    assert say("uploads.first", language) in words(page)
    assert say("uploads.drop_here", language) in words(page)


def test_a_known_export_is_recognised_checked_loaded_and_switches_to_the_companys_numbers(home: Home) -> None:
    page = opened("uploads", lang="en")
    drop(page, ("tmall.csv", TMALL))
    for said in ("Recognised", "Tmall order report", "known export", "UTF-8 · comma", "订单付款时间", "内蒙古自治区"):
        assert said in words(page)
    press(page, "check_")
    assert "21 Feb 2020" in words(page)
    assert list_batches(company_lake(home).connection).is_empty()
    press(page, "load_")
    assert "2 rows are loaded" in words(page)
    assert page.query_params["data"] == "company"
    assert "Demo data" not in words(page)
    assert "Batch 1" in words(page)
    assert rows(home, "select order_id, paid_date from lake.main.fact_order order by 1") == [
        ("tmall:1", None),
        ("tmall:2", date(2020, 2, 21)),
    ]
    link = page.get("page_link")[0].proto
    assert "period=2020-02-21..2020-02-21" in link.query_string


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("empty_home")
def test_a_wrong_file_gets_one_sentence_and_does_not_stop_the_others(language: Language) -> None:
    """An image, an empty file and a table that nothing fits beside orders that can be loaded."""
    page = opened("uploads", lang=language)
    drop(page, ("photo.png", PNG), ("empty.csv", b""), ("wheels.csv", WHEELS), ("orders.csv", ORDERS))
    sentence = {"en": "photo.png is an image", "zh-Hans": "photo.png 是图片", "zh-Hant": "photo.png 是圖片"}
    assert sentence[language] in words(page)
    assert say("uploads.state_unreadable", language) in words(page)
    assert say("uploads.state_unknown", language) in words(page)
    assert say("uploads.ask_table", language) in words(page)
    assert buttons(page) == ["check", "remove"]


@pytest.mark.usefixtures("empty_home")
def test_a_column_that_fits_day_month_and_month_day_is_asked_not_guessed() -> None:
    page = opened("uploads", lang="en")
    drop(page, ("orders.csv", b"order_id,paid_at,gmv_amount\nA1,03/04/2026,10\nA2,05/06/2026,20\n"))
    assert "Which day is 03/04/2026?" in words(page)
    assert buttons(page) == ["order", "remove"]
    assert [one.label for one in page.button if (one.key or "").startswith("order_")] == [
        "3 Apr 2026 · day first",
        "4 Mar 2026 · month first",
    ]
    press(page, "order_")
    assert "paid_at: day first" in words(page)
    press(page, "check_")
    assert "3 Apr – 5 Jun 2026" in words(page)


def test_the_order_of_a_mapped_files_days_is_asked_once_for_its_headers(empty_home: Home) -> None:
    headers = ("nummer", "betaald", "gmv_amount")
    mapping = from_yaml(
        "id: own_dutch\nnames: {en: dutch, zh-Hans: dutch, zh-Hant: dutch}\nparts:\n- table: fact_order\n"
        "  columns: {order_id: nummer, paid_at: betaald, gmv_amount: gmv_amount}\n"
    )
    remember(installation(empty_home).state, headers, mapping, "dutch", "mei", NOW)
    page = opened("uploads", lang="en")
    drop(page, ("march.csv", b"nummer,betaald,gmv_amount\nA1,03/04/2026,10\nA2,05/06/2026,20\n"))
    press(page, "order_")
    press(page, "remove_")
    drop(page, ("may.csv", b"nummer,betaald,gmv_amount\nA3,07/05/2026,10\nA4,08/05/2026,20\n"))
    assert "betaald: day first" in words(page)
    assert "check" in buttons(page)


@pytest.mark.usefixtures("empty_home")
def test_a_comma_that_parts_thousands_or_decimals_is_asked_about_where_nothing_decides() -> None:
    page = opened("uploads", lang="en")
    drop(page, ("orders.csv", b"order_id;paid_at;gmv_amount\nA1;2026-11-01;1,250\nA2;2026-11-02;2,000\n"))
    assert "How much is 1,250?" in words(page)
    assert [one.label for one in page.button if (one.key or "").startswith("order_")] == [
        "1250 · thousands",
        "1.25 · decimals",
    ]
    press(page, "order_")
    assert "gmv_amount: a comma parts thousands" in words(page)
    assert buttons(page) == ["check", "remove"]


@pytest.mark.usefixtures("empty_home")
def test_a_proposal_is_confirmed_once_and_remembered_for_the_same_headers() -> None:
    page = opened("uploads", lang="en")
    drop(page, ("ads.csv", ADS))
    assert "88%" in words(page)
    assert "check" not in buttons(page)
    press(page, "accept_")
    assert "confirmed columns" in words(page)
    press(page, "remove_")
    drop(page, ("ads-2.csv", ADS.replace(b"08", b"09").replace(b"-31", b"-29")))
    assert "confirmed columns" in words(page)
    assert "check" in buttons(page)


def test_columns_that_mean_nothing_to_us_can_be_mapped_by_hand(empty_home: Home) -> None:
    """A table is chosen, then a header for two of its columns; nothing stands for the rest."""
    page = opened("uploads", lang="en")
    drop(page, ("gears.csv", WHEELS.replace(b"wheel", b"gear")))
    page.selectbox[0].select("fact_order").run()
    for column, header in (("order_id", "gear"), ("paid_date", "rim")):
        next(box for box in page.selectbox if (box.key or "").endswith(f"fact_order_{column}")).select(header).run()
    assert "w1" in words(page)
    press(page, "edit_")
    assert "Recognised" in words(page)
    kept = installation(empty_home).state.mapping_for(("gear", "spoke", "rim", "hub", "tyre"))
    recipe = from_yaml(kept or "")
    assert recipe.id == "own_gears"
    assert recipe.parts[0].columns == {"order_id": Header(("gear",)), "paid_date": Header(("rim",))}


@pytest.mark.usefixtures("empty_home")
def test_a_report_without_days_is_asked_for_its_range_which_is_not_remembered() -> None:
    page = opened("uploads", lang="en")
    drop(page, ("campaigns.csv", b"Campaign Name,Status,Clicks,Cost\nautumn,on,9,5\nspring,on,8,7\n"))
    assert "Which days does this report cover?" in words(page)
    page.date_input[0].set_value((date(2026, 11, 30), date(2026, 11, 1))).run()
    press(page, "use_days_")
    press(page, "accept_")
    assert "1 – 30 Nov 2026" in words(page)
    assert "check" in buttons(page)
    press(page, "remove_")
    drop(page, ("next.csv", b"Campaign Name,Status,Clicks,Cost\nautumn,on,1,1\nspring,on,1,1\n"))
    assert "Which days does this report cover?" in words(page)


@pytest.mark.usefixtures("empty_home")
def test_refused_rows_are_counted_by_reason_before_anything_is_loaded() -> None:
    page = opened("uploads", lang="en")
    wrong = b"A3,2026-13-01,1\nA4,2026-11-03,ten\nA5,2026-11-03,nine\n"
    drop(page, ("orders.csv", ORDERS + wrong + b"A6,2026-11-04,1\nA7,2026-11-04,1\n"))
    press(page, "check_")
    assert '<td class="n">2</td><td class="n">5</td><td>GMV (gmv_amount) is not a number: \'ten\'</td>' in words(page)
    assert "Paid at (paid_at) is not a date: '2026-13-01'" in words(page)
    assert button(page, "load_").label == "Load 4 rows"
    staged = next(iter(page.session_state["tray"]))
    page.session_state[f"rows_{staged.ticket}_0"] = True
    page.run()
    listed = page.dataframe[0].value
    assert listed.iloc[:, :3].values.tolist() == [
        [4, "paid_at", "2026-13-01"],
        [5, "gmv_amount", "ten"],
        [6, "gmv_amount", "nine"],
    ]
    page.selectbox(key=f"reason_{staged.ticket}_0").select(1).run()
    assert page.dataframe[0].value.iloc[:, 0].tolist() == [4]


@pytest.mark.usefixtures("empty_home")
def test_a_file_of_which_too_many_rows_are_refused_is_not_loaded_and_says_so() -> None:
    page = opened("uploads", lang="en")
    drop(page, ("orders.csv", b"order_id,paid_at,gmv_amount\nA1,yesterday,1\nA2,yesterday,2\nA3,2026-11-03,3\n"))
    press(page, "check_")
    assert "2 of 3 rows of orders.csv were refused" in words(page)
    assert {"check", "remove"} <= set(buttons(page))
    assert "load" not in buttons(page)
    assert "bear" in buttons(page)


def test_long_work_shows_how_far_it_is_and_then_what_it_found(
    empty_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "SHORT_SECONDS", 0.0)
    page = opened("uploads", lang="en")
    drop(page, ("orders.csv", ORDERS))
    # Another writer keeps the work waiting, or two rows could be done before the page is drawn.
    with company_lake(empty_home).locked():
        press(page, "check_")
        assert page.get("progress")
    wait(page)
    assert button(page, "load_").label == "Load 2 rows"


def test_the_same_file_again_says_that_it_is_here_until_its_batch_is_taken_back(home: Home, tmp_path: Path) -> None:
    brought(home, tmp_path)
    page = opened("uploads", lang="en")
    drop(page, ("copy.csv", ORDERS))
    assert "copy.csv is already here as batch 1" in words(page)
    assert buttons(page) == ["remove", "take"]
    undo(company_lake(home), 1, "mei", NOW)
    page.run()
    assert "Taken back" in words(page)
    assert buttons(page) == ["check", "remove"]
    assert [link.proto.url for link in page.get("link_button")] == ["export/original?batch=1&lang=en"]


@pytest.mark.usefixtures("empty_home")
def test_a_file_taken_off_the_page_leaves_nothing_behind() -> None:
    page = opened("uploads", lang="en")
    drop(page, ("orders.csv", ORDERS))
    folder = page.session_state["tray"].folder
    assert [path.name for path in folder.rglob("*.csv")] == ["orders.csv"]
    press(page, "remove_")
    assert list(folder.iterdir()) == []
    assert "orders.csv" not in words(page)


@pytest.mark.usefixtures("empty_home")
def test_what_a_file_says_is_shown_as_text_never_as_markup() -> None:
    page = opened("uploads", lang="en")
    name = "<img src=x onerror=alert(1)>"
    drop(page, (f"{name}.csv", f"order_id,paid_at,{name}\n<b>1</b>,2026-11-02,![x](http://example.org)\n".encode()))
    shown = " ".join(str(block.value) for block in page.html)
    assert "<img" not in shown
    assert "<b>1</b>" not in shown
    assert not [text for text in page.markdown if "example.org" in text.value]


def test_the_list_shows_twenty_batches_and_more_on_demand(home: Home) -> None:
    lake = company_lake(home)
    lake.connection.cursor().execute(
        """insert into lake.main.batch (batch, sha256, file, bytes, source, account, recipe, loaded_by, loaded_at,
               rows_read, loaded, changed, unchanged, rejected, skipped)
           select n, '', 'file ' || n, 1, 'template_fact_order', '', '', 'mei', timestamp '2026-11-22 08:00', 1, 1, 0,
               0, 0, 0 from range(1, 24) t(n)"""
    )
    page = opened("uploads", lang="en")
    assert "<b>file 4</b>" in words(page)
    assert "<b>file 3</b>" not in words(page)
    assert button(page, "more_").label == "Show 3 more"
    press(page, "more_")
    assert "<b>file 1</b>" in words(page)


@pytest.mark.usefixtures("empty_home")
def test_a_known_export_that_no_table_keeps_says_what_its_rows_are_and_names_the_nearest_table() -> None:
    page = opened("uploads", lang="en")
    drop(page, ("lines.csv", b"bill_id,index,account_expense_account_id,amount\n1,0,10,5\n2,0,10,7\n"))
    assert "No table keeps it" in words(page)
    assert "each of its rows is a line of a bill or an expense" in words(page)
    assert "The nearest is Bills and settlements: it keeps bills whole" in words(page)


def test_a_check_shows_what_becomes_of_the_kpis_and_a_period_may_be_replaced_whole(home: Home, tmp_path: Path) -> None:
    """Orders of 10 and 20 are there; a file that has the first only replaces their days: the second would go."""
    brought(home, tmp_path)
    page = opened("uploads", lang="en")
    drop(page, ("fewer.csv", b"order_id,paid_at,gmv_amount\nA1,2026-11-02 10:00:00,15\nA3,2026-11-03 12:00:00,1\n"))
    press(page, "check_")
    assert '<td class="n">¥30</td><td class="n">¥36</td><td><span class="sb-pill good">+20.0%' in words(page)
    ways = next(one for one in page.get("button_group") if "way_" in str(one.proto.id))
    ways.set_value("replace").run()
    assert not page.exception
    press(page, "check_")
    assert ">1</dd><dt>Removed" in words(page)
    press(page, "load_")
    assert rows(home, "select order_id from lake.main.fact_order order by 1") == [("A1",), ("A3",)]
    press(page, "effects_2")
    assert "Replaced whole" in words(page)


def test_an_older_file_is_loaded_only_after_a_tick(home: Home, tmp_path: Path) -> None:
    brought(home, tmp_path)
    page = opened("uploads", lang="en")
    drop(page, ("old.csv", b"order_id,paid_at,gmv_amount\nA1,2026-11-02 10:00:00,9\n"))
    press(page, "check_")
    assert "batch 1 of the same source is newer" in words(page)
    assert button(page, "load_").disabled
    page.checkbox[0].check().run()
    press(page, "load_")
    assert "1 rows are loaded" in words(page)


def test_a_file_of_which_many_rows_are_refused_is_loaded_when_somebody_says_so(home: Home) -> None:
    page = opened("uploads", lang="en")
    bad = b"".join(b"B%d,2026-13-01,1\n" % number for number in range(3))
    drop(page, ("bad.csv", b"order_id,paid_at,gmv_amount\nA1,2026-11-02 10:00:00,10\n" + bad))
    press(page, "check_")
    press(page, "bear_")
    press(page, "load_")
    assert rows(home, "select order_id from lake.main.fact_order") == [("A1",)]


@pytest.mark.usefixtures("empty_home")
def test_an_archive_names_its_files_and_two_of_them_may_be_refused_whole() -> None:
    """No row of either has a day; both say so under names of their own."""
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        for name in ("a.csv", "b.csv"):
            archive.writestr(name, f"order_id,paid_at,gmv_amount\n{name},someday,10\n{name}2,sometime,20\n")
    page = opened("uploads", lang="en")
    drop(page, ("orders.zip", held.getvalue()))
    assert ">a.csv</b>" in words(page)
    assert ">b.csv</b>" in words(page)
    press(page, "check_")
    wait(page)
    assert not page.exception
    for name in ("a.csv", "b.csv"):
        assert f"Nothing was loaded: 2 of 2 rows of orders.zip [{name}] were refused" in words(page)


@pytest.mark.usefixtures("empty_home")
@pytest.mark.parametrize(("language", "yes"), [("en", "Yes, make rows of them"), ("zh-Hans", "是，转为行")])
def test_a_column_for_each_month_is_a_question_and_no_refusal(language: Language, yes: str) -> None:
    page = opened("uploads", lang=language)
    drop(page, ("wide.csv", b"shop,2026-07,2026-08,2026-09\nA,1,2,3\nB,4,5,6\n"))
    assert say("uploads.state_asks", language) in words(page)
    assert "--unpivot" not in words(page)
    assert button(page, "wide_yes_").label == yes
