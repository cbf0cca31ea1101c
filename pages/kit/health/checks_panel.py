"""The reconciliations: what agrees, what differs and in which months, what cannot be known yet."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from data.checks import Finding
from pages.kit import formats, html
from pages.kit.about import table_name
from pages.kit.soundness import findings, may_see
from pages.kit.uploads.names import column_title
from pages.kit.visit import Visit, current

SHOWN_MONTHS = 13
TONES = {"ok": "good", "differs": "bad", "unknown": ""}
_ORDER = ("differs", "ok", "unknown")


def reconciliations() -> None:
    """Draw one line a check, those that differ first; a link with `part` opens one."""
    visit = current()
    found = sorted(findings(visit), key=lambda one: _ORDER.index(one.state))
    with st.container(border=True, key="panel_checks", gap="small"):
        st.html(html.head(visit.say("health.checks"), visit.say("health.checks_note"), "checks"))
        st.html(f'<div class="sb sb-checks">{"".join(_check(visit, one) for one in found)}</div>')


def outcome(visit: Visit, finding: Finding) -> str:
    """What a check found, in a few words."""
    months, differing = finding.rows.height, finding.differing
    if finding.state == "ok":
        return visit.say("health.months_ok", count=int((finding.rows["state"] == "ok").sum()))
    if finding.state == "differs":
        newest = formats.month(differing["period"].to_list()[-1], visit.language)
        return visit.say("health.months_differ", count=differing.height, months=months, month=newest)
    if finding.missing:
        names = visit.say("panel.comma").join(_missing(visit, name) for name in finding.missing)
        return visit.say("health.check_needs", names=names)
    return visit.say("health.nothing_to_compare")


def _check(visit: Visit, finding: Finding) -> str:
    check, language = finding.check, visit.language
    state = html.badge(visit.say(f"health.state_{finding.state}"), TONES[finding.state])
    head = (
        f"<summary>{state}<b>{escape(check.name.say(language))}</b>"
        f"<i>{escape(outcome(visit, finding))}</i></summary><p>{escape(check.explanation.say(language))}</p>"
    )
    is_open = " open" if finding.state == "differs" or visit.address.part == check.id else ""
    return f'<details id="check-{escape(check.id)}"{is_open}>{head}{_months(visit, finding)}</details>'


def _months(visit: Visit, finding: Finding) -> str:
    """Both sides month by month, the newest first; nothing where there are none, or where amounts are not shown."""
    if finding.rows.is_empty():
        return ""
    if not may_see(visit.viewer, finding.check):
        return f'<p class="quiet">{escape(visit.say("health.amounts_hidden"))}</p>'
    rows = finding.rows.reverse().to_dicts()
    shown = [row for place, row in enumerate(rows) if place < SHOWN_MONTHS or row["state"] == "differs"]
    has_off = finding.rows["off"].is_not_null().any()
    sides = [side.say(visit.language) for side in finding.check.sides]
    heads = [visit.say("health.month"), *sides, visit.say("health.difference"), visit.say("health.allowed")]
    heads += [visit.say("health.rows_off")] if has_off else []
    titles = "".join(f"<th{_right(place)}>{escape(head)}</th>" for place, head in enumerate(heads))
    body = "".join(_month(visit, finding, row, has_off=has_off) for row in shown)
    return f'<div class="sb-scroll"><table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table></div>'


def _month(visit: Visit, finding: Finding, row: Mapping[str, Any], *, has_off: bool) -> str:
    unit, language = finding.check.unit, visit.language
    names = ("left", "right", "difference", "tolerance")
    cells = [formats.full(row[name], unit, language, visit.currency) for name in names]
    cells += [formats.full(row["off"], "count", language, "")] if has_off else []
    numbers = "".join(f'<td class="n">{escape(cell)}</td>' for cell in cells)
    return f'<tr class="{row["state"]}"><th>{escape(formats.month(row["period"], language))}</th>{numbers}</tr>'


def _missing(visit: Visit, name: str) -> str:
    """A missing table, or a column with its table."""
    table, _, column = name.partition(".")
    said = table_name(visit, table)
    return f"{column_title(column, visit.language)} ({said})" if column else said


def _right(place: int) -> str:
    return ' class="n"' if place else ""
