"""One row of the mapping screen: our column, what stands for it in the file, and what its first values become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from hashlib import sha1
from typing import cast

import streamlit as st

from data.ingest.cells import KEEP, Cell, Split
from data.ingest.recipe import Part
from pages.kit import names
from pages.kit.uploads import show
from pages.kit.uploads.adjust import NO_CHANGE, Adjust, Scale, adjusted
from pages.kit.uploads.choices import FIXED, KEPT, NOTHING, Choice, cell_of, choice_of
from pages.kit.uploads.describe import in_words
from pages.kit.uploads.fields import Fields
from pages.kit.uploads.names import column_title
from pages.kit.uploads.sampled import Values, codes_of, kind_of, samples, values_of
from pages.kit.uploads.sheet import Sheet
from pages.kit.uploads.synonyms import proposed

REFUSED, EMPTY = "\u0000refused", "\u0000empty"
SCALES: tuple[Scale, ...] = ("multiply", "divide")


def row(sheet: Sheet, part: Part, column: str, *, is_needed: bool) -> Choice:
    """Draw the row of a column; returns what is chosen."""
    visit, key = sheet.visit, f"{sheet.prefix}_{part.table}_{column}"
    now = choice_of(part.columns.get(column))
    with st.container(key=f"row_{key}", gap="xsmall"):
        ours, theirs, read = st.columns([2.4, 3.6, 4], vertical_alignment="center", gap="small")
        with theirs, st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall"):
            choice = _chosen(sheet, part, column, now, key)
        with ours:
            score = sheet.score(column, choice.header)
            show.column_name(
                visit, column_title(column, visit.language), score, is_missing=is_needed and choice.header == NOTHING
            )
        if choice.header not in (NOTHING, FIXED, KEPT) and codes_of(part.contract, column):
            values = _values(sheet, part, column, choice, now, f"{key}_{_place(sheet, choice)}_values")
            choice = replace(choice, adjust=replace(choice.adjust, values=values))
        cell = cell_of(choice, part.columns.get(column))
        with read:
            found = samples(sheet.cells, cell, part.contract, column, visit.language) if cell else ()
            show.pairs(visit, found, is_read=choice.header not in (NOTHING, FIXED))
    return choice


def _chosen(sheet: Sheet, part: Part, column: str, now: Choice, key: str) -> Choice:
    """The menu of headers, with what may be done to the cells of the chosen one, or the field of a fixed value."""
    visit, cell = sheet.visit, part.columns.get(column)
    options = [NOTHING, *((KEPT,) if now.header == KEPT else ()), FIXED, *sheet.layout.names]
    said = {
        NOTHING: visit.say("uploads.choice_none"),
        FIXED: visit.say("uploads.choice_fixed"),
        KEPT: in_words(cell, visit.language) if cell else "",
    }
    header = st.selectbox(
        column_title(column, visit.language),
        options,
        options.index(now.header),
        format_func=lambda option: said.get(option, option),
        key=key,
        label_visibility="collapsed",
    )
    if header == FIXED:
        return Choice(FIXED, _fixed(sheet, part, column, now.text, key))
    if header in (NOTHING, KEPT):
        return Choice(header)
    before = now.adjust if header == now.header else NO_CHANGE
    return Choice(header, adjust=_adjust(sheet, part, column, header, before, f"{key}_{_place(sheet, Choice(header))}"))


def _place(sheet: Sheet, choice: Choice) -> int:
    return sheet.layout.names.index(choice.header)


def _fixed(sheet: Sheet, part: Part, column: str, text: str, key: str) -> str:
    """The value for every row: one of the codes where the contract lists them, else anything."""
    label, codes = sheet.visit.say("uploads.choice_value"), part.contract.values(column)
    empty = sheet.visit.say("uploads.empty_value")
    if codes:
        options = tuple(dict.fromkeys((*codes, text)))
        value = st.selectbox(
            label,
            options,
            options.index(text) if text else 0,
            format_func=lambda code: names.value(column, code, sheet.visit.language) if code else empty,
            key=f"{key}_code",
            label_visibility="collapsed",
        )
        return str(value)
    return st.text_input(label, text, 200, key=f"{key}_text", label_visibility="collapsed", placeholder=label) or ""


def _adjust(sheet: Sheet, part: Part, column: str, header: str, before: Adjust, key: str) -> Adjust:
    """A menu of simple expressions; what it holds counts while it is closed, too."""
    visit = sheet.visit
    menu = st.popover(
        "",
        icon=":material/tune:",
        key=f"{key}_adjust",
        help=visit.say("uploads.adjust"),
        on_change="rerun",
        type="tertiary",
    )
    fields = Fields(key, bool(menu.open))
    with menu:
        if menu.open:
            show.head(visit.say("uploads.adjust"), visit.say("uploads.adjust_note", column=header))
        left, right = st.columns(2, vertical_alignment="bottom")
        was = before.split or Split("", 1)
        with left:
            split_by = fields.text("by", visit.say("uploads.split_by"), was.by)
        with right:
            number = fields.number("part", visit.say("uploads.split_part"), was.part, visit.say("uploads.split_help"))
        part_no = int(number or 0)
        split = Split(split_by, part_no) if split_by and part_no else None
        if kind_of(part.contract, column) in ("number", "integer"):
            return replace(_scaled(sheet, fields, before), split=split, values=before.values, default=before.default)
        if codes_of(part.contract, column):
            return replace(before, split=split, values={})
        worded = _worded(sheet, fields, header, before)
        return replace(worded, split=split, values=before.values, default=before.default)


def _scaled(sheet: Sheet, fields: Fields, before: Adjust) -> Adjust:
    visit = sheet.visit
    scale = fields.choice(
        "scale", visit.say("uploads.scale"), SCALES, before.scale, lambda one: visit.say(f"uploads.scale_{one}")
    )
    held = float(before.factor) if before.factor is not None else None
    factor = fields.number("factor", visit.say("uploads.factor"), held)
    if not factor:
        return NO_CHANGE
    plain = f"{factor:.6f}".rstrip("0").rstrip(".")
    return Adjust(
        scale="divide" if scale == "divide" else "multiply", factor=Decimal(plain) if Decimal(plain) else None
    )


def _worded(sheet: Sheet, fields: Fields, header: str, before: Adjust) -> Adjust:
    visit = sheet.visit
    others = ["", *(name for name in sheet.layout.names if name != header)]
    left, right = st.columns(2)
    with left:
        prefix = fields.text("prefix", visit.say("uploads.prefix"), before.prefix)
    with right:
        suffix = fields.text("suffix", visit.say("uploads.suffix"), before.suffix)
    other = fields.choice(
        "other",
        visit.say("uploads.join_with"),
        others,
        before.other or "",
        lambda one: one or visit.say("uploads.join_none"),
    )
    between = fields.text("between", visit.say("uploads.join_between"), before.between) if other else " "
    return Adjust(prefix=prefix, suffix=suffix, other=other or None, between=between)


def _values(sheet: Sheet, part: Part, column: str, choice: Choice, now: Choice, key: str) -> Mapping[str, str | None]:
    """The different values of a coded column, each with the code it stands for; known synonyms are filled in.

    What nobody gave a code is refused, or left empty where the source says so of the rest.
    """
    visit, codes = sheet.visit, codes_of(part.contract, column)
    rest = EMPTY if choice.adjust.default is None else REFUSED
    plain = adjusted(choice.header, replace(choice.adjust, values={}, default=KEEP))
    found = _found(
        f"{sheet.staged.path} {sheet.place} {sheet.layout.encoding} {key} {plain}", sheet, plain, part, column
    )
    kept = dict(now.adjust.values) if choice.header == now.header else {}
    likely = proposed(found, column, codes) | kept
    unknown = sum(code is None and text not in likely for text, _, code in found.rows)
    label = visit.say(
        "uploads.values_open" if unknown else "uploads.values", count=len(found.rows) + found.more, open=unknown
    )
    menu = st.expander(
        label, expanded=bool(unknown), icon=":material/swap_horiz:", key=f"{key}_menu", on_change="rerun"
    )
    # What stands in the mapping and not in this file stays.
    chosen = dict(kept)
    with menu:
        grid = st.grid("auto", min_column_width=230) if menu.open else None
        for text, count, code in found.rows:
            before = (likely[text] or EMPTY) if text in likely else code or rest
            options = [*((REFUSED,) if code is None and rest == REFUSED else ()), EMPTY, *codes]
            fields = Fields(f"{key}_{sha1(text.encode(), usedforsecurity=False).hexdigest()[:10]}", grid is not None)
            if grid is None:
                option = fields.choice("code", text, options, before, str)
            else:
                with grid.cell(), st.container(gap=None):
                    show.value_count(text, count)
                    option = fields.choice(
                        "code", "code", options, before, lambda one: _said(sheet, column, one), is_bare=True
                    )
            chosen.pop(text, None)
            if option not in (rest, code) or (rest == EMPTY and option == code):
                chosen[text] = None if option == EMPTY else option
        if menu.open and found.more:
            st.caption(visit.say("uploads.values_more", count=found.more))
    return chosen


def _said(sheet: Sheet, column: str, option: str) -> str:
    if option in (REFUSED, EMPTY):
        return sheet.visit.say("uploads.value_refused" if option == REFUSED else "uploads.value_empty")
    return names.value(column, option, sheet.visit.language)


def _found(key: str, sheet: Sheet, cell: Cell, part: Part, column: str) -> Values:
    return cast(Values, _looked_up(key, sheet, cell, part, column))


# A session's own: what it holds of a file goes with the session, like the file.
@st.cache_resource(scope="session", max_entries=64, show_spinner=False)
def _looked_up(key: str, _sheet: Sheet, _cell: Cell, _part: Part, _column: str) -> object:
    del key
    return values_of(_sheet.layout, _cell, _part.contract, _column, _sheet.visit.store.settings.time_zone)
