"""The pieces of the weekly page."""

from pages.kit.weekly.board import weekly

__all__ = ["weekly"]
