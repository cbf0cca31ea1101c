"""Where everything of one installation lives: one folder, `SEVENBOARD_HOME`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "SEVENBOARD_HOME"


@dataclass(frozen=True)
class Home:
    """The folder of an installation and the places in it; nothing is made until it is needed."""

    root: Path

    @classmethod
    def from_environment(cls) -> Home:
        """The home that `SEVENBOARD_HOME` names, else `var/` in the current folder. For front doors only."""
        return cls(Path(os.environ.get(VARIABLE) or "var").absolute())

    @property
    def company(self) -> Path:
        """The company's own lake."""
        return self.root / "company"

    @property
    def demo(self) -> Path:
        """The demo company's lake."""
        return self.root / "demo"

    @property
    def archive(self) -> Path:
        """Original files, compressed and encrypted, named by their SHA-256."""
        return self.root / "archive"

    @property
    def keys(self) -> Path:
        """The keys for hashing and for the archive (mode 0600)."""
        return self.root / "keys"

    @property
    def catalogue(self) -> Path:
        """The company's own KPI files."""
        return self.root / "catalogue"

    @property
    def settings_file(self) -> Path:
        """The settings, as a person may edit them."""
        return self.root / "settings.toml"

    @property
    def state_url(self) -> str:
        """The SQLAlchemy URL of what people type; PostgreSQL by `SEVENBOARD_STATE_URL`."""
        return f"sqlite:///{self.root / 'state.sqlite'}"
