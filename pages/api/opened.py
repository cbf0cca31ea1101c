"""The one opened installation of this process, shared by the upload pages and the routes beside them."""

from __future__ import annotations

import threading
from functools import cache
from pathlib import Path

from data.home import Home
from data.installation import Installation
from data.settings import Settings, read_settings
from data.warehouse import Warehouse

_guard = threading.Lock()


def opened(home: Home) -> Installation:
    """The installation with the settings as they are now. Raises WrongSetting."""
    with _guard:
        found = _installation(home, read_settings(home.settings_file))
        # Its first use may bring the state's tables up to date, which two threads must not do at once.
        _ = found.state
        return found


def company_lake(home: Home) -> Warehouse:
    """The company's own lake; an empty home gets it here. Raises DataError."""
    found = opened(home)
    with _guard:
        return found.lake(is_demo=False)


def has_company_lake(home: Home) -> bool:
    """Whether the company has a lake: looking must not make one."""
    return (home.company / "catalogue.sqlite").exists()


def lakes(home: Home) -> tuple[Warehouse, ...]:
    """The lakes that there are: the company's, the demo company's, both or none."""
    found = opened(home)
    with _guard:
        return tuple(
            found.lake(is_demo=is_demo)
            for folder, is_demo in ((home.company, False), (home.demo, True))
            if (folder / "catalogue.sqlite").exists()
        )


@cache
def _installation(home: Home, settings: Settings) -> Installation:
    return Installation(home, settings, _open_lakes(home))


@cache
def _open_lakes(home: Home) -> dict[Path, Warehouse]:
    # Changed settings make another installation; the lakes stay open as they are.
    del home
    return {}
