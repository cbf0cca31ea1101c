"""Reconciliations between tables: the same number by two ways must be the same number."""

from data.checks import ledger, links, orders, people, reports, stock, times
from data.checks.base import Check, by_id
from data.checks.run import Finding, Known, known, run, run_one

CHECKS = by_id(orders.CHECKS, ledger.CHECKS, people.CHECKS, stock.CHECKS, links.CHECKS, times.CHECKS, reports.CHECKS)

__all__ = ["CHECKS", "Check", "Finding", "Known", "known", "run", "run_one"]
