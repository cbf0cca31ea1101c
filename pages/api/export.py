"""The rows behind a number as a file: CSV of any length, Excel up to a limit."""

from __future__ import annotations

import io
from collections.abc import Iterator

import polars as pl

from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.model import Text
from metrics.policy import Viewer
from metrics.rows import RowsPage, rows
from pages.api.links import RowsLink, WrongLink

CHUNK_ROWS = 50_000
EXCEL_ROWS = 200_000
# Excel shows UTF-8 without this mark as mojibake.
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_FORMULA_STARTS = r"^[=+\-@\t\r]"
_TOO_MANY = Text(
    "An Excel file takes {limit} rows here, and this number has {total}. Take the CSV, or a shorter period.",
    "此处的 Excel 文件最多 {limit} 行，而该指标有 {total} 行。请改用 CSV，或缩短时间段。",
    "此處的 Excel 檔案最多 {limit} 列，而該指標有 {total} 列。請改用 CSV，或縮短期間。",
)


class TooManyRows(ValueError):
    """More rows than an Excel file is given; `sentence` says it in three languages."""

    def __init__(self, total: int) -> None:
        self.sentence = _TOO_MANY.fill(limit=f"{EXCEL_ROWS:,}", total=f"{total:,}")
        super().__init__(self.sentence.en)


def page_of(engine: Engine, link: RowsLink, viewer: Viewer, catalogue: Catalogue, limit: int, offset: int) -> RowsPage:
    """One stretch of the rows of a link. Raises MetricError; WrongLink for a table that the KPI does not read."""
    tables = catalogue.kpi(link.kpi).tables
    if link.table is not None and link.table not in tables:
        raise WrongLink("table", " / ".join(tables))
    return rows(
        engine, link.kpi, link.period, link.filters, viewer, catalogue, limit, offset, as_of=None, table=link.table
    )


def csv_chunks(engine: Engine, link: RowsLink, viewer: Viewer, catalogue: Catalogue) -> Iterator[bytes]:
    """The CSV in pieces, all read at one version of the lake; texts that a spreadsheet would run are disarmed."""
    with engine.reading() as reader:
        offset, total = 0, 1
        while offset < total:
            page = page_of(reader, link, viewer, catalogue, CHUNK_ROWS, offset)
            total = page.total
            mark = BYTE_ORDER_MARK if offset == 0 else b""
            yield mark + _disarmed(page.rows).write_csv(include_header=offset == 0).encode()
            offset += CHUNK_ROWS


def excel(engine: Engine, link: RowsLink, viewer: Viewer, catalogue: Catalogue) -> bytes:
    """The Excel file. Raises MetricError, TooManyRows."""
    page = page_of(engine, link, viewer, catalogue, EXCEL_ROWS, 0)
    if page.total > EXCEL_ROWS:
        raise TooManyRows(page.total)
    file = io.BytesIO()
    decimals = [name for name, kind in page.rows.schema.items() if kind.is_decimal()]
    frame = page.rows.with_columns(pl.col(decimals).cast(pl.Float64))
    frame.write_excel(file, worksheet=page.table[:31], autofit=page.rows.height <= 5000, freeze_panes=(1, 0))
    return file.getvalue()


def _disarmed(frame: pl.DataFrame) -> pl.DataFrame:
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    is_armed = {name: pl.col(name).str.contains(_FORMULA_STARTS) for name in texts}
    return frame.with_columns(
        pl.when(is_armed[name]).then(pl.concat_str(pl.lit("'"), name)).otherwise(name).alias(name) for name in texts
    )
