"""What one run of a page knows: who looks, in which language, at which lake and version, and what the link says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache, partial
from pathlib import Path

import streamlit as st

from data.home import Home
from data.shapes import shapes
from metrics.compare import last_year, previous
from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.load import Catalogue, read_catalogue
from metrics.model import Language
from metrics.own import own_files
from metrics.periods import Period, named_period
from metrics.policy import Viewer
from pages.access.viewer import viewer_of
from pages.kit import language, place
from pages.kit.address import Address
from pages.kit.engine import Store, open_store
from pages.kit.sources import source_name
from pages.kit.text import say
from pages.words.names import columns


@dataclass(frozen=True)
class Visit:
    """One run of a page. `reader` answers everything at one version of the lake."""

    viewer: Viewer
    language: Language
    address: Address
    store: Store
    reader: Engine
    catalogue: Catalogue

    @property
    def is_demo(self) -> bool:
        """Whether the numbers are the demo company's; an empty home shows nobody's."""
        return self.store.kind == "demo" and "demo" in self.store.choices

    @cached_property
    def coverage(self) -> Coverage:
        """What is loaded, at the version that is read."""
        return Coverage.read(self.reader)

    @property
    def currency(self) -> str:
        """The ISO code of the currency all amounts are in."""
        return self.store.settings.base_currency

    def say(self, key: str, **values: object) -> str:
        """A sentence of the text files in the reader's language."""
        return say(key, self.language, **values)

    def versions(self, tables: tuple[str, ...]) -> tuple[int, ...]:
        """The last change of each table."""
        return self.reader.table_versions(tables)

    def period(self, as_of: date) -> Period:
        """The days the link asks for, given the day the data reach to."""
        name = self.address.period
        return self.address.custom_period or named_period(name, as_of)  # type: ignore[arg-type]

    def comparison(self, period: Period) -> Period:
        """The days those are compared with."""
        return last_year(period) if self.address.compare == "last_year" else previous(period)


_current: ContextVar[Visit] = ContextVar("visit")


def current() -> Visit:
    """The visit that is going on. Raises LookupError outside `visiting`."""
    return _current.get()


@contextmanager
def visiting() -> Iterator[Visit]:
    """Open the visit of this run: the shell does it around a page, a fragment around its own body.

    Raises:
        DataError: the lake or the settings cannot be read as they are.
    """
    home = Home.from_environment()
    link = place.arrive()
    store = open_store(home, link.data)
    tongue = language.choose(link.lang, st.context.locale, store.settings.language)
    with store.engine.reading() as reader:
        visit = Visit(viewer_of(st.context.headers), tongue, link, store, reader, catalogue_of(home))
        token = _current.set(visit)
        try:
            yield visit
        finally:
            _current.reset(token)


@contextmanager
def visiting_ahead(home: Home, place_of_visit: Address) -> Iterator[Visit]:
    """A visit that nobody makes: what it asks is remembered for those who come. Raises DataError as `visiting`."""
    store = open_store(home, place_of_visit.data)
    with store.engine.reading() as reader:
        visit = Visit(viewer_of({}), "en", place_of_visit, store, reader, catalogue_of(home))
        token = _current.set(visit)
        try:
            yield visit
        finally:
            _current.reset(token)


def catalogue_of(home: Home) -> Catalogue:
    """The house's catalogue and the company's own KPIs, read again when a file of these changed.

    What of the company's files is wrong is left out and stands in `Catalogue.refused`.
    """
    return _catalogue(home, _stamp(own_files(home.catalogue)))


def _stamp(files: Iterable[Path]) -> tuple[tuple[str, int], ...]:
    found = []
    for path in files:
        # An editor that saves may take the file away for a moment.
        with suppress(FileNotFoundError):
            found.append((path.name, path.stat().st_mtime_ns))
    return tuple(found)


@lru_cache(maxsize=8)
def _catalogue(home: Home, stamp: tuple[tuple[str, int], ...]) -> Catalogue:
    del stamp
    found = read_catalogue(home.catalogue, shapes())
    return replace(found, column_names=columns(), source_name=partial(source_name, found.table_names))
