"""Files that nobody would write: never a crash, never a row that is neither read nor accounted for."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import DataError
from data.ingest.check import check_rows
from data.ingest.groups import read_for
from data.ingest.layout import Layout
from data.ingest.match import match
from data.ingest.pipeline import Desk, Wish, bring, prepare
from data.ingest.read import read
from data.ingest.recipe_yaml import presets
from data.ingest.refusals import NotReadable
from data.ingest.tables import find_tables
from tests.data.desks import opened_desk
from tests.data.ingest.files import CHINA, RATES, workbook

HEADER = ["order_id", "order_date", "paid_date", "gmv_amount", "discount_amount"]
NASTY = st.sampled_from(
    ["", " ", '"', 'a"b', '""', "a,b", "x;y", "line\nbreak", "cr\rhere", "crlf\r\n", "=1+1", "@x", "-", "--", "N/A",
     "(not set)", '="00123"', "合计", "Total", "order_id", "\x00", "a\x00b", "\ufeff", "1,234.50", "12,5", "1.2万",
     "(3)", "9" * 40, "1e400", "2026-11-01", "03/04/2026", "13/04/2026", "2026-02-30", "45963", "1762128000",
     "99999999999", "订单", "é", "😀", "[" * 300, "#", "# x", "# 1", "\t", "\x0b", "\u2028", "\x85", "nan", "inf",
     "0x10", "+-5"]
)  # fmt: skip
CELL = st.one_of(NASTY, st.text(max_size=8), st.integers(-999, 9999).map(str), st.dates().map(str))
ROW = st.one_of(
    st.lists(CELL, min_size=5, max_size=5), st.lists(CELL, max_size=8), st.just(HEADER), st.just([]), st.just(["Total"])
)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "cp1252", "big5"])
SAYS = settings(deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
QUICK, WHOLE = settings(SAYS, max_examples=60), settings(SAYS, max_examples=4)
LONG, LONG_WHOLE = settings(SAYS, max_examples=1000), settings(SAYS, max_examples=40)


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    """A file of order rows, as some tool gone wrong might write it."""
    out = io.StringIO()
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    writer = csv.writer(out, delimiter=draw(st.sampled_from(",;\t|")), quoting=quoting, lineterminator=end)
    writer.writerows(draw(st.sampled_from([[], [["Orders of November"], []], [["# report"]]])))
    writer.writerow(HEADER)
    writer.writerows(draw(st.lists(ROW, max_size=12)))
    text = out.getvalue()
    cut = draw(st.one_of(st.none(), st.integers(0, len(text))))
    text = text if cut is None else text[:cut] + draw(st.sampled_from(["", '"', "\r", "\n\n", ",,,,,,,,"])) + text[cut:]
    return text.encode(draw(ENCODINGS), "replace")


@st.composite
def bent(draw: st.DrawFn, whole: bytes) -> bytes:
    """The bytes with a few of them changed, and perhaps cut off."""
    raw = bytearray(whole)
    for _ in range(draw(st.integers(1, 6))):
        raw[draw(st.integers(0, len(raw) - 1))] = draw(st.integers(0, 255))
    return bytes(raw[: draw(st.one_of(st.just(len(raw)), st.integers(1, len(raw))))])


def starts_of(layout: Layout) -> list[int]:
    """The lines on which records begin, counted by the csv module on the whole file."""
    text = layout.path.read_bytes().decode(layout.encoding)
    if layout.line_end != "\n":
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = [f"{line}\n" for line in text.replace("\r\n", "\n").replace("\r", " ").removesuffix("\n").split("\n")]
    reader, before, starts = csv.reader(lines, delimiter=layout.delimiter), 0, []
    for _ in reader:
        starts.append(before + 1)
        before = reader.line_num
    return starts


def read_all(content: bytes) -> None:
    """Sniff, read and check; whatever is no table may be refused, and what is one is accounted for to the last row."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        try:
            found = find_tables(path)
            for layout in found.layouts:
                lines = [line for frame in read(layout) for line in frame["_line"]]
                if layout.kind == "csv":
                    last = layout.last_data_line or 10**9
                    assert lines == [at for at in starts_of(layout) if layout.first_data_line <= at <= last]
                check_all(layout, len(lines))
        except NotReadable:
            return


def check_all(layout: Layout, rows: int) -> None:
    """Each row that was read is good, refused or skipped, once."""
    matched = match(layout, presets())
    if matched.recipe is None or matched.missing:
        return
    counted = 0
    for frame in read_for(layout, matched.recipe):
        checked = check_rows(frame, matched.recipe, CHINA, RATES, matched.dates.orders)
        good = {line for one in checked.frames.values() for line in one["_line"]}
        refused = set(checked.rejects["line"])
        assert not good & refused
        assert checked.rows_read == len(good) + len(refused) + checked.skipped
        counted += checked.rows_read
    assert counted == rows


@QUICK
@given(texts())
def test_no_text_is_a_crash_or_loses_a_row(content: bytes) -> None:
    read_all(content)


@settings(QUICK, max_examples=40)
@given(st.data())
def test_no_bent_workbook_is_a_crash(data: st.DataObject) -> None:
    read_all(data.draw(bent(BOOK)))


@settings(QUICK, max_examples=40)
@given(st.binary(max_size=200))
def test_no_bytes_are_a_crash(content: bytes) -> None:
    read_all(content)


@pytest.fixture(scope="module")
def desk(lake_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened_desk(
        lake_template, tmp_path_factory.mktemp("fuzz"), base_currency="CNY", reject_share_limit=1
    ) as opened:
        yield opened


@WHOLE
@given(content=texts())
def test_the_whole_way_counts_every_row_once(desk: Desk, content: bytes) -> None:
    bring_all(desk, content)


@pytest.mark.slow
@LONG
@given(texts())
def test_no_text_is_a_crash_or_loses_a_row_at_length(content: bytes) -> None:
    read_all(content)


@pytest.mark.slow
@LONG_WHOLE
@given(content=texts())
def test_the_whole_way_counts_every_row_once_at_length(desk: Desk, content: bytes) -> None:
    bring_all(desk, content)


def bring_all(desk: Desk, content: bytes) -> None:
    """Load it without keeping it; the counts add up to the rows of the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(content)
        try:
            prepared = prepare(path, desk, Wish(table="fact_order"))
            outcomes = bring(prepared, desk, is_trusted=True, is_trial=True)
        except DataError:
            return
        for one in outcomes:
            if one.is_loaded:
                assert one.rows_read == one.loaded + one.changed + one.unchanged + one.rejected + one.skipped
        if len(outcomes) == len(prepared.matches) == 1 and outcomes[0].is_loaded:
            layout = prepared.matches[0].layout
            rows = [at for at in starts_of(layout) if at >= layout.first_data_line]
            assert outcomes[0].rows_read == len(rows) + layout.lines_above


def _book() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return workbook(
            Path(folder), [HEADER, ["a", "2026-11-01", "", 5, 0], ["b", "2026-11-02", "", 6, 1]]
        ).read_bytes()


BOOK = _book()
