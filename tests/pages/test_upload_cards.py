"""What the card of a dropped file says and offers, from its columns to the way to its numbers."""

from __future__ import annotations

import pytest

from data.home import Home
from metrics.model import Language
from pages.kit.language import LANGUAGES
from pages.kit.text import say
from pages.kit.uploads import work
from tests.pages.uploading import PATIENCE_SECONDS, buttons, drop, opened, press, rows, words


@pytest.fixture(autouse=True)
def without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, small files are done before the page is drawn."""
    monkeypatch.setattr(work, "SHORT_SECONDS", PATIENCE_SECONDS)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_source_warns_of_stays_said_after_its_columns_were_confirmed(language: Language) -> None:
    """Confirmed, checked, loaded, and once more by the remembered mapping."""
    known = {
        "en": "are a part of the account's spend",
        "zh-Hans": "只是账户花费的一部分",
        "zh-Hant": "只是帳戶花費的一部分",
    }
    terms = b"Search term,Campaign,Day,Clicks,Impressions,Cost\nmug,Autumn,2026-11-02,3,9,5\n"
    page = opened("uploads", lang=language)
    drop(page, ("terms.csv", terms))
    for key in ("accept_", "check_", "load_"):
        press(page, key)
        assert words(page).count(known[language]) == 1, key
    press(page, "remove_")
    drop(page, ("more.csv", terms.replace(b"-02", b"-03")))
    assert "check" in buttons(page)
    assert known[language] in words(page)


@pytest.mark.usefixtures("empty_home")
def test_where_every_row_is_refused_there_are_no_others_to_go_on_with() -> None:
    page = opened("uploads", lang="en")
    drop(page, ("orders.csv", b"order_id,paid_at,gmv_amount\nA1,yesterday,1\nA2,yesterday,2\n"))
    press(page, "check_")
    assert "2 of 2 rows of orders.csv were refused" in words(page)
    assert "other rows" not in words(page)
    assert "bear" not in buttons(page)


@pytest.mark.usefixtures("home")
def test_after_a_load_the_way_leads_to_the_page_of_these_rows_at_their_days() -> None:
    """Staff of a month end belong to Human resources and stand for their month; rates to no page."""
    page = opened("uploads", lang="en")
    drop(page, ("staff.csv", b"employee_id,snapshot_date,is_active\nE1,2012-01-31,true\nE2,2012-01-31,true\n"))
    press(page, "check_")
    press(page, "load_")
    link = page.get("page_link")[0].proto
    assert (link.page, link.label) == ("hr", "See these days on the Human resources page")
    assert "period=2012-01-01..2012-01-31" in link.query_string
    drop(page, ("rates.csv", b"day,currency,rate\n2012-01-31,USD,6.3\n"))
    press(page, "check_")
    press(page, "load_")
    assert say("uploads.see_none", "en") in [caption.value for caption in page.caption]


def test_a_channel_that_we_know_by_name_is_read_alike_by_the_columns_the_editor_and_the_load(home: Home) -> None:
    page = opened("uploads", lang="en")
    drop(page, ("shop.csv", "order_id,paid_at,平台\nA1,2026-11-02 10:00,天猫\nA2,2026-11-02 10:00,微店\n".encode()))
    assert words(page).count("<b>Tmall</b>") == 1
    staged = next(iter(page.session_state["tray"]))
    page.session_state[f"edit_{staged.ticket}_0__{staged.answers}"] = True
    page.run()
    assert words(page).count("<b>Tmall</b>") == 2
    press(page, "check_")
    press(page, "load_")
    assert rows(home, "select order_id, sales_channel from lake.main.fact_order") == [("A1", "tmall")]
