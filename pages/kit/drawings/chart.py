"""What a chart is made of: its tables, its frame, its view model and the module that draws that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import polars as pl

from metrics.engine import Engine
from metrics.load import Catalogue
from metrics.model import Language
from metrics.policy import Viewer
from metrics.views.scope import Scope
from pages.kit.charts.canvas import Figure
from pages.kit.charts.palette import Palette
from pages.kit.focus import Focus


@dataclass(frozen=True)
class Chart:
    """A chart: the tables it reads, its frame, the view model of that, and the module that draws the view model.

    `choices` gives the parts of a frame that the reader may look at one by one, as values of `dimension`; the view
    model is then of the chosen part, or of all together (None). A chart that `explains_change` is drawn only where
    the comparison of its first KPI is complete. `beside` are tables that only lend it names: they say when it is out
    of date, but neither which days it can answer for nor whether it has data.
    """

    tables: tuple[str, ...]
    frame: Callable[[Focus], pl.DataFrame]
    view: Callable[[Focus, pl.DataFrame, str | None], Any]
    module: ModuleType
    choices: Callable[[pl.DataFrame], tuple[str, ...]] | None = None
    dimension: str = ""
    explains_change: bool = False
    beside: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The fact tables among those it reads."""
        return tuple(table for table in self.tables if table.startswith("fact_"))

    def figure(self, view: Any, theme: Palette, language: Language) -> Figure | None:
        """The Plotly figure as a dict; None where the view says why there is none."""
        drawn: Figure | None = self.module.figure(view, theme, language)
        return drawn

    def html(self, view: Any, language: Language) -> str | None:
        """The chart as HTML where its module draws no figure but a list; None for a figure, or without rows."""
        write = getattr(self.module, "html", None)
        return None if write is None else write(view, language)

    def alt(self, view: Any, language: Language) -> str:
        """The chart in one sentence."""
        return str(self.module.alt(view, language))


Ask = Callable[[Engine, Scope, Viewer, Catalogue], pl.DataFrame]
AskPlain = Callable[[Engine, Scope, Viewer], pl.DataFrame]


def asking(view: Ask) -> Callable[[Focus], pl.DataFrame]:
    """The frame of a view that also reads the catalogue."""
    return lambda focus: view(focus.visit.reader, focus.scope, focus.visit.viewer, focus.visit.catalogue)


def plain(view: AskPlain) -> Callable[[Focus], pl.DataFrame]:
    """The frame of a view that needs no catalogue."""
    return lambda focus: view(focus.visit.reader, focus.scope, focus.visit.viewer)
