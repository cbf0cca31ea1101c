"""The pack as slides: native tables and charts that people can edit, in the house's look or in a company's template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.exc import PackageNotFoundError
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from data.errors import DataError, Text
from metrics.model import Language
from pages.pack.renderings.view import Answer, CardView, Report
from pages.words.text import say

INK, GREY, EDGE, BRAND = "1A2233", "5B6577", "E4E8EF", "3B5BDB"
TINTS: dict[str, str] = {"good": "087F56", "warn": "A85D00", "bad": "C92A2A", "none": GREY, "flat": GREY}
# What East Asian text is set in where the reader's machine has it; every office suite replaces a missing one.
EAST_ASIAN: dict[Language, str] = {
    "en": "Microsoft YaHei",
    "zh-Hans": "Microsoft YaHei",
    "zh-Hant": "Microsoft JhengHei",
}
WIDE = (Inches(13.333), Inches(7.5))
ROWS_A_SLIDE = 9


class WrongTemplate(DataError):
    """The company's own template cannot be used."""

    text = Text(
        en="{file} is no PowerPoint file that can be used as a template. No slides were made; the pack itself stands. "
        "Name another .pptx as pack_template in the settings, or none for the house's look.",
        zh_hans="{file} 不是可用作模板的 PowerPoint 文件。没有生成幻灯片；周报本身不受影响。"
        "请在设置的 pack_template 中指定其他 .pptx，或留空以使用默认样式。",
        zh_hant="{file} 不是可用作範本的 PowerPoint 檔案。沒有產生投影片；週報本身不受影響。"
        "請在設定的 pack_template 中指定其他 .pptx，或留空以使用預設樣式。",
    )


@dataclass(frozen=True)
class Deck:
    """The slides being made: `file` is python-pptx's presentation, `is_house` that no company template is used."""

    file: Any
    is_house: bool
    language: Language

    @property
    def width(self) -> int:
        """The width of a slide, in EMU."""
        return int(self.file.slide_width)

    @property
    def height(self) -> int:
        """The height of a slide, in EMU."""
        return int(self.file.slide_height)


def slides(shown: Report, made_at: datetime, template: Path | None = None) -> bytes:
    """A PPTX. template: a company's own file; its slides are left out, its layouts and theme are used.

    Raises:
        WrongTemplate: the file is none, or has no layout.
    """
    deck = _opened(template, shown.language)
    _describe(deck, shown, made_at)
    _table_slides(
        deck, f"{shown.title} · {shown.week}", _subtitle(shown), _heads(shown.language), _rows(shown.headline)
    )
    _bullets(deck, say("report.summary", shown.language), shown.summary, shown.summary_by)
    for section in shown.sections:
        _cards_slide(deck, section.name, section.cards, shown.week)
        if section.answers:
            title = f"{section.name} · {say('report.answers', shown.language)}"
            heads = [say(f"report.col_{name}", shown.language) for name in ("kpi", "status", "comment", "action")]
            _table_slides(deck, title, shown.week, heads, [_answer(one, shown.language) for one in section.answers])
    _appendix(deck, shown)
    target = BytesIO()
    deck.file.save(target)
    return target.getvalue()


def _opened(template: Path | None, language: Language) -> Deck:
    if template is None:
        file = Presentation()
        file.slide_width, file.slide_height = WIDE
        return Deck(file, True, language)
    try:
        file = Presentation(str(template))
    except (OSError, KeyError, ValueError, PackageNotFoundError, BadZipFile) as error:
        raise WrongTemplate(file=template.name) from error
    for one in list(file.slides._sldIdLst):
        file.part.drop_rel(one.rId)
        file.slides._sldIdLst.remove(one)
    return Deck(file, False, language)


def _describe(deck: Deck, shown: Report, made_at: datetime) -> None:
    about = deck.file.core_properties
    about.title, about.author = f"{shown.company} · {shown.title} · {shown.week}", shown.company
    about.language, about.created, about.modified = shown.language, made_at, made_at
    about.last_modified_by, about.revision = shown.company, 1


def _subtitle(shown: Report) -> str:
    counts = "   ".join(f"{count} {name}" for _, count, name in shown.counts)
    return f"{shown.company} · {shown.days} · {counts}"


def _heads(language: Language) -> list[str]:
    return [say(f"report.col_{name}", language) for name in ("kpi", "value", "change", "target", "attained", "status")]


def _rows(cards: Sequence[CardView]) -> list[list[tuple[str, str]]]:
    """Cells as text and colour."""
    return [
        [
            (card.label, INK),
            (card.value, GREY if card.is_grey or card.is_empty else INK),
            (" ".join(part for part in (card.delta, card.versus if card.delta else "") if part), TINTS[card.tone]),
            (card.target, GREY),
            (card.attained, INK),
            (f"{card.mark} {card.status}" if card.status else card.reason, TINTS[card.light]),
        ]
        for card in cards
    ]


