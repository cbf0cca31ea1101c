"""What can go wrong with a question or a definition, said in three languages with the next step."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import ClassVar

from metrics.model import Language, Text


class MetricError(Exception):
    """Base of all; `text` holds the sentence, keyword arguments of the constructor fill its {placeholders}."""

    text: ClassVar[Text]

    def __init__(self, **values: object) -> None:
        self.values = values
        self.sentence = self.text.fill(**values)
        super().__init__(self.sentence.en)

    def say(self, language: Language) -> str:
        """The sentence in one language."""
        return self.sentence.say(language)


class UnknownName(MetricError):
    """A KPI, department or page that the catalogue does not define."""

    text = Text(
        "No {what} is called '{name}'.{hint}",
        "没有名为“{name}”的{what}。{hint}",
        "沒有名為「{name}」的{what}。{hint}",
    )

    def __init__(self, what: Text, name: str, known: Iterable[str]) -> None:
        close = get_close_matches(name, list(known), n=1)
        hint = Text("", "", "")
        if close:
            hint = Text(" Did you mean '{close}'?", "是否指“{close}”？", "是否指「{close}」？").fill(close=close[0])
        super().__init__(what=what, name=name, hint=hint)


class NotSplittable(MetricError):
    """A dimension that one of the KPIs does not carry."""

    text = Text(
        "'{kpi}' cannot be split by '{dimension}'. It can be split by: {allowed}.",
        "“{kpi}”不能按“{dimension}”拆分。可按以下维度拆分：{allowed}。",
        "「{kpi}」不能按「{dimension}」拆分。可按以下維度拆分：{allowed}。",
    )

    def __init__(self, kpi: str, dimension: str, allowed: Iterable[str]) -> None:
        none = Text("nothing but time", "仅可按时间", "僅可按時間")
        names = ", ".join(allowed)
        super().__init__(kpi=kpi, dimension=dimension, allowed=names or none)


class NotAllowed(MetricError):
    """A KPI, column or dimension that the viewer may not see."""

    text = Text(
        "{viewer} may not see '{name}'. Ask the person who runs Sevenboard for access.",
        "{viewer} 无权查看“{name}”。请向 Sevenboard 管理员申请权限。",
        "{viewer} 無權檢視「{name}」。請向 Sevenboard 管理員申請權限。",
    )


class WrongQuestion(MetricError):
    """A query that no answer can have: no KPI, a KPI twice, a reserved name."""

    text = Text("{problem}", "{problem}", "{problem}")


class WrongDefinition(MetricError):
    """A catalogue file that cannot be used as it is: which file, which entry, what to do."""

    text = Text(
        "{file}, {entry}: {problem}{next_step}",
        "{file}，{entry}：{problem}{next_step}",
        "{file}，{entry}：{problem}{next_step}",
    )
