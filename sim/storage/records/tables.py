"""Tables: everything that is stored about a person, a squad and what they did; nothing else is.

The same tables serve SQLite and PostgreSQL. There is no column for free text a trainee typed and none for a name.
docs/records.md lists every column; a test holds the list and these tables against each other.
"""

from sqlalchemy import REAL, Column, ForeignKey, Integer, MetaData, Table, Text

TABLES = MetaData()

PERSON = Table(
    "person",
    TABLES,
    Column("id", Text, primary_key=True),
    Column("since", Text, nullable=False),
    sqlite_strict=True,
)
"""A pseudonym the academy gave out, and the day it was first used."""

SQUAD = Table(
    "squad",
    TABLES,
    Column("id", Text, primary_key=True),
    Column("since", Text, nullable=False),
    sqlite_strict=True,
)

RUN = Table(
    "run",
    TABLES,
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
"""One exercise that is over. Its id is the digest of its journal, so that nothing is entered twice."""

SEAT = Table(
    "seat",
    TABLES,
    Column("run", Text, ForeignKey("run.id", ondelete="CASCADE"), primary_key=True),
    Column("person", Text, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("seat", Text, primary_key=True),
    sqlite_strict=True,
)
"""Who sat where."""

DIMENSION = Table(
    "dimension",
    TABLES,
    Column("run", Text, ForeignKey("run.id", ondelete="CASCADE"), primary_key=True),
    Column("dimension", Text, primary_key=True),
    Column("points", REAL, nullable=True),
    Column("coverage", REAL, nullable=False),
    sqlite_strict=True,
)

DECISION = Table(
    "decision",
    TABLES,
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
"""One order as it was given; `latency_s` where a drill measured how long its window had been open."""

SETTING = Table(
    "setting",
    TABLES,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)
"""What the academy set, and the latest day these records have seen."""
