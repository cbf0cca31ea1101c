"""What readers call settings and their values. Stored values are texts; None is "not known"."""

from __future__ import annotations

from babel.core import Locale
from babel.dates import get_month_names

from data.settings import Settings
from metrics.model import Language
from pages.kit import formats
from pages.kit.language import NAMES
from pages.kit.text import say

SHARES = ("tax_rate", "reject_share_limit")


def title(name: str, language: Language) -> str:
    """What a setting is called."""
    return say(f"settings.{name}", language)


def stored(settings: Settings, name: str) -> str | None:
    """A setting's value as the record of changes keeps it."""
    value = getattr(settings, name)
    return None if value is None else str(value)


def shown(name: str, value: str | None, language: Language) -> str:
    """A stored value in words."""
    if value is None:
        return say("settings.not_known", language)
    if name in SHARES:
        return f"{float(value) * 100:g}%"
    if name == "base_currency":
        return currency(value, language)
    if name == "country":
        return say(f"settings.country_{value}", language)
    if name == "language":
        return next((said for code, said in NAMES.items() if code == value), value)
    if name in ("pack_weekday", "smtp_security"):
        return say(f"settings.{name}_{value}", language)
    if name == "week_start":
        return say(f"settings.week_{value}", language)
    if name == "fiscal_year_first_month":
        return month(int(value), language)
    if value == "":
        return say("settings.none", language)
    return f"{int(value):,}" if value.isdecimal() else value


def currency(code: str, language: Language) -> str:
    """A currency's code and name."""
    name = Locale.parse(formats.LOCALES[language]).currencies.get(code)
    return f"{code} · {name}" if name else code


def month(number: int, language: Language) -> str:
    """A month's name."""
    return str(get_month_names("wide", "stand-alone", formats.LOCALES[language])[number])
