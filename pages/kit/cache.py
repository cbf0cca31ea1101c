"""The one cached function of the pages: an answer lives as long as the tables it was read from stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import streamlit as st

from pages.kit.visit import Visit

KEPT_ANSWERS = 1024
T = TypeVar("T")


def remembered(visit: Visit, work: Callable[[], T], tables: tuple[str, ...], *question: object) -> T:
    """What `work` returns, kept for everybody who asks the same question of the same data.

    Args:
        visit: whose viewer, lake, table versions and edition of the catalogue belong to the key.
        work: answers the question with the visit's reader; what it returns must never be changed.
        tables: what it reads; a change of any other table keeps the answer.
        question: frozen values that say what is asked; their `repr` is the key, so it must be complete.
    """
    state = (visit.versions(tables), visit.catalogue.edition)
    key = repr((question, tables, state, visit.viewer, visit.store.identity))
    return cast(T, _kept(key, work))


@st.cache_resource(max_entries=KEPT_ANSWERS, show_spinner=False)
def _kept(key: str, _work: Callable[[], object]) -> object:
    # The key alone tells answers apart; Streamlit leaves what begins with an underscore out.
    del key
    return _work()
