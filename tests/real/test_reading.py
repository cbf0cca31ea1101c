"""Real public files: what is read equals what was counted without us."""

from __future__ import annotations

import json
import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.ingest.layout import Layout
from data.ingest.moments import evidence, read_moments
from data.ingest.read import read
from data.ingest.skip import non_data
from data.ingest.sniff import sniff
from data.ingest.values import read_numbers, read_text

pytestmark = pytest.mark.real
SPAN = re.compile(r"(\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}:\d{2})?) … (\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}:\d{2})?)")
PULL_REQUESTS = "technology/eyarz/github_prs_Feb-Sep.csv"
NOT_PLAIN = {"operations/rustom/data-export.csv", PULL_REQUESTS}


def _rows(layout: Layout) -> pl.DataFrame:
    """The data rows of a table: no blank rows, no totals."""
    whole = pl.concat(list(read(layout)))
    assert whole["_more"].null_count() == whole.height
    return whole.filter(~non_data(whole))


def _total(rows: pl.DataFrame, header: str) -> Decimal:
    reading = read_numbers(read_text(rows[header]), scale=9)
    assert reading.bad is None, header
    return Decimal(reading.values.cast(pl.Decimal(38, 9)).sum())


def _span(rows: pl.DataFrame, header: str) -> tuple[datetime, datetime]:
    texts = read_text(rows[header])
    reading = read_moments(texts, evidence(texts).order, "UTC")
    assert reading.bad is None, header
    first, last = reading.values.min(), reading.values.max()
    assert isinstance(first, datetime)
    assert isinstance(last, datetime)
    return first, last


def _differences(name: str, rows: pl.DataFrame, oracle: dict[str, Any]) -> list[str]:
    width = rows.width - 2
    counted = oracle.get("rows") or oracle.get("rows (all)") or oracle["rows (without Total rows)"]
    found = [f"{name}: {rows.height} x {width}"] if (rows.height, width) != (counted, oracle["columns"]) else []
    for key, value in oracle.items():
        header = key.removeprefix("sum ")
        if key.startswith("sum ") and header in rows.columns:
            total = _total(rows, header)
            if total.quantize(Decimal("0.000001")) != Decimal(value).quantize(Decimal("0.000001")):
                found.append(f"{name}: {key} {total} instead of {value}")
        elif isinstance(value, dict) and key in rows.columns:
            cells = rows[key].fill_null("").str.strip_chars().value_counts().rows()
            if (read_counts := dict(cells)) != value:
                found.append(f"{name}: {key} {read_counts} instead of {value}")
        elif key.startswith("distinct ") and key.removeprefix("distinct ") in rows.columns:
            cells_of = rows[key.removeprefix("distinct ")].str.strip_chars()
            if (different := cells_of.filter(cells_of != "").n_unique()) != value:
                found.append(f"{name}: {key} {different} instead of {value}")
        elif key == "exact duplicate rows":
            texts = rows.drop("_line", "_more")
            if (repeats := texts.height - texts.n_unique()) != value:
                found.append(f"{name}: {key} {repeats} instead of {value}")
        elif isinstance(value, str) and key in rows.columns and (span := SPAN.fullmatch(value)):
            days = "%Y-%m-%d %H:%M:%S" if " " in span[1] else "%Y-%m-%d"
            read_span = tuple(moment.strftime(days) for moment in _span(rows, key))
            if read_span != (span[1], span[2]):
                found.append(f"{name}: {key} {read_span} instead of {value}")
    return found


def test_rows_columns_sums_groups_and_spans_of_every_file_are_those_counted_without_us(real: Path) -> None:
    """61 files: line ends, encodings, delimiters, date orders and number forms of 19 publishers."""
    oracles = json.loads((real / "oracles.json").read_text(encoding="utf-8"))
    plain = [name for name in oracles if name not in NOT_PLAIN]
    differences = []
    for name in plain:
        (layout,) = sniff(real / name)
        differences += _differences(name, _rows(layout), oracles[name]["oracle"])
    assert not differences
    assert len(plain) >= 50


