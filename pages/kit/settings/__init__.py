"""The pieces of the settings page, in the order a page file lists them."""

from pages.kit.settings.changes import changes
from pages.kit.settings.form import form
from pages.kit.uploads.show import use_style

__all__ = ["changes", "form", "use_style"]
