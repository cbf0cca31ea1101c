"""Cells as they stand in a recipe file, read and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

import polars as pl

from data.errors import DataError, Text
from data.ingest.cells import (
    KEEP,
    OPERATIONS,
    TESTS,
    Cell,
    Combined,
    Condition,
    Constant,
    Digest,
    Header,
    Ordinal,
    Share,
    Split,
)
from data.ingest.layout import impersonal

OPTIONS = ("prefix", "suffix", "take", "split", "whole", "values", "contains", "default", "filled", "fill_within",
           "known_only", "multiply", "divide", "when", "otherwise")  # fmt: skip

FORMS = ("header", "constant", "share", "number", "digest", *OPERATIONS)


class BadMapping(DataError):
    """A mapping file that cannot be used."""

    text = Text(
        "The mapping {file} cannot be used: at {place}, {problem}. Nothing was loaded; put it right and try again.",
        "无法使用映射文件 {file}：{place} 处，{problem}。没有加载任何数据；请改正后重试。",
        "無法使用對應檔 {file}：{place} 處，{problem}。沒有載入任何資料；請改正後再試。",
    )


UNKNOWN = Text("'{found}' is not one of: {known}", "“{found}”不在其中：{known}", "「{found}」不在其中：{known}")
CLOSE = Text(
    "{problem} ('{close}' comes nearest)", "{problem}（最接近的是“{close}”）", "{problem}（最接近的是「{close}」）"
)
UNKNOWN_FORM = Text("no cell is written '{found}'", "没有写作“{found}”的单元格形式", "沒有寫作「{found}」的儲存格形式")
NOT_A_LIST = Text("'{found}' should be a list", "“{found}”应为列表", "「{found}」應為清單")
NOT_A_NUMBER = Text("'{found}' is not a number", "“{found}”不是数字", "「{found}」不是數字")
NOT_A_PATTERN = Text("'{found}' is not a pattern", "“{found}”不是正则表达式", "「{found}」不是規則運算式")
NO_SPLIT = Text(
    "a split has a text 'by' and a part, which is a whole number and not 0",
    "split 需要文本 by 和非零整数 part",
    "split 需要文字 by 和非零整數 part",
)
ONE_TEST = Text(
    "a condition has a header and one of: {known}",
    "条件需要一个 header 和其中一项：{known}",
    "條件需要一個 header 和其中一項：{known}",
)


class Wrong(Exception):
    """What is wrong with a piece of a mapping; the reader of the file says where."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem


def unknown(found: object, known: Sequence[str | None]) -> Text:
    """That something is none of the known names, with the nearest of them where one is near."""
    listed = [name for name in known if name is not None]
    return _with_close(UNKNOWN.fill(found=found, known=", ".join(listed)), [str(found)], listed)


def _with_close(problem: Text, found: Sequence[str], known: Sequence[str]) -> Text:
    close = [name for one in found for name in get_close_matches(one, known, 1)]
    return CLOSE.fill(problem=problem, close=close[0]) if close else problem


def read_cell(written: Any) -> Cell:
    """The cell that a YAML value describes.

    Raises:
        Wrong: a form that there is not.
    """
    if isinstance(written, str | list):
        return Header(names(written))
    if not isinstance(written, Mapping):
        raise Wrong(UNKNOWN_FORM.fill(found=written))
    if "constant" in written:
        _only(written, "constant")
        return Constant(_text(written["constant"]) or "")
    if "header" in written:
        return _read_header(written)
    if "share" in written:
        _only(written, "share", "by", "within")
        return Share(read_cell(written["share"]), read_cell(written.get("by")), names(written.get("within")))
    if "number" in written:
        _only(written, "number", "within")
        return Ordinal(names(written["number"]), names(written.get("within")))
    if "digest" in written:
        _only(written, "digest")
        if not isinstance(written["digest"], list) or not written["digest"]:
            raise Wrong(NOT_A_LIST.fill(found="digest"))
        return Digest(tuple(map(names, written["digest"])))
    for operation in OPERATIONS:
        if operation in written:
            _only(written, operation, "with")
            if not isinstance(written[operation], list):
                raise Wrong(NOT_A_LIST.fill(found=operation))
            return Combined(operation, tuple(map(read_cell, written[operation])), str(written.get("with", " ")))
    raise _unknown_form(list(written), FORMS)


def _only(written: Mapping[str, Any], *known: str) -> None:
    if others := [key for key in written if key not in known]:
        raise _unknown_form(others, known)


def _unknown_form(found: Sequence[object], known: Sequence[str]) -> Wrong:
    shown = [str(one) for one in found]
    return Wrong(_with_close(UNKNOWN_FORM.fill(found=", ".join(shown)), shown, known))


def _read_header(written: Mapping[str, Any]) -> Header:
    _only(written, "header", *OPTIONS)
    divide = _number(written, "divide")
    if divide == 0:
        raise Wrong(NOT_A_NUMBER.fill(found="divide: 0"))
    return Header(
        names(written["header"]),
        prefix=str(written.get("prefix", "")),
        suffix=str(written.get("suffix", "")),
        take=read_pattern(written.get("take")),
        split=_split(written.get("split")),
        is_whole=bool(written.get("whole", False)),
        values=_read_values(written.get("values")),
        contains=_read_values(written.get("contains")),
        default=_text(written["default"]) if "default" in written else KEEP,
        is_filled=bool(written.get("filled", False)),
        fill_within=names(written["fill_within"]) if "fill_within" in written else (),
        known_only=bool(written.get("known_only", False)),
        multiply=_number(written, "multiply"),
        divide=divide,
        when=read_condition(written["when"]) if "when" in written else None,
        otherwise=_text(written.get("otherwise")),
    )


