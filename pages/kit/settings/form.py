"""The settings as fields in groups; nothing is saved before somebody says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any, get_args
from zoneinfo import available_timezones

import streamlit as st
from babel.numbers import list_currencies

from data.errors import DataError
from data.home import Home
from data.settings import Settings
from pages.kit.language import LANGUAGES
from pages.kit.settings.save import OF_THE_CALENDAR, Refused, changed, save
from pages.kit.settings.values import SHARES, month, shown, title
from pages.kit.text import texts
from pages.kit.uploads import show
from pages.kit.uploads.editor import USUAL_CURRENCIES
from pages.kit.uploads.workshop import known_batches
from pages.kit.visit import Visit, visiting

GROUPS = {
    "company": ("company_name", "language"),
    "money": ("base_currency", "tax_rate"),
    "time": ("time_zone", "country", "fiscal_year_first_month", "week_start"),
    "files": ("reject_share_limit", "max_upload_mb", "max_columns", "max_cell_characters", "max_sheet_cells",
              "max_archive_files", "max_unpacked_mb", "max_unpack_ratio", "keep_versions_days", "keep_pack_weeks",
              "archive_days"),
    "packs": ("pack_weekday", "pack_hour", "pack_template", "public_address", "smtp_host", "smtp_port", "smtp_security",
              "smtp_user", "smtp_sender"),
}  # fmt: skip
SIDES = (("company", "time", "packs"), ("money", "files"))
# Shown with separators, which a field of numbers cannot.
LARGE = ("max_upload_mb", "max_columns", "max_cell_characters", "max_sheet_cells", "max_unpacked_mb")
NUMBERS = ("pack_hour", "smtp_port", "max_archive_files",
           "max_unpack_ratio", "keep_versions_days", "keep_pack_weeks", "archive_days")  # fmt: skip
TEXTS = ("company_name", "pack_template", "public_address", "smtp_host", "smtp_user", "smtp_sender")
USUAL_ZONES = ("Asia/Shanghai", "Asia/Taipei", "Asia/Hong_Kong", "Asia/Singapore", "Asia/Tokyo", "Europe/London",
               "America/New_York", "America/Los_Angeles", "UTC")  # fmt: skip
_ROUND, _SAID = "settings_round", "settings_said"


def form() -> None:
    """Draw the fields; they run alone while they are filled in."""
    said: str | None = st.session_state.pop(_SAID, None)
    if said:
        show.tell(said, "good")
    st.session_state.setdefault(_ROUND, 0)
    st.fragment(_form)()


def _form() -> None:
    with visiting() as visit:
        settings = visit.store.settings
        wanted: dict[str, Any] = {}
        # Columns and no grid: groups of unlike heights would leave holes beside each other.
        for column, groups in zip(st.columns(2, gap="small"), SIDES, strict=True):
            with column:
                for group in groups:
                    _group(visit, settings, group, wanted)
        _end(visit, settings, wanted)


def _group(visit: Visit, settings: Settings, group: str, wanted: dict[str, Any]) -> None:
    with st.container(border=True, key=f"panel_settings_{group}"):
        show.head(visit.say(f"settings.group_{group}"), visit.say(f"settings.group_{group}_note"))
        inner = st.grid(2, min_column_width=150)
        for name in GROUPS[group]:
            with inner.cell():
                wanted[name] = _field(visit, settings, name)


def _end(visit: Visit, settings: Settings, wanted: dict[str, Any]) -> None:
    """What is not saved yet, what that means, and the two buttons."""
    names = changed(settings, wanted)
    for sentence in _warnings(visit, settings, wanted, names):
        show.tell(sentence, "warn")
    refused: DataError | Refused | None = None
    with st.container(horizontal=True, vertical_alignment="center", key="settings_end"):
        is_saving = st.button(visit.say("settings.save"), type="primary", disabled=not names, key="settings_save")
        if st.button(visit.say("settings.discard"), type="tertiary", disabled=not names, key="settings_discard"):
            _begin_again()
        if names:
            st.caption(visit.say("settings.unsaved", names=_titles(visit, names)), width="content")
    if is_saving:
        try:
            done = save(Home.from_environment(), settings, wanted, visit.viewer.name)
        except DataError as error:
            refused = error
        else:
            if isinstance(done, Refused):
                refused = done
            else:
                st.session_state[_SAID] = visit.say("settings.saved", names=_titles(visit, done))
                _begin_again()
    if isinstance(refused, Refused):
        show.tell(" ".join((*(_why(visit, name) for name in refused.names), visit.say("settings.refused"))), "bad")
    elif refused:
        show.tell(refused.say(visit.language), "warn")


def _warnings(visit: Visit, settings: Settings, wanted: dict[str, Any], names: tuple[str, ...]) -> list[str]:
    known = known_batches()
    has_rows = known is not None and not known.is_empty()
    found = []
    if "base_currency" in names and has_rows:
        before, after = settings.base_currency, wanted["base_currency"]
        found.append(visit.say("settings.warn_currency", before=before, after=after))
    if "time_zone" in names and has_rows:
        found.append(visit.say("settings.warn_time_zone"))
    if set(names) & set(OF_THE_CALENDAR):
        found.append(visit.say("settings.note_calendar"))
    return found


def _begin_again() -> None:
    """Fields with new keys take their values from the file."""
    st.session_state[_ROUND] += 1
    st.rerun()


def _titles(visit: Visit, names: tuple[str, ...]) -> str:
    return visit.say("panel.comma").join(title(name, visit.language) for name in names)


def _why(visit: Visit, name: str) -> str:
    key = f"settings.wrong_{name}"
    return visit.say(key) if key in texts() else visit.say("settings.wrong_other", name=title(name, visit.language))


def _field(visit: Visit, settings: Settings, name: str) -> Any:
    """One field with its label and help; returns the value as settings have it."""
    label, value = title(name, visit.language), getattr(settings, name)
    limit = st.get_option("server.maxUploadSize")
    facts: dict[str, Any] = {
        "help": visit.say(f"settings.{name}_help", browser=limit),
        "key": f"setting_{name}_{st.session_state[_ROUND]}",
    }
    if name in TEXTS:
        return st.text_input(label, value, **facts)
    unknown = visit.say("settings.not_known")
    if name in SHARES:
        return _share(
            st.number_input(label, value=_percent(value), step=1.0, format="%g", placeholder=unknown, **facts)
        )
    if name in LARGE:
        return whole(st.text_input(label, f"{value:,}", **facts))
    if name in NUMBERS:
        return st.number_input(label, value=value, step=1, **facts)
    options, said = _options(visit, name)
    return st.selectbox(label, options, options.index(value) if value in options else 0, format_func=said, **facts)


def _options(visit: Visit, name: str) -> tuple[list[Any], Callable[[Any], str]]:
    """What may be chosen, the usual first, and how it is said."""
    language = visit.language
    if name == "fiscal_year_first_month":
        return list(range(1, 13)), lambda number: month(number, language)
    if name == "base_currency":
        options: list[Any] = list(dict.fromkeys((*USUAL_CURRENCIES, *sorted(list_currencies()))))
    elif name == "time_zone":
        options = list(dict.fromkeys((*USUAL_ZONES, *_zones())))
    elif name == "language":
        options = list(LANGUAGES)
    else:
        options = list(get_args(Settings.model_fields[name].annotation))
    return options, lambda option: shown(name, option, language)


def whole(text: str) -> int | str:
    """A whole number typed with or without separators; what is no number stays a text, which no setting takes."""
    plain = re.sub(r"[\s,，'’_]", "", text)
    return int(plain) if plain.isdecimal() else text


def _percent(share: Decimal | None) -> float | None:
    return None if share is None else float(share * 100)


def _share(percent: float | None) -> Decimal | None:
    return None if percent is None else Decimal(str(percent)) / 100


@cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(zone for zone in available_timezones() if "/" in zone))
