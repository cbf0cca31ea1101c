"""Where uploads are worked on: a desk in the company's own lake for whoever uploads, and what was loaded there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from data.batches import list_batches
from data.errors import Text
from data.home import Home
from data.ingest.pipeline import Desk
from data.ingest.recipe_yaml import from_yaml
from data.ingest.remembered import OWN, remembered
from data.installation import Installation
from data.warehouse import Warehouse
from metrics.policy import EVERYONE
from pages.api.opened import company_lake, has_company_lake, opened
from pages.kit import formats
from pages.kit.visit import Visit

KEPT = 8


def desk_of(visit: Visit) -> Desk:
    """A desk in the company's own lake, whichever lake the reader looks at; an empty home gets its lake here.

    Raises:
        DataError: the settings or the lake cannot be used.
    """
    home = Home.from_environment()
    return Desk(opened(home), company_lake(home), visit.viewer.name, moment())


def workshop() -> Installation:
    """The installation with the settings as they are now. Raises WrongSetting."""
    return opened(Home.from_environment())


def known_batches() -> pl.DataFrame | None:
    """Every batch of the company's lake, newest first; None while the company has no lake."""
    home = Home.from_environment()
    if not has_company_lake(home):
        return None
    lake = company_lake(home)
    return cast(pl.DataFrame, _batches(str(lake.folder), lake.version(), lake))


def own_sources() -> Mapping[str, Text]:
    """What people called the sources they mapped themselves, by the id that batches carry; the newest name counts."""
    home = Home.from_environment()
    if not has_company_lake(home):
        return {}
    lake = company_lake(home)
    of_batches = cast(Mapping[str, Text], _own_sources(str(lake.folder), lake.version(), lake))
    # A mapping that was renamed since is called by its name of today.
    recipes = [one.recipe for one in remembered(opened(home).state) if one.recipe]
    return {**of_batches, **{recipe.id: recipe.names for recipe in recipes if recipe.id.startswith(OWN)}}


# The page asks for both on every click; they change with the lake's version only.
@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _batches(folder: str, version: int, _lake: Warehouse) -> object:
    del folder, version
    return list_batches(_lake.connection)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _own_sources(folder: str, version: int, _lake: Warehouse) -> object:
    del folder, version
    sql = (
        f"select source, max_by(recipe, batch) from lake.main.batch where starts_with(source, '{OWN}') group by source"
    )
    rows = _lake.connection.cursor().execute(sql).fetchall()
    return {source: from_yaml(recipe).names for source, recipe in rows}


def moment() -> datetime:
    """Now, in UTC without zone, as batches record it."""
    return datetime.now(UTC).replace(tzinfo=None)


def at_this_moment(desk: Desk) -> Desk:
    """The desk for something that happens now."""
    return replace(desk, now=moment())


def local_moment(moment: datetime, visit: Visit) -> str:
    """A moment of the records (UTC, without zone) by the company's clock."""
    zone = ZoneInfo(visit.store.settings.time_zone)
    local = moment.replace(tzinfo=UTC).astimezone(zone)
    return f"{formats.full_day(local.date(), visit.language)} {local:%H:%M}"


def who(name: str, visit: Visit) -> str:
    """Somebody of the records; without a login everybody who uses the pages is one."""
    return visit.say("uploads.by_browser") if name == EVERYONE.name else name
