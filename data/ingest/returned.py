"""The refused rows as a file of their own: as they were written, with the reasons, ready to be put right."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

import polars as pl

from data.errors import Language, Text
from data.ingest.layout import LINE, MORE, Layout
from data.ingest.messages import refusal_message
from data.ingest.read import read

LINE_HEAD = Text("Line", "行号", "列號")
COLUMN_HEAD = Text("Refused column", "被拒绝的列", "被拒絕的欄")
VALUE_HEAD = Text("Refused value", "被拒绝的值", "被拒絕的值")
REASON_HEAD = Text("Reason", "原因", "原因")
# A spreadsheet runs what begins like this; a plain number may begin with a sign.
FORMULA = r"^[=@\t\r]|^[+\-](?:[^\d.,\s]|.*[^\d.,%\s])"
BETWEEN = "; "
# Before the names of our own four columns, which a file may use too.
OURS = "\u0000"


def refused_rows(layouts: Sequence[Layout], rejects: pl.DataFrame, language: Language) -> Iterator[str]:
    """The refused rows of a file as CSV text in pieces, each row once, with line, column, value and reason at its end.

    Args:
        layouts: the tables of the file; each that has refused rows gets its own line of headers.
        rejects: [line, column, rule, message_key] and, where it is known, value; else the cell of the file stands.

    Cells that a spreadsheet would run as a formula are disarmed by an apostrophe.
    """
    for layout in layouts:
        is_begun = False
        for frame in read(layout):
            rows = frame.filter(pl.col(LINE).is_in(rejects["line"].unique().implode()))
            if rows.height:
                yield _written(_with_reasons(rows.drop(MORE), rejects, language), is_first=not is_begun)
                is_begun = True
        if is_begun and layout is not layouts[-1]:
            yield "\n"


def _with_reasons(rows: pl.DataFrame, rejects: pl.DataFrame, language: Language) -> pl.DataFrame:
    of_rows = rejects.filter(pl.col("line").is_in(rows[LINE].implode()))
    named = [name for name in of_rows["column"].unique() if name in rows.columns]
    cells = rows.unpivot(on=named, index=LINE, variable_name="column", value_name="cell")
    value = pl.coalesce("value", "cell") if "value" in of_rows.columns else pl.col("cell")
    found = of_rows.join(cells, left_on=["line", "column"], right_on=[LINE, "column"], how="left")
    found = found.with_columns(value=value.fill_null(""))
    said = [
        refusal_message(key or rule, column, text, rule).say(language)
        for key, column, text, rule in found.select("message_key", "column", "value", "rule").iter_rows()
    ]
    heads = [head.say(language) for head in (COLUMN_HEAD, VALUE_HEAD, REASON_HEAD)]
    reasons = (
        found.with_columns(pl.Series("reason", said, dtype=pl.String))
        .group_by("line", maintain_order=True)
        .agg(pl.col(name).unique(maintain_order=True).str.join(BETWEEN) for name in ("column", "value", "reason"))
        .rename(dict(zip(("column", "value", "reason"), (OURS + head for head in heads), strict=True)))
    )
    joined = rows.join(reasons, left_on=LINE, right_on="line", how="left", maintain_order="left")
    originals = [name for name in rows.columns if name != LINE]
    line = pl.col(LINE).cast(pl.String).alias(OURS + LINE_HEAD.say(language))
    return joined.select(*originals, line, *(OURS + head for head in heads))


def _written(frame: pl.DataFrame, *, is_first: bool) -> str:
    texts = pl.col(pl.String)
    disarmed = pl.when(texts.str.contains(FORMULA)).then("'" + texts).otherwise(texts)
    body = frame.with_columns(disarmed.name.keep()).write_csv(include_header=False)
    return _heads(frame.columns) + body if is_first else body


def _heads(names: Sequence[str]) -> str:
    plain = pl.Series([name.removeprefix(OURS) for name in names])
    safe = pl.select(pl.when(plain.str.contains(FORMULA)).then("'" + plain).otherwise(plain)).to_series()
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(safe)
    return out.getvalue()