def _answer(one: Answer, language: Language) -> list[tuple[str, str]]:
    said = "\n".join(f"{author}: {text}" for author, text in one.comments)
    due = say("report.col_due", language)
    promised = "\n".join(f"{act.text} ({act.person}, {due} {act.due}, {act.state})" for act in one.actions)
    return [
        (f"{one.card.label}  {one.card.value}", INK),
        (f"{one.card.mark} {one.card.status}", TINTS[one.card.light]),
        (said or one.missing, INK if said else GREY),
        (promised, INK),
    ]


def _slide(deck: Deck, title: str, aside: str) -> tuple[Any, int]:
    """A new slide with its title; returns it and where its room begins, in EMU from the top."""
    layouts = deck.file.slide_layouts
    named = [layout for layout in layouts if layout.name in ("Title Only", "仅标题", "只有標題", "僅標題")]
    titled = [layout for layout in layouts if any(item.placeholder_format.type == 1 for item in layout.placeholders)]
    slide = deck.file.slides.add_slide((named or titled or list(layouts))[0])
    margin = Inches(0.45)
    heading = slide.shapes.title
    if heading is None:
        heading = slide.shapes.add_textbox(margin, Inches(0.3), deck.width - 2 * margin, Inches(0.7))
    if deck.is_house:
        heading.left, heading.top, heading.width, heading.height = margin, Inches(0.28), Inches(9.6), Inches(0.6)
    for extra in [item for item in slide.placeholders if item.placeholder_format.idx != 0]:
        extra._element.getparent().remove(extra._element)
    frame = heading.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    _say(frame.paragraphs[0], title, deck, size=24 if deck.is_house else None, colour=INK, is_bold=True)
    below = heading.top + heading.height
    note = slide.shapes.add_textbox(margin, below, deck.width - 2 * margin, Inches(0.32))
    note.text_frame.word_wrap = True
    _say(note.text_frame.paragraphs[0], aside, deck, size=12, colour=GREY)
    return slide, below + Inches(0.42)


def _table_slides(
    deck: Deck, title: str, aside: str, heads: Sequence[str], rows: Sequence[Sequence[tuple[str, str]]]
) -> None:
    """A native table, over as many slides as it needs."""
    most = ROWS_A_SLIDE if len(heads) < 6 else 15
    for start in range(0, len(rows), most):
        slide, top = _slide(deck, title, aside)
        part = rows[start : start + most]
        margin = Inches(0.45)
        height = min(Inches(0.34) * (len(part) + 1), deck.height - top - Inches(0.3))
        frame = slide.shapes.add_table(len(part) + 1, len(heads), margin, top, deck.width - 2 * margin, height)
        frame.name = title
        table = frame.table
        table.horz_banding = False
        _widths(table, deck, heads, part)
        for place, head in enumerate(heads):
            _cell(table.cell(0, place), head, GREY, deck, is_head=True)
        for number, row in enumerate(part, start=1):
            for place, (text, colour) in enumerate(row):
                _cell(table.cell(number, place), text, colour, deck, is_bold=place == 0)


def _widths(table: Any, deck: Deck, heads: Sequence[str], rows: Sequence[Sequence[tuple[str, str]]]) -> None:
    """Columns as wide as their longest cell wants, within limits."""
    longest = [
        min(46, max(10, *(_length(text) for text in (heads[place], *(row[place][0] for row in rows)))))
        for place in range(len(heads))
    ]
    room = deck.width - 2 * Inches(0.45)
    for column, wanted in zip(table.columns, longest, strict=True):
        column.width = Emu(int(room * wanted / sum(longest)))


def _length(text: str) -> int:
    """How wide a text is, in Latin letters; Chinese ones take two."""
    return max((sum(2 if ord(sign) > 0x2E80 else 1 for sign in line) for line in text.split("\n")), default=0)


def _cell(cell: Any, text: str, colour: str, deck: Deck, *, is_head: bool = False, is_bold: bool = False) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string("F0F2F6" if is_head else "FFFFFF")
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    frame = cell.text_frame
    frame.word_wrap = True
    for place, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        _say(paragraph, line, deck, size=10.5, colour=colour, is_bold=is_bold)


def _bullets(deck: Deck, title: str, lines: Sequence[str], by: str) -> None:
    slide, top = _slide(deck, title, by)
    margin = Inches(0.45)
    frame = slide.shapes.add_textbox(margin, top, deck.width - 2 * margin, deck.height - top - Inches(0.4)).text_frame
    frame.word_wrap = True
    for place, line in enumerate(lines or (say("report.summary_none", deck.language),)):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(10)
        _say(paragraph, f"•  {line}" if lines else line, deck, size=18, colour=INK)


