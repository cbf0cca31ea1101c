"""A folder of its own for what each opened lake spills to disk.

DuckDB names its spill files alike in every process. Two that share a folder write into each other's files: wrong
answers, "double free", segmentation faults (seen with 1.5.5, two processes sorting beside each other).
"""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import uuid4

import filelock

FOLDER = "spill"
LOCK = ".lock"


def own_spill(lake: Path) -> tuple[Path, filelock.BaseFileLock]:
    """A new spill folder inside the lake's, and the lock that tells others that it is in use.

    What killed processes left is deleted: it may hold rows.
    """
    folder = lake / FOLDER
    folder.mkdir(exist_ok=True, mode=0o700)
    clear_left(folder)
    mine = folder / uuid4().hex
    # The lock is the lake's, not that of the thread that opens or closes it.
    lock = filelock.FileLock(mine.with_suffix(LOCK), thread_local=False)
    lock.acquire()
    return mine, lock


def give_back(mine: Path, lock: filelock.BaseFileLock) -> None:
    """Delete the folder of a lake that is closed."""
    shutil.rmtree(mine, ignore_errors=True)
    lock.release()
    mine.with_suffix(LOCK).unlink(missing_ok=True)


def clear_left(folder: Path) -> int:
    """Delete spill folders whose owners are gone; returns how many."""
    cleared = 0
    for path in folder.glob(f"*{LOCK}"):
        try:
            with filelock.FileLock(path, timeout=0):
                shutil.rmtree(path.with_suffix(""), ignore_errors=True)
                path.unlink(missing_ok=True)
                cleared += 1
        except (filelock.Timeout, OSError):
            continue
    return cleared
