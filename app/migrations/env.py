"""Alembic's entry point: runs the revisions on the connection that `app/database.py` has begun a transaction on."""

from __future__ import annotations

from alembic import context

from app.links import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
