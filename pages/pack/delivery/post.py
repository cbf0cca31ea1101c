"""Sending an issued pack to everybody who gets it: each as it may be seen, each once, tried again when it must be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import requests

from data.settings import Settings
from data.state_delivery import Channel, Delivery, DeliveryStore, Recipient
from data.state_packs import IssuedPack
from metrics.model import Language
from pages.pack.canonical import read
from pages.pack.content import Content
from pages.pack.delivery.mail import Server, message, send
from pages.pack.delivery.trouble import Never, NotNow, Unclear
from pages.pack.renderings.render import HOUSE, Format, Look, render_all
from pages.pack.renderings.slides import WrongTemplate
from pages.pack.renderings.view import report

# After a failure that may pass: minutes until the next try; after the last the delivery has failed.
PAUSES = (1, 5, 15, 60, 240)
TIMEOUT_SECONDS = 20
# Answers that say "not now" rather than "no".
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True)
class Post:
    """What sending needs: the mail server (None: no e-mail can be sent), and the pages' own address ('' for none)."""

    server: Server | None = None
    address: str = ""
    look: Look = HOUSE

    def link(self, week: str) -> str:
        """Where the pack stands on the pages; '' where their address is not known."""
        return f"{self.address.rstrip('/')}/weekly?week={week}" if self.address else ""


def post_for(settings: Settings, password: str) -> Post:
    """How packs are sent by the settings; password: that of the mail server, '' where it asks for none."""
    server = None
    if settings.smtp_host and settings.smtp_sender:
        server = Server(
            settings.smtp_host,
            settings.smtp_port,
            settings.smtp_security,
            settings.smtp_sender,
            settings.smtp_user,
            password,
        )
    template = Path(settings.pack_template) if settings.pack_template else None
    return Post(server, settings.public_address, Look(template=template))


def channel_of(address: str) -> Channel:
    """How an address is reached, by its form."""
    if address.startswith(("http://", "https://")):
        return "webhook"
    return "mail" if "@" in address and "/" not in address else "folder"


def deliver(
    store: DeliveryStore,
    pack: IssuedPack,
    post: Post,
    now: datetime,
    *,
    is_again: bool = False,
    only: int | None = None,
) -> list[Delivery]:
    """Send a pack to its recipients; returns the deliveries that were begun now.

    A delivery is claimed before it is sent. One that was sent, or was stopped by a crash while it was, is not sent
    again, unless a person asks for it by `is_again`. only: the number of one recipient.
    """
    content = read(pack.text)
    begun = []
    for recipient in store.recipients():
        if only is not None and recipient.id != only:
            continue
        claimed = store.claim(recipient, pack.week, pack.content_hash, now, is_again=is_again)
        if claimed is None:
            continue
        begun.append(claimed)
        try:
            detail = _send(recipient, content, pack.content_hash, post)
        except NotNow as error:
            is_last = claimed.attempts > len(PAUSES)
            again = None if is_last else now + timedelta(minutes=PAUSES[claimed.attempts - 1])
            store.settle(claimed.id, "failed" if is_last else "waiting", str(error), now, again)
        except Never as error:
            store.settle(claimed.id, "failed", str(error), now)
        except Unclear as error:
            store.settle(claimed.id, "unclear", str(error), now)
        else:
            store.settle(claimed.id, "sent", detail, now)
    return begun


def _send(recipient: Recipient, content: Content, seal: str, post: Post) -> str:
    """One delivery by its channel; returns what the other side said. Raises NotNow, Never."""
    seen = content.seen_by(recipient.levels)
    language = cast(Language, recipient.language)
    if recipient.channel == "mail":
        return _mail(recipient, seen, language, seal, post)
    if recipient.channel == "webhook":
        return _webhook(recipient, seen, language, seal, post)
    return _folder(recipient, seen, language, seal, post)


def _mail(recipient: Recipient, content: Content, language: Language, seal: str, post: Post) -> str:
    if post.server is None:
        raise Never("no mail server is set: smtp_host and smtp_sender in the settings")
    mail = message(content, language, recipient.address, post.server.sender, seal, post.link(content.week))
    mail["Message-ID"] = f"<{seal[:24]}.{recipient.id}@sevenboard>"
    return send(mail, post.server)


def _webhook(recipient: Recipient, content: Content, language: Language, seal: str, post: Post) -> str:
    shown = report(content, language, seal)
    said = {
        "week": content.week,
        "title": f"{shown.company} · {shown.title} · {shown.week}",
        "text": "\n".join(shown.summary),
        "link": post.link(content.week),
        "content_hash": seal,
        "statuses": {light: count for light, count, _ in shown.counts},
    }
    try:
        # The key lets the other side drop a second one too.
        answer = requests.post(
            recipient.address,
            json=said,
            headers={"Idempotency-Key": f"{seal}-{recipient.id}"},
            timeout=TIMEOUT_SECONDS,
            allow_redirects=False,
        )
    except requests.exceptions.ConnectTimeout as error:
        raise NotNow(str(error)) from error
    except (requests.ConnectionError, requests.ReadTimeout) as error:
        is_unreached = "NewConnectionError" in str(error) or "Connection refused" in str(error)
        raise (NotNow if is_unreached else Unclear)(str(error)) from error
    except requests.RequestException as error:
        raise Never(str(error)) from error
    if answer.status_code in PASSING:
        raise NotNow(f"{answer.status_code} {answer.reason}")
    if not answer.ok or answer.is_redirect:
        raise Never(f"{answer.status_code} {answer.reason}")
    return f"{answer.status_code} {answer.reason}"


def _folder(recipient: Recipient, content: Content, language: Language, seal: str, post: Post) -> str:
    formats = cast(tuple[Format, ...], tuple(recipient.formats.split(",")))
    look = Look(post.look.shape, post.look.template, seal)
    try:
        written = render_all(content, Path(recipient.address), (language,), formats, look)
    except OSError as error:
        raise NotNow(str(error)) from error
    except WrongTemplate as error:
        raise Never(str(error)) from error
    return ", ".join(place.name for place in written)
