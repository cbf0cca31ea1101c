"""A company's own KPIs: read leniently, entry by entry, and checked against the tables there are.

What is wrong is refused with its file, its entry and the next step; everything else stays as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Protocol

import yaml
from pydantic import ValidationError

from metrics import expressions
from metrics.definitions import Written
from metrics.errors import WrongDefinition
from metrics.model import Fact, Kpi, Text
from metrics.schema import CatalogueFile
from metrics.wording import each_of_validation

# Reads plain data only; the one written in C is ten times as fast.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FILE = Text("the whole file", "整个文件", "整個檔案")
_NOT_YAML = Text("it is not YAML.", "它不是 YAML。", "它不是 YAML。")
_NO_LIST = Text("it has no list `kpis`.", "其中没有 `kpis` 列表。", "其中沒有 `kpis` 清單。")
_BEGIN = Text(
    " Begin it with `kpis:` and one entry a KPI.",
    "请以 `kpis:` 开头，每个指标一项。",
    "請以 `kpis:` 開頭，每個指標一項。",
)
_FOREIGN = Text(
    "the field '{field}' has no place in a file of your own.",
    "自有文件中不能使用字段“{field}”。",
    "自有檔案中不能使用欄位「{field}」。",
)
_ONLY_KPIS = Text(
    " Write only `kpis` there; pages and duties come with Sevenboard.",
    "请只写 `kpis`；页面和职责由 Sevenboard 提供。",
    "請只寫 `kpis`；頁面和職責由 Sevenboard 提供。",
)
_NO_TABLE = Text("no table is called '{name}'.", "没有名为“{name}”的表。", "沒有名為「{name}」的資料表。")
_NO_COLUMN = Text(
    "the table '{table}' has no column '{name}'.",
    "表“{table}”没有列“{name}”。",
    "資料表「{table}」沒有欄位「{name}」。",
)
_NO_DAY = Text(
    "'{name}' does not say when a row of '{table}' happened.",
    "“{name}”不是表“{table}”的日期列。",
    "「{name}」不是資料表「{table}」的日期欄位。",
)
_NO_SPLIT = Text(
    "the table '{table}' cannot be split by '{name}'.",
    "表“{table}”不能按“{name}”拆分。",
    "資料表「{table}」不能按「{name}」拆分。",
)
_CHOOSE = Text(" Choose one of: {known}.", "请选择其一：{known}。", "請選擇其一：{known}。")
_CLOSE = Text(" Did you mean '{close}'?", "是否指“{close}”？", "是否指「{close}」？")
_TROUBLE = Text(
    "'{expression}' gives no number: {reason}.",
    "“{expression}”得不出数值：{reason}。",
    "「{expression}」得不出數值：{reason}。",
)
_AGGREGATE = Text(
    " Aggregate columns that hold numbers, or count.",
    "请对数值列做聚合，或使用计数。",
    "請對數值欄位做彙總，或使用計數。",
)
_SALARY = Text("it reads '{name}', which is pay.", "它读取薪酬列“{name}”。", "它讀取薪酬欄位「{name}」。")
_ACCESS = Text(" Add `access: salary`.", "请添加 `access: salary`。", "請加上 `access: salary`。")
_LOSES = Text(
    "it replaces a KPI of the house whose {what} it changes ({values}).",
    "它替换了自带指标，但改变了其{what}（{values}）。",
    "它取代了內建指標，卻改變了其{what}（{values}）。",
)
_KEEP = Text(
    " Keep it as it is, or give the KPI an id of its own.",
    "请保持不变，或为该指标另起编号。",
    "請保持不變，或為該指標另取代號。",
)
_UNIT = Text("unit", "单位", "單位")
_DEPARTMENT = Text("department", "所属部门", "所屬部門")
_DIMENSIONS = Text("dimensions", "维度", "維度")
_KIND = Text("kind", "类型", "類型")


class TableShape(Protocol):
    """What a KPI may read of one table; the data side knows it."""

    @property
    def days(self) -> Collection[str]:
        """The columns that say when."""

    @property
    def columns(self) -> Collection[str]:
        """All columns."""

    @property
    def dimensions(self) -> Collection[str]:
        """What numbers may be split by; `product.x` where the table knows the SKU."""

    @property
    def needs(self) -> Mapping[str, tuple[str, ...]]:
        """For a computed column the other tables without which it is unknown."""

    @property
    def labels(self) -> Mapping[str, str]:
        """What is sensitive about a column."""

    def trouble(self, expression: str) -> str | None:
        """Why an aggregate gives no number on this table; None when it does."""


Tables = Mapping[str, TableShape]


@dataclass(frozen=True)
class Refusal:
    """A file or entry of the company that is not used, and the sentence that says why and what to do."""

    file: str
    sentence: Text

    @classmethod
    def of(cls, wrong: WrongDefinition) -> Refusal:
        """The refusal an error stands for."""
        return cls(str(wrong.values["file"]), wrong.sentence)


def own_files(folder: Path | None) -> list[Path]:
    """The company's YAML files, by name; none where the folder is not there."""
    if folder is None or not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml") and path.is_file())


