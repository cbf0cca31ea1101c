"""The words of the pages are complete: three scripts, the same placeholders, and no key that nobody wrote."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from metrics.load import load_catalogue
from metrics.rows import IDENTITY
from pages.kit import menu
from pages.kit.text import say, say_or, texts
from pages.words import text

WORDS = {**texts(), **{f"menu.{entry.name}": entry.title for entry in menu.PAGES}}
PAGES = Path(__file__).parents[2] / "pages"
KEY = re.compile(r"""(?:say|say_or)\(\s*"([a-z_]+\.[a-z0-9_.]+)"|texts\(\)\["([a-z_.0-9]+)"\]""")
PREFIX = re.compile(r"""(?:say|say_or)\(\s*f"([a-z_.]+)\{""")
# Characters that only one of the two scripts writes: enough to catch a sentence left in the other.
SIMPLIFIED_ONLY = set(
    "们这为数据业务订单间门时会说请对应来还没见长电实现认识样总经营销区发货质线级类费购买选择关闭显载"
)
TRADITIONAL_ONLY = set(
    "們這為數據業務訂單間門時會說請對應來還沒見長電實現認識樣總經營銷區發貨質線級類費購買選擇關閉顯載"
)
SHARED = SIMPLIFIED_ONLY & TRADITIONAL_ONLY  # written alike in both
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def source() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in PAGES.rglob("*.py"))


@pytest.mark.parametrize("key", sorted(WORDS))
def test_every_sentence_has_three_scripts_with_the_same_placeholders(key: str) -> None:
    text = WORDS[key]
    assert fields(text.en) == fields(text.zh_hans) == fields(text.zh_hant)
    assert text.en.strip()
    assert text.zh_hans.strip()
    assert text.zh_hant.strip()
    assert not CHINESE.search(text.en)
    assert not set(text.zh_hans) & (TRADITIONAL_ONLY - SHARED)
    assert not set(text.zh_hant) & (SIMPLIFIED_ONLY - SHARED)


def test_every_key_that_the_pages_use_exists() -> None:
    used = {first or second for first, second in KEY.findall(source())}
    assert used
    assert used - set(texts()) == set()


def test_every_key_that_is_made_of_a_prefix_exists_for_at_least_one_ending() -> None:
    prefixes = set(PREFIX.findall(source()))
    assert prefixes
    assert {prefix for prefix in prefixes if not any(key.startswith(prefix) for key in texts())} == set()


def test_every_panel_of_the_operations_page_has_its_grey_sentence_and_every_awaited_kpi_its_file() -> None:
    page = load_catalogue().page("operations")
    assert {f"panel.{chart.id}" for chart in page.charts} <= set(texts())
    assert {f"awaited.{kpi}" for question in page.questions for kpi in question.awaited} <= set(texts())


def test_every_dimension_and_every_column_of_the_rows_has_a_name() -> None:
    kpis = load_catalogue().kpis.values()
    dimensions = {name for kpi in kpis for name in kpi.dimensions}
    columns = {name for kpi in kpis for fact in kpi.facts for name in (fact.time_column, *fact.columns)} | set(IDENTITY)
    assert {f"dimension.{name}" for name in dimensions} - set(texts()) == set()
    assert {name for name in columns if not {f"column.{name}", f"dimension.{name}"} & set(texts())} == set()


def test_an_unknown_key_is_an_error_and_an_unknown_code_stands_as_it_came() -> None:
    with pytest.raises(KeyError):
        say("no.such_key", "en")
    assert say_or("value.sales_channel.corner_shop", "en", "corner_shop") == "corner_shop"


def test_a_sentence_that_an_unquoted_comma_or_yes_cut_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.yaml").write_text("x.go: {en: Yes, go on, zh-Hans: 是, zh-Hant: 是}", encoding="utf-8")
    monkeypatch.setattr(text, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"'x\.go' needs three sentences"):
        text.texts.__wrapped__()
