"""Standing: writes now and then where a run or a room stands, beside its journal, without anybody waiting for it.

Whoever moves it hands over a copy of it, which takes a moment; the copy is made into bytes and written on a thread of
its own. Where the disk does not take it nothing is lost: it would be computed again from its journal.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sim.core.errors import CommonGroundError
from sim.exercise.exercise import Exercise
from sim.exercise.save import save
from sim.storage.journal_file import JournalFile
from sim.storage.state_file import Standing, drop_state, tidy_state, write_state

EVERY_TICKS = 300
"""Half a minute: what has to be computed again at most, but for what is being written."""
REST = 20.0
"""So many times as long as one took to compute nothing is written, and once as long as the disk took."""


class StateWriter:
    """Writes the states of one journal, one after the other."""

    def __init__(self, journal: Path, at: int | None = None) -> None:
        """The last one stands at tick `at`; there is none where it is None."""
        self._journal = journal
        self._at = at
        self._rested = time.monotonic()
        self._thread: threading.Thread | None = None
        tidy_state(journal)

    def due(self, tick: int) -> bool:
        """True when it is time for another one."""
        if self._thread is not None and self._thread.is_alive():
            return False
        return time.monotonic() >= self._rested and (self._at is None or abs(tick - self._at) >= EVERY_TICKS)

    def write(self, tick: int, make: Callable[[], Standing]) -> None:
        """Begins to write what `make` returns, which is called on another thread."""
        self.wait()
        self._at = tick
        self._thread = threading.Thread(target=self._write, args=(make,), name="state", daemon=True)
        self._thread.start()

    def _write(self, make: Callable[[], Standing]) -> None:
        began, computed = time.monotonic(), time.thread_time()
        with contextlib.suppress(CommonGroundError):
            write_state(self._journal, make())
        now = time.monotonic()
        self._rested = now + (now - began) + REST * (time.thread_time() - computed)

    def wait(self) -> None:
        """Returns once nothing is being written."""
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def drop(self) -> None:
        """Takes the state away: what is over is not gone on with."""
        self.wait()
        drop_state(self._journal)


class RunState:
    """The state of one run, which moves while its journal grows.

    A copy is held back until the journal on the disk has a digest from later on: going on from it has to come to that.
    """

    def __init__(self, run: Exercise, file: JournalFile, more: Callable[[], Mapping[str, Any]] = dict) -> None:
        """Nothing is written yet; `more` is kept with each state."""
        self._run = run
        self._file = file
        self._more = more
        self._writer = StateWriter(file.path, at=run.tick_now)
        self._held: tuple[Exercise, Mapping[str, Any]] | None = None
        self._over = False

    def look(self) -> None:
        """Takes a copy or has one written where it is time for that; the whole journal is on the disk."""
        if self._over:
            return
        if self._run.outcome is not None:
            self._over, self._held = True, None
            self._writer.drop()
        elif self._held is None:
            whole = self._file.place[0] == len(self._run.journal)
            if whole and self._writer.due(self._run.tick_now):
                self._held = self._run.fork(), self._more()
                self._entries, self._link = self._file.place
        elif any(entry.kind == "digest" for entry in self._run.journal.since(self._entries)):
            copy, more = self._held
            entries, link, self._held = self._entries, self._link, None
            self._writer.write(copy.tick_now, lambda: Standing(entries, link, save(copy, entries=False), more))

    _entries, _link = 0, ""
    """How far the journal went when the copy was taken."""

    def close(self) -> None:
        """Returns once nothing is being written."""
        self._writer.wait()
