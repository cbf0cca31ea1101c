"""A month or a day a column: recognised, asked about, and made rows of where somebody says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from data.ingest.check import check_rows
from data.ingest.match import use
from data.ingest.outcome import Outcome
from data.ingest.pipeline import Desk, Wish, bring, prepare
from data.ingest.read import read
from data.ingest.recipe_yaml import from_yaml, to_yaml
from data.ingest.sniff import sniff
from data.ingest.wide import unpivoted, wide_of
from tests.data.desks import opened_desk
from tests.data.ingest.files import CHINA, RATES, only, workbook, written
from tests.data.lakes import NOW

# Two accounts and three months: five budgets, a cell that says nothing, and a total that is no row.
BUDGET = (
    "Account Code,Department,2026-01,2026-02,2026-03\n"
    "6601,finance,100,110,\n"
    "6602,hr,200,210,--\n"
    "Total,,300,320,0\n"
    "6603,hr,,,\n"
)
MAPPING = """id: my_budget
fingerprint: [Account Code, Department, period, period_end, value]
unpivot: month
parts:
  - table: fact_gl_balance
    columns:
      account_code: {header: Account Code}
      department: {header: Department}
      period_end: {header: period_end}
      budget_amount: {header: value}
"""


@pytest.fixture
def desk(lake_template: Path, tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(lake_template, tmp_path / "home", base_currency="CNY") as opened:
        yield opened


@pytest.mark.parametrize(
    ("headers", "first", "last"),
    [
        ("2026-01,2026-02", date(2026, 1, 1), date(2026, 2, 28)),
        ("202601,202602", date(2026, 1, 1), date(2026, 2, 28)),
        ("Jan 2026,Feb 2026", date(2026, 1, 1), date(2026, 2, 28)),
        ("Jan-26,Feb-26", date(2026, 1, 1), date(2026, 2, 28)),
        ("2026年1月,2026年2月", date(2026, 1, 1), date(2026, 2, 28)),
        ("2026-11-01,2026-11-02", date(2026, 11, 1), date(2026, 11, 2)),
        ("3-Nov-2026,4-Nov-2026", date(2026, 11, 3), date(2026, 11, 4)),
    ],
)
def test_periods_as_headers_are_known_in_every_writing(tmp_path: Path, headers: str, first: date, last: date) -> None:
    layout = only(written(tmp_path, f"sku,{headers}\na,1,2\nb,3,4\n"))
    wide = wide_of(layout)
    assert layout.header_line == 1
    assert wide is not None
    if headers.startswith("2026-11-01"):
        assert wide.grain == "day"
    assert (wide.headers[0].first, wide.headers[-1].last) == (first, last)


def test_months_without_a_year_take_that_of_the_title_or_ask(tmp_path: Path) -> None:
    header, rows = "sku,1月,2月,3月\n", "a,1,2,3\nb,4,5,6\n"
    asked = wide_of(only(written(tmp_path, header + rows)))
    assert asked is not None
    assert asked.is_year_open
    told = wide_of(only(written(tmp_path, f"2026年预算\n\n{header}{rows}")))
    assert told is not None
    assert told.headers[1].last == date(2026, 2, 28)


def test_the_day_of_an_export_is_not_the_year_of_its_months(tmp_path: Path) -> None:
    wide = wide_of(only(written(tmp_path, "Exported 2026-11-03\n\nsku,Jan,Feb,Mar\na,1,2,3\nb,4,5,6\n")))
    assert wide is not None
    assert wide.is_year_open


@pytest.mark.parametrize("header", ["sku,name,qty", "month,2026-01,qty", "sku,May,qty"])
def test_other_headers_are_no_periods(tmp_path: Path, header: str) -> None:
    assert wide_of(only(written(tmp_path, f"{header}\na,b,1\nc,d,2\n"))) is None


def test_date_cells_above_a_sheet_are_its_months(tmp_path: Path) -> None:
    rows = [["sku", date(2026, 1, 1), date(2026, 2, 1)], ["a", 1, 2], ["b", 3, 4]]
    (layout,) = sniff(workbook(tmp_path, rows))
    wide = wide_of(layout)
    assert wide is not None
    assert unpivoted(layout, wide).sample[1] == ("a", "2026-02-01", "2026-02-28", "2")


def test_a_wide_file_is_asked_about_and_loaded_as_the_rows_it_becomes(desk: Desk, tmp_path: Path) -> None:
    """Three file rows make four table rows; the total and the row without a budget are skipped: 5 = 3 + 2."""
    file = written(tmp_path, BUDGET)
    asked = prepare(file, desk)
    assert asked.matches[0].wide is not None
    assert asked.certain == asked.loadable == ()
    assert "--unpivot" in bring(asked, desk)[0].message.en
    answered = prepare(file, desk, Wish(is_unpivoted=True))
    assert answered.loadable == ()  # nothing reads the values yet
    assert answered.matches[0].layout.names == ("Account Code", "Department", "period", "period_end", "value")
    outcome = _budget(desk, file)
    counts = (outcome.rows_read, outcome.loaded, outcome.rejected, outcome.skipped, outcome.tables)
    assert counts[:4] == (4, 2, 0, 2)
    sql = "select account_code, period_end, budget_amount, _line from lake.fact_gl_balance order by 1, 2"
    assert desk.warehouse.connection.execute(sql).fetchall() == [
        ("6601", date(2026, 1, 31), Decimal(100), 2),
        ("6601", date(2026, 2, 28), Decimal(110), 2),
        ("6602", date(2026, 1, 31), Decimal(200), 3),
        ("6602", date(2026, 2, 28), Decimal(210), 3),
    ]


def test_a_wide_row_with_a_bad_cell_is_refused_whole_and_once(desk: Desk, tmp_path: Path) -> None:
    outcome = _budget(desk, written(tmp_path, BUDGET.replace("110", "much")))
    assert (outcome.loaded, outcome.rejected, outcome.rejects[0].line, outcome.rejects[0].value) == (1, 1, 2, "much")


def test_a_saved_answer_serves_next_month_too(desk: Desk, tmp_path: Path) -> None:
    answered = prepare(written(tmp_path, BUDGET), desk, Wish(is_unpivoted=True))
    recipe = prepare(written(tmp_path, BUDGET), desk, Wish(recipe=from_yaml(MAPPING))).matches[0].recipe
    assert recipe is not None
    desk.installation.state.save_mapping(answered.matches[0].layout.names, "budget", to_yaml(recipe), "mei", NOW)
    longer = BUDGET.replace("2026-03", "2026-03,2026-04").replace("6601,finance,100,110,", "6601,finance,100,110,,9")
    later = prepare(written(tmp_path, longer.replace("\n6602,hr,200,210,--", "\n6602,hr,200,210,--,")), desk)
    assert (later.matches[0].how, later.matches[0].is_certain) == ("saved", True)


def test_columns_that_somebody_wants_to_stay_columns_stay(desk: Desk, tmp_path: Path) -> None:
    found = prepare(written(tmp_path, BUDGET), desk, Wish(is_unpivoted=False)).matches[0]
    assert found.wide is None
    assert "2026-01" in found.layout.names


def _budget(desk: Desk, file: Path) -> Outcome:
    (outcome,) = bring(prepare(file, desk, Wish(recipe=from_yaml(MAPPING))), desk)
    return outcome


def test_amounts_with_commas_a_month_a_column_are_read_as_the_whole_table_writes_them(tmp_path: Path) -> None:
    """A budget in thousands, as spreadsheets show it; the German one has decimal commas."""
    recipe = (
        "id: x\nunpivot: month\nparts: [{table: fact_gl_balance, "
        "columns: {account_code: account_code, period_end: period_end, amount: value}}]"
    )
    for cells, amounts in (('"1,234","2,500.5"', [1234, 2500.5]), ('"1.234,5","12,5"', [1234.5, 12.5])):
        layout = only(written(tmp_path, f"account_code,2026-01,2026-02\n4000,{cells}\n"))
        wide = wide_of(layout)
        assert wide is not None
        found = use(unpivoted(layout, wide), from_yaml(recipe))
        assert found.recipe is not None
        (frame,) = read(found.layout)
        checked = check_rows(frame, found.recipe, CHINA, RATES, found.dates.orders)
        assert checked.frames["fact_gl_balance"]["amount"].cast(pl.Float64).to_list() == amounts
