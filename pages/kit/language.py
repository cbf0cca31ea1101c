"""Which language a reader gets: the link's, else the browser's, else the company's."""

from __future__ import annotations

from typing import get_args

from metrics.model import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
NAMES: dict[Language, str] = {"en": "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}
SHORT_NAMES: dict[Language, str] = {"en": "EN", "zh-Hans": "简", "zh-Hant": "繁"}
_TRADITIONAL = ("hant", "tw", "hk", "mo")


def known(code: str | None) -> Language | None:
    """The language of a code as links carry it; None for anything else."""
    return next((language for language in LANGUAGES if language == code), None)


def of_locale(locale: str | None) -> Language | None:
    """The language of a browser's locale (`zh-TW` is traditional, other `zh` simplified); None if we speak neither."""
    parts = (locale or "").replace("_", "-").lower().split("-")
    if parts[0] == "zh":
        return "zh-Hant" if set(parts[1:]) & set(_TRADITIONAL) else "zh-Hans"
    return "en" if parts[0] == "en" else None


def choose(link: str | None, locale: str | None, company: Language) -> Language:
    """The first of the three that names a language we speak."""
    return known(link) or of_locale(locale) or company
