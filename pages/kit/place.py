"""Moving between addresses: widgets call these when they change; the address bar is the only lasting memory.

A click may come while the run of the click before it goes on. It then brings the address that the browser showed,
which lacks that click; and Streamlit ends the older run at its next look at the session, be it in the midst of a
callback, which is not called again. So what is called on a click neither looks at `st.session_state` nor writes
`st.query_params`: it notes where the reader goes, and `arrive`, where a run begins, tells the browser.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.kit import address
from pages.kit.address import Address, Comparison, Lake

_LEFT_BEHIND = ("rows", "table", "page", "find", "of", "duty", "reads", "kpi", "week", "against")
_WAY = "place"


@dataclass
class _Way:
    """The addresses of one page that the browser may still show, oldest first; the last one holds."""

    page: str
    shown: tuple[Address, ...]
    lock: threading.RLock = field(default_factory=threading.RLock)

    def here(self) -> Address:
        """Where the reader is, given what the browser says in this run."""
        run = get_script_run_ctx()
        told = _told()
        with self.lock:
            if run is not None and run.is_history_navigation:
                # Back and forward lead to an older address on purpose.
                self.page, self.shown = run.page_script_hash, (told,)
            elif run is not None and run.page_script_hash != self.page:
                self.page, self.shown = run.page_script_hash, self._followed(told)
            elif told in self.shown:
                self.shown = self.shown[self.shown.index(told) :]
            else:
                self.shown = self._followed(told)
            return self.shown[-1]

    def go(self, there: Address) -> None:
        """Note where the reader goes."""
        with self.lock:
            if there != self.shown[-1]:
                self.shown = (*self.shown, there)

    def _followed(self, told: Address) -> tuple[Address, ...]:
        # The menu drops the address; a link with any parameter of its own wins over what was chosen before. The rows
        # behind a number, or an entry of the dictionary, are not opened again.
        if told != Address():
            return (told,)
        default = Address()
        return told, replace(self.shown[-1], **{name: getattr(default, name) for name in _LEFT_BEHIND})


def here() -> Address:
    """Where the reader is."""
    way = _known()
    return way.here() if way else _told()


def arrive() -> Address:
    """Where the reader is, told to the browser where it does not show it; a run of the page begins with it."""
    way = _known()
    if way is None:
        run = get_script_run_ctx()
        way = _Way(run.page_script_hash if run else "", (_told(),))
        st.session_state[_WAY] = way
    there = way.here()
    if there != _told():
        st.query_params.from_dict(there.parameters())
    return there


def go(**changes: Any) -> None:
    """Go to the same place with other fields."""
    _go(here().turn(**changes))


def value(key: str) -> Any:
    """What a widget says that was just clicked."""
    # Unlike `st.session_state[key]` this reads on where a newer run waits.
    return st.session_state.to_dict()[key]


def mirror(key: str, shown: object) -> None:
    """Let the widget of a key, drawn next, show what the address says.

    Only where it shows something else: a value that is sent again would overtake a click that came meanwhile.
    """
    if st.session_state.get(key) != shown:
        st.session_state[key] = shown


def turn_period(key: str) -> None:
    """A named period was clicked; a click on the chosen one keeps it."""
    if value(key) is not None:
        go(period=value(key))


def turn_range(key: str) -> None:
    """Two days were picked, in whichever order; one day alone waits for the other."""
    days: Sequence[Any] = value(key)
    if len(days) == 2:
        go(period=address.range_text(days[0], days[1]))


def turn_comparison(key: str) -> None:
    """The other comparison was clicked."""
    chosen: Comparison | None = value(key)
    if chosen is not None:
        go(compare=chosen)


def turn_filter(key: str, dimension: str) -> None:
    """Values of a dimension were picked."""
    _go(here().with_filter(dimension, value(key)))


def clear_filters() -> None:
    """Take all filters away."""
    go(filters=())


def turn_lake(key: str) -> None:
    """The demo company or the reader's own was chosen."""
    chosen: Lake | None = value(key)
    if chosen is not None:
        go(data=chosen, filters=())


def _go(there: Address) -> None:
    way = _known()
    if way is None:
        raise LookupError("a page arrives before anything on it is clicked")
    way.go(there)


def _known() -> _Way | None:
    way: _Way | None = st.session_state.to_dict().get(_WAY)
    return way


def _told() -> Address:
    """The address that the browser showed when this run was asked for, or that this run told it since."""
    run = get_script_run_ctx()
    return address.read(parse_qs(run.query_string, keep_blank_values=True) if run else {})
