"""Alembic's door: runs the steps over the connection it was handed."""

from alembic import context

from sim.storage.records.tables import TABLES

context.configure(connection=context.config.attributes["connection"], target_metadata=TABLES)
with context.begin_transaction():
    context.run_migrations()
