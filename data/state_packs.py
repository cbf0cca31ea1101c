"""Weekly packs in the state database: issued ones, what people wrote for a week, and what moved their numbers since.

A pack's content is opaque here: text, kept compressed in one row, so that it is there whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeVar

import sqlalchemy as sa
import zstandard
from sqlalchemy.orm import Mapped, Session, defer, mapped_column

from data.state import Base, State

LakeName = Literal["company", "demo"]
Row = TypeVar("Row", bound=Base)


class IssuedPack(Base):
    """One issued pack. `number` counts the packs of a lake in the order they were issued, without gaps."""

    __tablename__ = "pack"
    __table_args__ = (sa.UniqueConstraint("lake", "number"),)

    lake: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    week: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    number: Mapped[int]
    content: Mapped[bytes]
    numbers_hash: Mapped[str] = mapped_column(sa.String(64))
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    previous_hash: Mapped[str] = mapped_column(sa.String(64))
    version: Mapped[int]
    issued_by: Mapped[str] = mapped_column(sa.String(200))
    issued_at: Mapped[datetime]
    good: Mapped[int]
    warn: Mapped[int]
    bad: Mapped[int]

    @property
    def text(self) -> str:
        """The content as it was issued. Raises zstandard.ZstdError where its bytes were spoiled."""
        return zstandard.decompress(self.content).decode()


class PackComment(Base):
    """What somebody wrote about a KPI of a week."""

    __tablename__ = "pack_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    lake: Mapped[str] = mapped_column(sa.String(20), index=True)
    week: Mapped[str] = mapped_column(sa.String(8), index=True)
    kpi: Mapped[str] = mapped_column(sa.String(80))
    text: Mapped[str] = mapped_column(sa.Text)
    author: Mapped[str] = mapped_column(sa.String(200))
    at: Mapped[datetime]


class PackAction(Base):
    """What somebody promised in a week, and what became of it."""

    __tablename__ = "pack_action"

    id: Mapped[int] = mapped_column(primary_key=True)
    lake: Mapped[str] = mapped_column(sa.String(20), index=True)
    week: Mapped[str] = mapped_column(sa.String(8), index=True)
    kpi: Mapped[str] = mapped_column(sa.String(80))
    text: Mapped[str] = mapped_column(sa.Text)
    person: Mapped[str] = mapped_column(sa.String(200))
    due: Mapped[date]
    author: Mapped[str] = mapped_column(sa.String(200))
    at: Mapped[datetime]
    done_on: Mapped[date | None]
    is_dropped: Mapped[bool] = mapped_column(default=False)


class PackSummary(Base):
    """An editor's summary of a week; the newest counts."""

    __tablename__ = "pack_summary"

    id: Mapped[int] = mapped_column(primary_key=True)
    lake: Mapped[str] = mapped_column(sa.String(20), index=True)
    week: Mapped[str] = mapped_column(sa.String(8), index=True)
    en: Mapped[str] = mapped_column(sa.Text)
    zh_hans: Mapped[str] = mapped_column(sa.Text)
    zh_hant: Mapped[str] = mapped_column(sa.Text)
    author: Mapped[str] = mapped_column(sa.String(200))
    at: Mapped[datetime]


Written = TypeVar("Written", PackComment, PackAction, PackSummary)


