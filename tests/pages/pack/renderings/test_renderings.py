"""Four renderings of one content say the same numbers, in every language, to every reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from metrics.model import Language
from pages.pack.content import Content
from pages.pack.renderings.pdf import TONGUES
from pages.pack.renderings.render import FORMATS, Format, Look, render, render_all
from pages.pack.renderings.slides import WrongTemplate, slides
from pages.pack.renderings.view import CardView, Report, report
from tests.pages.pack.samples import sample

LANGUAGES: tuple[Language, ...] = ("en", "zh-Hans", "zh-Hant")
PDF_BYTES, ALL_BYTES = 300_000, 3_000_000


@cache
def made(form: Format, language: Language) -> bytes:
    return render(sample(), form, language, Look(seal="c" * 64))


def squeezed(text: str) -> str:
    """Without blanks: a PDF parts Chinese and Latin signs by room, not by blanks."""
    return re.sub(r"\s+", "", text).replace("−", "-")


def pdf_text(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def slides_text(content: bytes) -> str:
    said = []
    for slide in Presentation(BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                said.append(shape.text_frame.text)
            if shape.has_table:
                said += [cell.text for row in shape.table.rows for cell in row.cells]
    return "".join(said)


def page_text(content: bytes) -> str:
    said: list[str] = []
    parser = HTMLParser()
    parser.handle_data = said.append  # type: ignore[method-assign]
    parser.feed(content.decode())
    return "".join(said)


READ: dict[Format, Callable[[bytes], str]] = {"pdf": pdf_text, "pptx": slides_text, "html": page_text}


def every_card(shown: Report) -> list[CardView]:
    return [*shown.headline, *(card for section in shown.sections for card in section.cards)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", READ)
def test_every_number_target_status_comment_and_action_is_in_every_rendering(form: Format, language: Language) -> None:
    shown = report(sample(), language)
    text = squeezed(READ[form](made(form, language)))
    wanted = {part for card in every_card(shown) for part in (card.label, card.value, card.target, card.status) if part}
    wanted |= set(shown.summary) | {one.name for one in shown.sections}
    answers = [one for section in shown.sections for one in section.answers]
    wanted |= {text for one in answers for _, text in one.comments} | {
        act.text for one in answers for act in one.actions
    }
    wanted |= {amount for one in shown.restated for _, amount in one.causes}
    assert {part for part in wanted if squeezed(part) not in text} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_holds_numbers_as_numbers(language: Language) -> None:
    content = sample()
    book = load_workbook(BytesIO(made("xlsx", language)))
    assert len(book.sheetnames) == 5
    sheet = book.worksheets[0]
    rows = {row[1].value: row for row in sheet.iter_rows(min_row=2)}
    for card in content.cards:
        row = rows[card.name.say(language)]
        for at, value in zip((3, 4, 5, 7), (card.value, card.previous, card.last_year, card.target.value), strict=True):
            assert row[at].value == (None if value is None else pytest.approx(value, rel=1e-15))
    assert sheet.freeze_panes == "B2"
    amounts = [row[6].value for row in book.worksheets[3].iter_rows(min_row=2)]
    assert sum(value for value in amounts if value is not None) == pytest.approx(-900.5)


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    content = sample(company="=cmd|' /C calc'!A0")
    first = content.comments[0]
    content = sample(comments=(type(first)(first.kpi, "=1+1", "mei", first.at),))
    cells = list(load_workbook(BytesIO(render(content, "xlsx", "en"))).worksheets[2].iter_rows(min_row=2))
    assert (cells[0][1].value, cells[0][1].data_type) == ("=1+1", "s")


def test_charts_of_the_slides_are_native_and_hold_the_lines() -> None:
    content = sample()
    lines = {card.name.en: card.line for card in content.cards}
    charts = [
        shape for slide in Presentation(BytesIO(made("pptx", "en"))).slides for shape in slide.shapes if shape.has_chart
    ]
    assert charts
    for shape in charts:
        (series,) = shape.chart.plots[0].series
        assert list(series.values) == [point.value for point in lines[shape.name]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_is_tagged_titled_in_its_language_small_and_carries_its_fonts(language: Language) -> None:
    content = made("pdf", language)
    reader = PdfReader(BytesIO(content))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "-".join(TONGUES[language])
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert "2026" in str(reader.metadata and reader.metadata.title)
    assert len(content) <= PDF_BYTES
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            (inner,) = font.get_object()["/DescendantFonts"]
            about = inner.get_object()["/FontDescriptor"]
            assert "/FontFile2" in about or "/FontFile3" in about


def test_wide_paper_is_wide_and_the_same_content_gives_the_same_bytes() -> None:
    content = sample()
    wide = render(content, "pdf", "en", Look(shape="wide"))
    box = PdfReader(BytesIO(wide)).pages[0].mediabox
    assert box.width / box.height == pytest.approx(16 / 9, rel=0.001)
    assert wide == render(content, "pdf", "en", Look(shape="wide"))
    assert render(content, "html", "en") == render(content, "html", "en")


def test_all_renderings_of_a_pack_in_three_languages_stay_small(tmp_path: Path) -> None:
    written = [made(form, language) for form in FORMATS for language in LANGUAGES]
    assert sum(map(len, written)) < ALL_BYTES
    (place,) = render_all(sample(numbers_hash=""), tmp_path / "out", ("zh-Hans",), ("html",))
    assert place.name == "2026-W46-draft-zh-Hans.html"
    assert [one.name for one in place.parent.iterdir()] == [place.name]


def test_the_web_page_fetches_nothing_runs_nothing_and_escapes_what_was_typed() -> None:
    first = sample().comments[0]
    typed = type(first)(first.kpi, "<script>alert(1)</script>", "mei", first.at)
    page = render(sample(comments=(typed,)), "html", "en").decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert re.findall(r"(?:src|href)=\"(?!#)[^\"]*\"", page) == []
    assert "url(" not in page
    assert "@import" not in page


def test_what_a_reader_may_not_see_is_in_no_rendering() -> None:
    content = sample()
    hidden = [card for card in content.cards if card.access != "open"]
    values = {card.value for card in every_card(report(content, "en")) if card.kpi in {one.kpi for one in hidden}}
    values.discard("–")
    assert values
    seen: Content = content.seen_by(frozenset({"open"}))
    for form, read in READ.items():
        text = squeezed(read(render(seen, form, "en")))
        assert [value for value in values if squeezed(value) in text] == []


def test_a_companys_own_template_is_used_and_a_wrong_one_refused(tmp_path: Path) -> None:
    own = Presentation()
    own.core_properties.comments = "ours"
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text = "an old slide"
    own.save(tmp_path / "ours.pptx")
    content = sample()
    made_of_it = slides(report(content, "en"), content.made_at, tmp_path / "ours.pptx")
    opened = Presentation(BytesIO(made_of_it))
    assert (opened.slide_width, opened.core_properties.comments) == (own.slide_width, "ours")
    assert "an old slide" not in slides_text(made_of_it)
    (tmp_path / "wrong.pptx").write_bytes(b"PK no")
    with pytest.raises(WrongTemplate, match=r"wrong\.pptx"):
        slides(report(content, "en"), content.made_at, tmp_path / "wrong.pptx")
