"""Moving between addresses: widgets call these when they change; the address bar is the only memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages.kit import address
from pages.kit.address import Address, Comparison, Lake

_LEFT_BEHIND = ("rows", "table", "page", "find", "of", "duty", "reads", "kpi", "week", "against")
_REMEMBERED = "place"


def here() -> Address:
    """What the address bar says now."""
    return address.read({name: st.query_params.get_all(name) for name in st.query_params})


def go(**changes: Any) -> None:
    """Write the address of the same place with other fields."""
    _write(here().turn(**changes))


def restore() -> None:
    """Give a page that was opened from the menu, which drops the address, what the reader had chosen before.

    A link with any parameter of its own wins. The rows behind a number, or an entry of the dictionary, are not opened
    again.
    """
    kept: dict[str, list[str]] = st.session_state.get(_REMEMBERED, {})
    if not st.query_params and kept:
        st.query_params.from_dict(kept)
    st.session_state[_REMEMBERED] = {
        name: values for name, values in here().parameters().items() if name not in _LEFT_BEHIND
    }


def turn_period(key: str) -> None:
    """A named period was clicked; a click on the chosen one keeps it."""
    if st.session_state[key] is not None:
        go(period=st.session_state[key])


def turn_range(key: str) -> None:
    """Two days were picked, in whichever order; one day alone waits for the other."""
    days: Sequence[Any] = st.session_state[key]
    if len(days) == 2:
        go(period=address.range_text(days[0], days[1]))


def turn_comparison(key: str) -> None:
    """The other comparison was clicked."""
    chosen: Comparison | None = st.session_state[key]
    if chosen is not None:
        go(compare=chosen)


def turn_filter(key: str, dimension: str) -> None:
    """Values of a dimension were picked."""
    _write(here().with_filter(dimension, st.session_state[key]))


def clear_filters() -> None:
    """Take all filters away."""
    go(filters=())


def turn_lake(key: str) -> None:
    """The demo company or the reader's own was chosen."""
    chosen: Lake | None = st.session_state[key]
    if chosen is not None:
        go(data=chosen, filters=())


def _write(place: Address) -> None:
    st.query_params.from_dict(place.parameters())
