"""The pieces behind the dictionary: entries, search, uses, the map of duties, exports, links."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest

from metrics.coverage import Coverage, Report
from metrics.load import Catalogue
from metrics.model import Language
from pages.kit.address import Address, read
from pages.kit.dictionary import links
from pages.kit.dictionary.duties import duty_map, missing_tables
from pages.kit.dictionary.entries import Entry, Wish, entries, kpis_of, search
from pages.kit.dictionary.export import as_csv, as_markdown
from pages.kit.dictionary.uses import Use, uses
from pages.kit.language import LANGUAGES
from tests.metrics.asking import house

ENGLISH = entries(house(), "en", "CNY")


def found(wish: Wish, catalogue: Catalogue | None = None) -> list[str]:
    return [entry.kpi.id for entry in search(ENGLISH, wish, catalogue or house())]


def entry(kpi: str, language: Language = "en") -> Entry:
    return next(item for item in entries(house(), language, "CNY") if item.kpi.id == kpi)


def covered(*tables: str, columns: frozenset[str] | None = None) -> Coverage:
    """These tables have files that carry all their columns (or just these)."""
    first = date(2026, 1, 1)
    span = (first.toordinal(), (first + timedelta(days=30)).toordinal())
    every = frozenset(column for kpi in house().kpis.values() for fact in kpi.facts for column in fact.columns)
    return Coverage({name: (Report("own", "", "", False, columns or every, (span,)),) for name in tables})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kpi_has_an_entry_that_says_everything(language: Language) -> None:
    spoken = entries(house(), language, "CNY")
    assert {item.kpi.id for item in spoken} == set(house().kpis)
    for item in spoken:
        texts = (item.name, item.meaning, item.department, item.duty, item.formula, item.unit, item.direction)
        assert all((*texts, item.tables, item.counted_by)), item.kpi.id
    assert sum(bool(item.proves) for item in spoken) > 130


@pytest.mark.parametrize("words", ["Gross merchandise", "商品交易总额", "商品交易總額", "gmv", "GMV"])
def test_a_kpi_is_found_by_its_name_in_any_script(words: str) -> None:
    assert found(Wish(find=words))[0] == "gmv"


def test_every_word_counts_and_names_come_before_meanings() -> None:
    assert found(Wish(find="return rate"))[0] == "return_rate"
    assert set(found(Wish(find="rate return"))) == set(found(Wish(find="return rate")))
    assert found(Wish(find="no such words at all")) == []


def test_the_list_is_narrowed_by_department_duty_and_table() -> None:
    assert {house().kpi(name).department for name in found(Wish(department="hr"))} == {"hr"}
    assert set(found(Wish(duty="finance.4"))) == set(kpis_of(house(), "finance.4"))
    assert all("fact_ticket" in house().kpi(name).tables for name in found(Wish(table="fact_ticket")))
    assert len(found(Wish())) == len(house().kpis)


def test_an_entry_names_the_places_that_use_its_kpi() -> None:
    texts = [use.text for use in entry("repeat_purchase_rate").uses]
    assert "Card of the weekly leadership pack" in texts
    assert any(text.startswith("Chart “") and "Operations" in text for text in texts)
    assert Use("Part of the KPI “Cash conversion cycle (CCC)”") in uses(house(), house().kpi("dso"), "en")
    card = next(use for use in entry("gmv").uses if "Card on the page" in use.text)
    assert (card.page, card.anchor) == ("operations", "kpi-gmv")


def test_the_map_has_seven_times_five_cells_that_say_how_many_kpis_have_their_files() -> None:
    cells = duty_map(house(), covered("fact_order"))
    assert [len(duties) for duties in cells.values()] == [5] * 7
    hr = cells["hr"][0]
    assert (hr.state, hr.flowing) == ("none", 0)
    assert "fact_requisition" in hr.missing
    operations = cells["operations"][1]
    assert operations.state == "part"
    assert 0 < operations.flowing < len(operations.kpis)
    everything = duty_map(house(), covered(*house().table_names))
    assert {cell.state for duties in everything.values() for cell in duties} == {"full"}
    assert {cell.state for duties in duty_map(house(), Coverage({})).values() for cell in duties} == {"none"}


def test_a_file_without_the_column_that_a_kpi_reads_does_not_count_as_there() -> None:
    gmv = house().kpi("gmv")
    assert missing_tables(gmv, covered("fact_order", columns=frozenset({"gmv_amount", "is_paid"}))) == ()
    assert missing_tables(gmv, covered("fact_order", columns=frozenset({"is_paid"}))) == ("fact_order",)
    assert missing_tables(house().kpi("return_rate"), covered("fact_order_line")) == ("fact_return",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_csv_has_a_line_a_kpi_and_the_names_in_all_scripts(language: Language) -> None:
    content = as_csv(entries(house(), language, "CNY"), language)
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(lines) == len(house().kpis) + 1
    assert {len(line) for line in lines} == {20}
    gmv = next(line for line in lines if line[0] == "gmv")
    assert gmv[1:4] == [house().kpi("gmv").name.en, house().kpi("gmv").name.zh_hans, house().kpi("gmv").name.zh_hant]


def test_no_cell_of_the_csv_is_run_by_a_spreadsheet() -> None:
    cells = [cell for line in csv.reader(io.StringIO(as_csv(ENGLISH, "en").decode("utf-8-sig"))) for cell in line]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_the_markdown_has_a_chapter_a_department_and_an_item_a_kpi() -> None:
    text = as_markdown(ENGLISH, "en").decode()
    assert text.startswith("# Metric dictionary\n")
    assert next(line for line in text.split("\n") if line.startswith("## ")) == "## Operations"
    assert text.count("\n## ") == 7
    assert text.count("\n### ") == 35
    assert text.count("\n#### ") == len(house().kpis)
    assert "#### Gross merchandise value (GMV) (`gmv`)" in text
    assert "- **Formula**: sum of GMV where Paid" in text


def test_links_carry_what_is_looked_for_and_where_the_reader_came_from() -> None:
    address = Address(find="退货 率", of="operations", lang="zh-Hans", data="demo")
    where = read(address.turn(kpi="gmv").parameters())
    assert (where.find, where.of, where.kpi) == ("退货 率", "operations", "gmv")
    assert links.to_kpi(address, "gmv").endswith("kpi=gmv")
    assert links.to_duty(address, "hr.1") == "?lang=zh-Hans&data=demo&duty=hr.1"
    assert links.to_use(address, Use("x", "operations", "kpi-gmv")) == "operations?lang=zh-Hans&data=demo#kpi-gmv"
    assert links.to_use(address, Use("x")) == ""


def test_a_garbled_link_opens_nothing() -> None:
    wrong = read({"find": ["x" * 500], "of": ["<b>"], "kpi": ["GMV; drop"], "duty": ["1"], "reads": ["a b"]})
    assert (len(wrong.find or ""), wrong.of, wrong.kpi, wrong.duty, wrong.reads) == (80, None, None, None, None)
