"""What pydantic found wrong with a catalogue file, in our own words."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from metrics.errors import WrongDefinition
from metrics.model import Text

_MISSING = Text("the field '{field}' is missing.", "缺少字段“{field}”。", "缺少欄位「{field}」。")
_UNKNOWN = Text("the field '{field}' is not known.", "未知字段“{field}”。", "未知欄位「{field}」。")
_WRONG = Text(
    "'{value}' is not right for '{field}'.", "“{value}”不能用于“{field}”。", "「{value}」不能用於「{field}」。"
)
_ADD = Text(" Add it.", "请补上。", "請補上。")
_DROP = Text(" Correct its name or leave it out.", "请更正名称或删去。", "請更正名稱或刪去。")
_EXPECTED = Text(" {expected}.", "要求：{expected}。", "要求：{expected}。")
_FILE = Text("the whole file", "整个文件", "整個檔案")


def of_validation(file: str, content: object, error: ValidationError) -> WrongDefinition:
    """The first thing that is wrong, with the id of the entry it stands in."""
    return each_of_validation(file, content, error)[0]


def each_of_validation(file: str, content: object, error: ValidationError) -> list[WrongDefinition]:
    """Everything that is wrong, in the order of the file; said alike, it is said once."""
    found = [_said(file, content, one) for one in error.errors(include_url=False)]
    return list({str(one): one for one in found}.values())


def _said(file: str, content: object, first: ErrorDetails) -> WrongDefinition:
    path = [str(step) for step in first["loc"]]
    field = ".".join(step for step in path[2:] or path if not step.isdigit())
    problem, step = _WRONG.fill(value=first["input"], field=field), _EXPECTED.fill(expected=first["msg"])
    if first["type"] == "missing":
        problem, step = _MISSING.fill(field=field), _ADD
    if first["type"] == "extra_forbidden":
        problem, step = _UNKNOWN.fill(field=field), _DROP
    return WrongDefinition(file=file, entry=_entry(content, list(first["loc"])), problem=problem, next_step=step)


def _entry(content: object, path: list[Any]) -> object:
    entry: Any = content
    for step in path[:2]:
        if not (isinstance(entry, dict) and step in entry) and not (isinstance(entry, list) and step < len(entry)):
            return _FILE
        entry = entry[step]
    return entry.get("id", _FILE) if isinstance(entry, dict) else _FILE
