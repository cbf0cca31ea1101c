"""The pack as a workbook: numbers as numbers with their formats, for who wants to compute with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from metrics.model import DisplayAs, Language, Unit
from pages.pack.content import Content, PackCard, Restatement
from pages.pack.renderings.view import Report
from pages.words import formats
from pages.words.text import say

Cell = str | float | date | None
# Values stand in the KPI's own unit (percent = 0 to 100), so a percent sign is written, never multiplied.
NUMBERS: dict[Unit, str] = {
    "count": "#,##0",
    "percent": '0.00"%"',
    "ratio": "0.00",
    "score": "0.0",
    "seconds": "#,##0.00",
    "minutes": "#,##0.0",
    "hours": "#,##0.0",
    "days": "#,##0.0",
}
WIDEST, NARROWEST = 60, 9
NUMBER_COLUMNS = ("value", "previous", "last_year", "change", "target", "low", "high")


def workbook(content: Content, shown: Report) -> bytes:
    """An XLSX with the sheets numbers, trends, comments and actions, restatements, definitions.

    content: the pack, seen as its reader may see it; shown: the same in the reader's language.
    """
    target = BytesIO()
    file = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    made = content.made_at.replace(tzinfo=None)
    file.set_properties({"title": f"{shown.title} · {shown.week}", "company": shown.company, "created": made})
    book = Book(file, shown.language, content.currency)
    book.sheet("sheet_numbers", _numbers(content, shown))
    book.sheet("sheet_lines", _lines(content, shown.language))
    book.sheet("sheet_actions", _said(content, shown))
    book.sheet("sheet_restated", _restated(content, shown))
    book.sheet("sheet_definitions", _definitions(shown))
    file.close()
    return target.getvalue()


class Book:
    """The workbook being written."""

    def __init__(self, file: Any, language: Language, currency: str) -> None:
        self._file, self._language, self._currency = file, language, currency
        self._formats: dict[str, Any] = {}
        self._head = file.add_format({"bold": True, "bg_color": "#EEF2FF", "valign": "top", "bottom": 1})
        self._text = file.add_format({"text_wrap": True, "valign": "top"})

    def sheet(self, name: str, table: tuple[Sequence[str], Sequence[Sequence[tuple[Cell, str]]]]) -> None:
        """One sheet: heads, then rows of cells, each with its number format ('' for text)."""
        heads, rows = table
        sheet = self._file.add_worksheet(say(f"report.{name}", self._language)[:31])
        labels = [say(f"report.col_{head}", self._language) for head in heads]
        sheet.write_row(0, 0, labels, self._head)
        widths = [_wide(label) for label in labels]
        for number, row in enumerate(rows, start=1):
            for place, (value, form) in enumerate(row):
                self._write(sheet, number, place, value, form)
                widths[place] = max(widths[place], _wide(value))
        for place, width in enumerate(widths):
            sheet.set_column(place, place, min(WIDEST, max(NARROWEST, width + 2)))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(rows)), len(heads) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _write(self, sheet: Any, row: int, column: int, value: Cell, form: str) -> None:
        if value is None:
            sheet.write_blank(row, column, None, self._text)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), self._format("yyyy-mm-dd"))
        elif isinstance(value, str):
            sheet.write_string(row, column, value, self._text)
        else:
            sheet.write_number(row, column, value, self._format(form))

    def _format(self, form: str) -> Any:
        if form not in self._formats:
            self._formats[form] = self._file.add_format({"num_format": form, "valign": "top"})
        return self._formats[form]


def number_format(unit: Unit, currency: str) -> str:
    """The spreadsheet's format of a unit; money carries the sign of its currency."""
    return f'"{formats.symbol(currency)}"#,##0.00' if unit == "currency" else NUMBERS[unit]


