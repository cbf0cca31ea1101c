"""A desk for tests: an installation of one's own with an empty company lake, and short ways to bring a file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from data.home import Home
from data.ingest.outcome import Outcome
from data.ingest.pipeline import Desk, Wish, bring, prepare
from data.installation import Installation
from data.settings import Settings, write_settings
from tests.data.lakes import NOW


@contextmanager
def opened_desk(lake_template: Path, root: Path, **settings: Any) -> Iterator[Desk]:
    """An installation in an empty folder, with these settings."""
    home = Home(root)
    shutil.copytree(lake_template, home.company)
    write_settings(home.settings_file, Settings(**settings))
    installation = Installation.open(home)
    lake = installation.lake(is_demo=False)
    yield Desk(installation, lake, "mei", NOW)
    lake.close()
    installation.state.close()


def bring_file(desk: Desk, file: Path, **wish: Any) -> Outcome:
    """Prepare and load one file; the outcome of its only batch."""
    outcomes = bring(prepare(file, desk, Wish(**wish)), desk)
    assert len(outcomes) == 1
    return outcomes[0]
