"""The host: a room on a real clock, and everybody who is connected to it.

One task owns the room. It takes what has come in, writes the entries to the log, waits until they are on the disk, and
only then acknowledges; then it lets time pass and shows everybody what they may see. Sockets never touch the room.
"""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sim.core.errors import CommonGroundError
from sim.drill.inputs import Input
from sim.drill.refused import Refused
from sim.drill.roles import CONTROLLER, SCREEN
from sim.drill.squad import Squad
from sim.squad.answer import error, place, seat_cards, welcome
from sim.squad.client import Client, Command
from sim.squad.costs import Costs, Known
from sim.squad.gate import Bucket, Gate, hashed, new_token
from sim.squad.log import Log
from sim.squad.protocol import (
    BURST,
    CLOSE_POLICY,
    CLOSE_REMOVED,
    ID,
    MOST_EACH,
    PER_S,
    VERSION,
    Say,
    encoded,
)
from sim.squad.request import ask
from sim.squad.result import outcome, priced, questions
from sim.squad.room import INSTRUCTOR, MOST_SEED, WAITING, Person, Room, letter_of
from sim.squad.views import EVERY, Key, Views, key_of
from sim.world.journal import Entry

TURN_S = 0.05
"""Real time between two turns of the host while nothing comes in."""
SUM_S = 1.0
"""Real time between two looks at what the review has found."""
CLOCK_S = 1.0
"""Real time between two entries that say where the squads are."""
STAND_S = 1.0
"""Real time between two looks at whether it is time to keep where the room stands."""
MOST_OWED_S = 0.5
"""A machine that cannot keep up falls behind rather than running on by itself."""
BATCH = 400
"""Messages taken in one turn, which share one write to the disk."""
RESTARTED = "↻"
"""What the squads are stopped for after the computer was restarted; pages put it into words."""


