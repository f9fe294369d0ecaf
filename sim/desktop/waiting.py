"""Waiting: long work on a thread of its own, with how far it is and a way to give it up."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from sim.desktop.office import Given, Progress

Found = TypeVar("Found")


class Waiting(Generic[Found]):
    """Begins at once. Ask `done` every frame, then `result`."""

    def __init__(self, work: Callable[[Progress], Found]) -> None:
        """Does `work`, which tells how far it is and is told whether to go on."""
        self.share = 0.0
        self._began = time.monotonic()
        self._ended = 0.0
        self._given_up = False
        self._found: list[Found] = []
        self._wrong: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(work,), name="waiting", daemon=True)
        self._thread.start()

    def _run(self, work: Callable[[Progress], Found]) -> None:
        try:
            self._found.append(work(self._tell))
        except BaseException as wrong:
            self._wrong = wrong
        self._ended = time.monotonic()

    def _tell(self, share: float) -> bool:
        self.share = share
        return not self._given_up

    @property
    def done(self) -> bool:
        """True once there is a result, or it failed."""
        return self._ended > 0.0

    @property
    def seconds(self) -> float:
        """How long it took, or has taken so far."""
        return (self._ended or time.monotonic()) - self._began

    def give_up(self) -> None:
        """Asks the work to stop at its next look; does not wait for it."""
        self._given_up = True

    def result(self) -> Found:
        """What was found. Raises what the work raised, `Given` when it was given up."""
        self._thread.join()
        if self._wrong is not None:
            raise self._wrong
        if self._given_up:
            raise Given
        return self._found[0]
