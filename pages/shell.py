"""What every page shares: who is here, in which language, which lake, and the way from page to page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages import kit
from pages.kit.menu import PAGES

HERE = Path(__file__).parent
ICON = str(HERE / "kit" / "icon.svg")


def menu(visit: kit.Visit) -> dict[str, list[st.Page]]:
    """The pages by section, named in the reader's language, each at an address that stays its own.

    Streamlit takes the address from its default page, so that is a hidden one which leads to the first.
    """
    pages: dict[str, list[st.Page]] = {}
    for entry in PAGES:
        page = st.Page(
            HERE / entry.section / f"{entry.name}.py", title=entry.title.say(visit.language), icon=entry.icon
        )
        pages.setdefault(visit.say(f"shell.{entry.section}"), []).append(page)
    first = next(iter(pages.values()))[0]
    start = st.Page(lambda: st.switch_page(first), title="Sevenboard", visibility="hidden", default=True)
    return {"": [start], **pages}


st.set_page_config(page_title="Sevenboard", page_icon=ICON, layout="wide")
kit.use_style()
with kit.visiting() as visit:
    navigation = st.navigation(menu(visit), expanded=True)
    st.logo(ICON, size="medium")
    kit.lake_switch()
    navigation.run()