class Host:
    """A room and its connections. `run` goes on until `stop`."""

    def __init__(
        self,
        room: Room,
        log: Log,
        gate: Gate,
        zh: Say,
        *,
        links: Sequence[str] = (),
        costs: Costs | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """The room stands still until the instructor starts it; `links` are addresses phones can open.

        `costs` adds to each squad's result what its decisions cost, as the review finds it.
        """
        self.room = room
        self.gate = gate
        self.links = list(links)
        self.clients: set[Client] = set()
        self.failed = False
        """True once the disk did not take an entry: nothing is acknowledged any more."""
        self._log = log
        self._costs = costs
        self._zh = zh
        self._clock = clock
        self._commands: deque[Command] = deque()
        self._woken = asyncio.Event()
        self._stopping = False
        self._views = Views(room, zh)
        self._buckets: dict[str, Bucket] = {}
        self._owed = 0.0
        self._clocked_at = self._summed_at = self._stood_at = 0.0
        self._finished: set[str] = set()
        """Squads that were kept after their end."""
        self._results: dict[str, tuple[Known, int, dict[str, Any]]] = {}
        """By squad: what was known of it, how many dissents there were, and what that came to."""
        self._report: list[dict[str, Any]] | None = None
        self._prepared = -1
        """Seed a further round has been prepared for."""
        self._preparing: asyncio.Task[None] | None = None
        self._share = 0.0
        """How much of it is done, of 1."""

    # ---- asked by connections

    def encoded(self, message: Mapping[str, Any]) -> str:
        """A message as it goes over the wire."""
        return encoded(message, self._zh)

    def give(self, command: Command) -> None:
        """Hands a message in."""
        self._commands.append(command)
        self._woken.set()

    def bucket(self, client: Client) -> Bucket | None:
        """The rate of whoever is at this connection, the same for all they have; None before their welcome."""
        if client.person is None:
            return None
        return self._buckets.setdefault(client.person.who, Bucket(BURST, PER_S))

    def leave(self, client: Client) -> None:
        """A connection is gone; the person stays in the room."""
        self.clients.discard(client)
        self._views.changed()

    def stop(self) -> None:
        """Ends `run` after its present turn."""
        self._stopping = True
        self._woken.set()

    # ---- the task

    async def run(self) -> None:
        """Takes turns until stopped."""
        before = self._clock()
        while not self._stopping:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), TURN_S)
            self._woken.clear()
            await self._take_in()
            now = self._clock()
            await self._pass(now - before)
            await self._finish()
            before = now
            if now - self._stood_at >= STAND_S:
                self._stood_at = now
                await self._stand()
            await self._show(now)
        await self._write([*self.room.shut(), self.room.clock()])
        for client in list(self.clients):
            client.close(1001)
        with contextlib.suppress(OSError):
            self._log.close()
        if self._costs is not None:
            await asyncio.to_thread(self._costs.close)

    async def _take_in(self) -> None:
        """Takes what has come in, writes it down, and answers."""
        entries: list[Entry] = []
        answers: list[tuple[Client, dict[str, Any]]] = []
        for _ in range(min(BATCH, len(self._commands))):
            command = self._commands.popleft()
            if not command.client.closed and not self._to_prepare(command):
                answers.append((command.client, self._one(command, entries)))
        if self._commands:
            self._woken.set()
        if entries:
            await self._write(entries)
            for squad in {str(entry.data["squad"]) if entry.kind == "input" else EVERY for entry in entries}:
                self._views.changed(squad)
        for client, answer in answers:
            if self.failed and answer["type"] in {"ack", "welcome"}:
                answer = error("not-saved", answer.get("id"))
            client.send(self.encoded(answer))

    def _to_prepare(self, command: Command) -> bool:
        """True where a further round is asked for that has to be prepared; it is asked for again once that is done.

        An automatic player commands until the drill begins, which may take many seconds; nobody else waits for it.
        """
        message, person = command.message, command.client.person
        if message["type"] != "do" or message.get("kind") != "again" or person is None or person.role != CONTROLLER:
            return False
        data = message.get("data")
        seed = data.get("seed") if isinstance(data, dict) else None
        if type(seed) is not int or not 0 <= seed < MOST_SEED or not self.room.over or seed == self._prepared:
            return False
        if self._preparing is None:
            self._preparing = asyncio.create_task(self._prepare(command, seed))
            self._views.changed()
        return True

    async def _prepare(self, command: Command, seed: int) -> None:
        self._share = 0.0
        try:
            await asyncio.to_thread(self.room.make, seed, self._hear)
        except CommonGroundError as why:
            # Files of the drill were changed meanwhile, or are gone: the room goes on without a further round.
            self._preparing = None
            self._views.changed()
            refusal = {**error("not-now", command.message.get("id")), "text": why.phrase}
            command.client.send(self.encoded(refusal))
            return
        self._prepared, self._preparing = seed, None
        self.give(command)

    def _hear(self, share: float) -> None:
        """Heard in the thread that prepares; a view says it within a second."""
        self._share = share

    async def _breathe(self) -> None:
        """Lets the sockets work, and answers what has come in meanwhile."""
        await asyncio.sleep(0)
        if self._commands:
            await self._take_in()

    def _one(self, command: Command, entries: list[Entry]) -> dict[str, Any]:
        client, message = command.client, command.message
        number = message.get("id") if isinstance(message.get("id"), str) else None
        try:
            if message["type"] == "hello":
                return self._hello(client, message, entries)
            person = client.person
            if person is None or person.who not in self.room.people:
                return error("not-yours", number)
            if message["type"] == "here":
                return {"type": "here"}
            if message["type"] == "cards":
                return seat_cards(self.room, person, message, self._zh)
            if self.failed:
                return error("not-saved", number)
            before = len(self.room.done)
            result, new = ask(self.room, person, dict(message))
        except Refused as why:
            about = {"about": why.about[:ID]} if why.about else {}
            return {**error(why.code, number), "text": why.phrase, **about}
        entries.extend(new)
        self._tell_moved(new)
        tick = self.room.squads[person.squad].tick_now if person.squad in self.room.squads else self.room.tick
        again = len(self.room.done) == before
        return {"type": "ack", "id": number, "tick": tick, "result": result, **({"again": True} if again else {})}

    async def _write(self, entries: list[Entry]) -> None:
        if self.failed:
            return
        try:
            await asyncio.to_thread(self._log.write, entries)
        except OSError:
            self._fail()

    async def _keep(self, name: str, squad: Squad) -> None:
        if self.failed:
            return
        try:
            await asyncio.to_thread(self._log.keep, name, squad)
        except (OSError, CommonGroundError):
            self._fail()

    async def _price(self, name: str, squad: Squad, known: Known) -> None:
        """What a review found is kept for the squad's progress; where that fails the drill itself is not lost."""
        with contextlib.suppress(OSError, CommonGroundError):
            await asyncio.to_thread(self._log.price, name, squad, known)

    async def _stand(self) -> None:
        """Keeps where everybody stands, so that a room whose power fails is there again at once."""
        if self.failed:
            return
        try:
            await asyncio.to_thread(self._log.stand, self.room)
        except OSError:
            self._fail()

    def _fail(self) -> None:
        """Tells everybody, and time stands still: what could not be written must not be acknowledged."""
        self.failed = True
        self._views.changed()
        for client in self.clients:
            client.send(self.encoded(error("not-saved")))

    # ---- who comes in

    def _hello(self, client: Client, message: Mapping[str, Any], entries: list[Entry]) -> dict[str, Any]:
        if client.person is not None:
            return error("not-now")
        if message.get("protocol") != VERSION:
            return error("bad-version")
        ways = [key for key in ("code", "link", "token") if key in message]
        if len(ways) != 1 or not isinstance(message[ways[0]], str) or set(message) - {"type", "protocol", *ways}:
            return error("bad-message")
        given, token = str(message[ways[0]]), ""
        if ways[0] == "token":
            person = self.room.known(hashed(given))
            if person is None:
                return error("bad-code")
        else:
            verdict = self.gate.by_link(given) if ways[0] == "link" else self.gate.by_code(given, client.address)
            if verdict != "ok":
                return error(verdict)
            token = new_token()
            try:
                person, entry = self.room.join(hashed(token))
            except Refused as why:
                return error("locked" if why.code == "not-now" else "full")
            entries.append(entry)
            seated = self.room.usher(person)
            if seated is not None:
                entries.append(seated)
        mine = [other for other in self.clients if other.person is person]
        if len(mine) >= MOST_EACH:
            min(mine, key=lambda other: other.since).close(CLOSE_POLICY)
        client.person, client.since = person, self._clock()
        self._views.changed()
        return welcome(self.room, person, token, self.gate, self.links)

    def _tell_moved(self, entries: Sequence[Entry]) -> None:
        """Everybody whose place has changed hears of it; who was removed is closed."""
        for entry in entries:
            if entry.kind not in {"admit", "remove", "again", "rotate"}:
                continue
            for client in list(self.clients):
                if client.person is None or client.person.who != entry.data.get("who", client.person.who):
                    continue
                if entry.kind == "remove":
                    client.close(CLOSE_REMOVED)
                else:
                    client.shown = ""
                    client.send(self.encoded({"type": "role", **place(self.room, client.person)}))

    def refusal(self, code: str) -> dict[str, Any]:
        """A message that says why something was not taken."""
        return error(code)

    # ---- time

    async def _pass(self, real_s: float) -> None:
        if self.failed or not self.room.running:
            self._owed = 0.0
            return
        self._owed += min(real_s, MOST_OWED_S) * self.room.speed * 10.0
        ticks = int(self._owed)
        if ticks < 1:
            return
        self._owed -= ticks
        was_over = self.room.over
        entry = await asyncio.to_thread(self.room.pass_time, ticks)
        self._views.passed()
        now = self._clock()
        if now - self._clocked_at >= CLOCK_S or self.room.over != was_over:
            self._clocked_at = now
            await self._write([entry])
            for name, squad in list(self.room.squads.items()):
                await self._keep(name, squad)
                await self._breathe()

    async def _finish(self) -> None:
        """Keeps each squad that is over once more, to its last line: an instructor may have ended it meanwhile."""
        for name, squad in {**self.room.past, **self.room.squads}.items():
            if squad.phase == "over" and name not in self._finished and not self.failed:
                self._finished.add(name)
                await self._keep(name, squad)

    # ---- what is shown

    async def _show(self, now: float) -> None:
        """Shows everybody what is due, a view at a time; what comes in meanwhile is answered in between."""
        await self._sum_up()
        new: dict[Key, bool] = {}
        for client in self.clients:
            if client.person is not None and not client.closed:
                key = self._key(client.person)
                new[key] = new.get(key, False) or not client.shown
        for key in [key for key in new if self._views.due(key, now, new=new[key])]:
            if key.squad not in {EVERY, *self.room.squads}:
                continue  # it plays a further round under another name since the view before this one was made
            text = ""
            for text in self._views.steps(key, now, self._about(key)):
                if not text:
                    await self._breathe()
            # Nothing is awaited from here on: whoever was given another role meanwhile must not be shown this.
            for client in self.clients:
                if client.person is not None and self._key(client.person) == key:
                    client.show(text, now)
            await self._breathe()

    def _key(self, person: Person) -> Key:
        return key_of(person, asked=self.room.over and person.who in self.room.unheard)

    def _about(self, key: Key) -> dict[str, Any]:
        """What a view says beside the squads."""
        room, role = self.room, key.role
        found: dict[str, Any] = {"speed": room.speed, "failed": self.failed, "report": self._report_for(key)}
        found["unheard"] = len(room.unheard) if room.over else 0
        found["names"] = dict(room.names)
        found["preparing"] = self._preparing is not None
        found["prepared"] = int(100 * self._share) if self._preparing is not None else 0
        if role == SCREEN:
            found["waiting"] = sum(p.role == WAITING for p in room.people.values())
        elif role not in {CONTROLLER, WAITING}:
            found["judge"] = questions() if key.asked else None
        if role == CONTROLLER:
            here = {c.person.who for c in self.clients if c.person is not None}
            found["locked"], found["ushered"], found["speeds"] = room.locked, room.ushered, room.speeds
            found["enrolled"], found["groups"] = room.enrolled, _groups(room)
            found["people"] = [
                {"who": p.who, "role": p.role, "squad": p.squad, "wish": p.wish, "here": p.who in here}
                for p in room.people.values()
                if p.role not in {CONTROLLER, SCREEN}
            ]
        return found

    def _report_for(self, key: Key) -> list[dict[str, Any]] | None:
        """What came of it: on phones without what people of other squads wrote or said; that all see together."""
        if self._report is None or key.role in {SCREEN, CONTROLLER}:
            return self._report
        own = letter_of(key.squad)
        theirs: dict[str, Any] = {"dissent": [], "picks": [], "foresight": []}
        return [each if letter_of(each["squad"]) == own else {**each, **theirs} for each in self._report]

    async def _sum_up(self) -> None:
        """Works out what came of it, once every squad is at its end."""
        if self._costs is not None:
            # A further round has begun before the review of the last one was done: it may not go on through all of it.
            self._costs.watch()
        if not self.room.over:
            self._results = {name: found for name, found in self._results.items() if name in self.room.past}
        if not self.room.over or self.room.unheard:
            self._report = None
            return
        now = self._clock()
        if self._report is not None and now - self._summed_at < SUM_S:
            return
        self._summed_at, news = now, self._report is None
        squads = {**self.room.past, **self.room.squads}
        for name, squad in squads.items():
            known = self._costs.of(name, squad) if self._costs is not None else Known()
            # Whoever sees it differently may say so after the end as well.
            dissents = sum(len(proposal.dissent) for proposal in squad.proposals)
            before = self._results.get(name)
            if before is None or before[:2] != (known, dissents):
                told = await asyncio.to_thread(outcome, name, squad) if before is None else before[2]
                self._results[name] = known, dissents, {**told, **priced(squad, known)}
                news = True
                if self._costs is not None and not known.going and (before is None or before[0] != known):
                    await self._price(name, squad, known)
        if news:
            order = sorted(squads, key=letter_of)
            self._report = [self._results[name][2] for name in order if name in self._results]
            self._views.changed()


def _groups(room: Room) -> list[dict[str, Any]]:
    squad = next(iter(room.squads.values()), None)
    if squad is None:
        return []
    return [{"group": g.id, "name": g.name.text} for g in squad.session.playbook.scenario.groups]


def recovered(room: Room, entries: Sequence[Entry], after: int = 0) -> list[Entry]:
    """Brings a room to where its log ends, and stops whoever was running; returns the entries that stop them.

    The room stands where the first `after` entries have brought it; a fresh one stands before all of them.
    """
    for entry in entries[after:]:
        room.take(entry)
    new = []
    for name, squad in room.squads.items():
        if squad.phase == "running":
            number = f"restart-{len(entries)}-{name}"
            body = Input(0, "pause", CONTROLLER, INSTRUCTOR, {"text": RESTARTED}).as_dict()
            entry = Entry(squad.tick_now, "input", {"squad": name, "id": number, **body})
            room.take(entry)
            new.append(entry)
    return new
