"""Alembic's entry: runs the history on the connection, and in the transaction, it is handed."""

from __future__ import annotations

from alembic import context

from form_server.ledger.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite changes few things about a table in place: Alembic copies the table instead.
    render_as_batch=True,
    # Both stores take DDL back with the transaction; Alembic believes it of PostgreSQL only.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
