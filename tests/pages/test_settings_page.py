"""The settings page, run as Streamlit runs it, on an installation of its own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.home import Home
from data.settings import Settings, read_settings, write_settings
from data.warehouse import WriterBusy
from metrics.model import Language
from pages.api.opened import company_lake, opened
from pages.kit.language import LANGUAGES
from pages.kit.settings import save as saving
from pages.kit.text import say
from tests.data.lakes import put
from tests.pages.uploading import button, press, rows, words
from tests.pages.uploading import opened as visit


def field(page: AppTest, name: str) -> Any:
    """The field of a setting."""
    fields = (*page.text_input, *page.number_input, *page.selectbox)
    return next(one for one in fields if (one.key or "").startswith(f"setting_{name}_"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_has_a_field_with_label_and_help_in_every_language(empty_home: Home, language: Language) -> None:
    page = visit("settings", lang=language)
    assert not page.exception
    for name in Settings.model_fields:
        assert field(page, name).label == say(f"settings.{name}", language)
        assert field(page, name).help
    assert button(page, "settings_save").disabled
    assert not empty_home.settings_file.exists()


def test_a_saved_change_holds_at_once_and_is_recorded_with_who_when_from_and_to(home: Home) -> None:
    page = visit("settings", lang="en")
    field(page, "company_name").input("Seven Bakers").run()
    field(page, "tax_rate").set_value(13.0).run()
    assert "Not saved yet: Company name, Tax inside prices, %" in page.caption[0].value
    assert read_settings(home.settings_file) == Settings()
    press(page, "settings_save")
    saved = read_settings(home.settings_file)
    assert (saved.company_name, saved.tax_rate) == ("Seven Bakers", Decimal("0.13"))
    assert "Saved: Company name, Tax inside prices, %." in words(page)
    assert "<td>not known</td><td>13%</td>" in words(page)
    assert "<td>Sevenboard</td><td>Seven Bakers</td>" in words(page)
    noted = {change.name: (change.before, change.after) for change in opened(home).state.setting_changes()}
    assert noted == {"company_name": ("Sevenboard", "Seven Bakers"), "tax_rate": (None, "0.13")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_value_is_refused_with_a_sentence_and_nothing_is_saved(empty_home: Home, language: Language) -> None:
    page = visit("settings", lang=language)
    field(page, "tax_rate").set_value(130.0).run()
    field(page, "max_columns").input("3").run()
    press(page, "settings_save")
    for key in ("wrong_tax_rate", "wrong_max_columns", "refused"):
        assert say(f"settings.{key}", language) in words(page)
    assert read_settings(empty_home.settings_file) == Settings()
    assert opened(empty_home).state.setting_changes() == []


@pytest.mark.usefixtures("empty_home")
def test_discarding_brings_back_what_is_saved() -> None:
    page = visit("settings", lang="en")
    field(page, "company_name").input("Other").run()
    press(page, "settings_discard")
    assert field(page, "company_name").value == "Sevenboard"
    assert button(page, "settings_save").disabled


def test_another_base_currency_warns_that_loaded_amounts_are_not_converted(home: Home) -> None:
    page = visit("settings", lang="en")
    field(page, "base_currency").select("GBP").run()
    assert "not converted" not in words(page)
    put(company_lake(home), "fact_order", [{"order_id": "a", "gmv_amount": 10}])
    page.run()
    assert "they were written in CNY and are not converted to GBP" in words(page)


def test_a_week_that_begins_on_sunday_rewrites_the_calendar_and_gives_it_a_new_version(home: Home) -> None:
    lake = company_lake(home)
    before = lake.engine().table_versions(("dim_date",))
    monday = "select week_start_date::varchar, fiscal_period from lake.main.dim_date where date = date '2026-11-22'"
    assert rows(home, monday) == [("2026-11-16", "FY2026-P11")]
    page = visit("settings", lang="en")
    field(page, "week_start").select("sunday").run()
    field(page, "fiscal_year_first_month").select(4).run()
    assert say("settings.note_calendar", "en") in words(page)
    press(page, "settings_save")
    assert rows(home, monday) == [("2026-11-22", "FY2027-P08")]
    assert lake.engine().table_versions(("dim_date",)) > before


def test_a_calendar_that_cannot_be_written_now_leaves_the_settings_as_they_are(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "WAIT_SECONDS", 0.1)
    other = company_lake(home).__class__.open(home.company)
    with other.locked(), pytest.raises(WriterBusy):
        saving.save(home, Settings(), {"country": "TW"}, "mei")
    assert read_settings(home.settings_file) == Settings()
    other.close()


def test_only_what_differs_is_saved(home: Home) -> None:
    write_settings(home.settings_file, Settings(company_name="Seven Bakers"))
    settings = read_settings(home.settings_file)
    wanted = {"company_name": "Seven Bakers", "language": "zh-Hant"}
    assert saving.save(home, settings, wanted, "mei") == ("language",)


def test_large_numbers_are_read_with_and_without_separators(home: Home) -> None:
    page = visit("settings", lang="en")
    assert field(page, "max_sheet_cells").value == "50,000,000"
    field(page, "max_columns").input("3,000").run()
    field(page, "max_unpacked_mb").input("8000").run()
    press(page, "settings_save")
    saved = read_settings(home.settings_file)
    assert (saved.max_columns, saved.max_unpacked_mb) == (3000, 8000)
    field(page, "max_columns").input("many").run()
    press(page, "settings_save")
    assert read_settings(home.settings_file).max_columns == 3000
