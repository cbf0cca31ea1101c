"""One opened installation: its home, settings, keys, lakes and state, handed to whoever works in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from data.batches import list_batches
from data.home import Home
from data.keys import Keys
from data.settings import Settings, read_settings
from data.state import State
from data.warehouse import Warehouse


@dataclass(frozen=True)
class Installation:
    """Opened lazily: a command that needs only the settings opens no lake."""

    home: Home
    settings: Settings
    _opened: dict[Path, Warehouse] = field(default_factory=dict)

    @classmethod
    def open(cls, home: Home) -> Installation:
        """Read the settings of a home. Raises WrongSetting."""
        return cls(home, read_settings(home.settings_file))

    def lake(self, *, is_demo: bool) -> Warehouse:
        """The demo company's lake or the company's own, opened once."""
        folder = self.home.demo if is_demo else self.home.company
        if folder not in self._opened:
            known = self.settings
            self._opened[folder] = Warehouse.open(
                folder, known.country, known.fiscal_year_first_month, known.week_start
            )
        return self._opened[folder]

    @property
    def has_company_data(self) -> bool:
        """Whether a real file was ever loaded and is still in force."""
        if not (self.home.company / "catalogue.sqlite").exists():
            return False
        batches = list_batches(self.lake(is_demo=False).connection)
        return bool(batches["undone_at"].is_null().any())

    @cached_property
    def keys(self) -> Keys:
        """The keys for pseudonyms and the archive."""
        return Keys.open(self.home.keys)

    @cached_property
    def state(self) -> State:
        """What people typed."""
        return State.open(self.home.state_url)

    def local(self, moment: datetime) -> datetime:
        """An aware moment as the company's clock shows it, without zone."""
        return moment.astimezone(ZoneInfo(self.settings.time_zone)).replace(tzinfo=None)
