"""Dimensions, coded values and columns of every table have names people use."""

from __future__ import annotations

import pytest

from data.contracts import TABLES
from data.ingest.recipe_yaml import presets
from metrics.load import load_catalogue
from metrics.model import Language, Text
from pages.kit import names
from pages.kit.sources import source_name
from pages.kit.text import texts
from pages.kit.uploads.names import column_title

CODED = sorted(
    {
        (column, code)
        for table in TABLES.values()
        for column in table.columns
        for code in table.values(column)
        if code != names.UNKNOWN
    }
)
# Filled by the house, shown nowhere.
GENERATED = {name for name, table in TABLES.items() if table.generated}


@pytest.mark.parametrize(("column", "code"), CODED)
def test_every_value_that_a_contract_allows_has_a_name(column: str, code: str) -> None:
    assert f"value.{names.SAME_VALUES.get(column, column)}.{code or 'none'}" in texts()


@pytest.mark.parametrize("table", sorted(TABLES.keys() - GENERATED))
def test_every_column_of_a_table_has_a_name(table: str) -> None:
    facts = TABLES[table]
    columns = {*facts.columns, *(made.name for made in (*facts.derived, *facts.virtual))}
    named = {name for name in columns if column_title(name, "en") != name}
    assert columns - named - {"sku", "cls"} == set()


def test_every_table_has_a_name() -> None:
    assert TABLES.keys() - load_catalogue().table_names.keys() == set()


@pytest.mark.parametrize(("language", "said"), [("en", "Finance"), ("zh-Hans", "财务"), ("zh-Hant", "財務")])
def test_a_department_has_one_name_whatever_it_did(language: Language, said: str) -> None:
    columns = ("department", "owner_department", "requesting_department", "respondent_department")
    assert {names.value(column, "finance", language) for column in columns} == {said}


def test_a_flag_is_yes_or_no_and_an_empty_value_says_what_it_stands_for() -> None:
    assert [names.value("is_internal_fill", code, "en") for code in (True, "false")] == ["Yes", "No"]
    assert names.value("member_tier", "", "zh-Hant") == "非會員"
    assert names.value("ad_group", "", "en") == "None"
    assert names.value("member_tier", None, "en") == "Unknown"
    assert names.value("job_family", "Warehouse", "zh-Hans") == "Warehouse"


def test_sources_are_named_by_preset_table_or_mapping() -> None:
    tables = {"fact_order": Text("orders", "订单", "訂單")}
    assert source_name(tables, "template_fact_order").zh_hans == "模板：订单"
    assert source_name(tables, "headers_fact_order").en == "Columns of orders"
    assert source_name(tables, "own_spring_sale").en == "spring sale"
    assert source_name(tables, "demo").zh_hant == "示範公司"
    preset = presets()[0]
    assert source_name(tables, preset.id).en == preset.names.en
