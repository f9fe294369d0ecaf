"""Migrations: the tables of the records as they came to be, one step after the other, for Alembic."""
