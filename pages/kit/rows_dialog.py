"""The rows behind a number: a dialog that the address opens, in pages, with the file and line of each row."""

from __future__ import annotations

import polars as pl
import polars.selectors as cs
import streamlit as st

from data.batches import BATCHES_SQL
from metrics.model import Kpi
from metrics.rows import RowsPage, rows
from pages.api.links import RowsLink
from pages.kit import names, place
from pages.kit.about import table_name
from pages.kit.cache import remembered
from pages.kit.focus import Focus, focus_on
from pages.kit.notice import explaining
from pages.kit.standing import SHARED_TABLES
from pages.kit.text import say_or
from pages.kit.visit import Visit, visiting

PAGE_ROWS = 50


def rows_button(visit: Visit, kpi: str) -> None:
    """An icon that opens the rows behind a KPI."""
    st.button(
        visit.say("cards.rows"),
        icon=":material/table_rows:",
        type="tertiary",
        key=f"rows_{kpi}",
        help=visit.say("cards.rows"),
        on_click=place.go,
        kwargs={"rows": kpi},
    )


def rows_behind(focus: Focus) -> None:
    """Open the dialog where the address asks for it and the KPI is known."""
    visit, kpi = focus.visit, focus.visit.address.rows
    if kpi is None or kpi not in visit.catalogue.kpis:
        return
    title = visit.say("rows.title", kpi=visit.catalogue.kpi(kpi).name.say(visit.language))
    st.dialog(title, width="large", on_dismiss=_close)(_body)(focus.page.department)


def _close() -> None:
    place.go(rows=None, table=None)


def _body(department: str) -> None:
    # A dialog runs again alone when the reader turns its pages, so it opens a visit of its own.
    with visiting() as visit:
        focus = focus_on(visit, department)
        kpi = visit.address.rows
        if focus is not None and kpi is not None:
            with explaining():
                chosen = visit.catalogue.kpi(kpi)
                _table(focus.settled(chosen.tables), chosen)


def _table(focus: Focus, kpi: Kpi) -> None:
    visit = focus.visit
    page = _page(focus, kpi)
    first = (visit.address.page - 1) * PAGE_ROWS + 1
    last = min(first + page.rows.height - 1, page.total)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        _tables(visit, page)
        spot = {"first": f"{first:,}", "last": f"{last:,}", "total": f"{page.total:,}", "days": focus.days}
        st.caption(visit.say("rows.count" if page.total else "rows.none", **spot), width="content")
        with st.container(horizontal=True, width="content", gap="xsmall"):
            _turn_pages(visit, last, page.total)
            _exports(focus, kpi.id, page)
    if page.total:
        st.dataframe(_readable(visit, page), hide_index=True, height=460, key="rows_table")


def _page(focus: Focus, kpi: Kpi) -> RowsPage:
    visit = focus.visit
    offset = (visit.address.page - 1) * PAGE_ROWS
    table = visit.address.table if visit.address.table in kpi.tables else kpi.tables[0]

    def work() -> RowsPage:
        question = (kpi.id, focus.period, focus.filters, visit.viewer, visit.catalogue, PAGE_ROWS, offset, None, table)
        return rows(visit.reader, *question)

    read = (*kpi.tables, *SHARED_TABLES)
    return remembered(visit, work, read, "rows", kpi.id, focus.period, focus.filters, offset, table)


def _tables(visit: Visit, page: RowsPage) -> None:
    """For a KPI over two tables: which one to look at."""
    if len(page.tables) < 2:
        return

    def turn() -> None:
        if (table := place.value("table")) is not None:
            place.go(table=table)

    place.mirror("table", page.table)
    st.segmented_control(
        visit.say("trust.tables"),
        page.tables,
        format_func=lambda table: table_name(visit, table),
        key="table",
        on_change=turn,
        label_visibility="collapsed",
    )


def _turn_pages(visit: Visit, last: int, total: int) -> None:
    page = visit.address.page
    for icon, key, target, is_end in (
        (":material/chevron_left:", "rows.previous", page - 1, page <= 1),
        (":material/chevron_right:", "rows.next", page + 1, last >= total),
    ):
        turn = {"page": target}
        name = f"icon_{key.replace('.', '_')}"
        st.button(visit.say(key), icon=icon, key=name, disabled=is_end, on_click=place.go, kwargs=turn)


def _exports(focus: Focus, kpi: str, page: RowsPage) -> None:
    visit = focus.visit
    link = RowsLink(kpi, focus.period, focus.filters, page.table, visit.store.kind, visit.language)
    for form in ("csv", "xlsx"):
        st.link_button(visit.say(f"rows.{form}"), link.url(form), icon=":material/download:")


def _readable(visit: Visit, page: RowsPage) -> pl.DataFrame:
    """The rows with the file they came from first, and columns called what people call them."""
    shown = page.rows
    if "_batch" in shown.columns:
        files = shown["_batch"].replace_strict(_files(visit), default=None, return_dtype=pl.String)
        own = [name for name in shown.columns if not name.startswith("_")]
        shown = shown.select(files.alias("_file"), "_line", *own)
    shown = shown.with_columns(
        pl.col(pl.Date).dt.to_string(),
        pl.col(pl.Datetime).dt.to_string("%Y-%m-%d %H:%M"),
        # A DECIMAL reaches the browser as text, and would be sorted as such.
        cs.decimal().cast(pl.Float64),
    )
    titles = {name: _title(visit, name) for name in shown.columns}
    taken = [title for title in titles.values() if list(titles.values()).count(title) > 1]
    return shown.rename({name: f"{title} ({name})" if title in taken else title for name, title in titles.items()})


def _title(visit: Visit, column: str) -> str:
    known = say_or(f"column.{column}", visit.language, "")
    return known or names.dimension(column, visit.language)


def _files(visit: Visit) -> dict[int, str]:
    def work() -> dict[int, str]:
        found = pl.DataFrame(pl.from_arrow(visit.reader.query(BATCHES_SQL, {})))
        return dict(found.select("batch", "file").iter_rows())

    return remembered(visit, work, (), "files", visit.reader.version())
