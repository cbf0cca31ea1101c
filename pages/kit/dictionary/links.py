"""Addresses inside the dictionary and from it to the pages; period, language and lake travel along."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from pages.kit.address import Address
from pages.kit.dictionary.uses import Use

_CLEARED = {"find": None, "of": None, "duty": None, "reads": None, "kpi": None}


def to_kpi(address: Address, kpi: str | None) -> str:
    """Open an entry (None: close it); what the list is narrowed to stays."""
    return _query(address.turn(kpi=kpi))


def to_duty(address: Address, duty: str) -> str:
    """The KPIs of a duty."""
    return _query(address.turn(**{**_CLEARED, "duty": duty}))


def to_department(address: Address, department: str) -> str:
    """The KPIs of a department."""
    return _query(address.turn(**{**_CLEARED, "of": department}))


def to_use(address: Address, use: Use) -> str:
    """The page where a KPI is used, at the right place; empty where there is none to open."""
    if not use.page:
        return ""
    anchor = f"#{quote(use.anchor)}" if use.anchor else ""
    return f"{use.page}{_query(address.turn(**_CLEARED))}{anchor}"


def _query(address: Address) -> str:
    return f"?{urlencode(address.parameters(), doseq=True)}"
