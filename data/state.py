"""What people type, outside the lake: confirmed mappings, changed settings. SQLite, or PostgreSQL by URL."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from data.ingest.layout import impersonal


class Base(DeclarativeBase):
    """Base of the state tables."""


class SavedMapping(Base):
    """How a file with these headers is read, as somebody confirmed it; the newest per fingerprint counts."""

    __tablename__ = "saved_mapping"

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(sa.String(64), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    recipe: Mapped[str] = mapped_column(sa.Text)
    saved_by: Mapped[str] = mapped_column(sa.String(200))
    saved_at: Mapped[datetime]
    headers: Mapped[str] = mapped_column(sa.Text, server_default="[]")

    @property
    def header_names(self) -> tuple[str, ...]:
        """The headers in the order of the file."""
        return tuple(json.loads(self.headers))


class SettingChange(Base):
    """One changed setting: who, when, from what to what."""

    __tablename__ = "setting_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    before: Mapped[str | None] = mapped_column(sa.Text)
    after: Mapped[str | None] = mapped_column(sa.Text)
    changed_by: Mapped[str] = mapped_column(sa.String(200))
    changed_at: Mapped[datetime]


@dataclass(frozen=True)
class State:
    """The state database of one installation; open it once a process."""

    engine: sa.Engine

    @classmethod
    def open(cls, url: str) -> State:
        """Connect and bring the tables to the newest migration."""
        place = sa.make_url(url)
        if place.get_backend_name() == "sqlite" and place.database:
            Path(place.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(url)
        if engine.dialect.name == "sqlite":
            sa.event.listen(engine, "connect", _calm_sqlite)
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "state_migrations"))
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        return cls(engine)

    def save_mapping(self, headers: Sequence[str], name: str, recipe: str, saved_by: str, saved_at: datetime) -> None:
        """Remember how files with these headers are read."""
        row = SavedMapping(
            fingerprint=header_fingerprint(headers),
            name=name,
            recipe=recipe,
            saved_by=saved_by,
            saved_at=saved_at,
            headers=json.dumps([impersonal(header) for header in headers], ensure_ascii=False),
        )
        with Session(self.engine) as session:
            session.add(row)
            session.commit()

    def mapping_for(self, headers: Sequence[str]) -> str | None:
        """The recipe (YAML) somebody confirmed for these headers, if any."""
        query = (
            sa.select(SavedMapping.recipe)
            .where(SavedMapping.fingerprint == header_fingerprint(headers))
            .order_by(SavedMapping.id.desc())
            .limit(1)
        )
        with Session(self.engine) as session:
            return session.scalar(query)

    def mappings(self) -> list[SavedMapping]:
        """The newest mapping of each fingerprint, sorted by name."""
        newest = sa.select(sa.func.max(SavedMapping.id)).group_by(SavedMapping.fingerprint)
        query = sa.select(SavedMapping).where(SavedMapping.id.in_(newest)).order_by(SavedMapping.name)
        with Session(self.engine) as session:
            return list(session.scalars(query))

    def rename_mapping(self, fingerprint: str, name: str, recipe: str) -> None:
        """Give the mapping of a fingerprint another name, in its recipe too; who saved it and when stays."""
        newest = sa.select(sa.func.max(SavedMapping.id)).where(SavedMapping.fingerprint == fingerprint)
        change = sa.update(SavedMapping).where(SavedMapping.id == newest.scalar_subquery())
        with Session(self.engine) as session:
            session.execute(change.values(name=name, recipe=recipe))
            session.commit()

    def delete_mapping(self, fingerprint: str) -> None:
        """Forget how files of a fingerprint are read, all earlier answers too."""
        with Session(self.engine) as session:
            session.execute(sa.delete(SavedMapping).where(SavedMapping.fingerprint == fingerprint))
            session.commit()

    def note_setting(self, name: str, before: str | None, after: str | None, by: str, at: datetime) -> None:
        """Record a changed setting."""
        with Session(self.engine) as session:
            session.add(SettingChange(name=name, before=before, after=after, changed_by=by, changed_at=at))
            session.commit()

    def setting_changes(self, limit: int = 50) -> list[SettingChange]:
        """The newest changes first."""
        with Session(self.engine) as session:
            return list(session.scalars(sa.select(SettingChange).order_by(SettingChange.id.desc()).limit(limit)))

    def close(self) -> None:
        """Let go of the connections."""
        self.engine.dispose()


def header_fingerprint(headers: Sequence[str]) -> str:
    """SHA-256 over the headers, trimmed and in lower case, in their order."""
    return hashlib.sha256("\x1f".join(impersonal(header).strip().lower() for header in headers).encode()).hexdigest()


def _calm_sqlite(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("pragma journal_mode = wal")
    cursor.execute("pragma busy_timeout = 5000")
    cursor.close()
