"""The command line of the data side: `python -m data --help`.

A front door: what a load does to KPIs comes from metrics.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import typer

from data.cli import batches, check, customers, demo, forget, ingest, lake, mappings, watch
from data.cli.kpis import Kpis
from data.engines.lake import LakeEngine
from data.ingest.batch import Effect, Look, Touched
from data.installation import Installation
from data.shapes import shapes
from metrics.compare import change
from metrics.effects import differences
from metrics.load import Catalogue, read_catalogue

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Load files, look after the lake.")
app.command("ingest")(ingest.ingest_command)
app.command("watch")(watch.watch_command)
app.command("template")(ingest.template_command)
app.add_typer(mappings.app, name="mappings")
app.command("batches")(batches.batches_command)
app.command("undo")(batches.undo_command)
app.command("status")(lake.status_command)
app.command("check")(check.check_command)
app.command("demo")(demo.demo_command)
app.command("customers")(customers.customers_command)
app.command("forget")(forget.forget_command)
app.command("maintain")(lake.maintain_command)
app.command("backup")(lake.backup_command)
app.command("restore")(lake.restore_command)


@app.callback()
def main(context: typer.Context) -> None:
    """Load files, look after the lake."""
    context.obj = Kpis(_look, _say)


def _look(opened: Installation) -> Look:
    """Looks at the headline KPIs; the catalogue is read only once something was loaded."""

    def look(before: LakeEngine, after: LakeEngine, touched: Touched) -> Sequence[Effect]:
        found = differences(before, after, touched.tables, touched.months, _catalogue(opened.home.catalogue))
        return [Effect(one.kpi, one.period.first, one.period.last, one.before, one.after) for one in found]

    return look


def _say(opened: Installation, effect: Effect) -> str:
    """One effect: `GMV, Oct 2026: 1,200,000 → 1,221,600 (+1.8 %)`; no data is –."""
    catalogue = _catalogue(opened.home.catalogue)
    # A KPI of one's own may be gone since.
    kpi = catalogue.kpis.get(effect.kpi)
    name = kpi.name.say(opened.settings.language) if kpi else effect.kpi
    known = change(effect.after, effect.before, kpi) if kpi else None
    if known and known.points is not None:
        moved = f" ({known.points:+,.2f} points)"
    elif known and known.relative is not None:
        moved = f" ({known.relative * 100:+,.1f} %)"
    else:
        moved = ""
    return f"{name}, {effect.first_day:%b %Y}: {_number(effect.before)} → {_number(effect.after)}{moved}"


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


@cache
def _catalogue(own: Path) -> Catalogue:
    return read_catalogue(own, shapes())


if __name__ == "__main__":
    app()