def read_own(path: Path) -> tuple[list[Written], list[WrongDefinition]]:
    """The entries of one file that are well formed, each as a file of its own, and what is wrong with the others."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        return [], [not_yaml(path.name, error)]
    if content is None:
        return [], []
    if not isinstance(content, dict) or not isinstance(content.get("kpis"), list):
        return [], [_wrong(path.name, FILE, _NO_LIST, _BEGIN)]
    foreign = [name for name in content if name != "kpis"]
    wrong = [_wrong(path.name, FILE, _FOREIGN.fill(field=name), _ONLY_KPIS) for name in foreign]
    written = []
    for entry in content["kpis"]:
        alone = {"kpis": [entry]}
        try:
            written.append(Written(path.name, CatalogueFile.model_validate(alone)))
        except ValidationError as error:
            wrong += each_of_validation(path.name, alone, error)
    return written, wrong


def not_yaml(file: str, error: Exception) -> WrongDefinition:
    """The refusal of a file that cannot be read at all."""
    return _wrong(file, FILE, _NOT_YAML, Text(f" {error}", f"{error}", f"{error}"))


def faults(file: str, kpi: Kpi, tables: Tables) -> list[WrongDefinition]:
    """All that keeps the tables from answering an own KPI, so that a person puts it right in one go.

    A table, column, day or dimension that is not there, an expression that gives no number, pay that everybody could
    see; nothing where all is well.
    """
    facts = (*kpi.facts, *((kpi.sample,) if kpi.sample else ()))
    found = [wrong for fact in facts for wrong in _faults_of(file, kpi, fact, tables)]
    return list({str(wrong): wrong for wrong in found}.values())


def settled(kpi: Kpi, tables: Tables) -> Kpi:
    """An own KPI without `faults`, with the tables its computed columns need filled in."""
    if kpi.composite:
        return kpi
    return replace(
        kpi,
        numerator=_with_needs(kpi.numerator, tables),
        denominator=_with_needs(kpi.denominator, tables),
        sample=_with_needs(kpi.sample, tables),
    )


def check_replacement(file: str, own: Kpi, house: Kpi | None, is_composite: bool) -> None:
    """Whether pages that show the house's KPI can show the company's instead.

    Args:
        house: the KPI that is replaced; None while it is not built yet, as a composite is.
        is_composite: whether the house's adds up other KPIs.

    Raises:
        WrongDefinition: another unit, another department, a dimension less, a composite for what is none.
    """
    if house is None or bool(own.composite) != is_composite:
        raise _wrong(file, own.id, _LOSES.fill(what=_KIND, values="composite"), _KEEP)
    for what, before, after in ((_UNIT, house.unit, own.unit), (_DEPARTMENT, house.department, own.department)):
        if before != after:
            raise _wrong(file, own.id, _LOSES.fill(what=what, values=f"{before} → {after}"), _KEEP)
    lost = [name for name in house.dimensions if name not in own.dimensions]
    if lost:
        raise _wrong(file, own.id, _LOSES.fill(what=_DIMENSIONS, values=", ".join(lost)), _KEEP)


def _faults_of(file: str, kpi: Kpi, fact: Fact, tables: Tables) -> Iterator[WrongDefinition]:
    if fact.table not in tables:
        yield _wrong(file, kpi.id, _NO_TABLE.fill(name=fact.table), _hint(fact.table, tables))
        return
    shape, table = tables[fact.table], fact.table
    if fact.time_column not in shape.days:
        yield _wrong(file, kpi.id, _NO_DAY.fill(name=fact.time_column, table=table), _listed(shape.days))
    for column in fact.columns:
        if column not in shape.columns:
            yield _wrong(file, kpi.id, _NO_COLUMN.fill(name=column, table=table), _hint(column, shape.columns))
        if shape.labels.get(column) == "salary" and kpi.access != "salary":
            yield _wrong(file, kpi.id, _SALARY.fill(name=column), _ACCESS)
    for dimension in kpi.dimensions:
        if dimension not in shape.dimensions:
            yield _wrong(file, kpi.id, _NO_SPLIT.fill(name=dimension, table=table), _listed(shape.dimensions))
    if not set(fact.columns) <= set(shape.columns):
        return
    # Only now: an engine would say of an unknown column what was said above.
    trouble = shape.trouble(expressions.normalised(fact.expression).sql("duckdb"))
    if trouble:
        yield _wrong(file, kpi.id, _TROUBLE.fill(expression=fact.expression, reason=trouble.rstrip(".")), _AGGREGATE)


def _with_needs(fact: Fact | None, tables: Tables) -> Fact | None:
    if fact is None:
        return None
    computed = [need for column in fact.columns for need in tables[fact.table].needs.get(column, ())]
    return replace(fact, needs=tuple(dict.fromkeys((*fact.needs, *(n for n in computed if n != fact.table)))))


def _hint(name: str, known: Iterable[str]) -> Text:
    close = get_close_matches(name, list(known), n=1)
    return _CLOSE.fill(close=close[0]) if close else _listed(known)


def _listed(known: Iterable[str]) -> Text:
    return _CHOOSE.fill(known=", ".join(sorted(known)))


def _wrong(file: str, entry: object, problem: Text, next_step: Text) -> WrongDefinition:
    return WrongDefinition(file=file, entry=entry, problem=problem, next_step=next_step)
