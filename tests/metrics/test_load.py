"""The catalogue: what is defined, and what a wrong file is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from data.contracts import TABLES
from metrics.definitions import known_and_awaited
from metrics.errors import UnknownName, WrongDefinition
from metrics.load import load_catalogue
from metrics.model import NOTHING, Text
from tests.metrics.asking import house

OWN = """
kpis:
  - id: units_sold
    name: {en: Units sold, zh-Hans: 售出件数, zh-Hant: 售出件數}
    definition: {en: Units paid., zh-Hans: 已付款件数。, zh-Hant: 已付款件數。}
    duty: operations.2
    unit: count
    direction: higher
    numerator: {fact_table: fact_order_line, time_column: paid_date, expression: sum(case when is_paid then qty end)}
    dimensions: [sku]
"""


def load(folder: Path, text: str) -> None:
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    load_catalogue(folder)


def texts(value: object) -> Iterator[Text]:
    """Every text inside a definition."""
    if isinstance(value, Text):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)


@pytest.mark.parametrize(
    ("department", "kpis", "sub_duties", "charts"),
    [
        ("operations", 28, 15, 9),
        ("marketing", 21, 14, 10),
        ("product", 15, 12, 10),
        ("technology", 22, 11, 9),
        ("customer_service", 17, 10, 9),
        ("finance", 20, 10, 9),
        ("hr", 19, 10, 9),
    ],
)
def test_each_department_defines_its_kpis_page_and_duties(
    department: str, kpis: int, sub_duties: int, charts: int
) -> None:
    catalogue = house()
    page = catalogue.page(department)
    own = [duty for duty in catalogue.duties.values() if duty.department == department]
    assert len([kpi for kpi in catalogue.kpis.values() if kpi.department == department]) == kpis
    assert [duty.id for duty in own] == [f"{department}.{n}" for n in range(1, 6)]
    assert sum(len(duty.sub_duties) for duty in own) == sub_duties
    assert (len(page.headline_cards), len(page.charts), len(page.questions)) == (8, charts, 6)


def test_the_whole_catalogue_is_there_and_awaits_nothing() -> None:
    catalogue = house()
    assert len(catalogue.kpis) == 142
    assert [department.order for department in catalogue.departments] == list(range(1, 8))
    assert len(catalogue.leadership.cards) == 15
    assert len(catalogue.leadership.banners) == 4
    pages = catalogue.pages.values()
    listed = [*pages, *(chart for page in pages for chart in page.charts)]
    asked = [question for page in pages for question in page.questions]
    sentences = [sentence for duty in catalogue.duties.values() for sentence in duty.sub_duties]
    assert [entry for entry in (*listed, *asked, *sentences, catalogue.leadership) if entry.awaited] == []


def test_every_duty_has_two_kpis_and_every_sentence_one_or_a_stated_limit() -> None:
    """A sentence that is only proved by a proxy says what cannot be measured."""
    duties = house().duties.values()
    assert [d.id for d in duties if len({k for s in d.sub_duties for k in s.kpis}) < 2] == []
    sentences = [sentence for duty in duties for sentence in duty.sub_duties]
    assert len(sentences) == 82
    assert [s.id for s in sentences if not s.kpis and not s.not_measurable] == []
    assert [s.id for s in sentences if s.coverage == "proxy" and not s.not_measurable] == []


def test_a_kpi_named_before_it_is_defined_is_awaited_and_no_error() -> None:
    assert known_and_awaited(["gmv", "to_come"], {"gmv"}) == (("gmv",), ("to_come",))


def test_every_text_of_the_catalogue_is_there_in_three_languages() -> None:
    catalogue = house()
    everything = (*catalogue.kpis.values(), *catalogue.duties.values(), *catalogue.pages.values())
    found = [text for text in texts((*everything, *catalogue.departments)) if text != NOTHING]
    assert len(found) > 100
    assert [text.en for text in found if not (text.en and text.zh_hans and text.zh_hant)] == []


def test_every_fact_finds_its_table_day_and_columns_and_what_they_need() -> None:
    """`metrics` and `data` do not know each other: this is where the catalogue meets the contracts."""
    for kpi in house().kpis.values():
        for fact in kpi.facts:
            table = TABLES[fact.table]
            derived = {column.name: column for column in table.derived}
            known = table.columns.keys() | derived.keys() | {column.name for column in table.virtual}
            assert {fact.time_column, *fact.columns} <= known, kpi.id
            needed = {need for c in fact.columns if c in derived for need in derived[c].needs} - {fact.table}
            assert set(fact.needs) == needed, kpi.id


def test_every_dimension_is_one_in_each_of_the_kpis_tables() -> None:
    for kpi in house().kpis.values():
        for dimension in kpi.dimensions:
            for name in kpi.tables:
                table = TABLES["dim_product" if dimension.startswith("product.") else name]
                column = dimension.removeprefix("product.")
                derived = {derived.name for derived in table.derived}
                is_there = column in derived or table.role(column) in ("dimension", "attribute", "key")
                assert is_there, f"{kpi.id}: {dimension}"
                assert not dimension.startswith("product.") or "sku" in TABLES[name].columns


def test_a_table_that_a_kpi_reads_has_a_name_people_use() -> None:
    catalogue = house()
    assert {table for kpi in catalogue.kpis.values() for table in kpi.tables} <= catalogue.table_names.keys()


def test_a_wrong_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"No KPI is called 'net_revenu_rate'\.") as wrong:
        house().kpi("net_revenu_rate")
    with pytest.raises(UnknownName, match="Did you mean 'return_rate'") as near:
        house().kpi("retrun_rate")
    assert "return_rate" in near.value.say("zh-Hans")
    assert "net_revenu_rate" in wrong.value.say("zh-Hant")
    with pytest.raises(UnknownName, match="page"):
        house().page("operation")


def test_a_company_adds_its_own_kpi_in_a_file(tmp_path: Path) -> None:
    load(tmp_path, OWN)
    kpi = load_catalogue(tmp_path).kpi("units_sold")
    assert kpi.facts[0].columns == ("is_paid", "qty")
    assert kpi.additivity == "additive"
    assert kpi.department == "operations"


def test_a_folder_that_is_not_there_adds_nothing(tmp_path: Path) -> None:
    assert load_catalogue(tmp_path / "none").kpis.keys() == house().kpis.keys()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kpis:", "page: {headline_cards: [gmv]}\nkpis:", "the field 'page' has no place in a file of your own"),
        ("kpis:", "numbers:", "own.yaml, the whole file: it has no list `kpis`. Begin it with"),
        ("operations.2", "operations.9", "own.yaml, units_sold: no duty 'operations.9' exists. Choose one of"),
        ("unit: count", "unit: dozen", "'dozen' is not right for 'unit'"),
        ("direction: higher", "", "the field 'direction' is missing. Add it."),
        ("direction: higher", "direction: higher\n    colour: red", "the field 'colour' is not known"),
        ("{en: Units sold,", "{", "the field 'name.en' is missing"),
        ("[sku]", "[sku, sku]", "a dimension is listed twice"),
        ("[sku]", "['sku; drop table x']", "is not right for 'dimensions'"),
        ("[sku]", "[sku]\n    additivity: ratio", "a ratio has a numerator and a denominator"),
        ("[sku]", "[sku]\n    valid_when: qty > 0", "`valid_when` is not a condition over numerator and denominator"),
        ("sum(case when is_paid then qty end)", "sum(", "the expression 'sum(' is not SQL"),
        ("sum(case when is_paid then qty end)", "qty", "does not sum, count or otherwise aggregate"),
        ("sum(case when is_paid then qty end)", "median(qty)", "'MEDIAN(qty)' may give another number"),
        ("sum(case when is_paid then qty end)", "sum(qty)/sum((select 1))", "may give another number"),
        ("sum(case when is_paid then qty end)", "sum(cast(qty as integer))", "may give another number"),
        (
            "sum(case when is_paid then qty end)",
            "sum(qty), columns: [is_paid]",
            "the columns declared are not the ones",
        ),
        ("kpis:", "kpis: [", "own.yaml, the whole file: it is not YAML."),
    ],
)
def test_a_wrong_definition_says_file_entry_and_next_step(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(WrongDefinition) as wrong:
        load(tmp_path, OWN.replace(old, new, 1))
    assert said in str(wrong.value)
    assert str(wrong.value).startswith("own.yaml, ")
    assert wrong.value.say("zh-Hans") != wrong.value.say("zh-Hant") or "YAML" in said
