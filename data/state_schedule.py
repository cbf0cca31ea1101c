"""Which drafts were opened: so that a run that was missed is caught up, and none is made twice."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.state import Base, State
from data.state_packs import LakeName


class OpenedDraft(Base):
    """The draft of a week was opened: from then on its departments are asked for comments."""

    __tablename__ = "pack_draft"

    lake: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    week: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    opened_by: Mapped[str] = mapped_column(sa.String(200))
    opened_at: Mapped[datetime]


def opened_drafts(state: State, lake: LakeName) -> list[OpenedDraft]:
    """The drafts that were opened, the newest week first."""
    query = sa.select(OpenedDraft).where(OpenedDraft.lake == lake).order_by(OpenedDraft.week.desc())
    with Session(state.engine, expire_on_commit=False) as session:
        return list(session.scalars(query))


def open_draft(state: State, lake: LakeName, week: str, by: str, at: datetime) -> bool:
    """Open the draft of a week; False where it was opened before."""
    with Session(state.engine) as session:
        if session.get(OpenedDraft, (lake, week)) is not None:
            return False
        session.add(OpenedDraft(lake=lake, week=week, opened_by=by, opened_at=at))
        try:
            session.commit()
        except sa.exc.IntegrityError:
            # Another process opened it in the same moment.
            return False
        return True
