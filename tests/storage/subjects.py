"""What is written to a disk that may fail: for each kind of file how it is made, worked on, and looked at afterwards.

`work` returns what it was told is done; an error the program means to show (`Shown`) ends it, any other is a fault.
`check` runs on a sound disk and says what is wrong: something that was called done is missing, stands there twice, or a
file is neither as it was nor as it was to be.
"""

import asyncio
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from typing import Any, Protocol

from sim.command.office import DiskOffice
from sim.command.serving import LOG
from sim.core.errors import CommonGroundError
from sim.desktop.engine import Engine, Ruled
from sim.desktop.preference import Preferences
from sim.exercise.exercise import Exercise
from sim.storage.folder import home, journals
from sim.storage.journal_file import JournalFile, read_journal, write_journal
from sim.storage.keepsake import add_line, read_json, read_lines
from sim.storage.records.register import Register
from sim.storage.whereabouts import marked, whereabouts
from sim.world.order import Order
from tests.command.killed import InRoom, NotLetIn, Voice
from tests.command.program import write_scenario
from tests.small import small_playbook
from tests.storage.damaged import HEADER, rows
from tests.storage.test_records import run_of

Shown = (CommonGroundError,)


class Subject(Protocol):
    """One kind of file."""

    @property
    def shown(self) -> tuple[type[Exception], ...]:
        """Errors the program means to show, or its caller to handle."""

    def prepare(self) -> None:
        """On a sound disk, in an empty data folder."""

    def work(self, done: list[str]) -> None:
        """On the disk that fails; notes in `done` what it was told is done."""

    def check(self, done: list[str]) -> Iterator[str]:
        """On a sound disk again: what is wrong."""


class Log:
    """A journal that grows by several entries at a time."""

    shown = Shown

    def prepare(self) -> None:
        """Half of it is there."""
        journal = JournalFile.create(home() / "room.jsonl", HEADER)
        journal.write(rows(0, 5))
        journal.close()

    def work(self, done: list[str]) -> None:
        """It goes on; who was refused tries again."""
        path = home() / "room.jsonl"
        record = read_journal(path)
        journal = JournalFile.append_to(path, record)
        try:
            for k in range(5, 20, 3):
                for _ in range(2):
                    with suppress(OSError):
                        journal.write(rows(k, 3))
                        done.append(str(k))
                        break
                else:
                    break
        finally:
            journal.close()

    def check(self, done: list[str]) -> Iterator[str]:
        """An exact beginning, as long as was said."""
        record = read_journal(home() / "room.jsonl")
        if record.torn or record.entries != tuple(rows(0, len(record.entries))):
            yield "not an exact beginning"
        if len(record.entries) < 5 + 3 * len(done):
            yield "what was called written is missing"


class Whole:
    """A journal that is written at once over an older one."""

    shown = Shown

    def prepare(self) -> None:
        """The older one."""
        write_journal(home() / "run.jsonl", HEADER, rows(0, 3))

    def work(self, done: list[str]) -> None:
        """The newer one."""
        write_journal(home() / "run.jsonl", HEADER, rows(0, 9))
        done.append("9")

    def check(self, done: list[str]) -> Iterator[str]:
        """One of the two."""
        found = len(read_journal(home() / "run.jsonl").entries)
        if found not in {3, 9} or (done and found == 3):
            yield f"{found} entries"


class Settings:
    """Preferences, replaced again and again."""

    shown = Shown

    def prepare(self) -> None:
        """The first ones."""
        DiskOffice().keep_preferences(Preferences(theme="0"))

    def work(self, done: list[str]) -> None:
        """Three more."""
        for k in "123":
            DiskOffice().keep_preferences(Preferences(theme=k))
            done.append(k)

    def check(self, done: list[str]) -> Iterator[str]:
        """The last that was kept, or the one after it."""
        found = str(read_json(home() / "preferences.json").get("theme"))
        last = int(done[-1]) if done else 0
        if found not in {str(last), str(last + 1)}:
            yield f"{found} instead of {last}"
        if list(home().glob("*.part")):
            yield "a part was left"


class Lines:
    """Results, a line each."""

    shown = Shown

    def prepare(self) -> None:
        """Two are there."""
        for k in range(2):
            add_line(home() / "results.jsonl", {"number": k, "text": "东门？"})

    def work(self, done: list[str]) -> None:
        """Five more; one that is refused does not keep the next from being tried."""
        for k in range(2, 7):
            with suppress(CommonGroundError):
                add_line(home() / "results.jsonl", {"number": k, "text": "东门？"})
                done.append(str(k))

    def check(self, done: list[str]) -> Iterator[str]:
        """All that were said to be kept."""
        found = Counter(str(line["number"]) for line in read_lines(home() / "results.jsonl"))
        missing = [each for each in ("0", "1", *done) if each not in found]
        if missing or any(number > 1 for number in found.values()):
            yield f"{dict(found)}, kept were {done}"


class Whereabouts:
    """Where files lie: worth less than what is done with them, so nothing is shown at all."""

    shown = ()

    def prepare(self) -> None:
        """Three files."""
        for k in range(3):
            (home() / f"{k}.yaml").write_text(f"schema: {k}\n", encoding="utf-8")

    def work(self, done: list[str]) -> None:
        """They are named in journals."""
        for k in range(3):
            marked(str(home() / f"{k}.yaml"))

    def check(self, done: list[str]) -> Iterator[str]:
        """They are found, or not; never somewhere else."""
        for k in range(3):
            path = home() / f"{k}.yaml"
            if whereabouts(marked(str(path)), home() / "elsewhere") != str(path):
                yield "somewhere else"


