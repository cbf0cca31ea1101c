"""A company's own KPIs: added or put in place of the house's, and refused with a next step when they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from data.shapes import shapes
from metrics.errors import WrongDefinition
from metrics.json_schema import json_schema
from metrics.load import HOUSE, Catalogue, load_catalogue, read_catalogue
from tests.metrics import oracle as oracles
from tests.metrics.asking import house
from tests.metrics.company import company
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.shop import LAST, PERIOD
from tests.metrics.test_load import OWN

GMV = """
kpis:
  - id: gmv
    name: {en: Our GMV, zh-Hans: 我司GMV, zh-Hant: 我司GMV}
    definition: {en: Net amount of paid orders., zh-Hans: 已付款净额。, zh-Hant: 已付款淨額。}
    duty: operations.2
    unit: currency
    direction: higher
    numerator: {fact_table: fact_order, time_column: paid_date, expression: sum(case when is_paid then net_amount end)}
    dimensions: [%s]
"""
RETURNED = "sum(case when returned_qty > 1 then returned_qty end)"


def read(folder: Path, *texts: str) -> Catalogue:
    """What pages read of a home whose own files say this."""
    for place, text in enumerate(texts):
        (folder / f"own{place}.yaml").write_text(text, encoding="utf-8")
    return read_catalogue(folder, shapes())


def said(catalogue: Catalogue) -> list[str]:
    return [refusal.sentence.en for refusal in catalogue.refused]


def test_one_yaml_file_adds_a_kpi_that_knows_its_file_and_what_it_needs(tmp_path: Path) -> None:
    """`returned_qty` is computed from the returns: nobody has to write that down."""
    catalogue = read(tmp_path, OWN.replace("sum(case when is_paid then qty end)", RETURNED))
    assert said(catalogue) == []
    assert catalogue.own == {"units_sold": "own0.yaml"}
    assert catalogue.kpi("units_sold").facts[0].needs == ("fact_return",)
    assert list(catalogue.kpis)[-1] == "units_sold"
    assert len(catalogue.kpis) == len(house().kpis) + 1


def test_a_kpi_with_the_id_of_one_of_the_house_takes_its_place(tmp_path: Path) -> None:
    dimensions = ", ".join(house().kpi("gmv").dimensions)
    catalogue = read(tmp_path, GMV % dimensions)
    assert said(catalogue) == []
    assert catalogue.kpi("gmv").name.en == "Our GMV"
    assert list(catalogue.kpis) == list(house().kpis)
    assert catalogue.own == {"gmv": "own0.yaml"}


def test_a_composite_of_the_house_adds_up_what_the_company_put_in_a_parts_place(tmp_path: Path) -> None:
    dso = yaml.safe_load((HOUSE / "finance.yaml").read_text(encoding="utf-8"))
    mine = next(entry for entry in dso["kpis"] if entry["id"] == "dso") | {"multiplier": 2}
    catalogue = read(tmp_path, yaml.safe_dump({"kpis": [mine]}, allow_unicode=True))
    parts = {part.kpi.id: part.kpi for part in catalogue.kpi("cash_conversion_cycle").composite}
    assert said(catalogue) == []
    assert parts["dso"].multiplier == 2


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "fact_order_line",
            "fact_order_lines",
            "no table is called 'fact_order_lines'. Did you mean 'fact_order_line'",
        ),
        ("then qty", "then qtty", "the table 'fact_order_line' has no column 'qtty'. Did you mean 'qty'?"),
        ("time_column: paid_date", "time_column: qty", "'qty' does not say when a row of 'fact_order_line' happened"),
        ("[sku]", "[carrier]", "the table 'fact_order_line' cannot be split by 'carrier'. Choose one of: "),
        ("sum(case when is_paid then qty end)", "sum(sku)", "'sum(sku)' gives no number: Binder Error"),
        ("sum(case when is_paid then qty end)", "max(paid_date)", "'max(paid_date)' gives no number: DATE."),
        ("direction: higher", "", "the field 'direction' is missing. Add it."),
        ("units_sold", "gmv", "it replaces a KPI of the house whose unit it changes (currency → count)"),
        ("units_sold", "paid_orders", "it replaces a KPI of the house whose dimensions it changes ("),
        ("units_sold", "cash_conversion_cycle", "it replaces a KPI of the house whose kind it changes (composite)"),
    ],
)
def test_a_wrong_kpi_is_refused_with_file_name_reason_and_next_step_and_the_rest_goes_on(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    second = OWN.replace("units_sold", "units_again")
    catalogue = read(tmp_path, OWN.replace(old, new, 1), second)
    assert len(catalogue.refused) == 1
    refusal = catalogue.refused[0]
    assert refusal.file == "own0.yaml"
    assert refusal.sentence.en.startswith("own0.yaml, ")
    assert sentence in refusal.sentence.en
    assert refusal.sentence.zh_hans != refusal.sentence.zh_hant
    assert catalogue.own == {"units_again": "own1.yaml"}
    assert catalogue.kpi("gmv") == house().kpi("gmv")
    with pytest.raises(WrongDefinition):
        load_catalogue(tmp_path, shapes())


def test_all_mistakes_of_a_file_are_said_at_once(tmp_path: Path) -> None:
    """One KPI asks for two columns, a day and a split that are not there; another lacks two fields."""
    missing = OWN.replace("units_sold", "units_again").replace("direction: higher", "").replace("unit: count", "")
    wrong = (
        OWN.replace("[sku]", "[carrier]")
        .replace("paid_date", "packed_date")
        .replace("sum(case when is_paid then qty end)", "sum(parcels) + sum(boxes)")
    )
    said = [refusal.sentence.en for refusal in read(tmp_path, wrong, missing).refused]
    for told in ("'packed_date' does not say when", "no column 'parcels'", "no column 'boxes'", "split by 'carrier'"):
        assert sum(told in sentence for sentence in said) == 1
    for field in ("direction", "unit"):
        assert sum(f"the field '{field}' is missing" in sentence for sentence in said) == 1
    assert len(said) == 6


@pytest.mark.parametrize("text", ["kpis: [", "- 1\n- 2", "kpis: 3", "units: 1"])
def test_a_file_that_cannot_be_understood_leaves_the_house_as_it_is(tmp_path: Path, text: str) -> None:
    catalogue = read(tmp_path, text)
    assert [sentence.partition(":")[0] for sentence in said(catalogue)] == ["own0.yaml, the whole file"]
    assert catalogue.kpis == house().kpis


def test_an_own_id_that_is_written_twice_counts_once(tmp_path: Path) -> None:
    catalogue = read(tmp_path, OWN, OWN)
    assert said(catalogue) == [
        "own1.yaml, units_sold: this id is defined twice. Give one of the two another id.",
    ]
    assert catalogue.own == {"units_sold": "own0.yaml"}


def test_pay_is_not_for_everybody_to_see(tmp_path: Path) -> None:
    pay = (
        OWN.replace("fact_order_line", "fact_employee_snapshot")
        .replace("paid_date", "snapshot_date")
        .replace("sum(case when is_paid then qty end)", "sum(base_salary)")
        .replace("operations.2", "hr.2")
        .replace("[sku]", "[department]")
    )
    assert "it reads 'base_salary', which is pay. Add `access: salary`." in said(read(tmp_path, pay))[0]
    assert said(read(tmp_path, pay.replace("unit: count", "unit: count\n    access: salary"))) == []


def test_each_state_of_the_files_has_its_own_edition(tmp_path: Path) -> None:
    """Answers are remembered by it: a changed definition never shows the number of the one before."""
    first = read(tmp_path, OWN).edition
    assert read_catalogue(None).edition == read_catalogue(tmp_path / "none").edition == ""
    assert read(tmp_path, OWN).edition == first
    assert read(tmp_path, OWN.replace("Units sold", "Units")).edition != first


@pytest.mark.parametrize("file", sorted(path.name for path in HOUSE.glob("*.yaml")))
def test_every_file_of_the_house_is_right_by_the_schema_for_editors(file: str) -> None:
    content = yaml.safe_load((HOUSE / file).read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(json_schema()).iter_errors(content)] == []


@pytest.mark.parametrize(
    ("old", "new"), [("unit: count", "unit: dozen"), ("direction: higher", ""), ("id: u", "id: U")]
)
def test_the_schema_underlines_what_the_catalogue_refuses(old: str, new: str) -> None:
    validator = Draft202012Validator(json_schema())
    assert not list(validator.iter_errors(yaml.safe_load(OWN)))
    assert list(validator.iter_errors(yaml.safe_load(OWN.replace(old, new))))


def test_the_schema_is_one_itself() -> None:
    Draft202012Validator.check_schema(json_schema())


def test_adding_a_kpi_takes_one_yaml_file_and_one_oracle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing else is touched: the KPI answers in total, by month and by its dimension as the analyst's SQL does."""
    monkeypatch.setattr(oracles, "ORACLES", tmp_path)
    (tmp_path / "units_sold.sql").write_text(
        "select sum(qty) as value from fact_order_line where is_paid and paid_date >= :start and paid_date < :end",
        encoding="utf-8",
    )
    catalogue = read(tmp_path, OWN)
    assert oracles.differences(TinyEngine(company()), "units_sold", PERIOD, LAST, catalogue) == []


def test_the_example_of_the_manual_is_right(tmp_path: Path) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "own-kpis.md").read_text(encoding="utf-8")
    example = manual.partition("```yaml\n")[2].partition("```")[0]
    catalogue = read(tmp_path, example)
    assert said(catalogue) == []
    assert catalogue.own == {"units_sold": "own0.yaml"}