def _numbers(content: Content, shown: Report) -> tuple[Sequence[str], list[list[tuple[Cell, str]]]]:
    heads = (*("department", "kpi", "unit", *NUMBER_COLUMNS, "attained", "status", "first", "last", "note"),)
    views = {card.kpi: card for card in (*shown.headline, *(card for one in shown.sections for card in one.cards))}
    rows: list[list[tuple[Cell, str]]] = []
    for card in content.cards:
        form = number_format(card.unit, content.currency)
        view, target = views.get(card.kpi), card.target
        numbers = (card.value, card.previous, card.last_year, _change(card), target.value, target.low, target.high)
        rows.append(
            [
                (view.department if view else card.department, ""),
                (card.name.say(shown.language), ""),
                (_unit(card.unit, content.currency, shown.language), ""),
                *((number, form) for number in numbers),
                (target.attainment, "0%"),
                (view.status if view else "", ""),
                (card.period.first, ""),
                (card.period.last, ""),
                (card.reason.say(shown.language), ""),
            ]
        )
    return heads, rows


def _change(card: PackCard) -> float | None:
    """The difference in the KPI's unit; of rates the points."""
    return card.change.absolute if card.change.points is None else card.change.points


def _lines(content: Content, language: Language) -> tuple[Sequence[str], list[list[tuple[Cell, str]]]]:
    rows: list[list[tuple[Cell, str]]] = [
        [
            (card.name.say(language), ""),
            (_unit(card.unit, content.currency, language), ""),
            (point.first, ""),
            (point.value, number_format(card.unit, content.currency)),
        ]
        for card in content.cards
        for point in card.line
    ]
    return ("kpi", "unit", "first", "value"), rows


def _said(content: Content, shown: Report) -> tuple[Sequence[str], list[list[tuple[Cell, str]]]]:
    known = {card.kpi: card.name.say(shown.language) for card in content.cards}
    rows: list[list[tuple[Cell, str]]] = [
        [(known.get(one.kpi, one.kpi), ""), (one.text, ""), (one.author, ""), ("", ""), (None, ""), ("", "")]
        for one in content.comments
    ]
    for one in (*content.actions, *content.earlier_actions):
        state = say(f"report.action_{one.outcome(content.as_of)}", shown.language)
        cells = ("", one.author, f"{one.text} ({one.person})")
        rows.append([(known.get(one.kpi, one.kpi), ""), *((cell, "") for cell in cells), (one.due, ""), (state, "")])
    return ("kpi", "comment", "by", "action", "due", "state"), rows


def _restated(content: Content, shown: Report) -> tuple[Sequence[str], list[list[tuple[Cell, str]]]]:
    """A row a cause, so that amounts can be added up; a changed target is a row without an amount."""
    rows: list[list[tuple[Cell, str]]] = []
    for item, words in zip(content.restatements, shown.restated, strict=True):
        form = number_format(item.unit, content.currency)
        first = _restated_head(item, words.week, words.name, form)
        causes: list[tuple[str, Decimal | None]] = [
            (why, cause.amount) for (why, _), cause in zip(words.causes, item.causes, strict=True)
        ]
        if words.target:
            causes.append((words.target, None))
        for place, (why, amount) in enumerate(causes):
            head = first if place == 0 else [*first[:2], *((None, ""),) * 3]
            rows.append([*head, (why, ""), (None if amount is None else float(amount), form)])
    return ("week", "kpi", "then", "now", "difference", "because", "amount"), rows


def _restated_head(item: Restatement, week: str, name: str, form: str) -> list[tuple[Cell, str]]:
    difference = None if item.difference is None else float(item.difference)
    return [(week, ""), (name, ""), (item.then, form), (item.now, form), (difference, form)]


def _definitions(shown: Report) -> tuple[Sequence[str], list[list[tuple[Cell, str]]]]:
    rows: list[list[tuple[Cell, str]]] = [
        [(cell, "") for cell in (one.name, one.definition, one.written, one.pitfalls, one.fingerprint)]
        for one in shown.meanings
    ]
    return ("kpi", "meaning", "formula", "care", "fingerprint"), rows


def _unit(unit: Unit | DisplayAs, currency: str, language: Language) -> str:
    return currency if unit == "currency" else say(f"report.unit_{unit}", language)


def _wide(value: Cell) -> int:
    if isinstance(value, str):
        return sum(2 if ord(sign) > 0x2E80 else 1 for sign in value)
    return 12 if value is not None else 0
