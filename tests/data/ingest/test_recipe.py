"""Recipes are data: written as YAML and read again, with a plain word where one is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from data.contracts import TABLES
from data.ingest.cells_yaml import BadMapping
from data.ingest.match import match
from data.ingest.recipe import Recipe
from data.ingest.recipe_yaml import from_yaml, presets, to_yaml
from data.ingest.sniff import sniff
from data.ingest.template import NoTemplate, template
from tests.data.ingest.files import checked, money, recognised, written


@pytest.mark.parametrize("recipe", presets(), ids=lambda recipe: recipe.id)
def test_a_preset_is_the_same_after_writing_and_reading(recipe: Recipe) -> None:
    assert from_yaml(to_yaml(recipe)) == recipe


@pytest.mark.parametrize("recipe", presets(), ids=lambda recipe: recipe.id)
def test_a_preset_is_named_in_three_languages_and_known_by_headers(recipe: Recipe) -> None:
    assert recipe.fingerprint
    assert all((recipe.names.en, recipe.names.zh_hans, recipe.names.zh_hant))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("parts: [", "line"),
        ("id: x\n", "'parts' is missing"),
        ("id: x\nparts: [{table: fact_orders, columns: {order_id: a}}]", "'fact_orders' is not one of"),
        ("id: x\nparts: [{table: fact_order, columns: {order: a}}]", "'order' is not one of"),
        ("id: x\nparts: [{table: fact_order, columns: {order_id: {heading: a}}}]", "no cell is written 'heading'"),
        ("id: x\nparts: [{table: fact_order, columns: {order_id: {header: a, prefx: b}}}]", "'prefx'"),
        ("id: x\nparts: [{table: fact_order, columns: {order_id: {header: a, take: '('}}}]", "not a pattern"),
        ("id: x\nparts: [{table: fact_order, columns: {gmv_amount: {header: a, multiply: b}}}]", "not a number"),
        ("id: x\nparts: [{table: fact_order, columns: {gmv_amount: {header: a, divide: 0}}}]", "divide: 0"),
        ("id: x\nparts: [{table: fact_order, columns: {order_id: {header: a, split: {by: '-', part: 0}}}}]", "not 0"),
        ("id: x\nparts: [{table: fact_order, columns: {order_id: a}, where: [{header: a, is: 1}]}]", "one of: in"),
        ("id: x\nprices: high\nparts: [{table: fact_order, columns: {order_id: a}}]", "'high' is not one of"),
        ("id: x\ndate_orders: {a: ymd}\nparts: [{table: fact_order, columns: {order_id: a}}]", "'ymd' is not one of"),
        (
            "id: x\ndate_order: {a: dmy}\nparts: [{table: fact_order, columns: {order_id: a}}]",
            "'date_orders' comes nearest",
        ),
        ("id: x\nparts: [{table: fact_order, columns: {order_id: {headr: a}}}]", "'header' comes nearest"),
    ],
)
def test_a_mapping_that_is_wrong_says_where_and_what(text: str, words: str) -> None:
    with pytest.raises(BadMapping) as caught:
        from_yaml(text, "my.map.yaml")
    assert "my.map.yaml" in str(caught.value)
    assert words in str(caught.value)


def test_the_mapping_of_the_guide_reads_a_file_as_it_says(tmp_path: Path) -> None:
    """The first YAML of docs/analyst.md that begins with an id, on a file with its headers."""
    guide = (Path(__file__).parents[3] / "docs" / "analyst.md").read_text(encoding="utf-8")
    recipe = from_yaml("id: " + guide.partition("```yaml\nid: ")[2].partition("```")[0], "guide.map.yaml")
    head = "Nummer;Datum;Uhrzeit;Betrag;Rabatt (Cent);Plattform;Status\n"
    rows = "2026/A1;03/04/2026;10:30;1,250;200;天猫;ok\n2026/A2;03/04/2026;11:00;5;;Amazon;ok\n"
    rows += "2026/A3;03/04/2026;11:00;5;;amazon;ok\n2026/A4;03/04/2026;11:00;5;;jd;Test\n"
    found = checked(written(tmp_path, head + rows), recipe=recipe)
    first, third = found.frames["fact_order"].sort("order_id").rows(named=True)
    assert (first["order_id"], first["created_at"]) == ("shop:A1", datetime(2026, 4, 3, 10, 30))
    assert (first["gmv_amount"], first["discount_amount"]) == (money("1.25"), money("2"))
    assert (first["sales_channel"], first["store_name"], third["sales_channel"]) == ("tmall", "Berlin", "amazon")
    # A value that is not listed must be one of our codes.
    assert found.rejects.select("line", "column", "value").rows() == [(3, "Plattform", "Amazon")]


EXPRESSIONS = """id: own
parts:
- table: fact_order
  columns:
    order_id: {header: number, split: {by: /, part: 2}, prefix: 'shop:', suffix: -x}
    customer_id: {header: number, split: {by: /, part: -1}}
    created_at: {join: [day, hour]}
    sales_channel: {header: place, values: {天猫店: tmall}}
    gmv_amount: {header: cents, divide: '100'}
    discount_amount: {header: share, multiply: '100'}
