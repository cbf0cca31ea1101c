"""The pages there are, in the order of the menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Entry:
    """A page: the folder that holds its file and names its section, its name in file and address, its icon."""

    section: Literal["departments", "analysts"]
    name: str
    icon: str


PAGES = (
    Entry("departments", "operations", ":material/local_shipping:"),
    Entry("analysts", "uploads", ":material/upload_file:"),
    Entry("analysts", "settings", ":material/settings:"),
)
