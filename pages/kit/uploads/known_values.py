"""Values of coded columns that we know by name, filled in as soon as a file is recognised.

The mapping screen, the columns that are shown and the rows that are loaded then say the same.
"""

from __future__ import annotations

from dataclasses import replace

from data.ingest.cells import KEEP, Cell
from data.ingest.layout import Layout
from data.ingest.match import Match
from data.ingest.recipe import Part
from pages.kit.uploads.adjust import adjusted, adjustment
from pages.kit.uploads.sampled import codes_of, values_of
from pages.kit.uploads.synonyms import proposed


def with_known_values(found: Match, zone: str) -> Match:
    """The match with names such as 天猫 translated to codes, where nobody wrote down how its values are read."""
    if found.recipe is None or found.how not in ("alias", "proposal") or found.recipe.caution:
        return found
    parts = tuple(
        replace(
            part, columns={name: _known(found.layout, part, name, cell, zone) for name, cell in part.columns.items()}
        )
        for part in found.recipe.parts
    )
    return replace(found, recipe=replace(found.recipe, parts=parts))


def _known(layout: Layout, part: Part, column: str, cell: Cell, zone: str) -> Cell:
    codes, plain = codes_of(part.contract, column), adjustment(cell)
    if not codes or plain is None or plain[1].values or plain[1].default != KEEP:
        return cell
    header, adjust = plain
    likely = proposed(values_of(layout, cell, part.contract, column, zone), column, codes)
    return adjusted(header, replace(adjust, values=likely)) if likely else cell
