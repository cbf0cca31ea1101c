"""Which language a reader gets."""

from __future__ import annotations

import pytest

from metrics.model import Language
from pages.kit.language import choose, of_locale


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("en-GB", "en"),
        ("zh-CN", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("fr-FR", None),
        (None, None),
    ],
)
def test_a_browsers_locale_names_one_of_three_languages_or_none(locale: str | None, language: Language | None) -> None:
    assert of_locale(locale) == language


def test_the_link_wins_over_the_browser_and_the_browser_over_the_company() -> None:
    assert choose("zh-Hant", "en-US", "zh-Hans") == "zh-Hant"
    assert choose("klingon", "en-US", "zh-Hans") == "en"
    assert choose(None, "fr-FR", "zh-Hans") == "zh-Hans"
