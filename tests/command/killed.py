"""Kill -9 at any moment: `python -m tests.command.killed --kills 1000`; what was acknowledged stands in the file, once.

Half of the sessions are runs in the window (its engine, its way of saving and of going on), half are rooms (the host
and its log, with phones in the same process). A session is a row of processes on one folder; each goes on where the
last was killed, sends again what it had no answer to, and writes every acknowledgement into a pipe: only that is
believed. The processes are forked from one that has everything loaded, so that a kill costs tenths of a second.
"""

import argparse
import asyncio
import contextlib
import json
import os
import select
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.command.office import DiskOffice
from sim.command.serving import LOG, Wishes, opened
from sim.desktop.engine import Engine, Ruled
from sim.drill.roles import CONTROLLER
from sim.exercise.exercise import Exercise
from sim.exercise.warmup import warm_up
from sim.squad.client import Client, Command
from sim.squad.gate import Gate, hashed
from sim.squad.host import Host
from sim.squad.request import ask
from sim.storage.journal_file import read_journal
from sim.storage.language import speech
from sim.storage.library import load_playbook
from sim.world.order import Order
from tests.command.program import write_scenario
from tests.squad.load import Luck
from tests.squad.served import write_drill

Tell = Callable[[str], object]
ROW = 50
"""Kills of a row, in sessions of their own."""
KILLS_EACH = 10
"""Kills of a session."""
FASTER = 5.0
"""A room's clock runs so much faster than the wall's, so that its squads come about in a tenth of a second."""
PHONES = 6


@dataclass
class Pid:
    """A process that was forked, and the pipe it writes to."""

    number: int
    pipe: int
    heard: list[str] = field(default_factory=list)
    _rest: bytes = b""

    @classmethod
    def fork(cls, work: Callable[[Tell], None]) -> "Pid":
        """One that does this and ends."""
        read, write = os.pipe()
        number = os.fork()
        if number:
            os.close(write)
            return cls(number, read)
        code = 1
        try:
            os.close(read)
            work(lambda text: os.write(write, text.encode() + b"\n"))
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)

    def listen(self, seconds: float, until: str = "") -> bool:
        """Takes in what it says for so long, or until a line begins with this; False once it has ended."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            if not select.select([self.pipe], [], [], left)[0]:
                break
            if not self._take():
                return False
            if until and any(line.startswith(until) for line in self.heard):
                break
        return True

    def _take(self) -> bool:
        data = os.read(self.pipe, 1 << 16)
        *lines, self._rest = (self._rest + data).split(b"\n")
        self.heard += [line.decode() for line in lines]
        return bool(data)

    def kill(self) -> int:
        """Kills it and takes in what it had said; returns how it ended (-9 where it was killed)."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.number, signal.SIGKILL)
        while self._take():
            pass
        os.close(self.pipe)
        return os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1])


