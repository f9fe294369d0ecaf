"""Hosting: a room served by a process of its own, so that the window it was opened from never waits for it."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection

from sim.command.doors import Doors, Wishes, attended, entrance
from sim.command.serving import hosted, opened
from sim.core.errors import CommonGroundError
from sim.core.phrase import Phrase
from sim.drill.drill import Drill
from sim.squad.host import Host
from sim.squad.opening import Opening
from sim.squad.room import WAITING, Room

TELL_S = 0.5
"""Real time between two words on who is there."""
END_S = 15.0
"""So long a room that was asked to end may take to save itself and to end what it began."""


def host_room(pipe: Connection) -> None:
    """The process: takes wishes, says how far it is, where one can come in and who is there; ends with its pipe."""
    with contextlib.suppress(EOFError, BrokenPipeError, KeyboardInterrupt), pipe:
        wishes = pipe.recv()

        @contextmanager
        def shown(ticks: int) -> Iterator[Callable[[int], None]]:
            yield lambda tick: pipe.send(("share", tick / ticks))

        try:
            _serve(pipe, wishes, shown)
        except CommonGroundError as wrong:
            pipe.send(("wrong", wrong.phrase))
        except (OSError, SystemExit) as wrong:
            pipe.send(("wrong", Phrase("the room cannot be opened: {why}", why=str(wrong))))


def _serve(
    pipe: Connection, wishes: Wishes, shown: Callable[[int], contextlib.AbstractContextManager[Callable[[int], None]]]
) -> None:
    telling: list[asyncio.Task[None]] = []

    def make(known: Opening) -> Host:
        made = opened(wishes, shown)
        return hosted(made.room, made.kept, there)

    there = entrance(wishes, Opening(make))

    def mind() -> None:
        """Whoever opened the room says when it is to end, or is gone."""
        with contextlib.suppress(EOFError, OSError):
            pipe.recv()
        there.server.should_exit = True

    def came() -> None:
        assert there.opening.host is not None
        pipe.send(("doors", there.doors))
        telling.append(asyncio.create_task(_tell(pipe, there.opening.host.room)))

    async def go_on() -> None:
        try:
            await attended(there, lambda: None, came)
        finally:
            for task in telling:
                task.cancel()

    threading.Thread(target=mind, daemon=True).start()
    asyncio.run(go_on())


async def _tell(pipe: Connection, room: Room) -> None:
    told: object = None
    while True:
        seated = sum(len(squad.sitting) for squad in room.squads.values())
        phases = [squad.phase for squad in room.squads.values()]
        phase = next((p for p in ("running", "paused", "lobby") if p in phases), "over")
        now = (sum(p.role == WAITING for p in room.people.values()), seated, phase)
        if now != told:
            told = now
            with contextlib.suppress(OSError):
                pipe.send(("people", now))
        await asyncio.sleep(TELL_S)


class HostedRoom:
    """Begins at once; see `sim.desktop.office.Hosted`."""

    def __init__(self, drill: Drill, wishes: Wishes) -> None:
        """Opens the room that is wished for."""
        self.drill = drill
        self.share = 0.0
        self.doors: Doors | None = None
        self.waiting = self.seated = 0
        self.phase = "lobby"
        self.wrong: Phrase | None = None
        here, there = get_context("spawn").Pipe()
        self._pipe = here
        self._closing = False
        self._process = get_context("spawn").Process(target=host_room, args=(there,), name="room")
        self._thread = threading.Thread(target=self._follow, args=(there, wishes), name="hosting", daemon=True)
        self._thread.start()

    def _follow(self, there: Connection, wishes: Wishes) -> None:
        """The thread: starts the process and takes in what it says."""
        try:
            self._process.start()
        except OSError as wrong:
            self.wrong = Phrase("the room cannot be opened: {why}", why=str(wrong))
            return
        finally:
            there.close()
        with contextlib.suppress(EOFError, OSError):
            self._pipe.send(wishes)
            while not self._closing:
                if self._pipe.poll(0.1):
                    self._take(*self._pipe.recv())
        if not self._closing and self.wrong is None:
            self.wrong = Phrase("the room has ended by itself; what was acknowledged is on the disk")

    def _take(self, what: str, said: object) -> None:
        if what == "share" and isinstance(said, float):
            self.share = said
        elif what == "doors" and isinstance(said, Doors):
            self.doors = said
        elif what == "people" and isinstance(said, tuple):
            self.waiting, self.seated, self.phase = said
        elif what == "wrong" and isinstance(said, Phrase):
            self.wrong = said

    @property
    def closed(self) -> bool:
        """True once it has ended."""
        return self._closing or not self._thread.is_alive()

    def close(self) -> None:
        """Ends it; everything is on the disk when this returns."""
        self._closing = True
        self._thread.join()
        self._pipe.close()
        if self._process.pid is None:
            return
        self._process.join(END_S)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join()