"""


def test_simple_expressions_are_written_without_code_and_read_as_meant(tmp_path: Path) -> None:
    """A part of a text, texts around it, two columns joined, a value translated, cents made whole."""
    recipe = from_yaml(EXPRESSIONS)
    assert from_yaml(to_yaml(recipe)) == recipe
    head = "number,day,hour,place,cents,share\n"
    rows = "2026/A1/k9,2026-11-02,10:30,天猫店,1005,0.125\nA2,2026-11-02,,tmall,99,\n"
    found = checked(written(tmp_path, head + rows), recipe=recipe)
    (order,) = found.frames["fact_order"].drop("_line").rows(named=True)
    assert (order["order_id"], order["customer_id"]) == ("shop:A1-x", "k9")
    assert (order["created_at"], order["sales_channel"]) == (datetime(2026, 11, 2, 10, 30), "tmall")
    assert (order["gmv_amount"], order["discount_amount"]) == (money("10.05"), money("12.5"))
    # The second number has no second part, and an order must have one.
    assert found.rejects.select("line", "column", "rule").rows() == [(3, "number", "required")]


def test_a_recipe_carries_what_its_file_has_and_what_follows_from_it(tmp_path: Path) -> None:
    """No paid_at, so neither paid_date nor is_paid; gmv gives net."""
    found = recognised(written(tmp_path, "order_id,created_at,gmv_amount\na,2026-11-01,5\nb,2026-11-02,6\n"))
    assert found.recipe is not None
    (part,) = found.recipe.parts
    assert found.recipe.carries(part) == ("order_id", "created_at", "order_date", "gmv_amount", "net_amount")


@pytest.mark.parametrize("table", [name for name, one in TABLES.items() if not one.generated])
def test_a_template_is_recognised_and_its_example_row_is_good(tmp_path: Path, table: str) -> None:
    headers, example = template(table).splitlines()
    # The example is skipped; below it stands a row like it that is somebody's own.
    path = written(
        tmp_path, "\n".join([headers, example, example.replace("2026-1", "2025-1").replace("-001", "-002"), ""])
    )
    found = recognised(path)
    assert found.is_certain
    assert found.tables == (table,)
    read = checked(path)
    assert read.rejects.is_empty()
    assert read.frames[table].height == 1


def test_there_is_no_template_of_what_is_never_imported() -> None:
    with pytest.raises(NoTemplate, match="fact_order"):
        template("dim_date")


def test_a_personal_column_name_is_never_written_and_the_mapping_still_fits_its_file(tmp_path: Path) -> None:
    """A survey that names its respondents above the columns: the mapping keeps a star and knows the file again."""
    headers = ["order_id", "paid_at", "mei@shop.example", "Tel +8613912345678", "2026-10"]
    recipe = replace(presets()[0], fingerprint=tuple((header,) for header in headers), ignored=tuple(headers[2:]))
    kept = from_yaml(to_yaml(recipe))
    assert kept.fingerprint == (("order_id",), ("paid_at",), ("*",), ("Tel *",), ("2026-10",))
    assert kept.ignored == ("*", "Tel *", "2026-10")
    layout = sniff(written(tmp_path, ",".join(headers) + "\nA1,2026-11-02,1,2,3\n"))[0]
    assert match(layout, presets(), [kept]).how == "saved"
