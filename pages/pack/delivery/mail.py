"""A pack as an e-mail: the cards in its body, the PDF attached, the page linked."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from html import escape
from typing import Literal

from metrics.model import Language
from pages.pack.content import Content
from pages.pack.delivery.trouble import Never, NotNow, Unclear
from pages.pack.renderings.render import MEDIA, Look, file_name, render
from pages.pack.renderings.view import CardView, Report, report
from pages.words.text import say

TIMEOUT_SECONDS = 30
# Mail programs know no variables and no style sheets worth the name, so every colour stands where it is used.
COLOURS = {"good": "#087f56", "warn": "#a85d00", "bad": "#c92a2a", "none": "#5b6577", "flat": "#5b6577"}
GREY, EDGE = "#5b6577", "#e4e8ef"
FACE = "font-family:-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei',Arial,sans-serif"


@dataclass(frozen=True, repr=False)
class Server:
    """An SMTP server; `security` is how the line is encrypted. The password never leaves the environment."""

    host: str
    port: int
    security: Literal["none", "starttls", "tls"]
    sender: str
    user: str = ""
    password: str = ""


def message(content: Content, language: Language, to: str, sender: str, seal: str, link: str) -> EmailMessage:
    """The e-mail of an issued pack, already seen as its reader may see it. link: the pack's page, '' for none.

    Its Message-ID is made of the pack and the address, so that a mail program shows a second one as the same.
    """
    shown = report(content, language, seal)
    made = EmailMessage()
    made["Subject"] = f"{shown.company} · {shown.title} · {shown.week}"
    made["From"], made["To"] = sender, to
    made["Date"] = format_datetime(content.made_at.replace(tzinfo=UTC))
    made["Content-Language"] = language
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(_plain(shown, link))
    made.add_alternative(_html(shown, link), subtype="html")
    main, _, kind = MEDIA["pdf"].partition("/")
    pdf = render(content, "pdf", language, Look(seal=seal))
    made.add_attachment(pdf, maintype=main, subtype=kind, filename=file_name(content, "pdf", language))
    return made


def send(mail: EmailMessage, server: Server) -> str:
    """Hand the e-mail to the server; returns what it answered.

    Raises:
        NotNow: no server, or it says "later" (4xx).
        Never: it says no (5xx).
        Unclear: the line broke after the message was handed over.
    """
    try:
        line = _opened(server)
    except smtplib.SMTPResponseException as error:
        raise refusal(error.smtp_code, error.smtp_error) from error
    except (OSError, smtplib.SMTPException) as error:
        raise NotNow(f"{server.host}: {error}") from error
    try:
        _begin(line, mail)
        return _hand_over(line, mail)
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            line.quit()
        line.close()


def refusal(code: int, said: bytes | str) -> NotNow | Never:
    """SMTP's own rule (RFC 5321): 4xx is a passing trouble, 5xx a lasting one."""
    words = f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
    return NotNow(words) if 400 <= code < 500 else Never(words)


def _opened(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.security == "tls":
        line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_SECONDS, context=context)
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
    if server.security == "starttls":
        line.starttls(context=context)
    if server.user:
        line.login(server.user, server.password)
    line.ehlo_or_helo_if_needed()
    return line


def _begin(line: smtplib.SMTP, mail: EmailMessage) -> None:
    try:
        for code, said in (line.mail(parseaddr(mail["From"])[1]), line.rcpt(parseaddr(mail["To"])[1])):
            if not 200 <= code < 300:
                raise refusal(code, said)
    except (OSError, smtplib.SMTPException) as error:
        raise NotNow(str(error)) from error


def _hand_over(line: smtplib.SMTP, mail: EmailMessage) -> str:
    try:
        code, said = line.data(mail.as_bytes(policy=SMTP))
    except smtplib.SMTPDataError as error:
        raise refusal(error.smtp_code, error.smtp_error) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unclear(str(error)) from error
    if not 200 <= code < 300:
        raise refusal(code, said)
    return f"{code} {said.decode(errors='replace')}"


def _plain(shown: Report, link: str) -> str:
    lines = [f"{shown.title} · {shown.week} ({shown.days})", "", *(f"- {line}" for line in shown.summary), ""]
    lines += [f"{card.mark or '-'} {card.spoken}" for card in shown.headline]
    return "\n".join([*lines, *(["", link] if link else [])]) + "\n"


def _html(shown: Report, link: str) -> str:
    language = shown.language
    counts = "&nbsp; ".join(
        f'<b style="color:{COLOURS[light]}">{count} {escape(name)}</b>' for light, count, name in shown.counts
    )
    summary = "".join(f'<li style="margin:4px 0">{escape(line)}</li>' for line in shown.summary)
    button = (
        f'<p><a href="{escape(link)}" style="display:inline-block;padding:8px 16px;border-radius:6px;'
        f'background:#3b5bdb;color:#ffffff;text-decoration:none">{escape(say("report.open", language))}</a></p>'
        if link
        else ""
    )
    return (
        f'<!doctype html><html lang="{language}">'
        f'<body style="margin:0;padding:16px;color:#1a2233;background:#ffffff;{FACE}">'
        f'<div style="max-width:680px;margin:0 auto"><h1 style="font-size:22px;margin:0">{escape(shown.title)}</h1>'
        f'<p style="margin:2px 0 12px;color:{GREY}">{escape(" · ".join((shown.company, shown.week, shown.days)))}</p>'
        f'<p style="margin:0 0 12px">{counts}</p><ul style="padding-left:18px;margin:0 0 16px">{summary}</ul>'
        f"{_cards(shown.headline)}{button}"
        f'<p style="font-size:12px;color:{GREY}">{escape(" · ".join(shown.facts))}</p></div></body></html>'
    )


def _cards(cards: Sequence[CardView]) -> str:
    rows = "".join(_row(card) for card in cards)
    return f'<table role="presentation" style="width:100%;border-collapse:collapse;font-size:14px">{rows}</table>'


def _row(card: CardView) -> str:
    cell = f"padding:8px 6px;border-bottom:1px solid {EDGE};vertical-align:top"
    delta = f'<span style="color:{COLOURS[card.tone]}">{escape(card.delta)}</span> ' if card.delta else ""
    under = f'<div style="font-size:12px;color:{GREY}">{escape(card.reason or card.target)}</div>'
    status = f"{card.mark} {escape(card.status)}" if card.status else ""
    return (
        f'<tr><td style="{cell}">{escape(card.label)}{under}</td>'
        f'<td style="{cell};text-align:right;white-space:nowrap"><b style="font-size:16px">{escape(card.value)}</b>'
        f'<div style="font-size:12px;color:{GREY}">{delta}{escape(card.versus)}</div></td>'
        f'<td style="{cell};text-align:right;white-space:nowrap;color:{COLOURS[card.light]}"><b>{status}</b></td></tr>'
    )
