"""What one mapping screen works on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from data.ingest.evaluate import Cells
from data.ingest.layout import Layout
from data.ingest.match import Match
from data.ingest.recipe import Recipe
from pages.kit.uploads.sampled import first_cells
from pages.kit.uploads.tray import Staged
from pages.kit.visit import Visit


@dataclass(frozen=True)
class Sheet:
    """A table of a file, the recipe that the screen starts from, and the prefix of its widgets' keys."""

    visit: Visit
    staged: Staged
    place: int
    found: Match
    recipe: Recipe
    prefix: str

    @property
    def layout(self) -> Layout:
        """The table in the file."""
        return self.found.layout

    @cached_property
    def cells(self) -> Cells:
        """The first rows of the table, as cells to read."""
        return first_cells(self.found, self.visit.store.settings.time_zone)

    def score(self, column: str, header: str) -> float | None:
        """How sure it is that a header is a column (0 to 100), where that was only proposed."""
        found = (one for one in self.found.proposals if one.column == column and one.header == header)
        return next((one.score for one in found), None) if self.found.how == "proposal" else None
