"""The address of an export: everything it answers from, so that a link means the same tomorrow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urlencode

from metrics.model import Language, Text
from metrics.periods import Period
from metrics.query import Filter

Format = Literal["csv", "xlsx"]
_OWN = ("kpi", "from", "to", "table", "data", "lang")
_WRONG = Text(
    "This export link cannot be read: {part} is missing or not of the form {form}. Take the link from the page again.",
    "无法识别此导出链接：缺少 {part}，或其格式不是 {form}。请回到页面重新获取链接。",
    "無法辨識此匯出連結：缺少 {part}，或其格式不是 {form}。請回到頁面重新取得連結。",
)


class WrongLink(ValueError):
    """A link that lacks a part or garbles one; `sentence` says it in three languages."""

    def __init__(self, part: str, form: str) -> None:
        self.sentence = _WRONG.fill(part=part, form=form)
        super().__init__(self.sentence.en)


@dataclass(frozen=True)
class RowsLink:
    """The rows behind a KPI in a period, filtered, of one lake (`company`, `demo`; None: the default)."""

    kpi: str
    period: Period
    filters: tuple[Filter, ...] = ()
    table: str | None = None
    data: str | None = None
    lang: Language = "en"

    def url(self, form: Format) -> str:
        """The link, relative to the page."""
        first, last = self.period.first.isoformat(), self.period.last.isoformat()
        own = {"kpi": self.kpi, "from": first, "to": last, "table": self.table, "data": self.data, "lang": self.lang}
        parts = [(name, value) for name, value in own.items() if value]
        parts += [(item.dimension, value) for item in self.filters for value in item.values]
        return f"export/rows.{form}?{urlencode(parts)}"


def read_link(parameters: Mapping[str, list[str]]) -> RowsLink:
    """The link that these URL parameters stand for; what is not its own is a filter by that dimension.

    Raises:
        WrongLink: a part is missing or cannot be read.
    """
    own = {name: parameters[name][-1] for name in _OWN if parameters.get(name)}
    if "kpi" not in own:
        raise WrongLink("kpi", "kpi=gmv")
    first, last = _day(own, "from"), _day(own, "to")
    if last < first:
        raise WrongLink("to", "to >= from")
    filters = tuple(Filter(name, tuple(values)) for name, values in parameters.items() if name not in _OWN)
    period, tongue = Period(first, last), language(own.get("lang"))
    return RowsLink(own["kpi"], period, filters, own.get("table"), own.get("data"), tongue)


def language(code: str | None) -> Language:
    """The language of a code; English for any other."""
    return "zh-Hans" if code == "zh-Hans" else "zh-Hant" if code == "zh-Hant" else "en"


def _day(own: Mapping[str, str], name: str) -> date:
    try:
        return date.fromisoformat(own.get(name, ""))
    except ValueError as error:
        raise WrongLink(name, "2026-11-30") from error
