"""The menu that says what a number means: definition, formula, caveats, freshness, and the SQL as it was run."""

from __future__ import annotations

from datetime import date
from html import escape

import polars as pl
import streamlit as st

from metrics.model import Kpi
from metrics.query import Query
from pages.kit import formats
from pages.kit.focus import Focus
from pages.kit.formula import formula
from pages.kit.standing import able, asked
from pages.kit.visit import Visit


def about_menu(focus: Focus, kpi_id: str) -> None:
    """An icon that opens the explanation; nothing is worked out while it is closed."""
    visit = focus.visit
    menu = st.popover(
        visit.say("cards.about"),
        icon=":material/info:",
        type="tertiary",
        key=f"about_{kpi_id}",
        help=visit.say("cards.about"),
        on_change="rerun",
    )
    if menu.open:
        with menu:
            explain(focus, visit.catalogue.kpi(kpi_id))


def explain(focus: Focus, kpi: Kpi) -> None:
    """Definition, formula, caveats, freshness and SQL of a KPI, for the page's period and filters."""
    visit, language = focus.visit, focus.visit.language
    parts = [("", kpi.definition.say(language))]
    parts += [
        ("cards.formula", formula(kpi, language, visit.catalogue.table_names)),
        ("cards.expression", expression(kpi)),
    ]
    parts += [("cards.caveats", kpi.pitfalls.say(language)), ("cards.standard", kpi.standard)]
    if kpi.default_target is not None:
        parts.append(("cards.target_source", kpi.default_target.source.say(language)))
    parts.append(("cards.freshness", "\n".join(freshness(visit, kpi))))
    shown = "".join(_part("" if not key else visit.say(key), text) for key, text in parts if text)
    st.html(f'<div class="sb sb-about"><b>{escape(kpi.name.say(language))}</b>{shown}</div>')
    sql = _sql(focus, kpi)
    if sql:
        st.caption(visit.say("cards.sql"))
        st.code(sql, language="sql", wrap_lines=True, height=200)


def expression(kpi: Kpi) -> str:
    """How the value is computed, exactly as the catalogue has it, in one line."""
    if kpi.composite:
        return " ".join(f"{part.weight:+g} × [{part.kpi.id}]" for part in kpi.composite).removeprefix("+")
    parts = " ÷ ".join(f"[{fact.table}: {fact.expression}]" for fact in kpi.facts)
    return f"{kpi.multiplier:g} × {parts}" if kpi.multiplier != 1 else parts


def freshness(visit: Visit, kpi: Kpi) -> list[str]:
    """One line a table: the days its files cover and how many files those are."""
    coverage = pl.DataFrame(pl.from_arrow(visit.reader.coverage()))
    return [_fresh_line(visit, table, coverage.filter(pl.col("table_name") == table)) for table in kpi.tables]


def _fresh_line(visit: Visit, table: str, known: pl.DataFrame) -> str:
    name = table_name(visit, table)
    if known.is_empty():
        return visit.say("cards.fresh_none", table=name)
    first, last = known["first_day"].min(), known["last_day"].max()
    days = [formats.full_day(day if isinstance(day, date) else None, visit.language) for day in (first, last)]
    return visit.say("cards.fresh_line", table=name, first=days[0], last=days[1], files=known["batch"].n_unique())


def table_name(visit: Visit, table: str) -> str:
    """What people call a table."""
    named = visit.catalogue.table_names.get(table)
    return table if named is None else named.say(visit.language)


def _part(title: str, text: str) -> str:
    lines = "<br>".join(escape(line) for line in text.split("\n"))
    return f"<dl><dt>{escape(title)}</dt><dd>{lines}</dd></dl>" if title else f"<p>{lines}</p>"


def _sql(focus: Focus, kpi: Kpi) -> str:
    if not able(focus.visit, (kpi.id,)):
        return ""
    return asked(focus.visit, Query((kpi.id,), focus.settled(kpi.tables).period, filters=focus.filters)).sql
