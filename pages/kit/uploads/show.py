"""Small pieces of the uploads page that Streamlit has no element for; whatever came with a file is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from data.ingest.layout import Layout
from data.ingest.match import Match
from pages.kit import html
from pages.kit.uploads.describe import in_words, samples_of
from pages.kit.uploads.names import column_title, table_title
from pages.kit.uploads.sampled import Sample, first_cells, samples
from pages.kit.visit import Visit

SURE = 99.5
SHOWN_UNUSED = 200


def use_style() -> None:
    """Put uploads.css into the page; it takes no room."""
    st.html(f"<style>{_sheet()}</style>")


def uploader_words(visit: Visit, largest_mb: int) -> None:
    """The uploader's own words in the reader's language, for uploads.css; they take no room."""
    size, may_be_larger = size_text(largest_mb * 1024 * 1024), visit.store.settings.max_upload_mb > largest_mb
    words = {
        "here": visit.say("uploads.drop_here"),
        "browse": visit.say("uploads.drop_browse"),
        "limit": visit.say("uploads.drop_limit", size=size),
        "refused": visit.say("uploads.drop_refused_larger" if may_be_larger else "uploads.drop_refused", size=size),
    }
    said = "".join(f'--{name}: "{text}"; ' for name, text in words.items())
    st.html(f"<style>.st-key-drop {{ {said} }}</style>")


def tell(sentence: str, tone: str = "") -> None:
    """One sentence in a quiet box; tone: good, warn, bad or nothing. Markdown in it stays text."""
    role = "alert" if tone in ("bad", "warn") else "status"
    st.html(f'<div class="sb sb-tell {tone}" role="{role}">{escape(sentence)}</div>')


def file_title(name: str, size: str, mark: str) -> None:
    """A file's name, its size, and how it stands."""
    st.html(f'<div class="sb sb-file"><b>{escape(name)}</b><span>{escape(size)}</span>{mark}</div>')


def head(title: str, sentence: str) -> None:
    """A small title with its grey sentence."""
    parts = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in (("b", title), ("span", sentence)) if text)
    st.html(f'<div class="sb sb-sub">{parts}</div>')


def group(title: str, note: str) -> None:
    """The name of a group of fields, with a grey note."""
    st.html(f'<div class="sb sb-group">{escape(title)}<span>{escape(note)}</span></div>')


def facts(pairs: Iterable[tuple[str, str]]) -> None:
    """Names and values side by side."""
    shown = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in pairs)
    st.html(f'<dl class="sb sb-facts">{shown}</dl>')


