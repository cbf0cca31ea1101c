"""A KPI's formula as people write it: the kit's door to `pages.words.formula`."""

from pages.words.formula import formula

__all__ = ["formula"]
