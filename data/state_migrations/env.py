"""Alembic runs this to migrate the state database over the connection `State.open` hands it."""

from __future__ import annotations

from alembic import context

from data.state import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
