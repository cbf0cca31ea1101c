"""Where a KPI is used: cards, charts, questions, the leadership pack, other KPIs; and what it proves."""

from __future__ import annotations

from dataclasses import dataclass

from metrics.load import Catalogue
from metrics.model import Kpi, Language
from pages.kit.menu import PAGES
from pages.kit.text import say

_OPEN = {entry.name for entry in PAGES}


@dataclass(frozen=True)
class Use:
    """One place, said; `page` and `anchor` lead there, `page` is empty where there is none to open."""

    text: str
    page: str = ""
    anchor: str = ""


def uses(catalogue: Catalogue, kpi: Kpi, language: Language) -> tuple[Use, ...]:
    """The places, page by page."""
    found: list[Use] = []
    titles = {department.id: department.name.say(language) for department in catalogue.departments}
    for name, page in catalogue.pages.items():
        title, opened = titles[name], name if name in _OPEN else ""
        if kpi.id in page.headline_cards:
            found.append(Use(say("dictionary.use_card", language, page=title), opened, f"kpi-{kpi.id}"))
        for chart in page.charts:
            if kpi.id in chart.kpis:
                said = say("dictionary.use_chart", language, page=title, title=chart.title.say(language))
                found.append(Use(said, opened, chart.id))
        for question in page.questions:
            if kpi.id in question.kpis:
                said = say("dictionary.use_question", language, page=title, title=question.text.say(language))
                found.append(Use(said, opened, "questions"))
    return (*found, *_by_leadership(catalogue, kpi, language), *_by_composites(catalogue, kpi, language))


def proves(catalogue: Catalogue, kpi: Kpi, language: Language) -> tuple[str, ...]:
    """The sentences of duties that the KPI proves."""
    sentences = [sentence for duty in catalogue.duties.values() for sentence in duty.sub_duties]
    return tuple(sentence.text.say(language) for sentence in sentences if kpi.id in sentence.kpis)


def _by_leadership(catalogue: Catalogue, kpi: Kpi, language: Language) -> list[Use]:
    pack = catalogue.leadership
    named = {"dictionary.use_pack": pack.cards, "dictionary.use_banner": pack.banners}
    return [Use(say(key, language)) for key, kpis in named.items() if kpi.id in kpis]


def _by_composites(catalogue: Catalogue, kpi: Kpi, language: Language) -> list[Use]:
    return [
        Use(say("dictionary.use_part", language, title=whole.name.say(language)))
        for whole in catalogue.kpis.values()
        if kpi.id in {part.kpi.id for part in whole.composite}
    ]
