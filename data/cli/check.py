"""`python -m data check`: do the tables agree with each other?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import polars as pl
import typer

from data.checks import CHECKS, Finding, run
from data.cli.console import (
    FAILED,
    NOTHING_LOADED,
    console,
    errors,
    installation,
    print_json,
    print_table,
    said_plainly,
)
from data.cli.lake import Demo, Json

SHOWN_MONTHS = 12


def check_command(is_json: Json = False, is_demo: Demo = False) -> None:
    """Reconcile the tables; exit 1 when one differs from another, 3 when nothing can be compared yet."""
    with said_plainly():
        opened = installation()
        reader = opened.lake(is_demo=is_demo).engine()
        with reader.reading():
            found = run(reader, CHECKS.values(), opened.local(datetime.now(UTC)).date())
            version = reader.version()
    if is_json:
        print_json({"version": version, "home": str(opened.home.root), "checks": [_as_object(one) for one in found]})
    else:
        _print(found)
    if any(one.state == "differs" for one in found):
        raise typer.Exit(FAILED)
    if all(one.state == "unknown" for one in found):
        errors.print(
            "Nothing can be compared yet: each check needs tables or months that no file has brought. Load the files "
            "under `needs` and run this again.",
            highlight=False,
        )
        raise typer.Exit(NOTHING_LOADED)


def _as_object(finding: Finding) -> dict[str, Any]:
    check = finding.check
    return {
        "id": check.id,
        "name": check.name.en,
        "state": finding.state,
        "missing": finding.missing,
        "unit": check.unit,
        "sides": [side.en for side in check.sides],
        "months": finding.rows.to_dicts(),
    }


def _print(found: tuple[Finding, ...]) -> None:
    rows = [
        {
            "check": one.check.name.en,
            "state": one.state,
            "months": one.rows.height,
            "differ": one.differing.height,
            "needs": ", ".join(one.missing),
        }
        for one in found
    ]
    print_table("Checks", pl.DataFrame(rows))
    for one in found:
        if one.state == "differs":
            left, right = (side.en for side in one.check.sides)
            shown = one.differing.tail(SHOWN_MONTHS).drop("state").rename({"left": left, "right": right})
            print_table(one.check.name.en, shown)
            console.print(one.check.explanation.en, highlight=False)
