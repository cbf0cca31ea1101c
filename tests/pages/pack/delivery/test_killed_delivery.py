"""A process that is killed while it hands a mail over: whatever arrived, nothing is sent a second time by itself."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from data.home import VARIABLE, Home
from data.state import State
from data.state_delivery import DeliveryStore
from data.warehouse import Warehouse
from tests.data.lakes import copy_of
from tests.pages.pack.delivery.test_delivery import free_port
from tests.pages.pack.lakes import WEEK, weeks_of_orders

pytestmark = pytest.mark.slow


class Slow:
    """Takes a mail, tells so, and lets the sender wait for its answer."""

    def __init__(self) -> None:
        self.taken = 0
        self.is_taken, self.may_go = threading.Event(), threading.Event()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        del session, envelope
        self.taken += 1
        self.is_taken.set()
        await server.loop.run_in_executor(None, self.may_go.wait, 30)
        return "250 taken"


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "pages.pack", *words]


def test_a_kill_while_a_mail_is_handed_over_sends_nothing_twice(lake_template: Path, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    lake: Warehouse = copy_of(lake_template, home.company)
    weeks_of_orders(lake)
    lake.close()
    handler = Slow()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    home.settings_file.write_text(
        f'smtp_host = "127.0.0.1"\nsmtp_port = {controller.port}\n'
        'smtp_security = "none"\nsmtp_sender = "a@example.com"\n'
    )
    environment = {**os.environ, VARIABLE: str(home.root)}
    for words in (("add-recipient", "ceo@example.com"), ("issue", "--week", WEEK)):
        subprocess.run(command(*words), env=environment, check=True, capture_output=True)
    sender = subprocess.Popen(command("deliver", "--week", WEEK), env=environment)
    assert handler.is_taken.wait(120)
    sender.kill()
    sender.wait()
    handler.may_go.set()
    again = subprocess.run(command("deliver", "--week", WEEK), env=environment, capture_output=True, check=False)
    controller.stop()
    assert again.returncode == 3
    assert handler.taken == 1
    state = State.open(home.state_url)
    assert [one.state for one in DeliveryStore(state, "company").log()] == ["sending"]
    state.close()