def tiles(pairs: Iterable[tuple[str, str, str]]) -> None:
    """Counts with their names; the third is a tone."""
    shown = "".join(
        f'<div class="{tone}"><dd>{escape(value)}</dd><dt>{escape(name)}</dt></div>' for name, value, tone in pairs
    )
    st.html(f'<dl class="sb sb-tiles">{shown}</dl>')


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = (), kind: str = "") -> None:
    """A plain table of texts; `numbers` are the columns that stand at the right."""
    titles = "".join(f"<th{_right(place, numbers)}>{escape(head)}</th>" for place, head in enumerate(heads))
    body = "".join(f"<tr>{_cells(row, numbers)}</tr>" for row in rows)
    st.html(
        f'<div class="sb sb-scroll {kind}"><table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def columns(visit: Visit, found: Match) -> None:
    """How each column of a recognised table is read, with values before and after; how alike proposed names are."""
    language, scores = visit.language, {one.column: one.score for one in found.proposals}
    is_guess = found.how == "proposal"
    keys = ("column_ours", "column_file", "column_pairs", *(("column_score",) if is_guess else ()))
    heads = "".join(f"<th>{escape(visit.say(f'uploads.{key}'))}</th>" for key in keys)
    body = []
    cells = first_cells(found, visit.store.settings.time_zone)
    for part in found.recipe.parts if found.recipe else ():
        if found.recipe and len(found.recipe.parts) > 1:
            body.append(
                f'<tr class="group"><th colspan="{len(keys)}">{escape(table_title(visit, part.table))}</th></tr>'
            )
        for name, cell in part.columns.items():
            row = [f"<th>{escape(column_title(name, language))}</th>", f"<td>{escape(in_words(cell, language))}</td>"]
            shown = samples(cells, cell, part.contract, name, language)
            row.append(f'<td><div class="sb-pairs">{_pairs(visit, shown)}</div></td>')
            if is_guess:
                row.append(f"<td>{_score(scores.get(name))}</td>")
            body.append(f"<tr>{''.join(row)}</tr>")
    rows = "".join(body)
    st.html(f'<div class="sb sb-scroll map"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>')


def mapping_head(visit: Visit) -> None:
    """What stands in the three places of each row of the mapping screen."""
    keys = ("column_ours", "column_file", "column_before", "column_after")
    heads = "".join(f"<span>{escape(visit.say(f'uploads.{key}'))}</span>" for key in keys)
    st.html(f'<div class="sb sb-maphead">{heads}</div>')


def column_name(visit: Visit, title: str, score: float | None, *, is_missing: bool) -> None:
    """Our column, with how sure a proposal is, or that something needed is missing."""
    mark = html.badge(visit.say("uploads.column_missing"), "bad") if is_missing else _score(score)
    st.html(f'<div class="sb sb-col"><b>{escape(title)}</b>{mark}</div>')


def pairs(visit: Visit, found: Sequence[Sample], *, is_read: bool) -> None:
    """Values before and after reading, one below the other; why there are none where a header is read."""
    nothing = f'<i class="quiet">{escape(visit.say("uploads.no_samples"))}</i>' if is_read else ""
    st.html(f'<div class="sb sb-pairs">{_pairs(visit, found) or nothing}</div>')


def value_count(text: str, count: int) -> None:
    """A value of the file and in how many rows it stands."""
    st.html(f'<div class="sb sb-value"><code>{escape(text[:80])}</code><span>{count:,}</span></div>')


def _pairs(visit: Visit, found: Sequence[Sample]) -> str:
    return "".join(f"<code>{escape(one.before[:80])}</code>{_after(visit, one)}" for one in found)


def _after(visit: Visit, sample: Sample) -> str:
    if sample.is_asked:
        return f'<b class="warn">{escape(visit.say("uploads.asked_next"))}</b>'
    if sample.after is None:
        return f'<b class="bad">{escape(visit.say("uploads.not_readable"))}</b>'
    return f"<b>{escape(sample.after[:80]) or escape(visit.say('uploads.empty_value'))}</b>"


def unused(visit: Visit, found: Match) -> None:
    """The headers that nothing reads, folded away, with their values."""
    if not found.unused:
        return
    head = escape(visit.say("uploads.unused", count=len(found.unused)))
    items = "".join(_unused(found.layout, name) for name in found.unused[:SHOWN_UNUSED])
    st.html(f'<details class="sb sb-unused"><summary>{head}</summary><ul>{items}</ul></details>')


def raw_columns(visit: Visit, layout: Layout) -> None:
    """The headers of a table that nothing is known about, with three values each."""
    heads = (visit.say("uploads.column_file"), visit.say("uploads.column_samples"))
    titles = "".join(f"<th>{escape(head)}</th>" for head in heads)
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{_values(samples_of(layout, name))}</td></tr>" for name in layout.names
    )
    st.html(f'<div class="sb sb-scroll map"><table><thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table></div>')


def values(samples: Sequence[str], otherwise: str) -> str:
    """Sample values in a line, or what to say where there are none."""
    return _values(samples) if samples else f'<i class="quiet">{escape(otherwise)}</i>'


def size_text(size: float) -> str:
    """A file's size in the unit that leaves a number of at most three digits."""
    units = iter(("B", "KB", "MB", "GB"))
    unit = next(units)
    while size >= 1000 and unit != "GB":
        size, unit = size / 1024, next(units)
    return f"{size:.0f} {unit}" if size >= 10 or unit == "B" else f"{size:.1f} {unit}"


def _unused(layout: Layout, name: str) -> str:
    return f"<li><b>{escape(name)}</b> {_values(samples_of(layout, name))}</li>"


def _values(samples: Sequence[str]) -> str:
    return "".join(f"<code>{escape(sample[:80])}</code>" for sample in samples)


def _score(score: float | None) -> str:
    if score is None:
        return ""
    return html.badge(f"{min(score, 100):.0f}%", "good" if score >= SURE else "warn")


def _cells(row: Sequence[str], numbers: Sequence[int]) -> str:
    return "".join(f"<td{_right(place, numbers)}>{escape(text)}</td>" for place, text in enumerate(row))


def _right(place: int, numbers: Sequence[int]) -> str:
    return ' class="n"' if place in numbers else ""


@cache
def _sheet() -> str:
    return Path(__file__).with_name("uploads.css").read_text(encoding="utf-8")
