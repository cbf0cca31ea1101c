"""The mapping editor: each column of a table is another header, a fixed value or nothing; confirmed and remembered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import streamlit as st
from babel.numbers import list_currencies

from data.ingest.match import Match
from data.ingest.recipe import Part, Prices, Recipe
from data.ingest.remembered import remember
from pages.kit.notice import explaining
from pages.kit.uploads import show
from pages.kit.uploads.asks import choose_table
from pages.kit.uploads.choices import (
    Choice,
    Groups,
    Head,
    changed_recipe,
    groups_of,
    has_amounts,
    recipe_for,
)
from pages.kit.uploads.mapper import row
from pages.kit.uploads.names import column_title, table_title
from pages.kit.uploads.recognise import is_short_of, reread
from pages.kit.uploads.sheet import Sheet
from pages.kit.uploads.tray import Said, Staged, tray
from pages.kit.uploads.workshop import desk_of
from pages.kit.visit import Visit, visiting

USUAL_CURRENCIES = ("CNY", "TWD", "HKD", "USD", "EUR", "GBP", "JPY", "SGD", "KRW", "AUD", "CAD")
PRICES: tuple[Prices, ...] = ("unknown", "tax_included", "tax_excluded")
_BY_COLUMN = "\u0000column:"
Place = tuple[str, str]


def editor(visit: Visit, staged: Staged, place: int, found: Match) -> bool:
    """Draw the editor of one table of a file, folded away where nothing is left to say; returns whether it is open."""
    recipe = recipe_for(found, staged.table)
    if recipe is None:
        return False
    # Other widgets after each answer: they begin with what is true now, and folded away.
    key = f"edit_{staged.ticket}_{place}_{staged.table or ''}_{staged.answers}"
    is_wanted = is_short_of(found) or found.recipe is None
    menu = st.expander(
        visit.say("uploads.editor"), expanded=is_wanted, icon=":material/tune:", key=key, on_change="rerun"
    )
    if menu.open:
        with menu:
            _body(Sheet(visit, staged, place, found, recipe, key))
    return bool(menu.open)


def accept_button(visit: Visit, staged: Staged, place: int, found: Match) -> None:
    """Take a proposal as it is."""
    st.button(
        visit.say("uploads.accept"),
        key=f"accept_{staged.ticket}_{place}",
        type="primary",
        icon=":material/done:",
        disabled=bool(found.missing),
        help=visit.say("uploads.remembered_note"),
        on_click=_confirm,
        args=(staged.ticket, place, found, _head_now(staged, found)),
    )


def _body(sheet: Sheet) -> None:
    visit = sheet.visit
    head = _head(sheet)
    choices: dict[Place, Choice] = {}
    for part in sheet.recipe.parts:
        if len(sheet.recipe.parts) > 1:
            show.head(table_title(visit, part.table), "")
        choices |= _part(sheet, part)
    with st.container(horizontal=True, vertical_alignment="center", key=f"{sheet.prefix}_end"):
        is_used = st.button(
            visit.say("uploads.accept"), key=f"{sheet.prefix}_use", type="primary", icon=":material/done:"
        )
        st.caption(visit.say("uploads.remembered_note"), width="content")
    if is_used:
        with explaining():
            recipe = changed_recipe(sheet.found, sheet.recipe, choices, head)
            _remember(sheet.staged, sheet.place, sheet.found, recipe)
            st.rerun()


def _head(sheet: Sheet) -> Head:
    """Name, shop, currency and tax, side by side."""
    visit, now = sheet.visit, _head_now(sheet.staged, sheet.found, sheet.recipe)
    name, currency, header, prices = now.name, now.currency, now.currency_header, now.prices
    with st.container(key=f"{sheet.prefix}_head"):
        grid = st.grid("auto", min_column_width=190)
        if sheet.found.how != "source":
            with grid.cell():
                chosen = sheet.recipe.parts[0].table if len(sheet.recipe.parts) == 1 else None
                choose_table(visit, sheet.staged, f"{sheet.prefix}_table", chosen, is_labelled=True)
            with grid.cell():
                name = st.text_input(visit.say("uploads.editor_name"), name, 80, key=f"{sheet.prefix}_name") or name
        with grid.cell():
            account = st.text_input(
                visit.say("uploads.editor_account"),
                now.account,
                80,
                key=f"{sheet.prefix}_account",
                help=visit.say("uploads.editor_account_help"),
            )
        if any(has_amounts(part.contract) for part in sheet.recipe.parts):
            with grid.cell():
                currency, header = _currency(sheet, now)
            with grid.cell():
                prices = st.selectbox(
                    visit.say("uploads.editor_prices"),
                    PRICES,
                    PRICES.index(prices),
                    format_func=lambda kind: visit.say(f"uploads.prices_{kind}"),
                    key=f"{sheet.prefix}_prices",
                )
    return Head(name, account or "", currency, header, prices)


def _currency(sheet: Sheet, now: Head) -> tuple[str | None, str | None]:
    visit, base = sheet.visit, sheet.visit.currency
    others = [code for code in (*USUAL_CURRENCIES, *sorted(list_currencies())) if code != base]
    columns = [_BY_COLUMN + name for name in sheet.layout.names]
    options = list(dict.fromkeys(["", *others[: len(USUAL_CURRENCIES)], *columns, *others]))
    is_now = _BY_COLUMN + now.currency_header if now.currency_header else now.currency or ""
    is_now = "" if is_now == base else is_now

    def said(option: str) -> str:
        if not option:
            return visit.say("uploads.money_base", currency=base)
        column = option.removeprefix(_BY_COLUMN)
        return visit.say("uploads.money_column", column=column) if column != option else option

    chosen = st.selectbox(
        visit.say("uploads.editor_currency"), options, options.index(is_now), format_func=said,
        key=f"{sheet.prefix}_currency",
    )  # fmt: skip
    if chosen.startswith(_BY_COLUMN):
        return now.currency, chosen.removeprefix(_BY_COLUMN)
    # Said outright, so that signs in the file do not speak against what a person chose.
    return chosen or base, None


def _part(sheet: Sheet, part: Part) -> dict[Place, Choice]:
    """One row a column: needed ones first, then those that are read, then the others folded away."""
    visit, groups = sheet.visit, groups_of(part)
    choices: dict[Place, Choice] = {}
    needed = [name for group in groups.needed for name in group]
    alone = {group[0] for group in groups.needed if len(group) == 1}
    show.mapping_head(visit)
    for key, columns in (("editor_needed", needed), ("editor_read", groups.read)):
        if columns:
            show.group(visit.say(f"uploads.{key}"), _alternatives(sheet, groups) if key == "editor_needed" else "")
            choices |= _rows(sheet, part, columns, alone)
    others = visit.say("uploads.editor_others", count=len(groups.others))
    menu = st.expander(others, key=f"{sheet.prefix}_{part.table}_others", on_change="rerun")
    if menu.open:
        with menu:
            choices |= _rows(sheet, part, groups.others)
    return choices


def _alternatives(sheet: Sheet, groups: Groups) -> str:
    """Of which needed columns one is enough."""
    visit, comma = sheet.visit, sheet.visit.say("panel.comma")
    several = [group for group in groups.needed if len(group) > 1]
    said = (comma.join(column_title(name, visit.language) for name in group) for group in several)
    return comma.join(visit.say("uploads.one_of", columns=columns) for columns in said)


def _rows(sheet: Sheet, part: Part, columns: Sequence[str], needed: Collection[str] = ()) -> dict[Place, Choice]:
    return {(part.table, column): row(sheet, part, column, is_needed=column in needed) for column in columns}


def _head_now(staged: Staged, found: Match, recipe: Recipe | None = None) -> Head:
    known = recipe or found.recipe
    assert known is not None
    is_own = found.how in ("saved", "source")
    name = known.names.en if is_own else Path(staged.name).stem.replace("_", " ")
    header = known.currency_header[0] if known.currency_header else None
    return Head(name, found.account, known.currency, header, known.prices)


def _confirm(ticket: str, place: int, found: Match, head: Head) -> None:
    staged = tray().get(ticket)
    if staged and found.recipe:
        _remember(staged, place, found, changed_recipe(found, found.recipe, {}, head))


def _remember(staged: Staged, place: int, found: Match, recipe: Recipe) -> None:
    """Read the table by this recipe from now on, and every later file with the same headers too."""
    with visiting() as visit:
        desk = desk_of(visit)
    state = desk.installation.state
    kept = remember(state, found.layout.known_by, recipe, recipe.names.en, desk.user, desk.now).recipe
    recipe = replace(recipe, id=kept.id, names=kept.names, fingerprint=kept.fingerprint) if kept else recipe
    tray().put(reread(staged, Said(place, recipe, "source" if found.how == "source" else "saved")))
