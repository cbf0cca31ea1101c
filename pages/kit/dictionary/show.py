"""The HTML of the dictionary: list, entry, map of duties. Whatever came from a file is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path

import streamlit as st

from pages.kit import html
from pages.kit.dictionary import links
from pages.kit.dictionary.duties import Cell
from pages.kit.dictionary.entries import Entry, table_name
from pages.kit.visit import Visit

Waiting = Mapping[str, tuple[str, ...]]


def use_style() -> None:
    """Put dictionary.css into the page; it takes no room."""
    st.html(f"<style>{_sheet()}</style>")


def listing(visit: Visit, entries: Sequence[Entry], waiting: Waiting) -> str:
    """The list, by department and duty. waiting: for each KPI the tables without a file it needs."""
    heads = ("name", "meaning", "unit", "status")
    titles = "".join(f"<th>{escape(visit.say(f'dictionary.{key}'))}</th>" for key in heads)
    body = []
    for section, together in groupby(entries, key=lambda entry: (entry.department, entry.duty)):
        body.append(f'<tr class="group"><th colspan="4">{escape(" · ".join(section))}</th></tr>')
        body += [_row(visit, entry, waiting[entry.kpi.id]) for entry in together]
    return f'<table class="sb sb-kpis"><thead><tr>{titles}</tr></thead><tbody>{"".join(body)}</tbody></table>'


def facts(visit: Visit, entry: Entry) -> str:
    """Everything the dictionary says of a KPI except its value, in pairs of name and text."""
    kpi = entry.kpi
    comma = visit.say("panel.comma")
    other = " · ".join(dict.fromkeys((kpi.name.en, kpi.name.zh_hans, kpi.name.zh_hant)))
    pairs = [
        ("name", escape(other)),
        ("id", f"<code>{escape(kpi.id)}</code>"),
        ("department", _link(links.to_department(visit.address, kpi.department), entry.department)),
        ("duty", _link(links.to_duty(visit.address, kpi.duty), entry.duty)),
        ("formula", _lines(entry.formula)),
        ("expression", f"<code>{escape(entry.expression)}</code>"),
        ("caveats", escape(entry.caveats)),
        ("standard", escape(kpi.standard)),
        ("unit", escape(entry.unit)),
        ("direction", escape(entry.direction)),
        ("target", escape(entry.target)),
        ("dimensions", escape(comma.join(entry.dimensions))),
        ("tables", escape(comma.join(entry.tables))),
        ("counted_by", escape(entry.counted_by)),
        ("proves", _items(escape(text) for text in entry.proves)),
        ("uses", _uses(visit, entry)),
        ("origin", escape(entry.own_file)),
    ]
    return pairs_html([(visit.say(f"dictionary.{key}"), text) for key, text in pairs if text])


def pairs_html(pairs: Sequence[tuple[str, str]]) -> str:
    """Names and texts side by side; the texts are HTML already."""
    return '<dl class="sb sb-entry">' + "".join(f"<dt>{escape(n)}</dt><dd>{t}</dd>" for n, t in pairs) + "</dl>"


def entry_head(visit: Visit, entry: Entry) -> str:
    """The name of an entry with its meaning; a badge tells a KPI of the company's own."""
    own = html.badge(visit.say("dictionary.own"), "brand") if entry.own_file else ""
    return f'<div class="sb sb-word" id="entry"><h2>{escape(entry.name)}{own}</h2><p>{escape(entry.meaning)}</p></div>'


def map_html(visit: Visit, cells: Mapping[str, Sequence[Cell]]) -> str:
    """A row a department, a cell a duty: its name, a light, and in words what the light says."""
    names = {item.id: item.name.say(visit.language) for item in visit.catalogue.departments}
    rows = "".join(
        f'<tr><th scope="row">{_link(links.to_department(visit.address, name), names[name])}</th>'
        f"{''.join(_cell(visit, cell) for cell in duties)}</tr>"
        for name, duties in cells.items()
    )
    return f'<table class="sb sb-duties"><tbody>{rows}</tbody></table>'


def refusals(sentences: Iterable[str]) -> str:
    """What is refused, one sentence a line."""
    return f'<div class="sb sb-refused">{_items(escape(sentence) for sentence in sentences)}</div>'


def needs(visit: Visit, tables: Sequence[str]) -> str:
    """The tables that are missing, by name."""
    named = [table_name(visit.catalogue, table, visit.language) for table in tables]
    return visit.say("dictionary.needs", names=visit.say("panel.comma").join(named))


def _row(visit: Visit, entry: Entry, missing: Sequence[str]) -> str:
    status = html.badge(needs(visit, missing)) if missing else html.badge(visit.say("dictionary.has_data"), "good")
    own = html.badge(visit.say("dictionary.own"), "brand") if entry.own_file else ""
    name = _link(links.to_kpi(visit.address, entry.kpi.id), entry.name)
    cells = (f"<th>{name} {own}</th>", f"<td>{escape(entry.meaning)}</td>", f"<td>{escape(entry.unit)}</td>")
    return f'<tr>{"".join(cells)}<td class="status">{status}</td></tr>'


def _cell(visit: Visit, cell: Cell) -> str:
    name = visit.catalogue.duties[cell.duty].name.say(visit.language)
    said = visit.say("dictionary.flows", count=cell.flowing, total=len(cell.kpis))
    waits = f"<small>{escape(needs(visit, cell.missing))}</small>" if cell.missing else ""
    link = escape(links.to_duty(visit.address, cell.duty))
    chosen = ' aria-current="true"' if cell.duty == visit.address.duty else ""
    return (
        f'<td class="{cell.state}"><a href="{link}" target="_self"{chosen}><b>{escape(name)}</b>'
        f'<span><i class="sb-dot {"good" if cell.state != "none" else ""}"></i>{escape(said)}</span>{waits}</a></td>'
    )


def _uses(visit: Visit, entry: Entry) -> str:
    if not entry.uses:
        return escape(visit.say("dictionary.use_none"))
    return _items(_link(links.to_use(visit.address, use), use.text) for use in entry.uses)


def _items(texts: Iterable[str]) -> str:
    shown = "".join(f"<li>{text}</li>" for text in texts)
    return f"<ul>{shown}</ul>" if shown else ""


def _link(href: str, text: str) -> str:
    return f'<a href="{escape(href)}" target="_self">{escape(text)}</a>' if href else escape(text)


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.split("\n"))


@cache
def _sheet() -> str:
    return Path(__file__).with_name("dictionary.css").read_text(encoding="utf-8")