def test_summary_rows_in_the_body_are_no_dates(real: Path) -> None:
    """Eight monthly summaries among 671 rows: only a recipe can know them, but none passes for a day."""
    (layout,) = sniff(real / PULL_REQUESTS)
    reading = read_moments(read_text(_rows(layout)["DATE"]), None, "UTC")
    assert reading.bad is not None
    assert (len(reading.values), reading.bad.sum()) == (671, 8)


@pytest.mark.parametrize(
    ("file", "encoding", "delimiter", "line_end"),
    [
        ("marketing/amankharwal/Instagram data 2.csv", "cp1252", ",", "\n"),
        ("marketing/amankharwal/marketing_campaign.csv", "utf-8-sig", ";", "\n"),
        ("marketing/pthiagu2/WA_Fn-UseC_-Marketing-Customer-Value-Analysis.csv", "utf-8", ",", "\r"),
        ("product/haorenxwx/淘宝数据.csv", "gb18030", ",", "\n"),
        ("product/amankharwal/amazon_alexa.tsv", "utf-8-sig", "\t", "\n"),
    ],
)
def test_how_a_file_is_written_is_told_from_its_bytes(
    real: Path, file: str, encoding: str, delimiter: str, line_end: str
) -> None:
    (layout,) = sniff(real / file)
    assert (layout.encoding, layout.delimiter, layout.line_end) == (encoding, delimiter, line_end)


def test_the_ga4_export_is_three_tables_with_the_totals_of_each(real: Path) -> None:
    oracle = json.loads((real / "oracles.json").read_text(encoding="utf-8"))["operations/rustom/data-export.csv"]
    layouts = sniff(real / "operations/rustom/data-export.csv")
    assert len(layouts) == oracle["oracle"]["tables in file"]
    for number, layout in enumerate(layouts, start=1):
        rows = _rows(layout)
        size, *sums = oracle["oracle"][f"table {number}"].split("; ")
        assert f"{rows.height} rows × {len(layout.names)} cols" == size
        for one in sums:
            header, value = one.removeprefix("sum ").split("=")
            assert _total(rows, header) == Decimal(value)


def test_the_search_terms_report_has_nine_total_rows_that_are_no_data(real: Path) -> None:
    """Its title names the 14 days, and the sums of the data are those of the oracle."""
    (layout,) = sniff(real / "marketing/yusufadaptive/Search terms report.csv")
    whole = pl.concat(list(read(layout)))
    skipped = non_data(whole)
    assert skipped.sum() == 9
    rows = whole.filter(~skipped)
    assert _total(rows, "Cost") == Decimal("2235.33")
    assert _total(rows, "Cost (Converted currency)") == Decimal("2570.39")
    assert layout.title_period is not None
    assert [day.isoformat() for day in layout.title_period] == ["2026-02-10", "2026-02-23"]


@pytest.mark.parametrize(
    ("file", "header", "filled"),
    [
        ("hr/Analytics-Avenue/hiring_funnel_data.csv", "Join_Date", 423),
        ("finance/fivetran/invoice_line_data.csv", "_fivetran_synced", 22),
        ("product/amankharwal/23_09_2022.csv", "created_at", 936),
        ("technology/eyarz/github_stargazers.csv", "category", 1010),
    ],
)
def test_days_and_clocks_that_tools_write_oddly_are_read(real: Path, file: str, header: str, filled: int) -> None:
    """NaT is no day, 6:16:26 has no leading zero, +05:30 is another zone, a weekday stands before the day."""
    (layout,) = sniff(real / file)
    reading = read_moments(read_text(_rows(layout)[header]), None, "UTC")
    assert reading.bad is None
    assert reading.values.drop_nulls().len() == filled
