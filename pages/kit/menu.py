"""The pages there are, in the order of the menu; an address without a page leads to the first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Entry:
    """A page: the folder that holds its file and names its section, its name in file and address, its icon."""

    section: Literal["leadership", "departments", "analysts"]
    name: str
    icon: str


PAGES = (
    Entry("departments", "operations", ":material/local_shipping:"),
    Entry("departments", "marketing", ":material/campaign:"),
    Entry("departments", "product", ":material/inventory_2:"),
    Entry("departments", "technology", ":material/dns:"),
    Entry("departments", "customer_service", ":material/support_agent:"),
    Entry("departments", "finance", ":material/account_balance:"),
    Entry("departments", "hr", ":material/groups:"),
    Entry("leadership", "company", ":material/domain:"),
    Entry("leadership", "weekly", ":material/newsmode:"),
    Entry("analysts", "uploads", ":material/upload_file:"),
    Entry("analysts", "catalogue", ":material/menu_book:"),
    Entry("analysts", "health", ":material/monitor_heart:"),
    Entry("analysts", "settings", ":material/settings:"),
)