class Records:
    """Runs and names in the records."""

    shown = Shown

    def prepare(self) -> None:
        """One run by somebody with a name."""
        register = Register(home() / "data")
        register.add(run_of(1, "T-1"))
        register.identity.keep("T-1", "Li Wei")
        register.close()

    def work(self, done: list[str]) -> None:
        """More runs, another name, one person forgotten."""
        register = Register(home() / "data")
        try:
            for k in (2, 3):
                register.add(run_of(k, "T-1", f"T-{k}"))
                done.append(f"run {k}")
            register.identity.keep("T-2", "Zhang Min")
            done.append("name T-2")
            register.forget("T-3")
            done.append("forgotten T-3")
            register.identity.forget("T-1")
            done.append("no name T-1")
        finally:
            register.close()

    def check(self, done: list[str]) -> Iterator[str]:
        """Whatever was said to be done is done, and the databases are whole."""
        folder = home() / "data"
        for file in ("records.sqlite", "identity.db"):
            with closing(sqlite3.connect(folder / file)) as database:
                if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                    yield f"{file} is damaged"
                if database.execute("PRAGMA foreign_key_check").fetchall():
                    yield f"{file} points nowhere"
        register = Register(folder)
        ids = {str(run["id"]) for run in register.runs()}
        people = register.people()
        names = register.identity
        if run_of(1, "T-1").id not in ids:
            yield "the first run is gone"
        for k in (2, 3):
            gone = k == 3 and "T-3" not in people
            if f"run {k}" in done and run_of(k, "T-1").id not in ids and not gone:
                yield f"run {k} is gone"
        if "name T-2" in done and names.name("T-2") != "Zhang Min":
            yield "a name is gone"
        if "forgotten T-3" in done and "T-3" in people:
            yield "somebody was not forgotten"
        if names.name("T-1") != ("" if "no name T-1" in done else names.name("T-1")):
            yield "a name was not forgotten"
        register.close()


class Window:
    """A run in the window, with its notes beside it."""

    shown = Shown

    def prepare(self) -> None:
        """The scenario."""
        write_scenario(home())
        self._first = Exercise(small_playbook(), 3)

    def _office(self) -> DiskOffice:
        return DiskOffice(str(home() / "small.yaml"))

    def work(self, done: list[str]) -> None:
        """Orders while time passes, then a note."""
        office = self._office()
        sitting = office.open(Exercise(office.playbook("small"), 3), assessed=False)
        engine = Engine(sitting.run, sitting.save)
        engine.set_flow("running", 40.0)
        try:
            for k in range(4):
                engine.give(Order(response="hold", reason=f"/{k}"))
                while not any(isinstance(event, Ruled) for event in engine.events()):
                    if engine.failure is not None:
                        raise engine.failure
                    time.sleep(0.001)
                done.append(f"/{k}")
            engine.close()
            if engine.failure is not None:
                raise engine.failure
            sitting.keep_aside()
        finally:
            engine.close()
            sitting.close()

    def check(self, done: list[str]) -> Iterator[str]:
        """The journal holds what was ruled on, each once, and the run is gone on with."""
        files = sorted(journals().glob("*.jsonl"))
        whole = [path for path in files if path.read_bytes().count(b"\n")]
        if not whole:
            if done:
                yield "no journal"
            return
        entries = read_journal(whole[0]).entries
        given = [str(dict(e.data["given"])["reason"]) for e in entries if e.kind == "order"]  # type: ignore[call-overload]
        if given[: len(done)] != done or len(given) > len(done) + 1:
            yield f"{given} instead of {done}"
        # Where the scenario lies may not have been kept; then people put it beside the journal, as they are told.
        shutil.copy(home() / "small.yaml", journals())
        office = self._office()
        [saved] = office.saved()
        sitting = office.resume(saved, lambda share: True)
        sitting.close()


class Room:
    """A room that is gone on with, whose phones speak while time passes."""

    shown = Shown

    def prepare(self) -> None:
        """Everybody is seated."""
        self._room = InRoom(home() / "of_room", 5, phones=3)

    def work(self, done: list[str]) -> None:
        """Everybody says five things; time passes."""
        self._room.folder = home() / "of_room"
        asyncio.run(self._speak(done))

    async def _speak(self, done: list[str]) -> None:
        host = self._room.host()
        running = asyncio.create_task(host.run())
        with suppress(NotLetIn):
            boss = await Voice.enter(host, "boss")
            await boss.do("resume", {}, "go-on")
            await asyncio.gather(*(self._phone(host, token, done) for token in self._room.tokens.values()))
        host.stop()
        await running

    async def _phone(self, host: Any, token: str, done: list[str]) -> None:
        voice = await Voice.enter(host, token)
        for k in range(5):
            failed = host.failed
            text = f"{voice.who}/{k}"
            data = {"text": text} if voice.role == "observer" else {"to": "all", "text": text}
            answer = await voice.do("note" if voice.role == "observer" else "say", data, text)
            if answer["type"] == "ack":
                if failed:
                    raise AssertionError("acknowledged after the disk had failed")
                done.append(text)
            await asyncio.sleep(0.02)

    def check(self, done: list[str]) -> Iterator[str]:
        """The log holds what was acknowledged, each once, and the room is gone on with."""
        there = Counter(self._room.there())
        if any(each not in there for each in done) or any(number > 1 for number in there.values()):
            yield f"{sorted(there)} instead of {done}"
        read_journal(self._room.folder / "room" / LOG)
        host = self._room.host()
        host._log.close()


SUBJECTS: dict[str, Callable[[], Subject]] = {
    "log": Log,
    "whole": Whole,
    "settings": Settings,
    "lines": Lines,
    "whereabouts": Whereabouts,
    "records": Records,
    "window": Window,
    "room": Room,
}
"""By name."""
