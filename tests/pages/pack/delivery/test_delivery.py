"""Packs reach people over a real SMTP server, a real web server and a real folder: each once, each as allowed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from data.state import State
from data.state_delivery import DeliveryStore
from data.state_packs import IssuedPack, PackStore
from pages.pack.canonical import sha256, written
from pages.pack.content import Content
from pages.pack.delivery.mail import Server
from pages.pack.delivery.post import PAUSES, Post, deliver
from tests.pages.pack.samples import sample

NOW = datetime(2026, 11, 16, 0, 30)
OPEN, ALL = ("open",), ("open", "restricted", "salary")


@dataclass
class Inbox:
    """An SMTP server's handler: keeps what arrives, answers what it is told to, or breaks off after the message."""

    mails: list[EmailMessage] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    is_broken: bool = False

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content or b"", policy=default))  # type: ignore[arg-type]
        if self.is_broken:
            assert server.transport is not None
            server.transport.abort()
        return answer


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, Server]]:
    handler = Inbox()
    controller = Controller(handler, hostname="127.0.0.1", port=0)
    controller.port = free_port()
    controller.start()
    yield handler, Server("127.0.0.1", controller.port, "none", "Sevenboard <packs@example.com>")
    controller.stop()


def free_port() -> int:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as held:
        return int(held.server_address[1])


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    opened = State.open(f"sqlite:///{tmp_path / 'state.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def store(state: State) -> DeliveryStore:
    return DeliveryStore(state, "company")


@pytest.fixture
def pack(state: State) -> IssuedPack:
    content: Content = sample()
    text = written(content)
    facts: dict[str, Any] = {
        "week": content.week,
        "numbers_hash": content.numbers_hash,
        "content_hash": sha256(text),
        "previous_hash": content.previous_hash,
        "version": content.version,
        "issued_by": "leader",
        "issued_at": NOW,
        **dict.fromkeys(("good", "warn", "bad"), 0),
    }
    packs = PackStore(state, "company")
    packs.issue(text, 1, facts, (1, content.version))
    found = packs.issued(content.week)
    assert found is not None
    return found


def add(store: DeliveryStore, address: str, channel: Any = "mail", language: str = "en", access: Any = ALL) -> int:
    return store.add(channel, address, language, access, ("pdf", "html"), "mei", NOW).id


def states(store: DeliveryStore) -> list[tuple[str, int]]:
    return [(one.state, one.attempts) for one in store.log()]


def test_everybody_gets_the_pack_once_in_their_language(
    inbox: tuple[Inbox, Server], store: DeliveryStore, pack: IssuedPack
) -> None:
    handler, server = inbox
    add(store, "ceo@example.com", language="zh-Hans")
    add(store, "board@example.com")
    post = Post(server, "https://kpi.example.com/")
    assert len(deliver(store, pack, post, NOW)) == 2
    assert deliver(store, pack, post, NOW + timedelta(days=1)) == []
    first, second = handler.mails
    assert (first["To"], first["Subject"]) == (
        "ceo@example.com",
        "晨光电商 Morning Light · 每周经营报告 · 2026 年第 46 周",
    )
    body = second.get_body(("html",))
    assert body is not None
    assert "¥3.08M" in body.get_content()
    assert "https://kpi.example.com/weekly?week=2026-W46" in body.get_content()
    (attached,) = second.iter_attachments()
    assert attached.get_filename() == "2026-W46-en.pdf"
    assert attached.get_content().startswith(b"%PDF-1.7")
    assert states(store) == [("sent", 1), ("sent", 1)]


def test_what_a_recipient_may_not_see_is_in_nothing_he_gets(
    inbox: tuple[Inbox, Server], store: DeliveryStore, pack: IssuedPack, tmp_path: Path
) -> None:
    handler, server = inbox
    content = sample()
    hidden = [card for card in content.cards if card.access != "open" and card.kpi in content.headline]
    assert hidden
    add(store, "all@example.com")
    add(store, "some@example.com", access=OPEN)
    add(store, str(tmp_path / "some"), "folder", access=OPEN)
    deliver(store, pack, Post(server), NOW)
    for mail, is_there in zip(handler.mails, (True, False), strict=True):
        body = mail.get_body(("html",))
        assert body is not None
        assert all((f">{card.name.en}<" in body.get_content()) == is_there for card in hidden)
    page = (tmp_path / "some" / "2026-W46-en.html").read_text(encoding="utf-8")
    assert [card.kpi for card in hidden if f'<div class="label">{card.name.en}<' in page] == []


def test_a_passing_trouble_is_tried_again_later_and_a_lasting_one_is_not(
    inbox: tuple[Inbox, Server], store: DeliveryStore, pack: IssuedPack
) -> None:
    handler, server = inbox
    add(store, "ceo@example.com")
    post = Post(server)
    handler.answers = ["451 busy", "550 no such person"]
    deliver(store, pack, post, NOW)
    assert states(store) == [("waiting", 1)]
    assert store.due(NOW) == []
    assert deliver(store, pack, post, NOW) == []
    later = NOW + timedelta(minutes=PAUSES[0])
    assert [one.week for one in store.due(later)] == ["2026-W46"]
    deliver(store, pack, post, later)
    assert states(store) == [("failed", 2)]
    assert store.log()[0].detail == "550 no such person"
    assert deliver(store, pack, post, later + timedelta(days=1)) == []
    assert handler.mails == []


def test_tries_end_after_the_last_pause(store: DeliveryStore, pack: IssuedPack) -> None:
    add(store, "ceo@example.com")
    post, now = Post(Server("127.0.0.1", 9, "none", "packs@example.com")), NOW
    for _ in range(len(PAUSES) + 3):
        deliver(store, pack, post, now)
        now += timedelta(days=1)
    assert states(store) == [("failed", len(PAUSES) + 1)]


def test_a_line_that_breaks_after_the_message_is_never_sent_a_second_time_by_itself(
    inbox: tuple[Inbox, Server], store: DeliveryStore, pack: IssuedPack
) -> None:
    handler, server = inbox
    add(store, "ceo@example.com")
    handler.is_broken = True
    deliver(store, pack, Post(server), NOW)
    assert states(store) == [("unclear", 1)]
    handler.is_broken = False
    assert deliver(store, pack, Post(server), NOW + timedelta(days=1)) == []
    assert len(handler.mails) == 1
    deliver(store, pack, Post(server), NOW + timedelta(days=1), is_again=True)
    assert len(handler.mails) == 2


def test_a_process_killed_while_it_sends_leaves_a_claim_that_nobody_takes_up(
    inbox: tuple[Inbox, Server], store: DeliveryStore, pack: IssuedPack
) -> None:
    handler, server = inbox
    number = add(store, "ceo@example.com")
    (recipient,) = store.recipients()
    assert store.claim(recipient, pack.week, pack.content_hash, NOW) is not None
    assert deliver(store, pack, Post(server), NOW + timedelta(days=1)) == []
    assert handler.mails == []
    assert [(one.recipient, one.state) for one in store.log()] == [(number, "sending")]


def test_two_processes_that_deliver_at_once_send_one_mail(
    inbox: tuple[Inbox, Server], store: DeliveryStore, pack: IssuedPack
) -> None:
    handler, server = inbox
    add(store, "ceo@example.com")
    threads = [threading.Thread(target=deliver, args=(store, pack, Post(server), NOW)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(handler.mails) == 1


class Listener(ThreadingHTTPServer):
    """A web server that keeps what is posted and answers with the codes it is given."""

    def __init__(self, answers: list[int]) -> None:
        super().__init__(("127.0.0.1", 0), Hook)
        self.seen: list[tuple[str, dict[str, Any]]] = []
        self.answers = answers


class Hook(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.seen.append((self.headers["idempotency-key"], json.loads(body)))
        self.send_response(self.server.answers.pop(0))
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        del format, args


def test_a_webhook_gets_a_link_and_a_key_and_is_asked_again_when_it_is_busy(
    store: DeliveryStore, pack: IssuedPack
) -> None:
    with Listener([503, 200, 404]) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        number = add(store, f"http://127.0.0.1:{server.server_address[1]}/hook", "webhook")
        post = Post(address="https://kpi.example.com")
        deliver(store, pack, post, NOW)
        deliver(store, pack, post, NOW + timedelta(hours=1))
        assert states(store) == [("sent", 2)]
        deliver(store, pack, post, NOW + timedelta(hours=2), is_again=True)
        server.shutdown()
    assert states(store) == [("failed", 1), ("sent", 2)]
    key, said = server.seen[0]
    assert key == server.seen[1][0] == f"{pack.content_hash}-{number}"
    assert (said["week"], said["link"]) == ("2026-W46", "https://kpi.example.com/weekly?week=2026-W46")


def test_a_folder_gets_the_formats_it_asked_for_and_a_removed_recipient_nothing(
    store: DeliveryStore, pack: IssuedPack, tmp_path: Path
) -> None:
    number = add(store, str(tmp_path / "packs"), "folder", "zh-Hant")
    deliver(store, pack, Post(), NOW)
    assert sorted(one.name for one in (tmp_path / "packs").iterdir()) == [
        "2026-W46-zh-Hant.html",
        "2026-W46-zh-Hant.pdf",
    ]
    assert store.remove(number, NOW) is not None
    assert deliver(store, pack, Post(), NOW, is_again=True) == []
    assert store.remove(number, NOW) is None
