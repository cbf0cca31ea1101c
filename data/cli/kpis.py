"""What the command line knows of KPIs: `data/__main__.py` brings it, since nothing here may import metrics."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import typer

from data.cli.console import console
from data.ingest.batch import Effect, Look
from data.installation import Installation

SHOWN = 12


@dataclass(frozen=True)
class Kpis:
    """`look` makes what looks at a company's KPIs around a load, `say` one line of an effect."""

    look: Callable[[Installation], Look]
    say: Callable[[Installation, Effect], str]


def kpis_of(context: typer.Context) -> Kpis:
    """What the front door put into the context."""
    found: Kpis = context.obj
    return found


def tell_effects(context: typer.Context, opened: Installation, effects: Iterable[Effect]) -> None:
    """Print what happened to KPIs, a line each."""
    listed = list(effects)
    for effect in listed[:SHOWN]:
        console.print(f"  {kpis_of(context).say(opened, effect)}", highlight=False, markup=False)
    if len(listed) > SHOWN:
        console.print(f"  and {len(listed) - SHOWN} more; --json lists all", highlight=False)


def effect_object(effect: Effect) -> dict[str, Any]:
    """The object that `--json` prints of an effect; null is no data."""
    return dict(vars(effect))
