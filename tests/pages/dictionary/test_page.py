"""The metric dictionary, run as Streamlit runs it, on a real lake with a small shop."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.home import VARIABLE, Home
from metrics.model import Language
from pages.kit.language import LANGUAGES
from pages.kit.text import say
from tests.metrics.test_load import OWN
from tests.pages.uploading import opened, words


@pytest.fixture
def own_home(shop_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The small shop with own KPI files: one right, one wrong."""
    home = Home(tmp_path / "home")
    shutil.copytree(shop_folder, home.root)
    home.catalogue.mkdir()
    (home.catalogue / "right.yaml").write_text(OWN, encoding="utf-8")
    (home.catalogue / "wrong.yaml").write_text(
        OWN.replace("then qty", "then <b>qtty").replace("units_sold", "units_wrong"), encoding="utf-8"
    )
    monkeypatch.setenv(VARIABLE, str(home.root))
    return home


def shown(page: AppTest) -> str:
    assert not page.exception
    return words(page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("shop_home")
def test_the_page_shows_the_map_and_every_kpi_in_every_language(language: Language) -> None:
    text = shown(opened("catalogue", lang=language))
    assert say("dictionary.map", language) in text
    assert text.count('<td class="full">') + text.count('<td class="part">') + text.count('<td class="none">') == 35
    assert say("dictionary.found", language, count=142, total=142) in text
    assert "kpi=gmv" in text


@pytest.mark.usefixtures("shop_home")
def test_a_link_opens_an_entry_with_value_days_files_uses_and_sql() -> None:
    page = opened("catalogue", lang="en", kpi="gmv")
    text = shown(page)
    assert "sum of GMV where Paid" in text
    assert "4 – 31 Mar 2025" in text
    assert "orders: " in text
    assert 'href="operations?lang=en#kpi-gmv"' in text
    assert "SUM" in page.code[0].value


@pytest.mark.usefixtures("bare_home")
def test_an_entry_without_data_says_so_and_never_0() -> None:
    page = opened("catalogue", lang="en", kpi="headcount")
    text = shown(page)
    assert say("dictionary.no_value", "en") in text
    assert "<big>" not in text
    assert not page.code


@pytest.mark.usefixtures("shop_home")
def test_the_search_goes_into_the_address_and_narrows_the_list() -> None:
    page = opened("catalogue", lang="zh-Hans")
    page.text_input(key="dictionary_find").input("退货率").run()
    assert page.query_params["find"] == "退货率"
    assert "kpi=return_rate" in shown(page)
    assert "kpi=headcount" not in shown(page)
    page.button(key="dictionary_clear").click().run()
    assert "find" not in page.query_params
    assert "kpi=headcount" in shown(page)


@pytest.mark.usefixtures("shop_home")
def test_menus_narrow_the_list_and_a_department_forgets_the_duty_of_another() -> None:
    page = opened("catalogue", lang="en", duty="hr.1")
    assert "kpi=time_to_fill" in shown(page)
    assert "kpi=gmv" not in shown(page)
    page.selectbox(key="dictionary_of").select("finance").run()
    assert page.query_params["of"] == "finance"
    assert "duty" not in page.query_params
    assert "kpi=dso" in shown(page)


@pytest.mark.usefixtures("shop_home")
def test_an_unknown_name_in_a_link_is_answered_with_the_list() -> None:
    page = opened("catalogue", lang="en", kpi="no_such_kpi", of="nobody", reads="nothing")
    assert "no_such_kpi" in page.info[0].value
    assert "kpi=gmv" in shown(page)


def test_an_own_kpi_stands_beside_the_others_and_a_wrong_one_is_refused_in_words(own_home: Home) -> None:
    page = opened("catalogue", lang="en", kpi="units_sold")
    text = shown(page)
    assert say("dictionary.own", "en") in text
    assert "right.yaml" in text
    assert say("dictionary.found", "en", count=143, total=143) in text
    assert page.warning[0].value == say("dictionary.refused", "en")
    assert "wrong.yaml, units_wrong: the expression" in text
    assert "then <b>qtty" not in " ".join(str(block.value) for block in page.html)
    (own_home.catalogue / "wrong.yaml").unlink()
    assert not page.run().warning


def test_a_changed_definition_never_shows_the_number_of_the_one_before(own_home: Home) -> None:
    """The file is put right while the pages are open; the answer of the old formula is not remembered for it."""
    before = shown(opened("catalogue", lang="en", kpi="units_sold"))
    right = own_home.catalogue / "right.yaml"
    right.write_text(OWN.replace("then qty end", "then qty * 2 end"), encoding="utf-8")
    after = shown(opened("catalogue", lang="en", kpi="units_sold"))
    assert value(after) == 2 * value(before)


def value(text: str) -> float:
    return float(text.partition("<big>")[2].partition("</big>")[0].replace(",", ""))


@pytest.mark.usefixtures("own_home")
def test_a_wrong_own_file_leaves_the_other_pages_as_they_are() -> None:
    page = AppTest.from_file(str(Path(__file__).parents[3] / "pages" / "shell.py"), default_timeout=60)
    page.query_params["lang"] = "en"
    assert 'id="kpi-gmv"' in shown(page.run())
