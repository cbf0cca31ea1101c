"""Every word of the pages in the three languages: `say(key, language, **values)` over `text/*.yaml`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import get_args

import yaml

from metrics.model import Language, Text

# The words stand beside the pages that say most of them.
FOLDER = Path(__file__).parents[1] / "kit" / "text"
# The parser in C is ten times as fast; it is missing where PyYAML was built without it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def texts() -> Mapping[str, Text]:
    """Each key of the text files with its three sentences. Raises ValueError for a key that is
    defined twice, or whose entry is not three sentences."""
    found: dict[str, Text] = {}
    for file in sorted(FOLDER.glob("*.yaml")):
        for key, said in yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER).items():
            if key in found:
                raise ValueError(f"{file.name} defines {key!r} a second time")
            # A comma or a Yes that nobody quoted ends a sentence, and makes of the rest a language of its own.
            if set(said) != set(get_args(Language)) or not all(isinstance(sentence, str) for sentence in said.values()):
                raise ValueError(
                    f"{file.name}: {key!r} needs three sentences, in quotes where they hold a comma: {said}"
                )
            found[key] = Text(*(said[language] for language in get_args(Language)))
    return MappingProxyType(found)


def say(key: str, language: Language, **values: object) -> str:
    """The sentence of a key in one language, its {placeholders} filled. Raises KeyError for an unknown key."""
    sentence = texts()[key].say(language)
    return sentence.format(**values) if values else sentence


def say_or(key: str, language: Language, otherwise: str) -> str:
    """The sentence of a key where the text files know it, else `otherwise`: for codes that files bring."""
    known = texts().get(key)
    return otherwise if known is None else known.say(language)


def in_all(speak: Callable[[Language], str]) -> Text:
    """What is said in each of the three scripts."""
    return Text(speak("en"), speak("zh-Hans"), speak("zh-Hant"))
