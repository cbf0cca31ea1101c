"""From written entries to frozen definitions, with the checks that need more than one field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from metrics import expressions
from metrics.errors import WrongDefinition
from metrics.model import Additivity, Chart, Duty, Fact, Kpi, Page, Question, SubDuty, Text, Weighted
from metrics.schema import CatalogueFile, FactEntry, KpiEntry, PageEntry, SubDutyEntry, text_or_nothing

_ALLOWED = Text(
    " Write one aggregate (sum, count, count distinct, avg, min, max, percentile_cont) of case and arithmetic.",
    "请写成一个聚合（sum、count、count distinct、avg、min、max、percentile_cont），其中可用 case 和四则运算。",
    "請寫成一個彙總（sum、count、count distinct、avg、min、max、percentile_cont），其中可用 case 和四則運算。",
)
_OTHER_COLUMNS = Text(
    "the columns declared are not the ones the expression reads ({read}).",
    "声明的列与表达式实际读取的列（{read}）不一致。",
    "宣告的欄位與運算式實際讀取的欄位（{read}）不一致。",
)
_LIST_THESE = Text(
    " List these, or leave `columns` out.", "请照此填写或省略 `columns`。", "請照此填寫或省略 `columns`。"
)
_TAKEN = Text("this id is defined twice.", "此编号被定义了两次。", "此代號被定義了兩次。")
_OTHER_ID = Text(" Give one of the two another id.", "请为其中一个换一个编号。", "請為其中一個換一個代號。")
_NO_DUTY = Text("no duty '{duty}' exists.", "不存在职责“{duty}”。", "不存在職責「{duty}」。")
_CHOOSE = Text(" Choose one of: {known}.", "请选择其一：{known}。", "請選擇其一：{known}。")
_TWICE = Text("a dimension is listed twice.", "有维度重复列出。", "有維度重複列出。")
_ONCE = Text(" Name each once.", "请每个只写一次。", "請每個只寫一次。")
_HALF_RATIO = Text(
    "a ratio has a numerator and a denominator, anything else only a numerator.",
    "比率须同时有分子和分母，其他指标只有分子。",
    "比率須同時有分子和分母，其他指標只有分子。",
)
_WHOLE_RATIO = Text(
    " Put `additivity` or `denominator` right.",
    "请更正 `additivity` 或 `denominator`。",
    "請更正 `additivity` 或 `denominator`。",
)
_NO_NUMERATOR = Text(
    "a KPI has a numerator, or a composite of other KPIs (then no facts, factor or condition of its own).",
    "指标要么有分子（numerator），要么由其他指标合成（composite，此时不能另有分子、分母、系数或条件）。",
    "指標要麼有分子（numerator），要麼由其他指標合成（composite，此時不能另有分子、分母、係數或條件）。",
)
_EITHER = Text(" Write one of the two.", "请只写其中一种。", "請只寫其中一種。")
_NO_PART = Text(
    "'{part}' is not a KPI that can be a part of it.", "“{part}”不是可以合成的指标。", "「{part}」不是可以合成的指標。"
)
_NAME_PARTS = Text(
    " Name KPIs of the catalogue that are no composites themselves, each once.",
    "请写目录中本身不是合成的指标，每个只写一次。",
    "請寫目錄中本身不是合成的指標，每個只寫一次。",
)
_UNSHARED = Text(
    "its part '{part}' cannot be split by '{dimension}'.",
    "其组成部分“{part}”不能按“{dimension}”拆分。",
    "其組成部分「{part}」不能按「{dimension}」拆分。",
)
_SHARED_ONLY = Text(
    " Keep the dimensions that all parts carry.", "请只保留各部分共有的维度。", "請只保留各部分共有的維度。"
)
_NO_CONDITION = Text(
    "`valid_when` is not a condition over numerator and denominator.",
    "`valid_when` 不是关于分子（numerator）和分母（denominator）的条件。",
    "`valid_when` 不是關於分子（numerator）和分母（denominator）的條件。",
)
_CONDITION = Text(" Write for example: denominator > 0.", "例如：denominator > 0。", "例如：denominator > 0。")


@dataclass(frozen=True)
class Written:
    """What one file says."""

    name: str
    content: CatalogueFile


def build_kpi(file: Written, entry: KpiEntry, taken: Mapping[str, Kpi], duties: Mapping[str, Duty]) -> Kpi:
    """A checked KPI; `taken` are those built before, among them all that a composite may add up.

    Raises WrongDefinition.
    """
    _check(file, entry, taken, duties)
    return Kpi(
        id=entry.id,
        name=entry.name.value(),
        definition=entry.definition.value(),
        pitfalls=text_or_nothing(entry.pitfalls),
        department=duties[entry.duty].department,
        duty=entry.duty,
        standard=entry.standard,
        unit=entry.unit,
        direction=entry.direction,
        additivity=_additivity(entry),
        dimensions=tuple(entry.dimensions),
        numerator=_fact(file, entry, entry.numerator) if entry.numerator else None,
        denominator=_fact(file, entry, entry.denominator) if entry.denominator else None,
        composite=tuple(Weighted(taken[part.kpi], part.weight) for part in entry.composite),
        multiplier=entry.multiplier,
        period_factor=entry.period_factor,
        default_target=entry.default_target.target() if entry.default_target else None,
        cadence=entry.cadence,
        access=entry.access,
        tier=entry.tier,
        min_sample=entry.min_sample,
        sample=_sample(file, entry),
        matures_after_days=entry.matures_after_days,
        valid_when=entry.valid_when,
        display_as=entry.display_as,
    )


def _additivity(entry: KpiEntry) -> Additivity:
    return entry.additivity or ("ratio" if entry.denominator or entry.composite else "additive")


def _fact(file: Written, kpi: KpiEntry, entry: FactEntry) -> Fact:
    try:
        read = expressions.columns(entry.expression)
    except expressions.NotAnAggregate as error:
        raise WrongDefinition(file=file.name, entry=kpi.id, problem=error.problem, next_step=_ALLOWED) from error
    if entry.columns is not None and set(entry.columns) != set(read):
        raise _wrong(file, kpi, _OTHER_COLUMNS.fill(read=", ".join(read)), _LIST_THESE)
    return entry.value(read)


def _sample(file: Written, kpi: KpiEntry) -> Fact | None:
    beside = kpi.denominator or kpi.numerator
    if kpi.sample is None or beside is None:
        return None
    return _fact(file, kpi, beside.model_copy(update={"expression": kpi.sample, "columns": None}))


def _check(file: Written, entry: KpiEntry, taken: Mapping[str, Kpi], duties: Mapping[str, Duty]) -> None:
    if entry.id in taken:
        raise _wrong(file, entry, _TAKEN, _OTHER_ID)
    if entry.duty not in duties:
        raise _wrong(file, entry, _NO_DUTY.fill(duty=entry.duty), _CHOOSE.fill(known=", ".join(duties)))
    if len(set(entry.dimensions)) < len(entry.dimensions):
        raise _wrong(file, entry, _TWICE, _ONCE)
    if entry.composite:
        _check_composite(file, entry, taken)
    elif entry.numerator is None:
        raise _wrong(file, entry, _NO_NUMERATOR, _EITHER)
    elif (_additivity(entry) == "ratio") != (entry.denominator is not None):
        raise _wrong(file, entry, _HALF_RATIO, _WHOLE_RATIO)
    if entry.valid_when is not None and not _is_condition(entry.valid_when):
        raise _wrong(file, entry, _NO_CONDITION, _CONDITION)


def _check_composite(file: Written, entry: KpiEntry, taken: Mapping[str, Kpi]) -> None:
    has_own = entry.numerator or entry.denominator or entry.valid_when or entry.period_factor != "none"
    if has_own or entry.multiplier != 1:
        raise _wrong(file, entry, _NO_NUMERATOR, _EITHER)
    names = [part.kpi for part in entry.composite]
    for name in names:
        if name not in taken or taken[name].composite or names.count(name) > 1:
            raise _wrong(file, entry, _NO_PART.fill(part=name), _NAME_PARTS)
        for dimension in entry.dimensions:
            if dimension not in taken[name].dimensions:
                raise _wrong(file, entry, _UNSHARED.fill(part=name, dimension=dimension), _SHARED_ONLY)


def _wrong(file: Written, entry: KpiEntry, problem: Text, next_step: Text) -> WrongDefinition:
    return WrongDefinition(file=file.name, entry=entry.id, problem=problem, next_step=next_step)


def _is_condition(text: str) -> bool:
    try:
        names = {column.name for column in sqlglot.parse_one(text, dialect="duckdb").find_all(exp.Column)}
    except SqlglotError:
        return False
    return bool(names) and names <= {"numerator", "denominator"}


def known_and_awaited(ids: Iterable[str], known: set[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids that are defined, and those whose definition is still to come."""
    listed = list(ids)
    return tuple(i for i in listed if i in known), tuple(i for i in listed if i not in known)


def sub_duty(entry: SubDutyEntry, known: set[str]) -> SubDuty:
    """One sentence of a duty."""
    kpis, awaited = known_and_awaited(entry.kpis, known)
    limits = entry.not_measurable.value() if entry.not_measurable else None
    return SubDuty(entry.id, entry.text.value(), entry.coverage, kpis, awaited, limits)


def build_page(department: str, entry: PageEntry, known: set[str]) -> Page:
    """A department's page; what is not defined yet is listed as awaited."""
    cards, late = known_and_awaited(entry.headline_cards, known)
    charts = []
    for chart in entry.charts:
        kpis, awaited = known_and_awaited(chart.kpis, known)
        note = chart.note.value() if chart.note else None
        charts.append(Chart(chart.id, chart.type, chart.title.value(), kpis, awaited, note))
    questions = [
        Question(question.text.value(), *known_and_awaited(question.answered_by, known)) for question in entry.questions
    ]
    return Page(department, cards, tuple(charts), tuple(questions), late)
