"""Who gets the weekly packs, and what was sent to whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "pack_recipient",
        sa.Column("id", sa.Integer, primary_key=True),
        *_texts(lake=20, channel=20, address=500, language=10, access=200, formats=80, added_by=200),
        sa.Column("added_at", sa.DateTime, nullable=False),
        sa.Column("removed_at", sa.DateTime),
        sa.UniqueConstraint("lake", "channel", "address", "language"),
    )
    op.create_index("ix_pack_recipient_lake", "pack_recipient", ["lake"])
    op.create_table(
        "pack_delivery",
        sa.Column("id", sa.Integer, primary_key=True),
        *_texts(lake=20, week=8),
        sa.Column("recipient", sa.Integer, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        *_texts(address=500, content_hash=64, state=20),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("begun_at", sa.DateTime, nullable=False),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("again_at", sa.DateTime),
        sa.Column("detail", sa.Text, nullable=False),
        sa.UniqueConstraint("recipient", "week", "round"),
    )
    for column in ("lake", "week"):
        op.create_index(f"ix_pack_delivery_{column}", "pack_delivery", [column])


def _texts(**lengths: int) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(length), nullable=False) for name, length in lengths.items()]
