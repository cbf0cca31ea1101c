"""The clock of the app: once a minute it does what is due for the company's packs."""

from __future__ import annotations

import asyncio
import logging
import os

import duckdb
import sqlalchemy as sa

from data.errors import DataError
from data.home import Home
from metrics.errors import MetricError
from pages.api.opened import has_company_lake, opened
from pages.kit.uploads.workshop import moment
from pages.kit.weekly.writing import PASSWORD
from pages.pack.delivery.post import post_for
from pages.pack.desk import Desk
from pages.pack.schedule import tick

EVERY_SECONDS = 60.0
LOG = logging.getLogger(__name__)


async def keep_time(home: Home) -> None:
    """Look at the clock until the app ends; what goes wrong once is tried again a minute later."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        try:
            await asyncio.to_thread(look, home)
        except (DataError, MetricError, duckdb.Error, sa.exc.SQLAlchemyError) as error:
            LOG.warning("The weekly packs' clock will look again in a minute: %s", error)


def look(home: Home) -> None:
    """One look at the clock; a company without data of its own has no packs."""
    if not has_company_lake(home):
        return
    found = opened(home)
    tick(Desk.open(found, is_demo=False), post_for(found.settings, os.environ.get(PASSWORD, "")), moment())