def read_condition(written: Any) -> Condition:
    """The condition that a YAML value describes, `{header: …, in: […]}`.

    Raises:
        Wrong: no header, or not exactly one test.
    """
    tests = [test for test in TESTS if isinstance(written, Mapping) and test in written]
    if len(tests) != 1 or len(written) != 2 or "header" not in written:
        raise Wrong(ONE_TEST.fill(known=", ".join(TESTS)))
    values = written[tests[0]]
    listed = values if isinstance(values, list) else [values]
    if tests[0] == "matches":
        read_pattern(listed[0])
    return Condition(names(written["header"]), tests[0], tuple(_text(value) or "" for value in listed))


def names(written: Any) -> tuple[str, ...]:
    """One header or several names of it, as a tuple."""
    if isinstance(written, str):
        return (written,)
    if not isinstance(written, list) or not written:
        raise Wrong(NOT_A_LIST.fill(found=written))
    return tuple(map(str, written))


def _number(written: Mapping[str, Any], option: str) -> Decimal | None:
    if option not in written:
        return None
    try:
        number = Decimal(str(written[option]))
    except InvalidOperation:
        raise Wrong(NOT_A_NUMBER.fill(found=written[option])) from None
    if not number.is_finite():
        raise Wrong(NOT_A_NUMBER.fill(found=written[option]))
    return number


def _split(written: Any) -> Split | None:
    if written is None:
        return None
    if not isinstance(written, Mapping) or set(written) != {"by", "part"}:
        raise Wrong(NO_SPLIT)
    by, part = str(written["by"]), written["part"]
    if not by or not isinstance(part, int) or isinstance(part, bool) or part == 0:
        raise Wrong(NO_SPLIT)
    return Split(by, part)


def read_pattern(written: Any) -> str | None:
    """A pattern as Polars reads them; None where none is given.

    Raises:
        Wrong: it is no pattern.
    """
    if written is None:
        return None
    try:
        pl.Series([""]).str.extract(str(written))
    except pl.exceptions.ComputeError:
        raise Wrong(NOT_A_PATTERN.fill(found=written)) from None
    return str(written)


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def _read_values(written: Any) -> dict[str, str | None] | None:
    if written is None:
        return None
    if not isinstance(written, Mapping):
        raise Wrong(UNKNOWN_FORM.fill(found=written))
    return {_text(key) or "": _text(value) for key, value in written.items()}


def write_cell(cell: Cell) -> Any:
    """The YAML value of a cell; `read_cell` gives the cell back."""
    if isinstance(cell, Header):
        return _write_header(cell)
    if isinstance(cell, Constant):
        return {"constant": cell.text}
    if isinstance(cell, Share):
        return {"share": write_cell(cell.amount), "by": write_cell(cell.by), "within": kept(cell.within)}
    if isinstance(cell, Digest):
        return {"digest": [kept(header) for header in cell.of]}
    if isinstance(cell, Ordinal):
        return {"number": kept(cell.of), "within": kept(cell.within)}
    written = {cell.operation: [write_cell(part) for part in cell.cells]}
    return written | {"with": cell.separator} if cell.separator != " " else written


def _write_header(cell: Header) -> Any:
    options: dict[str, Any] = {
        "prefix": cell.prefix or None,
        "suffix": cell.suffix or None,
        "take": cell.take,
        "split": {"by": cell.split.by, "part": cell.split.part} if cell.split else None,
        "whole": cell.is_whole or None,
        "values": dict(cell.values) if cell.values else None,
        "contains": dict(cell.contains) if cell.contains else None,
        "filled": cell.is_filled or None,
        "fill_within": kept(cell.fill_within) if cell.fill_within else None,
        "known_only": cell.known_only or None,
        "multiply": str(cell.multiply) if cell.multiply is not None else None,
        "divide": str(cell.divide) if cell.divide is not None else None,
        "when": write_condition(cell.when) if cell.when else None,
        "otherwise": cell.otherwise,
    }
    given: dict[str, Any] = {key: value for key, value in options.items() if value is not None}
    if cell.default != KEEP:
        given["default"] = cell.default
    header = kept(cell.names)
    return {"header": header, **given} if given else header


def write_condition(condition: Condition) -> dict[str, Any]:
    """The YAML value of a condition."""
    return {"header": kept(condition.headers), condition.test: one_or_list(condition.values)}


def kept(headers: Sequence[str]) -> str | list[str]:
    """Headers as they may be kept; a file's header is found by them all the same, since `normal` sees no person."""
    return one_or_list(tuple(map(impersonal, headers)))


def one_or_list(texts: Sequence[str]) -> str | list[str]:
    """A single text as itself, several as a list."""
    return texts[0] if len(texts) == 1 else list(texts)
