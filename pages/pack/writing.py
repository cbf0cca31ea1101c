"""What people write for a week's pack while it is a draft, and what they say became of an action afterwards."""

from __future__ import annotations

from datetime import date, datetime

from data.state_packs import PackAction
from metrics.errors import MetricError, UnknownName
from metrics.model import Text
from pages.pack.actions import bring_actions
from pages.pack.desk import Desk
from pages.pack.draft import cards_of
from pages.pack.issue import AlreadyIssued, issue
from pages.pack.restatements import restatements
from pages.pack.weeks import week_days

_CARD = Text("card of the pack", "周报指标", "週報指標")
MOST_CHARACTERS = 2000


class NothingWritten(MetricError):
    """A text without a word, or with too many."""

    text = Text(
        "Nothing was kept: write 1 to {most} characters.",
        "未保存：请写 1 至 {most} 个字符。",
        "未儲存：請寫 1 至 {most} 個字元。",
    )


class NoSuchAction(MetricError):
    """A number that no action has."""

    text = Text(
        "There is no action {number}. Nothing was changed; `show` lists the actions with their numbers.",
        "没有编号为 {number} 的行动项。没有做任何更改；show 命令会列出行动项及编号。",
        "沒有編號為 {number} 的行動項目。沒有做任何變更；show 指令會列出行動項目及編號。",
    )


def comment(desk: Desk, week: str, kpi: str, text: str, author: str, now: datetime) -> None:
    """Write a comment on a card. Raises AlreadyIssued, NothingWritten, NoSuchWeek, UnknownName."""
    _check(desk, week, kpi)
    desk.store.comment(week, kpi, _worded(text), author, now)


def promise(desk: Desk, week: str, kpi: str, text: str, person: str, due: date, author: str, now: datetime) -> int:
    """Write an action down; returns its number. Raises AlreadyIssued, NothingWritten, NoSuchWeek, UnknownName."""
    _check(desk, week, kpi)
    return desk.store.promise(week, kpi, _worded(text), _worded(person), due, author, now)


def summarise(desk: Desk, week: str, text: Text, author: str, now: datetime) -> None:
    """Write the summary of a week; an empty script takes the first that is not. Raises as `comment` does."""
    _check(desk, week)
    scripts = (text.en, text.zh_hans, text.zh_hant)
    first = _worded(next((script for script in scripts if script.strip()), ""))
    en, zh_hans, zh_hant = (script.strip() or first for script in scripts)
    desk.store.summarise(week, (en, zh_hans, zh_hant), author, now)


def settle(
    desk: Desk, number: int, done_on: date | None, by: str, now: datetime, *, is_dropped: bool = False
) -> PackAction:
    """Say what became of an action, at any time, and count it anew. Raises NoSuchAction, WriterBusy."""
    action = desk.store.settle(number, done_on, is_dropped=is_dropped)
    if action is None:
        raise NoSuchAction(number=number)
    bring_actions(desk, by, now)
    return action


def publish(desk: Desk, week: str, by: str, now: datetime) -> str:
    """Issue a week's pack with its actions counted and earlier packs' restatements in it; returns the content's hash.

    Raises what `issue` raises, and WriterBusy.
    """
    _check(desk, week)
    bring_actions(desk, by, now)
    return issue(desk, week, by, now, restatements(desk, now, week)).content_hash


def _check(desk: Desk, week: str, kpi: str | None = None) -> None:
    week_days(week)
    there = desk.store.issued(week)
    if there is not None:
        raise AlreadyIssued(week=week, by=there.issued_by)
    cards = cards_of(desk.catalogue)
    if kpi is not None and kpi not in cards:
        raise UnknownName(_CARD, kpi, cards)


def _worded(text: str) -> str:
    if not 0 < len(text.strip()) <= MOST_CHARACTERS:
        raise NothingWritten(most=MOST_CHARACTERS)
    return text.strip()
