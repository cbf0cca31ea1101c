"""The catalogue: what is defined, and what a wrong file is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from data.contracts import TABLES
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


def test_operations_defines_its_kpis_page_and_duties() -> None:
    catalogue = house()
    page = catalogue.page("operations")
    assert len([kpi for kpi in catalogue.kpis.values() if kpi.department == "operations"]) == 21
    assert len(page.headline_cards) == 8
    assert len(page.charts) == 9
    assert len(page.questions) == 6
    assert [duty.id for duty in catalogue.duties.values()] == [f"operations.{n}" for n in range(1, 6)]
    assert catalogue.departments[0].id == "operations"
    assert len(catalogue.departments) == 7


def test_what_is_not_defined_yet_is_awaited_and_not_an_error() -> None:
    catalogue = house()
    listings = catalogue.page("operations").questions[4]
    assert listings.kpis == ()
    assert "listing_completeness_rate" in listings.awaited
    assert "cash_balance" in catalogue.leadership.awaited
    assert "gmv" in catalogue.leadership.cards


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
    assert kpi.numerator.columns == ("is_paid", "qty")
    assert kpi.additivity == "additive"
    assert kpi.department == "operations"


def test_a_folder_that_is_not_there_adds_nothing(tmp_path: Path) -> None:
    assert load_catalogue(tmp_path / "none").kpis.keys() == house().kpis.keys()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("units_sold", "gmv", "own.yaml, gmv: this id is defined twice."),
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
