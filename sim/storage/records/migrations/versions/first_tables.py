"""The first tables: people, squads, runs, who sat where, dimensions, decisions, settings."""

from alembic import op
from sqlalchemy import REAL, Column, ForeignKey, Integer, Text

revision = "first_tables"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes them."""
    op.create_table(
        "person",
        Column("id", Text, primary_key=True),
        Column("since", Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "squad",
        Column("id", Text, primary_key=True),
        Column("since", Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "run",
        Column("id", Text, primary_key=True),
        Column("ended", Text, nullable=False),
        Column("scenario", Text, nullable=False),
        Column("drill", Text, nullable=False),
        Column("squad", Text, ForeignKey("squad.id", ondelete="CASCADE"), nullable=True),
        Column("seed", Text, nullable=False),
        Column("mode", Text, nullable=False),
        Column("engine", Text, nullable=False),
        Column("rubric", Text, nullable=False),
        Column("minutes", REAL, nullable=False),
        Column("outcome", Text, nullable=False),
        Column("total", REAL, nullable=True),
        Column("grade", Text, nullable=True),
        Column("coverage", REAL, nullable=False),
        Column("gates", Text, nullable=False),
        Column("journal", Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "seat",
        Column("run", Text, ForeignKey("run.id", ondelete="CASCADE"), primary_key=True),
        Column("person", Text, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
        Column("seat", Text, primary_key=True),
        sqlite_strict=True,
    )
    op.create_table(
        "dimension",
        Column("run", Text, ForeignKey("run.id", ondelete="CASCADE"), primary_key=True),
        Column("dimension", Text, primary_key=True),
        Column("points", REAL, nullable=True),
        Column("coverage", REAL, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "decision",
        Column("run", Text, ForeignKey("run.id", ondelete="CASCADE"), primary_key=True),
        Column("number", Integer, primary_key=True),
        Column("minute", REAL, nullable=False),
        Column("seat", Text, nullable=False),
        Column("response", Text, nullable=False),
        Column("accepted", Integer, nullable=False),
        Column("lawful", Integer, nullable=False),
        Column("baseline", Integer, nullable=False),
        Column("latency_s", REAL, nullable=True),
        sqlite_strict=True,
    )
    op.create_table(
        "setting",
        Column("name", Text, primary_key=True),
        Column("value", Text, nullable=False),
        sqlite_strict=True,
    )
