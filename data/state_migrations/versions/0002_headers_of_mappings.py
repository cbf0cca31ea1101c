"""The headers a mapping is for, so that people can be shown them; earlier rows take them from their recipe."""

from __future__ import annotations

import json

import sqlalchemy as sa
import yaml
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column and fill it."""
    op.add_column("saved_mapping", sa.Column("headers", sa.Text, nullable=False, server_default="[]"))
    table = sa.table("saved_mapping", sa.column("id"), sa.column("recipe"), sa.column("headers"))
    connection = op.get_bind()
    for number, recipe in connection.execute(sa.select(table.c.id, table.c.recipe)).all():
        named = yaml.safe_load(recipe).get("fingerprint") or []
        headers = [name if isinstance(name, str) else name[0] for name in named]
        connection.execute(
            table.update().where(table.c.id == number).values(headers=json.dumps(headers, ensure_ascii=False))
        )
