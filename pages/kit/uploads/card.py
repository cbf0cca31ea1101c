"""One dropped file on the page: what it is, what is open about it, what would happen, what happened."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data.ingest.match import Match
from data.ingest.pipeline import Prepared, not_recognised
from data.ingest.refusals import NoTable, NotReadable, UnclosedQuote, UndecodableText
from data.ingest.results import of_source
from data.ingest.verdict import why_it_stays_out
from pages.kit import formats, html
from pages.kit.uploads import show
from pages.kit.uploads.ask_wide import ask_wide
from pages.kit.uploads.asks import ask_table, asks
from pages.kit.uploads.editor import accept_button, editor
from pages.kit.uploads.join import join_choice
from pages.kit.uploads.names import (
    headers_of,
    missing_of,
    read_as,
    source_title,
    table_head,
    table_title,
    tables_title,
)
from pages.kit.uploads.outcomes import checked, finished
from pages.kit.uploads.recognise import is_short_of, recognise, state_of, wants_day, wants_days
from pages.kit.uploads.text_form import text_form
from pages.kit.uploads.tray import Staged, tray
from pages.kit.uploads.work import act, settled, watch
from pages.kit.uploads.workshop import desk_of
from pages.kit.visit import Visit, visiting

TONES = {
    "ready": "good",
    "partly": "warn",
    "asks": "warn",
    "unknown": "warn",
    "unfit": "bad",
    "here": "brand",
    "unreadable": "bad",
}

# What another encoding or delimiter may mend.
TEXT_TROUBLES = (NoTable, UnclosedQuote, UndecodableText)


def files() -> None:
    """Draw a card for each dropped file, the newest first; each runs alone when something in it is clicked."""
    for staged in reversed(tuple(tray())):
        st.fragment(_card)(staged.ticket)


def _card(ticket: str) -> None:
    staged = settled(ticket)
    if staged is None:
        return
    if staged.is_news:
        tray().put(replace(staged, is_news=False))
        st.rerun()
    with visiting() as visit, st.container(border=True, key=f"file_{ticket}"):
        if staged.done:
            _closing_head(visit, staged)
            finished(visit, staged)
            return
        desk = desk_of(visit)
        try:
            prepared = recognise(staged, desk)
        except NotReadable as error:
            _head(visit, staged, "unreadable")
            show.tell(error.say(visit.language), "bad")
            if staged.encoding or staged.delimiter or isinstance(error, TEXT_TROUBLES):
                text_form(visit, staged, None)
            return
        _open_file(visit, staged, prepared)


def _open_file(visit: Visit, staged: Staged, prepared: Prepared) -> None:
    state = state_of(prepared)
    is_unfit = state == "unknown" and any(found.unfit for found in prepared.matches)
    _head(visit, staged, "unfit" if is_unfit else state)
    if prepared.already is not None and staged.job is None:
        show.tell(visit.say("uploads.here", file=staged.name, batch=prepared.already), "")
        return
    if state == "unknown" and staged.table is None:
        if is_unfit:
            outcome = not_recognised(prepared, lambda table: table_title(visit, table))
            show.tell(outcome.message.say(visit.language), "bad")
        else:
            show.tell(visit.say("uploads.not_recognised", headers=headers_of(prepared)), "warn")
        ask_table(visit, staged)
    if staged.job is None and prepared.matches[0].recipe is None:
        text_form(visit, staged, prepared)
    for place, found in enumerate(prepared.matches):
        _table(visit, staged, prepared, place, found)
    if staged.job is not None:
        watch(staged, prepared)
    elif prepared.certain:
        join_choice(visit, staged, prepared)
        checked(visit, staged)
        if staged.trouble:
            show.tell(staged.trouble.say(visit.language), "warn")
        act(visit, staged, prepared)


def _table(visit: Visit, staged: Staged, prepared: Prepared, place: int, found: Match) -> None:
    """One table of the file: facts, open questions, columns, editor."""
    count = len(prepared.matches)
    if count > 1:
        title = table_head(visit, prepared, place)
        show.head(title, tables_title(visit, found.tables) or visit.say("uploads.state_unknown"))
    # Of several files side by side none unfolds what only the reader of one wants to see at once.
    is_alone = count == 1 and sum(not one.done for one in tray()) == 1
    if found.recipe is None:
        ask_wide(visit, staged, place, found)
        if found.unfit and count > 1:
            said = why_it_stays_out(found, lambda table: table_title(visit, table)).say(visit.language)
            show.tell(said[:1].upper() + said[1:], "")
        columns = visit.say("uploads.raw_columns", count=len(found.layout.names))
        with st.expander(columns, expanded=is_alone and staged.table is None, icon=":material/view_column:"):
            show.raw_columns(visit, found.layout)
        editor(visit, staged, place, found)
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"facts_{staged.ticket}_{place}"):
        show.facts(_facts(visit, found))
        if place == 0 and staged.job is None:
            text_form(visit, staged, prepared)
    if found.how != "proposal" and not any(outcome.is_loaded for outcome in staged.trial):
        # What a check found says it again.
        for one in of_source(found):
            show.tell(one.message.say(visit.language), "warn")
    if is_short_of(found):
        show.tell(visit.say("uploads.missing", columns=missing_of(visit, found)), "warn")
    ask_wide(visit, staged, place, found)
    asks(visit, staged, place, found)
    read = sum(len(part.columns) for part in found.recipe.parts)
    columns = visit.say("uploads.columns", count=read)
    # The editor shows the same columns with the same values.
    is_shown = (is_alone or found.how == "proposal") and not staged.trial and not is_short_of(found)
    with st.expander(columns, expanded=is_shown, icon=":material/view_column:"):
        show.columns(visit, found)
        show.unused(visit, found)
    confirm = st.container(key=f"confirm_{staged.ticket}_{place}", gap="xsmall")
    is_editing = editor(visit, staged, place, found)
    if found.how == "proposal" and not is_editing:
        with confirm:
            caution = found.recipe.caution
            known = visit.say("uploads.caution", caution=caution.say(visit.language)) if caution else None
            show.tell(known or visit.say("uploads.confirm_wanted"), "warn")
            accept_button(visit, staged, place, found)


def _facts(visit: Visit, found: Match) -> list[tuple[str, str]]:
    recipe, layout, language = found.recipe, found.layout, visit.language
    assert recipe is not None
    how = visit.say(f"uploads.how_{'source' if recipe.caution and found.how == 'proposal' else found.how}")
    pairs = [
        ("source", source_title(visit, recipe.id, {recipe.id: recipe.names} if found.how == "saved" else {})),
        ("tables", tables_title(visit, found.tables)),
        ("how", how),
        ("read", read_as(layout, language)),
    ]
    if found.account:
        pairs.append(("account", found.account))
    period = recipe.period or layout.title_period
    if period:
        pairs.append(("days", formats.day_range(*period, language)))
    elif wants_days(found) or wants_day(found):
        pairs.append(("days", visit.say("uploads.days_wanted")))
    if any(part.contract.unit(name) == "currency" for part in recipe.parts for name in part.columns):
        pairs.append(("money", _money(visit, found)))
    pairs += [
        ("order" if order in ("dmy", "mdy") else "comma", visit.say(f"uploads.order_said_{order}", column=header))
        for header, order in recipe.date_orders.items()
    ]
    return [(visit.say(f"uploads.fact_{name}"), value) for name, value in pairs]


def _money(visit: Visit, found: Match) -> str:
    """What the amounts are in."""
    recipe = found.recipe
    assert recipe is not None
    if recipe.currency_header:
        return visit.say("uploads.money_column", column=recipe.currency_header[0])
    code = recipe.currency or ", ".join(recipe.stated) or visit.currency
    return visit.say("uploads.money_base", currency=code) if code == visit.currency else code


def _head(visit: Visit, staged: Staged, state: str) -> None:
    tone = TONES[state]
    if staged.job is not None:
        state, tone = "working", "brand"
    elif staged.trial and state in ("ready", "partly"):
        is_loadable = any(outcome.is_loaded for outcome in staged.trial)
        state, tone = ("checked", "good") if is_loadable else ("not_loadable", "bad")
    _draw_head(visit, staged, visit.say(f"uploads.state_{state}"), tone, is_busy=staged.job is not None)


def _closing_head(visit: Visit, staged: Staged) -> None:
    is_loaded = any(outcome.is_loaded for outcome in staged.done)
    said = visit.say("uploads.state_loaded" if is_loaded else "uploads.state_not_loaded")
    _draw_head(visit, staged, said, "good" if is_loaded else "bad", is_busy=False)


def _draw_head(visit: Visit, staged: Staged, state: str, tone: str, *, is_busy: bool) -> None:
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        wrap=False,
        key=f"filehead_{staged.ticket}",
    ):
        show.file_title(staged.name, show.size_text(staged.size), html.badge(state, tone))
        if st.button(
            "",
            icon=":material/close:",
            type="tertiary",
            help=visit.say("uploads.remove"),
            key=f"remove_{staged.ticket}",
            disabled=is_busy,
        ):
            tray().remove(staged.ticket)
            st.rerun()
