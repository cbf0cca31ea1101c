"""A page looked at without a browser: a focus over tiny tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from metrics.compare import previous
from metrics.load import load_catalogue
from metrics.periods import Period
from metrics.policy import EVERYONE
from pages.kit.address import Address
from pages.kit.engine import Store
from pages.kit.focus import Focus
from pages.kit.visit import Visit
from tests.metrics.engine_for_tests import TinyEngine

CATALOGUE = load_catalogue()
# What charts draw does not depend on the lake's settings.
NO_STORE = cast(Store, None)


def looking_at(
    department: str,
    tables: TinyEngine | Mapping[str, Sequence[Mapping[str, Any]]],
    first: str,
    last: str,
    **address: Any,
) -> Focus:
    """The department's page over these rows, from the first day to the last; many of them as an engine made once."""
    engine = tables if isinstance(tables, TinyEngine) else TinyEngine(tables)
    visit = Visit(EVERYONE, "en", Address(**address), NO_STORE, engine, CATALOGUE)
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    return Focus(visit, CATALOGUE.page(department), period.last, period, previous(period))
