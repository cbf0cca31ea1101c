"""Issuing a pack: the draft as it stands becomes one frozen content, chained to the pack before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from data.state_packs import IssuedPack, OutOfTurn
from metrics.coverage import Coverage
from metrics.errors import MetricError
from metrics.model import Text
from pages.pack.canonical import numbers_of, sha256, written
from pages.pack.content import Content, Restatement
from pages.pack.definitions import with_statements
from pages.pack.desk import Desk
from pages.pack.recompute import differences

CHANGES_SQL = "select coalesce(max(change), 0) as change from lake.main.change"


class AlreadyIssued(MetricError):
    """The week has its pack already; `values["week"]` names it."""

    text = Text(
        "The pack of {week} was issued by {by} and stays as it is. What changed since stands in later packs.",
        "{week} 的周报已由 {by} 发布，内容不再改变。之后的变化见后续周报。",
        "{week} 的週報已由 {by} 發布，內容不再改變。之後的變化見後續週報。",
    )


class NotRepeatable(MetricError):
    """The SQL that would be kept gives other numbers than the draft."""

    text = Text(
        "Nothing was issued: {kpis} came out differently a second time. The draft stands. Try again, and report this.",
        "没有发布：{kpis} 第二次计算的结果不同。草稿保留。请重试，并报告此问题。",
        "沒有發布：{kpis} 第二次計算的結果不同。草稿保留。請重試，並回報此問題。",
    )


def issue(desk: Desk, week: str, by: str, now: datetime, restatements: tuple[Restatement, ...] = ()) -> IssuedPack:
    """Freeze the draft of a week, whole or not at all; `now` is in UTC without zone.

    Raises:
        AlreadyIssued: the week has its pack.
        NoSuchWeek, NothingToPack: see `draft`.
        NotRepeatable: the numbers could not be computed again with the SQL that would be kept.
    """
    while True:
        there = desk.store.issued(week)
        if there is not None:
            raise AlreadyIssued(week=week, by=there.issued_by)
        last = desk.store.last()
        content, change = _frozen(desk, week, by, now, restatements, "" if last is None else last.content_hash)
        text = written(content)
        lights = [card.light for card in content.cards]
        facts: dict[str, object] = {
            "week": week,
            "numbers_hash": content.numbers_hash,
            "content_hash": sha256(text),
            "previous_hash": content.previous_hash,
            "version": content.version,
            "issued_by": by,
            "issued_at": now,
            **{light: lights.count(light) for light in ("good", "warn", "bad")},
        }
        try:
            desk.store.issue(text, 1 if last is None else last.number + 1, facts, (change, content.version))
        except OutOfTurn:
            # Another pack was issued meanwhile: this one must follow it.
            continue
        kept = desk.store.issued(week)
        assert kept is not None
        return kept


def _frozen(
    desk: Desk, week: str, by: str, now: datetime, restatements: tuple[Restatement, ...], previous: str
) -> tuple[Content, int]:
    """The content, and the last change of the lake it was made from."""
    with desk.reader.reading() as reader:
        content = desk.draft(week, now, restatements)
        coverage = Coverage.read(reader)
        definitions = tuple(
            with_statements(one, content.card(one.kpi), reader, desk.catalogue, coverage) for one in content.definitions
        )
        change = int(reader.query(CHANGES_SQL, {}).to_pylist()[0]["change"])
        content = replace(content, definitions=definitions)
        wrong = differences(content, reader)
    if wrong:
        raise NotRepeatable(kpis=", ".join(dict.fromkeys(one.kpi for one in wrong)))
    return (
        replace(content, issued_by=by, previous_hash=previous, numbers_hash=sha256(numbers_of(content))),
        change,
    )
