"""The words of the pages: the kit's door to `pages.words.text`."""

from pages.words.text import FOLDER, say, say_or, texts

__all__ = ["FOLDER", "say", "say_or", "texts"]
