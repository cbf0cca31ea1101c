"""The period bar: range, comparison and filters, all of them in the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

import streamlit as st

from metrics.periods import Period
from pages.kit import formats, html, names, place
from pages.kit.address import FILTERS, NAMED_PERIODS
from pages.kit.visit import Visit

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


def period_bar(
    visit: Visit, period: Period, comparison: Period, department: str, values_of: Callable[[str], Sequence[str]]
) -> None:
    """Draw the bar. `values_of` gives the values a dimension may be filtered by; it is asked only for an open menu.

    A page that offers no dimension to filter by has no such menu.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="toolbar"):
        _named_periods(visit)
        _range(visit, period, comparison)
        _comparisons(visit)
        if FILTERS.get(department):
            _filters(visit, FILTERS[department], values_of)
        _chosen(visit)


def _named_periods(visit: Visit) -> None:
    place.mirror("period", visit.address.period if visit.address.period in NAMED_PERIODS else None)
    st.segmented_control(
        visit.say("period.label"),
        NAMED_PERIODS,
        format_func=lambda name: visit.say(f"period.{name}"),
        key="period",
        on_change=place.turn_period,
        args=("period",),
        label_visibility="collapsed",
    )


def _range(visit: Visit, period: Period, comparison: Period) -> None:
    days = formats.day_range(period.first, period.last, visit.language)
    menu = st.popover(days, icon=":material/calendar_month:", key="range_menu", on_change="rerun")
    if not menu.open:
        return
    with menu:
        # The key names the days: a closed menu's widget would else send its old days with the next click elsewhere.
        key = f"range_{period.first}_{period.last}"
        st.date_input(
            visit.say("period.range"),
            (_within(period.first), _within(period.last)),
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            key=key,
            help=visit.say("period.range_help"),
            on_change=place.turn_range,
            args=(key,),
            format="YYYY-MM-DD",
        )
        compared = formats.day_range(comparison.first, comparison.last, visit.language)
        st.caption(visit.say("period.compared_with", days=compared))


def _comparisons(visit: Visit) -> None:
    place.mirror("compare", visit.address.compare)
    st.segmented_control(
        visit.say("period.compare"),
        ("previous", "last_year"),
        format_func=lambda name: visit.say(f"period.{name}"),
        key="compare",
        on_change=place.turn_comparison,
        args=("compare",),
        label_visibility="collapsed",
    )


def _filters(visit: Visit, offered: Sequence[str], values_of: Callable[[str], Sequence[str]]) -> None:
    count = sum(len(item.values) for item in visit.address.filters)
    label = visit.say("period.filters_on", count=count) if count else visit.say("period.filters")
    kind: Literal["primary", "secondary"] = "primary" if count else "secondary"
    menu = st.popover(label, icon=":material/tune:", key="filters", on_change="rerun", type=kind)
    if not menu.open:
        return
    with menu:
        for dimension in offered:
            _filter(visit, dimension, values_of(dimension))
        st.caption(visit.say("period.filter_note"))
        if count:
            st.button(visit.say("period.clear"), on_click=place.clear_filters, key="clear_filters")


def _chosen(visit: Visit) -> None:
    """Which values the page is narrowed to, readable without opening the menu."""
    comma, language = visit.say("panel.comma"), visit.language
    badges = []
    for item in visit.address.filters:
        values = comma.join(names.value(item.dimension, value, language) for value in item.values)
        badges.append(html.badge(f"{names.dimension(item.dimension, language)}: {values}", "brand"))
    if badges:
        st.html(html.strip(badges), width="content")


def _filter(visit: Visit, dimension: str, values: Sequence[str]) -> None:
    chosen, key = visit.address.values(dimension), f"filter_{dimension}"
    place.mirror(key, list(chosen))
    st.multiselect(
        names.dimension(dimension, visit.language),
        # A link may name a value that the data of this year no longer have.
        list(dict.fromkeys((*values, *chosen))),
        format_func=lambda value: names.value(dimension, value, visit.language),
        key=key,
        placeholder=visit.say("period.any"),
        on_change=place.turn_filter,
        args=(key, dimension),
    )


def _within(day: date) -> date:
    return min(max(day, FIRST_DAY), LAST_DAY)
