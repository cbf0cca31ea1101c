"""The trust strip: how far the data reach, from which files, what was refused, what is missing, what needs a look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from data.batches import BATCHES_SQL
from pages.kit import formats, html
from pages.kit.about import table_name
from pages.kit.cache import remembered
from pages.kit.focus import Focus, tables_of
from pages.kit.soundness import findings_at_hand
from pages.kit.standing import Standing
from pages.kit.visit import Visit

SHOWN_FILES = 50


@dataclass(frozen=True)
class Trust:
    """What the strip says. refused: rows of the files in force; missing: KPIs without data; partial: KPIs with days
    or sources missing; agree, differ: reconciliations of the page's tables; first_differing: the id of one."""

    data_to: str
    files: int
    refused: int
    missing: int
    partial: int
    attention: int
    agree: int = 0
    differ: int = 0
    first_differing: str | None = None


def batches_in_force(visit: Visit) -> pl.DataFrame:
    """The batches that were not taken back, newest first; columns as `data.batches.list_batches`."""

    def work() -> pl.DataFrame:
        found = pl.DataFrame(pl.from_arrow(visit.reader.query(BATCHES_SQL, {})))
        return found.filter(pl.col("undone_at").is_null())

    return remembered(visit, work, (), "batches", visit.reader.version())


def trust(focus: Focus, standings: Iterable[Standing], attention: int) -> Trust:
    """The view model of the strip."""
    batches = batches_in_force(focus.visit)
    judged = list(standings)
    found = findings_at_hand(focus.visit, tables_of(focus.visit, focus.page))
    differing = [one.check.id for one in found if one.state == "differs"]
    return Trust(
        data_to=formats.full_day(focus.as_of, focus.visit.language),
        files=batches.height,
        refused=int(batches["rejected"].sum() or 0),
        missing=sum(standing.is_without_data for standing in judged),
        partial=sum(standing.is_partial for standing in judged),
        attention=attention,
        agree=sum(one.state == "ok" for one in found),
        differ=len(differing),
        first_differing=next(iter(differing), None),
    )


def trust_strip(focus: Focus, shown: Trust) -> None:
    """Draw the strip: badges, and a menu that lists the files."""
    visit = focus.visit
    say, language = visit.say, visit.language
    refused = formats.number(shown.refused, language)
    badges = [html.badge(say("trust.data_to", day=shown.data_to))]
    badges.append(
        html.badge(say("trust.refused", count=refused), "warn")
        if shown.refused
        else html.badge(say("trust.none_refused"), "good")
    )
    if shown.missing:
        badges.append(html.badge(say("trust.missing", count=shown.missing), "warn"))
    if shown.partial:
        badges.append(html.badge(say("trust.partial", count=shown.partial), "warn"))
    if not shown.missing and not shown.partial:
        badges.append(html.badge(say("trust.complete"), "good"))
    badges += _checks(visit, shown)
    badges.append(
        html.badge(say("trust.attention", count=shown.attention), "warn", "#attention")
        if shown.attention
        else html.badge(say("trust.no_attention"), "good")
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="trust"):
        st.html(html.strip(badges), width="content")
        count = formats.number(shown.files, language)
        menu = st.popover(say("trust.files", count=count), type="tertiary", key="files", on_change="rerun")
        if menu.open:
            with menu:
                _files(visit)


def _checks(visit: Visit, shown: Trust) -> list[str]:
    """Whether the page's tables agree with each other, with the way to the health page; nothing where none is known."""
    if shown.differ:
        said, tone = visit.say("trust.checks_differ", count=shown.differ), "bad"
    elif shown.agree:
        said, tone = visit.say("trust.checks_agree", count=shown.agree), "good"
    else:
        return []
    there = visit.address.turn(part=shown.first_differing, rows=None, table=None).parameters()
    return [html.badge(said, tone, f"health?{urlencode(there, doseq=True)}#checks")]


def _files(visit: Visit) -> None:
    batches = batches_in_force(visit)
    heads = ("trust.file", "trust.tables", "trust.days", "trust.loaded", "trust.rejected")
    titles = "".join(f"<th>{escape(visit.say(key))}</th>" for key in heads)
    rows = "".join(_file(visit, batch) for batch in batches.head(SHOWN_FILES).iter_rows(named=True))
    st.html(f'<table class="sb sb-files"><thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table>')
    if batches.height > SHOWN_FILES:
        st.caption(visit.say("trust.more_files", shown=SHOWN_FILES, count=batches.height))


def _file(visit: Visit, batch: dict[str, Any]) -> str:
    language = visit.language
    tables = visit.say("panel.comma").join(table_name(visit, table) for table in batch["tables"])
    first, last = batch["first_day"], batch["last_day"]
    days = formats.NOTHING if first is None else formats.day_range(first, last, language)
    counts = [formats.full(batch[name], "count", language, "") for name in ("rows_read", "rejected")]
    cells = [f"<td>{escape(str(text))}</td>" for text in (batch["file"], tables, days)]
    cells += [f'<td class="n">{escape(count)}</td>' for count in counts]
    return f"<tr>{''.join(cells)}</tr>"
