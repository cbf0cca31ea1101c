"""A page is added by one file and one line of the menu."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics.model import Text
from pages.kit import menu
from pages.kit.language import LANGUAGES

PAGES = Path(__file__).parents[2] / "pages"
PAGE = """
from pages import kit
from pages.kit import menu

visit = kit.current()
kit.page_header(menu.title("returns_desk").say(visit.language), "What came back.")
"""


@pytest.mark.usefixtures("empty_home")
def test_a_file_and_an_entry_make_a_page_that_opens_in_every_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kit").mkdir()
    shutil.copy(PAGES / "kit" / "icon.svg", tmp_path / "kit")
    shell = Path(shutil.copy(PAGES / "shell.py", tmp_path))
    (tmp_path / "departments").mkdir()
    (tmp_path / "departments" / "returns_desk.py").write_text(PAGE, encoding="utf-8")
    title = Text("Returns desk", "退货台", "退貨台")
    monkeypatch.setattr(menu, "PAGES", (menu.Entry("departments", "returns_desk", ":material/undo:", title),))
    for language in LANGUAGES:
        page = AppTest.from_file(str(shell), default_timeout=60)
        page.query_params["lang"] = language
        assert not page.run().exception
        assert any(title.say(language) in str(block.value) for block in page.html)
