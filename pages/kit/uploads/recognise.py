"""What a staged file was recognised as, with what the reader said about it since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal, cast

import streamlit as st

from data.batches import find_by_content
from data.ingest.match import Match, use
from data.ingest.moments import DateOrder
from data.ingest.pipeline import Desk, Prepared, Wish, prepare
from data.ingest.recipe import Part, Recipe
from data.ingest.recipe_yaml import to_yaml
from pages.kit.uploads.known_values import with_known_values
from pages.kit.uploads.tray import Said, Staged

State = Literal["ready", "partly", "asks", "unknown", "here"]
KEPT = 32


def recognise(staged: Staged, desk: Desk) -> Prepared:
    """The file as it would be loaded now; nothing is written.

    Raises:
        NotReadable: an image, an empty file, a damaged workbook, …
    """
    key = repr((str(staged.path), _wish(staged), repr(desk.installation.settings)))
    prepared: Prepared = _prepared(key, staged, desk)
    matches = tuple(_with_answers(staged, place, found) for place, found in enumerate(prepared.matches))
    already = find_by_content(desk.warehouse.connection, prepared.sha256)
    wish = replace(
        prepared.wish,
        replaces=staged.replaces,
        is_older_fine=staged.is_older_fine,
        are_refusals_fine=staged.are_refusals_fine,
    )
    return replace(prepared, matches=matches, already=already, wish=wish)


def state_of(prepared: Prepared) -> State:
    """Whether the file may be checked, or what it needs first."""
    if prepared.already is not None:
        return "here"
    if prepared.certain:
        return "ready" if len(prepared.certain) == len(prepared.matches) else "partly"
    return "asks" if any(found.recipe or found.wide for found in prepared.matches) else "unknown"


def wants_days(found: Match) -> bool:
    """Whether a report without days needs somebody to say which days it covers."""
    return any(part.contract.cut_columns for part in _without_day(found))


def wants_day(found: Match) -> bool:
    """Whether a list that shows a state needs somebody to say of which day it is."""
    return any(part.contract.is_snapshot for part in _without_day(found))


def _without_day(found: Match) -> tuple[Part, ...]:
    lacking = {name.rpartition(".")[2] for name in found.missing}
    parts = found.recipe.parts if found.recipe else ()
    return tuple(part for part in parts if part.contract.time_column in lacking)


def is_short_of(found: Match) -> bool:
    """Whether something required is missing beyond the days, which are asked for by themselves."""
    return len(found.missing) > (wants_days(found) or wants_day(found))


def answered(staged: Staged, place: int, found: Match, **changes: Any) -> Staged:
    """The file with one table's recipe changed; an earlier check no longer counts."""
    assert found.recipe is not None
    return reread(staged, Said(place, replace(found.recipe, **changes), found.how))


def reread(staged: Staged, said: Said) -> Staged:
    """The file with one table read by another recipe."""
    others = tuple(one for one in staged.said if one.place != said.place)
    return replace(
        staged, said=(*others, said), trial=(), done=(), trouble=None, own_days=None, answers=staged.answers + 1
    )


def with_order(recipe: Recipe, header: str, order: DateOrder) -> Mapping[str, DateOrder]:
    """The recipe's date orders with one more."""
    return {**recipe.date_orders, header: order}


def _with_answers(staged: Staged, place: int, found: Match) -> Match:
    said = staged.about(place)
    if said is None:
        return found
    key = repr((str(staged.path), place, _wish(staged), to_yaml(said.recipe), said.how))
    return replace(_reread(key, found, said), proposals=found.proposals if said.how == "proposal" else ())


# A session's own: what it holds of a file goes with the session, like the file.
@st.cache_resource(scope="session", max_entries=KEPT, show_spinner=False)
def _prepared(key: str, _staged: Staged, _desk: Desk) -> Any:
    del key
    prepared = prepare(_staged.path, _desk, _wish(_staged), _staged.name)
    zone = _desk.installation.settings.time_zone
    return replace(prepared, matches=tuple(with_known_values(found, zone) for found in prepared.matches))


def _wish(staged: Staged) -> Wish:
    return Wish(
        table=staged.table,
        encoding=staged.encoding,
        delimiter=staged.delimiter,
        is_unpivoted=staged.is_unpivoted,
        year=staged.year,
    )


def _reread(key: str, found: Match, said: Said) -> Match:
    return cast(Match, _used(key, found, said))


@st.cache_resource(scope="session", max_entries=KEPT, show_spinner=False)
def _used(key: str, _found: Match, _said: Said) -> Any:
    del key
    return use(_found.layout, _said.recipe, _said.how)
