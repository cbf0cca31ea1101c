"""The pieces of the health page, in the order a page file lists them."""

from pages.kit.health.batches_panel import newest_files
from pages.kit.health.checks_panel import reconciliations
from pages.kit.health.overview import next_step, overview
from pages.kit.health.style import use_style
from pages.kit.health.tables_panel import tables
from pages.kit.health.unlock_panel import missing_files

__all__ = ["missing_files", "newest_files", "next_step", "overview", "reconciliations", "tables", "use_style"]
