"""Which drafts of weekly packs were opened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "pack_draft",
        sa.Column("lake", sa.String(20), primary_key=True),
        sa.Column("week", sa.String(8), primary_key=True),
        sa.Column("opened_by", sa.String(200), nullable=False),
        sa.Column("opened_at", sa.DateTime, nullable=False),
    )
