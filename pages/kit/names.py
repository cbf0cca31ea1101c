"""What readers call columns, dimensions and values: the kit's door to `pages.words.names`."""

from pages.words.names import SAME_VALUES, UNKNOWN, column, dimension, value

__all__ = ["SAME_VALUES", "UNKNOWN", "column", "dimension", "value"]
