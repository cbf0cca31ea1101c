"""The pieces of the uploads page, in the order a page file lists them."""

from pages.kit.uploads.batch_list import batches
from pages.kit.uploads.card import files
from pages.kit.uploads.drop import drop
from pages.kit.uploads.guide import first_steps, help_menu
from pages.kit.uploads.mappings import mappings
from pages.kit.uploads.show import use_style
from pages.kit.uploads.take_back import taken_back

__all__ = ["batches", "drop", "files", "first_steps", "help_menu", "mappings", "taken_back", "use_style"]
