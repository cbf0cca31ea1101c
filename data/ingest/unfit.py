"""Exports that are known and that no table keeps: what their rows are, and what to load instead."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from data.errors import DataError, Text
from data.ingest.cells_yaml import names
from data.ingest.layout import normal

FILE = Path(__file__).parent / "unfit.yaml"


class NoTableKeepsIt(DataError):
    """A known export whose rows are none that a table keeps."""

    text = Text(
        "{file} was not loaded: each of its rows is {row}, and no table keeps those. The nearest is {table}: {why}.",
        "{file} 没有加载：它的每一行是{row}，没有数据表保存这样的行。最接近的是 {table}：{why}。",
        "{file} 沒有載入：它的每一列是{row}，沒有資料表保存這樣的列。最接近的是 {table}：{why}。",
    )


@dataclass(frozen=True)
class Unfit:
    """One such export: its headers, what a row is, the table that comes nearest, and why it is not that."""

    fingerprint: tuple[tuple[str, ...], ...]
    absent: tuple[str, ...]
    nearest: str
    row: Text
    why: Text

    def fits(self, headers: Set[str]) -> bool:
        """Whether a file with these normalised headers is this export."""
        has_all = all(any(normal(name) in headers for name in one) for one in self.fingerprint)
        return has_all and not any(normal(name) in headers for name in self.absent)


def unfit_for(headers: Set[str]) -> Unfit | None:
    """The known export with these normalised headers that no table keeps; None for any other."""
    return next((one for one in known_unfit() if one.fits(headers)), None)


@cache
def known_unfit() -> tuple[Unfit, ...]:
    """All of them, in the order of their file."""
    return tuple(map(_read, yaml.safe_load(FILE.read_text(encoding="utf-8"))))


def _read(written: Mapping[str, Any]) -> Unfit:
    fingerprint = tuple(names(header) for header in written["fingerprint"])
    absent = tuple(written.get("absent", ()))
    return Unfit(fingerprint, absent, written["nearest"], _text(written["row"]), _text(written["why"]))


def _text(written: Mapping[str, str]) -> Text:
    return Text(written["en"], written["zh-Hans"], written["zh-Hant"])
