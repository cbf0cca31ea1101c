"""The metric dictionary, piece by piece, as its page file lists them."""

from pages.kit.dictionary.board import Board, board

__all__ = ["Board", "board"]
