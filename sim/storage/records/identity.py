"""Identity: which name stands behind a pseudonym, in a file of its own that an erasure leaves no trace in."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.storage.folder import own

FILE = "identity.db"


class Identity:
    """Names by pseudonym; kept apart from everything else, so that records can be handed on without them."""

    def __init__(self, folder: Path) -> None:
        """Opens the file in this folder; it is made when the first name is kept."""
        self.path = folder / FILE

    def keep(self, person: str, name: str) -> None:
        """Says that this is the person's name from now on."""
        with self._open() as names:
            names.execute("INSERT OR REPLACE INTO name (person, name) VALUES (?, ?)", (person, name))
        self._settle()

    def name(self, person: str) -> str:
        """The name, "" when none is kept."""
        if not self.path.exists():
            return ""
        with self._open() as names:
            found = names.execute("SELECT name FROM name WHERE person = ?", (person,)).fetchone()
        return str(found[0]) if found else ""

    def forget(self, person: str) -> bool:
        """Erases the name, to the last byte; returns whether there was one."""
        if not self.path.exists():
            return False
        with self._open() as names:
            gone = names.execute("DELETE FROM name WHERE person = ?", (person,)).rowcount > 0
        self._settle()
        return gone

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with self._usable():
            private(self.path)
            with closing(sqlite3.connect(self.path)) as names, names:
                names.execute("PRAGMA secure_delete = ON")
                names.execute("CREATE TABLE IF NOT EXISTS name (person TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT")
                yield names

    def _settle(self) -> None:
        """Rewrites the file, so that no page keeps what was erased or replaced."""
        with self._usable(), closing(sqlite3.connect(self.path)) as names:
            names.execute("PRAGMA secure_delete = ON")
            names.execute("VACUUM")

    @contextmanager
    def _usable(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as wrong:
            raise BadInput.of(
                "records", Phrase("{file} cannot be used: {why}", file=str(self.path), why=str(wrong))
            ) from wrong


def private(path: Path) -> None:
    """Makes sure the file is there, for this user alone, in a folder for this user alone."""
    own(path.parent)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    if os.name == "posix":
        path.chmod(0o600)
