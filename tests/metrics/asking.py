"""Short ways to ask in tests."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from metrics.ask import Answer, Filter, Query, ask
from metrics.load import Catalogue, load_catalogue
from metrics.periods import Period
from metrics.policy import EVERYONE, Viewer
from tests.metrics.engine_for_tests import TinyEngine


@cache
def house() -> Catalogue:
    """The house's own catalogue."""
    return load_catalogue()


def days(first: str, last: str) -> Period:
    """The period from the first to the last day, both included."""
    return Period(date.fromisoformat(first), date.fromisoformat(last))


def question(*kpis: str, first: str, last: str, only: tuple[tuple[str, str], ...] = (), **more: Any) -> Query:
    """A query; `only` keeps one value of a dimension."""
    filters = tuple(Filter(dimension, (value,)) for dimension, value in only)
    return Query(kpis, days(first, last), filters=filters, **more)


def asked(
    engine: TinyEngine, *kpis: str, viewer: Viewer = EVERYONE, catalogue: Catalogue | None = None, **more: Any
) -> Answer:
    """The answer to `question(*kpis, **more)`."""
    return ask(engine, question(*kpis, **more), viewer, catalogue or house())


def value(engine: TinyEngine, kpi: str, **more: Any) -> float | None:
    """The one value of a KPI that nothing splits."""
    found: float | None = asked(engine, kpi, **more).rows[kpi].item()
    return found


def split(engine: TinyEngine, kpi: str, by: str, **more: Any) -> dict[Any, float | None]:
    """A KPI by a dimension, or by `period` with a grain."""
    keys = () if by == "period" else (by,)
    return dict(asked(engine, kpi, by=keys, **more).rows.select(by, kpi).iter_rows())


def with_kpi(folder: Path, text: str) -> Catalogue:
    """The house's catalogue and one own KPI, written as YAML under `kpis:`."""
    (folder / "own.yaml").write_text(f"kpis:\n{text}", encoding="utf-8")
    return load_catalogue(folder)
