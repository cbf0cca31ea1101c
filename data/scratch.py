"""A private folder of this process for files on their way; what a killed process left is cleared by the next one."""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import filelock

PREFIX = "sevenboard-files-"
ALIVE = "alive.lock"
# A folder that another process is making right now does not have its lock yet.
YOUNG_SECONDS = 60.0


@dataclass(frozen=True)
class Scratch:
    """The folder (mode 0700), and the lock that tells other processes that its owner is alive."""

    folder: Path
    lock: filelock.BaseFileLock


def scratch() -> Path:
    """The folder of this process."""
    return _scratch().folder


def clear_left(parent: Path, now: float) -> int:
    """Delete the folders of processes that are gone; returns how many. `now` in seconds since 1970."""
    cleared = 0
    for folder in parent.glob(f"{PREFIX}*"):
        try:
            if now - folder.stat().st_mtime < YOUNG_SECONDS:
                continue
            with filelock.FileLock(folder / ALIVE, timeout=0):
                shutil.rmtree(folder)
                cleared += 1
        except (filelock.Timeout, OSError):
            # Its owner is alive, or is another user of this machine.
            continue
    return cleared


@cache
def _scratch() -> Scratch:
    clear_left(Path(tempfile.gettempdir()), time.time())
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    # The lock is the process's, not that of the thread which happens to come first.
    lock = filelock.FileLock(folder / ALIVE, thread_local=False)
    lock.acquire()
    return Scratch(folder, lock)
