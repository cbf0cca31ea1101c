"""The weekly pack: this week's draft, the packs that were issued, and what became of their numbers."""

from pages.kit import weekly

page = weekly.weekly()
page.choices()
page.shown()
