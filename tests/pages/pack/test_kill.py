"""A process that is killed while it issues leaves no half pack, and the next one issues as if nothing had been."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from data.warehouse import Warehouse
from pages.pack.issue import issue
from pages.pack.verify import verify
from tests.data.lakes import copy_of
from tests.pages.pack.lakes import WEEK, desk_of, weeks_of_orders

NOW = datetime(2026, 11, 16, 1)
# The child kills itself at the moment that is named, with the signal that no program can catch.
CHILD = """
import os, sys
from datetime import datetime
from pathlib import Path
import sqlalchemy as sa
from data.warehouse import Warehouse
from pages.pack.issue import issue
from tests.pages.pack.lakes import desk_of
folder, moment = Path(sys.argv[1]), sys.argv[2]
desk = desk_of(Warehouse.open(folder / "lake"), folder)
written = []
def note(connection, cursor, statement, *rest):
    written.append(statement)
    if moment == "insert" and statement.startswith("INSERT INTO pack "):
        os.kill(os.getpid(), 9)
def commit(connection):
    if any(statement.startswith("INSERT INTO pack ") for statement in written):
        os.kill(os.getpid(), 9)
sa.event.listen(desk.store.state.engine, "before_cursor_execute", note)
sa.event.listen(desk.store.state.engine, "commit", commit)
issue(desk, "2026-W46", "mei", datetime(2026, 11, 16, 1))
"""


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["insert", "commit"])
def test_a_kill_while_issuing_leaves_no_pack(lake_template: Path, tmp_path: Path, moment: str) -> None:
    lake: Warehouse = copy_of(lake_template, tmp_path / "lake")
    weeks_of_orders(lake)
    lake.close()
    root = Path(__file__).parents[3]
    ended = subprocess.run([sys.executable, "-c", CHILD, str(tmp_path), moment], cwd=root, check=False, timeout=300)
    assert ended.returncode == -signal.SIGKILL
    desk = desk_of(Warehouse.open(tmp_path / "lake"), tmp_path)
    assert desk.store.issued(WEEK) is None
    assert desk.store.recorded() is None
    issue(desk, WEEK, "mei", NOW)
    assert [one.state for one in verify(desk, None, NOW)] == ["equal"]
    desk.store.state.close()
    desk.warehouse.close()
