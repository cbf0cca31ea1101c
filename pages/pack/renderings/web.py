"""The pack as one web page: nothing is fetched, nothing is run; for phones, dark rooms and printers too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from pathlib import Path

from metrics.model import Language
from pages.pack.renderings.line import small_line
from pages.pack.renderings.view import Answer, CardView, Line, Moved, Promise, Report, Section
from pages.words.text import say


def web_page(shown: Report) -> str:
    """A whole HTML document; whatever came with data or was typed is escaped."""
    language = shown.language
    title = f"{shown.company} · {shown.title} · {shown.week}"
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_sheet()}</style></head><body><main>"
        f"{_head(shown)}{_ways(shown)}"
        f"<section>{_cards(shown.headline, language)}{_summary(shown)}</section>"
        f"{''.join(_department(section, language) for section in shown.sections)}"
        f"{_appendix(shown)}{_foot(shown)}</main></body></html>\n"
    )


def _head(shown: Report) -> str:
    counts = "".join(f'<span class="pill {light}">{count} {escape(name)}</span>' for light, count, name in shown.counts)
    when = f'<b>{escape(shown.week)}</b><div class="quiet small">{escape(shown.days)}</div>'
    return (
        f'<header><div><h1>{escape(shown.title)}</h1><div class="quiet">{escape(shown.company)}</div></div>'
        f'<div class="when">{when}</div></header>'
        f'<div class="strip">{counts}<span class="quiet small">{escape(" · ".join(shown.facts))}</span></div>'
    )


def _ways(shown: Report) -> str:
    links = "".join(f'<a href="#{one.id}">{escape(one.name)}</a>' for one in shown.sections)
    return f'<nav>{links}<a href="#appendix">{escape(say("report.appendix", shown.language))}</a></nav>'


def _cards(cards: Sequence[CardView], language: Language) -> str:
    return f'<div class="cards">{"".join(_card(card, language) for card in cards)}</div>'


def _card(card: CardView, language: Language) -> str:
    grey = " grey" if card.is_grey or card.is_empty else ""
    parts = [
        f'<div class="label">{escape(card.label)}</div>',
        f'<div class="row"><span class="value{grey}">{escape(card.value)}</span>{_pill(card)}</div>',
    ]
    if not card.is_empty:
        delta = f'<span class="delta {card.tone}">{escape(card.delta)}</span> ' if card.delta else ""
        parts.append(f'<div class="small">{delta}<span class="quiet">{escape(card.versus)}</span></div>')
        parts += [f'<div class="quiet small">{escape(card.year)}</div>' if card.year else "", _line(card, language)]
    if card.target:
        reach = "" if card.reach is None else f'<i><u style="width:{card.reach * 100:.1f}%"></u></i>'
        words = f"<span>{escape(card.target)}</span>{reach}<b>{escape(card.attained)}</b>"
        parts.append(f'<div class="target {card.light}">{words}</div>')
    parts += [f'<div class="note">{escape(note)}</div>' for note in (card.days, card.reason) if note]
    return f'<article class="card">{"".join(parts)}</article>'


def _pill(card: CardView) -> str:
    return f'<span class="pill {card.light}">{card.mark} {escape(card.status)}</span>' if card.status else ""


def _line(card: CardView, language: Language) -> str:
    drawn = small_line(card.line)
    if not drawn:
        return ""
    count = sum(value is not None for value in card.line)
    alt = escape(say("report.line_alt", language, name=card.label, count=count))
    tone = "grey" if card.is_grey else card.tone
    return drawn.replace("<svg ", f'<svg class="{tone}" role="img" aria-label="{alt}" preserveAspectRatio="none" ', 1)


def _summary(shown: Report) -> str:
    language = shown.language
    said = "".join(f"<li>{escape(line)}</li>" for line in shown.summary)
    body = f'<ul>{said}</ul><p class="quiet small">{escape(shown.summary_by)}</p>'
    none = f'<p class="quiet">{escape(say("report.summary_none", language))}</p>'
    return f"<h2>{escape(say('report.summary', language))}</h2>{body if said else none}"


def _department(section: Section, language: Language) -> str:
    answers = "".join(_answer(one, language) for one in section.answers) or _quiet(say("report.answers_none", language))
    lines = _lines(section.lines) or _quiet(say("report.attention_none", language))
    return (
        f'<section class="department"><h2 id="{escape(section.id)}">{escape(section.name)}</h2>'
        f"{_cards(section.cards, language)}<h3>{escape(say('report.answers', language))}</h3>{answers}"
        f"<h3>{escape(say('report.attention', language))}</h3>{lines}</section>"
    )


def _answer(one: Answer, language: Language) -> str:
    value = " · ".join(part for part in (one.card.value, one.card.target) if part)
    said = "".join(f"<p><b>{escape(author)}</b>: {escape(text)}</p>" for author, text in one.comments)
    promised = "".join(_promise(action, language) for action in one.actions)
    missing = _quiet(one.missing) if one.missing else ""
    head = f'{_pill(one.card)} <b>{escape(one.card.label)}</b> <span class="quiet">{escape(value)}</span>'
    return f'<div class="answer">{head}{said}{promised}{missing}</div>'


def _promise(action: Promise, language: Language) -> str:
    due = f"{say('report.col_due', language)} {action.due}"
    tone = "bad" if action.is_late else "quiet"
    about = f'<span class="quiet">{escape(action.person)} · {escape(due)} ·</span>'
    return f'<p>→ {escape(action.text)} {about} <span class="delta {tone}">{escape(action.state)}</span></p>'


def _lines(lines: Iterable[Line]) -> str:
    said = "".join(
        f'<li><b>{escape(line.name)}</b> <span class="quiet">{escape(line.sentence)}</span></li>' for line in lines
    )
    return f"<ul>{said}</ul>" if said else ""


def _appendix(shown: Report) -> str:
    language = shown.language
    earlier = [(one.agreed, one.kpi, one.text, one.person, one.due, one.state) for one in shown.earlier]
    meanings = [(one.name, f"{one.definition} {one.pitfalls}".strip(), one.written) for one in shown.meanings]
    parts = [
        ("earlier", _table(("week", "kpi", "action", "person", "due", "state"), earlier, language)),
        ("restated", _restated(shown.restated, language)),
        ("tables", _table(("table", "state", "reach"), shown.tables, language)),
        ("definitions", _table(("kpi", "meaning", "formula"), meanings, language)),
    ]
    body = "".join(
        f"<h3>{escape(say(f'report.{key}', language))}</h3>{table or _quiet(say(f'report.{key}_none', language))}"
        for key, table in parts
    )
    return (
        f'<section class="department"><h2 id="appendix">{escape(say("report.appendix", language))}</h2>{body}</section>'
    )


def _restated(moved: Sequence[Moved], language: Language) -> str:
    if not moved:
        return ""
    heads = ("week", "kpi", "then", "now", "difference", "because")
    rows = []
    for one in moved:
        causes = "".join(
            f'<p>{escape(amount)} <span class="quiet">{escape(why)}</span></p>' for why, amount in one.causes
        )
        target = f'<p class="quiet">{escape(one.target)}</p>' if one.target else ""
        numbers = "".join(f'<td class="n">{escape(cell)}</td>' for cell in (one.then, one.now, one.difference))
        rows.append(
            f"<tr><td>{escape(one.week)}</td><td>{escape(one.name)}</td>{numbers}<td>{causes}{target}</td></tr>"
        )
    return _framed(heads, "".join(rows), language, numbers=(2, 3, 4))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], language: Language) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return _framed(heads, body, language) if rows else ""


def _framed(heads: Sequence[str], body: str, language: Language, numbers: Sequence[int] = ()) -> str:
    head = "".join(
        f'<th scope="col"{" class=n" if place in numbers else ""}>{escape(say(f"report.col_{name}", language))}</th>'
        for place, name in enumerate(heads)
    )
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _quiet(text: str) -> str:
    return f'<p class="quiet">{escape(text)}</p>'


def _foot(shown: Report) -> str:
    seal = say("report.seal", shown.language, seal=shown.seal) if shown.seal else ""
    return f"<footer>{escape(seal)}</footer>"


@cache
def _sheet() -> str:
    return Path(__file__).with_name("pack.css").read_text(encoding="utf-8")
