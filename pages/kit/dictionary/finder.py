"""What narrows the list: words, department, duty, table. The address remembers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.kit import place
from pages.kit.address import LONGEST_SEARCH
from pages.kit.dictionary.entries import Wish, table_name
from pages.kit.visit import Visit


def wish_of(visit: Visit) -> Wish:
    """What the address asks for; what the catalogue does not know is as if it were not there."""
    address, catalogue = visit.address, visit.catalogue
    return Wish(
        find=address.find or "",
        department=address.of if address.of in catalogue.pages else None,
        duty=address.duty if address.duty in catalogue.duties else None,
        table=address.reads if address.reads in catalogue.table_names else None,
    )


def finder(visit: Visit, wish: Wish) -> None:
    """Draw the search field and the three menus."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="finder"):
        _words(visit, wish.find)
        for field, label, chosen, options in (
            ("of", "department", wish.department, _departments(visit)),
            ("duty", "duty", wish.duty, _duties(visit, wish)),
            ("reads", "table", wish.table, _tables(visit)),
        ):
            _menu(visit, field, visit.say(f"dictionary.{label}"), chosen, options)
        if not wish.is_empty:
            cleared = {"find": None, "of": None, "duty": None, "reads": None}
            st.button(
                visit.say("dictionary.clear"),
                icon=":material/close:",
                type="tertiary",
                key="dictionary_clear",
                on_click=place.go,
                kwargs=cleared,
            )


def _words(visit: Visit, find: str) -> None:
    def turn() -> None:
        place.go(find=place.value("dictionary_find").strip() or None, kpi=None)

    place.mirror("dictionary_find", find)
    st.text_input(
        visit.say("dictionary.find"),
        key="dictionary_find",
        type="search",
        max_chars=LONGEST_SEARCH,
        placeholder=visit.say("dictionary.find_hint"),
        icon=":material/search:",
        on_change=turn,
    )


def _menu(visit: Visit, field: str, label: str, chosen: str | None, options: Mapping[str, str]) -> None:
    key = f"dictionary_{field}"

    def turn() -> None:
        changes: dict[str, str | None] = {field: place.value(key), "kpi": None}
        # A duty belongs to one department, so it does not outlive a change of it.
        if field == "of":
            changes["duty"] = None
        place.go(**changes)

    place.mirror(key, chosen)
    st.selectbox(
        label,
        list(options),
        format_func=lambda code: options[code],
        key=key,
        placeholder=visit.say("dictionary.any"),
        on_change=turn,
    )


def _departments(visit: Visit) -> Mapping[str, str]:
    return {item.id: item.name.say(visit.language) for item in visit.catalogue.departments}


def _duties(visit: Visit, wish: Wish) -> Mapping[str, str]:
    order = [item.id for item in visit.catalogue.departments]
    duties = sorted(visit.catalogue.duties.values(), key=lambda duty: (order.index(duty.department), duty.number))
    shown = [duty for duty in duties if wish.department in (None, duty.department)]
    return {duty.id: duty.name.say(visit.language) for duty in shown}


def _tables(visit: Visit) -> Mapping[str, str]:
    read: Sequence[str] = sorted({table for kpi in visit.catalogue.kpis.values() for table in kpi.tables})
    return {table: table_name(visit.catalogue, table, visit.language) for table in read}