class PackEffect(Base):
    """How one change of the lake moved one number of an issued pack; None where there was none before or after."""

    __tablename__ = "pack_effect"
    __table_args__ = (sa.UniqueConstraint("lake", "week", "kpi", "change"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    lake: Mapped[str] = mapped_column(sa.String(20))
    week: Mapped[str] = mapped_column(sa.String(8))
    kpi: Mapped[str] = mapped_column(sa.String(80))
    change: Mapped[int]
    batch: Mapped[int]
    file: Mapped[str] = mapped_column(sa.Text)
    done_by: Mapped[str] = mapped_column(sa.String(200))
    done_at: Mapped[datetime]
    is_undo: Mapped[bool]
    before: Mapped[float | None] = mapped_column(sa.Double)
    after: Mapped[float | None] = mapped_column(sa.Double)


class PackRecorder(Base):
    """How far the changes of a lake were looked through for their effect on issued packs."""

    __tablename__ = "pack_recorder"

    lake: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    change: Mapped[int]
    version: Mapped[int]


class OutOfTurn(Exception):
    """Somebody else issued a pack meanwhile, so this one would not follow the last."""


@dataclass(frozen=True)
class Held:
    """What of a lake must stay: these versions, and every version from `since` on (None: no further ones)."""

    versions: frozenset[int]
    since: int | None


@dataclass(frozen=True)
class PackStore:
    """The packs of one lake."""

    state: State
    lake: LakeName

    def issued(self, week: str) -> IssuedPack | None:
        """The issued pack of a week, with its content; None while it is a draft."""
        with self._session() as session:
            return session.get(IssuedPack, (self.lake, week))

    def listed(self) -> list[IssuedPack]:
        """The issued packs in the order of their weeks, newest first, without their contents (which are not read)."""
        query = sa.select(IssuedPack).where(IssuedPack.lake == self.lake).order_by(IssuedPack.week.desc())
        with self._session() as session:
            return list(session.scalars(query.options(defer(IssuedPack.content, raiseload=True))))

    def last(self) -> IssuedPack | None:
        """The pack that was issued last."""
        query = sa.select(IssuedPack).where(IssuedPack.lake == self.lake).order_by(IssuedPack.number.desc()).limit(1)
        with self._session() as session:
            return session.scalar(query)

    def issue(self, text: str, number: int, facts: Mapping[str, object], recorded: tuple[int, int]) -> None:
        """Keep a pack for good: one row in one transaction.

        Args:
            text: the content.
            number: one more than that of the pack issued before.
            facts: the other columns of `IssuedPack`.
            recorded: the change and the version of the lake it was made from, where the recorder begins with the
                first pack.

        Raises OutOfTurn: another pack took the number or the week.
        """
        content = zstandard.compress(text.encode(), 9)
        change, version = recorded
        try:
            with self._session() as session:
                session.add(IssuedPack(lake=self.lake, number=number, content=content, **facts))
                if session.get(PackRecorder, self.lake) is None:
                    session.add(PackRecorder(lake=self.lake, change=change, version=version))
                session.commit()
        except sa.exc.IntegrityError as error:
            raise OutOfTurn(str(facts["week"])) from error

    def comments(self, week: str | None = None) -> list[PackComment]:
        """The comments of a week (or of all weeks), the oldest first."""
        return self._of_week(PackComment, week)

    def actions(self, week: str | None = None) -> list[PackAction]:
        """The actions of a week (or of all weeks), the oldest first."""
        return self._of_week(PackAction, week)

    def summary(self, week: str) -> PackSummary | None:
        """The newest summary that an editor wrote for a week."""
        return next(reversed(self._of_week(PackSummary, week)), None)

    def comment(self, week: str, kpi: str, text: str, author: str, at: datetime) -> None:
        """Write a comment."""
        self._add(PackComment(lake=self.lake, week=week, kpi=kpi, text=text, author=author, at=at))

    def promise(self, week: str, kpi: str, text: str, person: str, due: date, author: str, at: datetime) -> int:
        """Write an action down. Returns its number."""
        row = PackAction(
            lake=self.lake, week=week, kpi=kpi, text=text, person=person, due=due, author=author, at=at, done_on=None
        )
        return self._add(row).id

    def settle(self, action: int, done_on: date | None, *, is_dropped: bool = False) -> PackAction | None:
        """Say what became of an action: done on a day, dropped, or (with neither) open again. None: no such action."""
        with self._session() as session:
            row = session.get(PackAction, action)
            if row is None or row.lake != self.lake:
                return None
            row.done_on, row.is_dropped = done_on, is_dropped
            session.commit()
            return row

    def summarise(self, week: str, texts: tuple[str, str, str], author: str, at: datetime) -> None:
        """Write the summary of a week: English, simplified and traditional Chinese."""
        en, zh_hans, zh_hant = texts
        row = PackSummary(lake=self.lake, week=week, en=en, zh_hans=zh_hans, zh_hant=zh_hant, author=author, at=at)
        self._add(row)

    def effects(self, week: str | None = None) -> list[PackEffect]:
        """What moved the numbers of a week's pack (or of all packs) since, in the order it came."""
        query = sa.select(PackEffect).where(PackEffect.lake == self.lake).order_by(PackEffect.change, PackEffect.id)
        with self._session() as session:
            return list(session.scalars(query if week is None else query.where(PackEffect.week == week)))

    def recorded(self) -> tuple[int, int] | None:
        """The change and the version the recorder has come to; None before the first pack."""
        with self._session() as session:
            row = session.get(PackRecorder, self.lake)
            return None if row is None else (row.change, row.version)

    def record(self, effects: Iterable[PackEffect], since: int, change: int, version: int) -> bool:
        """Keep effects and move the recorder on, both or neither; False where another recorder has moved it from
        `since` already."""
        moved = (
            sa.update(PackRecorder)
            .where(PackRecorder.lake == self.lake, PackRecorder.change == since)
            .values(change=change, version=version)
        )
        with self._session() as session:
            if session.execute(moved).rowcount != 1:  # type: ignore[attr-defined]
                return False
            session.add_all(effects)
            session.commit()
            return True

    def held(self, now: datetime, keep_weeks: int) -> Held:
        """The versions of the lake that packs of the last so many weeks need."""
        oldest = now - timedelta(weeks=keep_weeks)
        young = [pack for pack in self.listed() if pack.issued_at >= oldest]
        recorded = self.recorded()
        since = recorded[1] if young and recorded is not None else None
        return Held(frozenset(pack.version for pack in young), since)

    def forget(self) -> None:
        """Let go of everything about this lake's packs: another lake stands in its place."""
        with self._session() as session:
            for kind in (IssuedPack, PackComment, PackAction, PackSummary, PackEffect, PackRecorder):
                session.execute(sa.delete(kind).where(kind.lake == self.lake))
            session.commit()

    def _session(self) -> Session:
        return Session(self.state.engine, expire_on_commit=False)

    def _add(self, row: Row) -> Row:
        with self._session() as session:
            session.add(row)
            session.commit()
            return row

    def _of_week(self, kind: type[Written], week: str | None) -> list[Written]:
        query = sa.select(kind).where(kind.lake == self.lake).order_by(kind.id)
        with self._session() as session:
            return list(session.scalars(query if week is None else query.where(kind.week == week)))
