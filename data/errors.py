"""What can go wrong with files and the warehouse, said in three languages with the next step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

Language = Literal["en", "zh-Hans", "zh-Hant"]


@dataclass(frozen=True)
class Text:
    """One sentence in English, 简体中文 and 繁體中文; {placeholders} are filled by `fill`."""

    en: str
    zh_hans: str
    zh_hant: str

    def say(self, language: Language) -> str:
        """The sentence in one language."""
        return {"en": self.en, "zh-Hans": self.zh_hans, "zh-Hant": self.zh_hant}[language]

    def fill(self, **values: object) -> Text:
        """The same sentence with its placeholders filled; a value that is a Text is said in each language."""
        return Text(*(_filled(self.say(language), language, values) for language in ("en", "zh-Hans", "zh-Hant")))


def _filled(sentence: str, language: Language, values: dict[str, object]) -> str:
    said = {name: value.say(language) if isinstance(value, Text) else value for name, value in values.items()}
    return sentence.format(**said)


class DataError(Exception):
    """Base of all; `text` holds the sentence, keyword arguments of the constructor fill its {placeholders}."""

    text: ClassVar[Text]

    def __init__(self, **values: object) -> None:
        self.values = values
        self.sentence = self.text.fill(**values)
        super().__init__(self.sentence.en)

    def say(self, language: Language) -> str:
        """The sentence in one language."""
        return self.sentence.say(language)
