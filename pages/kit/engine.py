"""Which lake a page reads: the demo company's until the first real upload, then the company's, unless a link says."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from data.engines.lake import LakeEngine
from data.home import Home
from data.settings import Settings, read_settings
from data.warehouse import Warehouse
from pages.kit.address import Lake


@dataclass(frozen=True)
class Store:
    """An open lake: whose it is, which lakes one may switch between, and the settings its numbers are read with."""

    kind: Lake
    identity: str
    engine: LakeEngine
    choices: tuple[Lake, ...]
    settings: Settings


def open_store(home: Home, wanted: Lake | None = None) -> Store:
    """The lake to read. `wanted` counts where that lake has data; a home without any data opens an empty demo lake.

    Raises:
        DataError: a lake written by a newer program, or settings that cannot be used.
    """
    settings = read_settings(home.settings_file)
    folders: dict[Lake, Path] = {"company": home.company, "demo": home.demo}
    choices = tuple(kind for kind, folder in folders.items() if _has_data(folder, settings.country))
    kind: Lake = wanted if wanted in choices else choices[0] if choices else "demo"
    engine = _warehouse(folders[kind], settings.country).engine()
    return Store(kind, str(folders[kind]), engine, choices, settings)


@cache
def _warehouse(folder: Path, country: str) -> Warehouse:
    return Warehouse.open(folder, country)


def _has_data(folder: Path, country: str) -> bool:
    # A folder that nobody made stays unmade: looking must not create a lake.
    return folder.is_dir() and _had_data(folder, country, _stamp(folder))


def _stamp(folder: Path) -> tuple[int, ...]:
    """Changes with every write to the lake's catalogue: asking the file system is a thousand times faster than SQL."""
    found = []
    for name in ("catalogue.sqlite", "catalogue.sqlite-wal"):
        # The log comes and goes while others write.
        with suppress(FileNotFoundError):
            found.append((folder / name).stat().st_mtime_ns)
    return tuple(found)


@lru_cache(maxsize=64)
def _had_data(folder: Path, country: str, stamp: tuple[int, ...]) -> bool:
    del stamp
    return bool(_warehouse(folder, country).engine().coverage().num_rows)