@dataclass
class Found:
    """What came of all sessions."""

    kills: int = 0
    sessions: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    out_of_order: int = 0
    other_digests: int = 0
    failed: int = 0
    """Processes that ended by themselves with an error."""
    resumed_s: list[float] = field(default_factory=list)

    def row(self) -> dict[str, Any]:
        """As one line."""
        late = sorted(self.resumed_s) or [0.0]
        return {
            **{name: value for name, value in vars(self).items() if name != "resumed_s"},
            "resumed_s": [round(late[len(late) // 2], 3), round(late[-1], 3)],
        }

    def hold(self, acked: set[str], there: list[str]) -> None:
        """Holds what was acknowledged against what stands in the file, in its order."""
        counted = Counter(there)
        self.lost += sum(each not in counted for each in acked)
        self.doubled += sum(number - 1 for number in counted.values())
        rows: dict[str, list[int]] = {}
        for each in there:
            who, _, number = each.rpartition("/")
            rows.setdefault(who, []).append(int(number))
        self.out_of_order += sum(row != list(range(len(row))) for row in rows.values())


# ---- a run in the window


class AtWindow:
    """A session of the window: orders given to the engine while time passes."""

    def __init__(self, folder: Path, seed: int) -> None:
        """Keeps everything in this folder."""
        self.folder, self.seed = folder, seed
        self.scenario = write_scenario(folder)
        self.playbook = load_playbook(str(self.scenario))
        warm_up(Exercise(self.playbook, seed))

    def play(self, tell: Tell) -> None:
        """Goes on where the last one was killed, which checks every digest, and gives orders until it is killed."""
        office = DiskOffice(str(self.scenario))
        began = time.monotonic()
        left = [saved for saved in office.saved() if not saved.finished]
        sitting = office.resume(left[0], lambda share: True) if left else office.open(self._new(), assessed=False)
        tell(f"ready {time.monotonic() - began:.3f}")
        run: Any = sitting.run
        given = sum(entry.kind == "order" for entry in run.journal)
        engine = Engine(sitting.run, sitting.save)
        engine.set_flow("running", 30.0)
        while engine.view.outcome is None:
            engine.give(Order(response="hold", reason=f"/{given}"))
            while not any(isinstance(event, Ruled) for event in engine.events()):
                if engine.failure is not None:
                    raise engine.failure
                time.sleep(0.0005)
            tell(f"ack /{given}")
            given += 1
        engine.close()
        tell("over")

    def _new(self) -> Exercise:
        return Exercise(self.playbook, self.seed)

    def there(self) -> list[str]:
        """What the file holds, in its order."""
        files = list((self.folder / "home" / "journals").glob("*.jsonl"))
        entries = read_journal(files[0]).entries if files else ()
        return [str(e.data["given"]["reason"]) for e in entries if e.kind == "order"]  # type: ignore[index]

    def digests(self) -> Iterator[tuple[str, int, str]]:
        """The journal's; that they are reached again is checked by going on."""
        for path in (self.folder / "home" / "journals").glob("*.jsonl"):
            yield from (
                (path.stem, e.tick, str(e.data["digest"])) for e in read_journal(path).entries if e.kind == "digest"
            )


# ---- a room


class InRoom:
    """A session of a room: phones that speak, in two squads, while time passes."""

    def __init__(self, folder: Path, seed: int, *, phones: int = PHONES) -> None:
        """Keeps everything in this folder; everybody is seated and the drill has begun."""
        self.folder, self.seed = folder, seed
        folder.mkdir(parents=True, exist_ok=True)
        self.drill = write_drill(folder, time_box_min=10)
        self.tokens = {f"phone-{k}": f"{seed}-{k}" for k in range(phones)}
        first = Pid.fork(self._seat)
        assert first.listen(600, until="seated")
        first.kill()

    def host(self) -> Host:
        """A host that goes on with the room."""
        wishes = Wishes(str(self.drill), folder=self.folder / "room", squads=2, seed=self.seed)
        made = opened(wishes, lambda ticks: contextlib.nullcontext(lambda tick: None))
        room = made.room
        try:
            made.kept.file.keep([room.join(hashed("boss"), CONTROLLER)[1]])
        except BaseException:
            made.kept.close()
            raise
        return Host(
            room,
            made.kept,
            Gate("ABC234", "link", time.monotonic),
            speech("zh"),
            clock=lambda: FASTER * time.monotonic(),
        )

    def _seat(self, tell: Tell) -> None:
        host = self.host()
        room, boss = host.room, host.room.people["instructor"]
        entries = []
        roles = ("commander", "liaison", "observer")
        for k, token in enumerate(self.tokens.values()):
            person, entry = room.join(hashed(token))
            move = {"who": person.who, "squad": "AB"[k % 2], "role": roles[k // 2]}
            entries += [entry, *ask(room, boss, {"id": f"seat-{k}", "kind": "admit", "data": move})[1]]
        entries += ask(room, boss, {"id": "start", "kind": "start", "data": {}})[1]
        entries += ask(room, boss, {"id": "fast", "kind": "speed", "data": {"speed": 8}})[1]
        host._log.write(entries)
        tell("seated")
        time.sleep(60)

    def play(self, tell: Tell) -> None:
        """Goes on with the room, and lets everybody speak until it is killed."""
        began = time.monotonic()
        host = self.host()
        tell(f"ready {time.monotonic() - began:.3f}")
        asyncio.run(self._speak(host, tell))

    async def _speak(self, host: Host, tell: Tell) -> None:
        running = asyncio.create_task(host.run())
        boss = await Voice.enter(host, "boss")
        resumed = await boss.do("resume", {}, f"resume-{time.monotonic_ns()}")
        assert "ack" == resumed["type"], resumed
        await asyncio.gather(*(self._phone(host, token, tell) for token in self.tokens.values()))
        host.stop()
        await running
        tell("over")

    async def _phone(self, host: Host, token: str, tell: Tell) -> None:
        voice = await Voice.enter(host, token)
        # What it had no answer to is sent again under the same id: it begins before the last that stands in the log.
        k = max(0, sum(who == voice.who for who, _ in host.room.done) - 2)
        while not host.room.over:
            data = {"text": f"{voice.who}/{k}"}
            kind = "note" if voice.role == "observer" else "say"
            answer = await voice.do(kind, data if kind == "note" else {"to": "all", **data}, f"{voice.who}/{k}")
            if answer["type"] == "ack":
                tell(f"ack {voice.who}/{k}")
                k += 1
            await asyncio.sleep(0.002)

    def there(self) -> list[str]:
        """What the log holds, in its order."""
        entries = read_journal(self.folder / "room" / LOG).entries
        return [str(e.data["text"]) for e in entries if e.data.get("input") in {"say", "note"}]

    def digests(self) -> Iterator[tuple[str, int, str]]:
        """Of the squads' own journals, which are written anew from the log each time."""
        for path in (self.folder / "room").glob("squad-?.jsonl"):
            with contextlib.suppress(Exception):  # killed before its first line was whole: it is written anew
                for e in read_journal(path).entries:
                    if e.kind == "digest":
                        yield path.stem, e.tick, str(e.data["digest"])


class NotLetIn(Exception):  # noqa: N818 - named by what happened
    """The room did not take a hello."""


@dataclass
class Voice:
    """A connection without a network."""

    host: Host
    client: Client
    who: str = ""
    role: str = ""

    @classmethod
    async def enter(cls, host: Host, token: str) -> "Voice":
        """One that has been let in by its token."""
        voice = cls(host, Client("here"))
        host.clients.add(voice.client)
        host.give(Command(voice.client, {"type": "hello", "protocol": 1, "token": token}))
        welcome = await voice._answer(lambda m: m["type"] in {"welcome", "error"})
        if welcome["type"] != "welcome":
            raise NotLetIn(welcome["code"])
        voice.who, voice.role = welcome["who"], welcome["role"]
        return voice

    async def do(self, kind: str, data: dict[str, Any], number: str) -> dict[str, Any]:
        """Does something and returns the answer."""
        self.host.give(Command(self.client, {"type": "do", "id": number, "kind": kind, "data": data}))
        return await self._answer(lambda m: m.get("id") == number)

    async def _answer(self, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            message = json.loads(await self.client.next())
            if fits(message):
                return dict(message)


# ---- the whole


def killed(kills: int, seed: int = 1) -> Found:
    """So many kills, in sessions of the window and of a room by turns."""
    luck, found = Luck(seed), Found()
    while found.kills < kills:
        with tempfile.TemporaryDirectory() as name:
            found.sessions += 1
            os.environ["COMMONGROUND_HOME"] = f"{name}/home"
            kind = (AtWindow, InRoom)[found.sessions % 2]
            _session(kind(Path(name), seed * 1000 + found.sessions), found, luck, min(KILLS_EACH, kills - found.kills))
    return found


def _session(session: AtWindow | InRoom, found: Found, luck: Luck, kills: int) -> None:
    acked: set[str] = set()
    digests: dict[tuple[str, int], str] = {}
    for _ in range(kills):
        process = Pid.fork(session.play)
        # One in seven dies on the way back, the others while they are acknowledging.
        if luck() < 0.15:
            alive = process.listen(0.3 * luck())
        else:
            alive = process.listen(600, until="ready") and process.listen(0.7 * luck())
        code = process.kill()
        found.kills += code == -signal.SIGKILL
        found.failed += code not in {0, -signal.SIGKILL}
        found.resumed_s += [float(line.split()[1]) for line in process.heard if line.startswith("ready ")]
        acked |= {line.removeprefix("ack ") for line in process.heard if line.startswith("ack ")}
        found.hold(acked, session.there())
        for stem, tick, digest in session.digests():
            found.other_digests += digests.setdefault((stem, tick), digest) != digest
        if not alive:
            break
    found.acknowledged += len(acked)


def together(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """All rows in one; of the times to resume, the slowest of the medians and the slowest of all."""
    added = [name for name in rows[0] if name not in {"seed", "resumed_s"}]
    slowest = [max(row["resumed_s"][k] for row in rows) for k in range(2)]
    return {**{name: sum(row[name] for row in rows) for name in added}, "resumed_s": slowest}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1, help="of the first row")
    parser.add_argument(
        "--rows", type=Path, help=f"a line is written here for each {ROW} kills; those that stand there are left out"
    )
    parser.add_argument("--minutes", type=float, default=1e9, help="no row is begun after so long")
    given = parser.parse_args()
    until = time.monotonic() + 60.0 * given.minutes
    told = given.rows.read_text(encoding="utf-8").splitlines() if given.rows and given.rows.exists() else []
    rows = [json.loads(line) for line in told]
    for number in range(given.seed, given.seed + -(-given.kills // ROW)):
        if time.monotonic() > until or any(row["seed"] == number for row in rows):
            continue
        rows.append({"seed": number, **killed(min(ROW, given.kills), number).row()})
        if given.rows:
            with given.rows.open("a", encoding="utf-8") as file:
                file.write(json.dumps(rows[-1]) + "\n")
        print(json.dumps(rows[-1]), flush=True)  # noqa: T201
    print(json.dumps(together(rows)), flush=True)  # noqa: T201
