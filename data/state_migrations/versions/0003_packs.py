"""Issued packs, what people write for them, and what moved their numbers since."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the six tables."""
    op.create_table(
        "pack",
        _lake(primary_key=True),
        sa.Column("week", sa.String(8), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        *(sa.Column(name, sa.String(64), nullable=False) for name in ("numbers_hash", "content_hash", "previous_hash")),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("issued_by", sa.String(200), nullable=False),
        sa.Column("issued_at", sa.DateTime, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("good", "warn", "bad")),
        sa.UniqueConstraint("lake", "number"),
    )
    op.create_table(
        "pack_comment", *_written(), sa.Column("kpi", sa.String(80), nullable=False), _text("text"), *_signed()
    )
    op.create_table(
        "pack_action",
        *_written(),
        sa.Column("kpi", sa.String(80), nullable=False),
        _text("text"),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("due", sa.Date, nullable=False),
        *_signed(),
        sa.Column("done_on", sa.Date),
        sa.Column("is_dropped", sa.Boolean, nullable=False),
    )
    op.create_table("pack_summary", *_written(), *map(_text, ("en", "zh_hans", "zh_hant")), *_signed())
    _make_effects()


def _make_effects() -> None:
    op.create_table(
        "pack_effect",
        sa.Column("id", sa.Integer, primary_key=True),
        _lake(),
        sa.Column("week", sa.String(8), nullable=False),
        sa.Column("kpi", sa.String(80), nullable=False),
        sa.Column("change", sa.Integer, nullable=False),
        sa.Column("batch", sa.Integer, nullable=False),
        _text("file"),
        sa.Column("done_by", sa.String(200), nullable=False),
        sa.Column("done_at", sa.DateTime, nullable=False),
        sa.Column("is_undo", sa.Boolean, nullable=False),
        sa.Column("before", sa.Double),
        sa.Column("after", sa.Double),
        sa.UniqueConstraint("lake", "week", "kpi", "change"),
    )
    op.create_table(
        "pack_recorder",
        _lake(primary_key=True),
        sa.Column("change", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def _written() -> tuple[sa.Column[int], sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("lake", sa.String(20), nullable=False, index=True),
        sa.Column("week", sa.String(8), nullable=False, index=True),
    )


def _signed() -> tuple[sa.Column[str], sa.Column[object]]:
    return sa.Column("author", sa.String(200), nullable=False), sa.Column("at", sa.DateTime, nullable=False)


def _lake(*, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column("lake", sa.String(20), nullable=False, primary_key=primary_key)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)
