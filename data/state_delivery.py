"""Who gets the packs, and what was sent to whom: claimed before it is sent, so that nothing goes out twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.state import Base, State
from data.state_packs import LakeName

Channel = Literal["mail", "webhook", "folder"]
DeliveryState = Literal["waiting", "sending", "sent", "failed", "unclear"]


class Recipient(Base):
    """Somebody (or a folder, or another program) that gets each issued pack.

    `address` is an e-mail address, a URL or a folder; `access` the levels it may see, parted by commas; `formats` the
    files a folder gets, parted by commas.
    """

    __tablename__ = "pack_recipient"
    __table_args__ = (sa.UniqueConstraint("lake", "channel", "address", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    lake: Mapped[str] = mapped_column(sa.String(20), index=True)
    channel: Mapped[str] = mapped_column(sa.String(20))
    address: Mapped[str] = mapped_column(sa.String(500))
    language: Mapped[str] = mapped_column(sa.String(10))
    access: Mapped[str] = mapped_column(sa.String(200))
    formats: Mapped[str] = mapped_column(sa.String(80))
    added_by: Mapped[str] = mapped_column(sa.String(200))
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    @property
    def levels(self) -> frozenset[str]:
        """The access levels it may see."""
        return frozenset(self.access.split(","))


class Delivery(Base):
    """One pack for one recipient.

    `detail` says what the other side answered last; `again_at` when a waiting one is tried again. Whether an `unclear`
    one arrived is not known, nor of one that is `sending` and was stopped by a crash, so both are left alone.
    """

    __tablename__ = "pack_delivery"
    __table_args__ = (sa.UniqueConstraint("recipient", "week", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    lake: Mapped[str] = mapped_column(sa.String(20), index=True)
    week: Mapped[str] = mapped_column(sa.String(8), index=True)
    recipient: Mapped[int]
    round: Mapped[int]
    address: Mapped[str] = mapped_column(sa.String(500))
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    state: Mapped[str] = mapped_column(sa.String(20))
    attempts: Mapped[int]
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    again_at: Mapped[datetime | None]
    detail: Mapped[str] = mapped_column(sa.Text)


@dataclass(frozen=True)
class DeliveryStore:
    """The recipients and deliveries of one lake's packs."""

    state: State
    lake: LakeName

    def recipients(self) -> list[Recipient]:
        """Who gets the packs now, in the order they were added."""
        query = sa.select(Recipient).where(Recipient.lake == self.lake, Recipient.removed_at.is_(None))
        with self._session() as session:
            return list(session.scalars(query.order_by(Recipient.id)))

    def add(
        self,
        channel: Channel,
        address: str,
        language: str,
        access: Sequence[str],
        formats: Sequence[str],
        by: str,
        at: datetime,
    ) -> Recipient:
        """Add a recipient; one that is there already, or was removed, gets these levels and formats."""
        same = sa.select(Recipient).where(
            Recipient.lake == self.lake,
            Recipient.channel == channel,
            Recipient.address == address,
            Recipient.language == language,
        )
        with self._session() as session:
            row = session.scalar(same)
            if row is None:
                row = Recipient(lake=self.lake, channel=channel, address=address, language=language)
                session.add(row)
            row.access, row.formats = ",".join(sorted(access)), ",".join(formats)
            row.added_by, row.added_at, row.removed_at = by, at, None
            session.commit()
            return row

    def remove(self, number: int, at: datetime) -> Recipient | None:
        """Send nothing more to a recipient; its log stays. None: there is no such recipient."""
        with self._session() as session:
            row = session.get(Recipient, number)
            if row is None or row.lake != self.lake or row.removed_at is not None:
                return None
            row.removed_at = at
            session.commit()
            return row

    def claim(
        self, recipient: Recipient, week: str, content_hash: str, at: datetime, *, is_again: bool = False
    ) -> Delivery | None:
        """Take a delivery on, in a transaction of its own, before anything is sent.

        None where it is not this caller's to send: sent, failed, being sent by somebody, stopped while it was sent, or
        not due yet. With `is_again` a person asks for another one whatever became of the last.
        """
        with self._session() as session:
            last = session.scalar(_newest(recipient.id, week))
            if last is not None and not is_again:
                return self._taken_up(session, last, at)
            row = Delivery(
                lake=self.lake,
                week=week,
                recipient=recipient.id,
                round=1 if last is None else last.round + 1,
                address=recipient.address,
                content_hash=content_hash,
                state="sending",
                attempts=1,
                begun_at=at,
                detail="",
            )
            session.add(row)
            try:
                session.commit()
            except sa.exc.IntegrityError:
                # Somebody else claimed it in the same moment.
                return None
            return row

    def settle(
        self, delivery: int, state: DeliveryState, detail: str, at: datetime, again_at: datetime | None = None
    ) -> None:
        """Say what became of a claimed delivery."""
        with self._session() as session:
            values = {"state": state, "detail": detail[:2000], "ended_at": at, "again_at": again_at}
            session.execute(sa.update(Delivery).where(Delivery.id == delivery).values(values))
            session.commit()

    def log(self, week: str | None = None) -> list[Delivery]:
        """The deliveries of a week (or of all), newest first."""
        query = sa.select(Delivery).where(Delivery.lake == self.lake).order_by(Delivery.id.desc())
        with self._session() as session:
            return list(session.scalars(query if week is None else query.where(Delivery.week == week)))

    def due(self, at: datetime) -> list[Delivery]:
        """The deliveries that wait and are to be tried again by now, the oldest first."""
        query = sa.select(Delivery).where(
            Delivery.lake == self.lake, Delivery.state == "waiting", Delivery.again_at <= at
        )
        with self._session() as session:
            return list(session.scalars(query.order_by(Delivery.id)))

    def _taken_up(self, session: Session, last: Delivery, at: datetime) -> Delivery | None:
        """A delivery that waits for another try becomes this caller's; one update decides between two callers."""
        taken = (
            sa.update(Delivery)
            .where(Delivery.id == last.id, Delivery.state == "waiting", Delivery.again_at <= at)
            .values(state="sending", attempts=Delivery.attempts + 1, begun_at=at, ended_at=None, again_at=None)
        )
        if session.execute(taken).rowcount != 1:  # type: ignore[attr-defined]
            return None
        session.commit()
        session.refresh(last)
        return last

    def _session(self) -> Session:
        return Session(self.state.engine, expire_on_commit=False)


def _newest(recipient: int, week: str) -> sa.Select[Delivery]:
    """The last round of a week's delivery to a recipient."""
    query = sa.select(Delivery).where(Delivery.recipient == recipient, Delivery.week == week)
    return query.order_by(Delivery.round.desc()).limit(1)