def _cards_slide(deck: Deck, title: str, cards: Sequence[CardView], week: str) -> None:
    """Eight cards, each with its native line chart."""
    slide, top = _slide(deck, title, week)
    columns, margin, gap = 4, Inches(0.45), Inches(0.16)
    rows = max(1, -(-len(cards) // columns))
    width = (deck.width - 2 * margin - gap * (columns - 1)) // columns
    height = min(Inches(3.1), (deck.height - top - Inches(0.3) - gap * (rows - 1)) // rows)
    for place, card in enumerate(cards):
        left = margin + (place % columns) * (width + gap)
        _card(deck, slide, card, (left, top + (place // columns) * (height + gap), width, height))


def _card(deck: Deck, slide: Any, card: CardView, box: tuple[int, int, int, int]) -> None:
    left, top, width, height = box
    frame_shape = slide.shapes.add_shape(1, left, top, width, height)
    frame_shape.fill.solid()
    frame_shape.fill.fore_color.rgb = RGBColor.from_string("FFFFFF")
    frame_shape.line.color.rgb = RGBColor.from_string(EDGE)
    frame_shape.shadow.inherit = False
    # The theme's own style would bring back its shadow in some office suites.
    frame_shape._element.remove(frame_shape._element.find(qn("p:style")))
    frame_shape.name = card.spoken
    frame = frame_shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = Inches(0.12)
    _say(frame.paragraphs[0], card.label, deck, size=11, colour=GREY)
    value = frame.add_paragraph()
    _say(value, card.value, deck, size=20, colour=GREY if card.is_grey or card.is_empty else INK, is_bold=True)
    if card.status:
        _say(value, f"   {card.mark} {card.status}", deck, size=10, colour=TINTS[card.light], is_bold=True)
    said = frame.add_paragraph()
    if card.delta:
        _say(said, f"{card.delta} ", deck, size=10, colour=TINTS[card.tone], is_bold=True)
    if not card.is_empty:
        _say(said, card.versus, deck, size=10, colour=GREY)
    notes = " · ".join(part for part in (card.target, card.attained, card.days, card.reason) if part)
    if notes:
        _say(frame.add_paragraph(), notes, deck, size=9, colour=GREY)
    if sum(value is not None for value in card.line) > 1:
        _chart(slide, card, (left + Inches(0.06), top + int(height * 0.56), width - Inches(0.12), int(height * 0.42)))


def _chart(slide: Any, card: CardView, box: tuple[int, int, int, int]) -> None:
    data = CategoryChartData()
    data.categories = [str(place - len(card.line) + 1) for place in range(len(card.line))]
    data.add_series(card.label, card.line)
    placed = slide.shapes.add_chart(XL_CHART_TYPE.LINE, *box, data)
    placed.name = card.label
    chart = placed.chart
    chart.has_legend = chart.has_title = False
    for axis in (chart.category_axis, chart.value_axis):
        axis.visible = axis.has_major_gridlines = False
    known = [value for value in card.line if value is not None]
    spread = (max(known) - min(known)) or abs(max(known)) or 1.0
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = (
        min(known) - spread * 0.1,
        max(known) + spread * 0.1,
    )
    line = chart.plots[0].series[0]
    line.smooth = False
    line.format.line.width = Pt(1.75)
    line.format.line.color.rgb = RGBColor.from_string(
        GREY if card.is_grey else {"flat": BRAND}.get(card.tone, TINTS[card.tone])
    )
    line.marker.style = XL_MARKER_STYLE.NONE


def _appendix(deck: Deck, shown: Report) -> None:
    language = shown.language
    if shown.earlier:
        heads = [say(f"report.col_{name}", language) for name in ("kpi", "action", "person", "due", "state")]
        rows = [[(cell, INK) for cell in (one.kpi, one.text, one.person, one.due, one.state)] for one in shown.earlier]
        _table_slides(deck, say("report.earlier", language), shown.week, heads, rows)
    if shown.restated:
        heads = [say(f"report.col_{name}", language) for name in ("week", "kpi", "then", "now", "because")]
        restated = []
        for one in shown.restated:
            why = "\n".join(f"{amount}  {cause}" for cause, amount in one.causes)
            said = "\n".join(part for part in (why, one.target) if part)
            restated.append([(cell, INK) for cell in (one.week, one.name, one.then, one.now, said)])
        _table_slides(deck, say("report.restated", language), shown.week, heads, restated)


def _say(paragraph: Any, text: str, deck: Deck, *, size: float | None, colour: str, is_bold: bool = False) -> None:
    """A run of text; East Asian signs get a face of their own, since a Latin one has none."""
    paragraph.alignment = PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = text
    font = run.font
    font.bold = is_bold
    font.color.rgb = RGBColor.from_string(colour)
    if size is not None:
        font.size = Pt(size)
    properties = run._r.get_or_add_rPr()
    properties.set("lang", {"en": "en-GB", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}[deck.language])
    face = properties.makeelement(
        "{http://schemas.openxmlformats.org/drawingml/2006/main}ea", {"typeface": EAST_ASIAN[deck.language]}
    )
    properties.append(face)
