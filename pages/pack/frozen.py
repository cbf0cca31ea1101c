"""The KPIs of an issued pack as they were defined, asked of other versions of the lake than the one it pins."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from data.state_packs import IssuedPack, PackStore
from metrics.ask import NOT_HELD, ask
from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.periods import Period
from metrics.query import Query
from pages.pack.canonical import read
from pages.pack.content import Content, Light
from pages.pack.definitions import kpi_of
from pages.pack.measure import READER

KEPT_CONTENTS = 64
KEPT_NUMBERS = 1024
Values = dict[str, float | None]


def content_of(store: PackStore, pack: IssuedPack) -> Content:
    """The content of a pack (as `PackStore.listed` gives it), read once. Raises what reading spoiled bytes raises."""
    return _content(store, pack.week, pack.content_hash)


@lru_cache(maxsize=KEPT_CONTENTS)
def _content(store: PackStore, week: str, content_hash: str) -> Content:
    del content_hash
    pack = store.issued(week)
    if pack is None:
        raise KeyError(week)
    return read(pack.text)


@dataclass(frozen=True)
class Reported:
    """One number as a pack reported it; `first` is the first day of its last bucket, `target` None for a band."""

    value: float | None
    target: float | None
    light: Light
    first: date


def reported(store: PackStore, pack: IssuedPack) -> Mapping[str, Reported]:
    """The numbers of a pack by KPI, without building its whole content: for reading hundreds of packs at once."""
    return _reported(store, pack.week, pack.content_hash)


@lru_cache(maxsize=KEPT_NUMBERS)
def _reported(store: PackStore, week: str, content_hash: str) -> Mapping[str, Reported]:
    del content_hash
    pack = store.issued(week)
    if pack is None:
        raise KeyError(week)
    return {
        card["kpi"]: Reported(
            card["value"], card["target"]["value"], card["light"], date.fromisoformat(card["line"][-1]["first"])
        )
        for card in json.loads(pack.text)["cards"]
    }


def as_defined(content: Content, catalogue: Catalogue) -> Catalogue:
    """The catalogue with the KPIs of a pack as they were when it was issued."""
    return replace(catalogue, kpis={**catalogue.kpis, **{one.kpi: kpi_of(one) for one in content.definitions}})


def judged_to(content: Content) -> Mapping[str, date]:
    """The day each table of a pack is judged on at most, whatever files bring later.

    Files that come late may still fill the pack's own week: what they bring there counts to them, not to time.
    """
    return {table: max(day, content.period.last) for table, day in content.reach.items()}


def values(
    reader: Engine,
    content: Content,
    kpis: Iterable[str],
    catalogue: Catalogue,
    held: Mapping[str, date] = NOT_HELD,
) -> Values:
    """The values of KPIs of a pack in their own days, as a reader of the lake sees them. Raises MetricError."""
    groups: dict[Period, list[str]] = {}
    for name in kpis:
        groups.setdefault(content.card(name).period, []).append(name)
    found: Values = {}
    for period, together in groups.items():
        rows = ask(reader, Query(tuple(together), period), READER, catalogue, held).rows
        found |= {name: rows[name].item() for name in together}
    return found
