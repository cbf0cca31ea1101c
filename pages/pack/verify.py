"""Verifying issued packs: nothing of them was changed, and their numbers come out again from the version they pin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import duckdb
import zstandard
from pydantic import ValidationError

from data.state_packs import IssuedPack
from metrics.errors import MetricError
from metrics.model import Text
from pages.pack.canonical import numbers_of, read, sha256
from pages.pack.content import Content
from pages.pack.desk import Desk
from pages.pack.recompute import Difference, differences

_SPOILED = Text("the kept bytes cannot be read", "保存的内容无法读取", "儲存的內容無法讀取")
_CONTENT = Text(
    "the content is not the one that was issued (its hash differs)",
    "内容与发布时不同（哈希不一致）",
    "內容與發布時不同（雜湊不一致）",
)
_NUMBERS = Text(
    "the numbers are not those that were issued (their hash differs)",
    "数字与发布时不同（哈希不一致）",
    "數字與發布時不同（雜湊不一致）",
)
_FACTS = Text(
    "what the list says of it ({names}) is not what it says itself",
    "列表中的信息（{names}）与内容不一致",
    "清單中的資訊（{names}）與內容不一致",
)
_CHAIN = Text("it does not follow the pack issued before it", "与前一份周报的链接不一致", "與前一份週報的連結不一致")
_SQL = Text("its SQL no longer runs: {error}", "其 SQL 无法再运行：{error}", "其 SQL 無法再執行：{error}")


class NotIssued(MetricError):
    """The week has no issued pack."""

    text = Text(
        "{week} has no issued pack. Issue it with: python -m pages.pack issue --week {week}",
        "{week} 尚未发布周报。发布命令：python -m pages.pack issue --week {week}",
        "{week} 尚未發布週報。發布指令：python -m pages.pack issue --week {week}",
    )


@dataclass(frozen=True)
class Verified:
    """What became of one pack: `equal`; `hashes_only` where its version is no longer kept and the hashes agree;
    `differs` with what is wrong and which numbers come out differently."""

    week: str
    state: Literal["equal", "hashes_only", "differs"]
    problems: tuple[Text, ...] = ()
    numbers: tuple[Difference, ...] = ()


def verify(desk: Desk, week: str | None, now: datetime) -> tuple[Verified, ...]:
    """Verify one week's pack or all, in the order they were issued. Raises NotIssued."""
    listed = sorted(desk.store.listed(), key=lambda pack: pack.number)
    if week is not None and week not in {pack.week for pack in listed}:
        raise NotIssued(week=week)
    there = versions(desk)
    oldest = now - timedelta(weeks=desk.settings.keep_pack_weeks)
    before, found = "", []
    for place, row in enumerate(listed, 1):
        pack = desk.store.issued(row.week)
        if pack is not None and week in (None, pack.week):
            is_pinned = pack.issued_at >= oldest and pack.version in there
            chain = () if (pack.number, pack.previous_hash) == (place, before) else (_CHAIN,)
            found.append(_verified(desk, pack, chain, is_pinned=is_pinned))
        before = row.content_hash
    return tuple(found)


def versions(desk: Desk) -> frozenset[int]:
    """The versions of the lake that can still be read."""
    rows = desk.reader.query("select snapshot_id as version from ducklake_snapshots('lake')", {}).to_pylist()
    return frozenset(row["version"] for row in rows)


def _verified(desk: Desk, pack: IssuedPack, chain: tuple[Text, ...], *, is_pinned: bool) -> Verified:
    try:
        text = pack.text
        content = read(text)
    except (zstandard.ZstdError, ValidationError, UnicodeDecodeError):
        return Verified(pack.week, "differs", (_SPOILED, *chain))
    problems = [*_hashes(pack, text, content), *chain]
    numbers: tuple[Difference, ...] = ()
    if is_pinned:
        try:
            numbers = differences(content, desk.reader.at(content.version))
        except duckdb.Error as error:
            problems.append(_SQL.fill(error=str(error).splitlines()[0]))
    if problems or numbers:
        return Verified(pack.week, "differs", tuple(problems), numbers)
    return Verified(pack.week, "equal" if is_pinned else "hashes_only")


def _hashes(pack: IssuedPack, text: str, content: Content) -> list[Text]:
    found = []
    if sha256(text) != pack.content_hash:
        found.append(_CONTENT)
    if not sha256(numbers_of(content)) == content.numbers_hash == pack.numbers_hash:
        found.append(_NUMBERS)
    lights = [card.light for card in content.cards]
    said = {
        "week": content.week,
        "version": content.version,
        "previous_hash": content.previous_hash,
        "issued_by": content.issued_by,
        "issued_at": content.made_at,
        **{light: lights.count(light) for light in ("good", "warn", "bad")},
    }
    wrong = [name for name, value in said.items() if getattr(pack, name) != value]
    if wrong:
        found.append(_FACTS.fill(names=", ".join(wrong)))
    return found
