"""A room: people, squads and one clock, as a function of its log.

Every change is an entry. `take` is the only place where one has its effect, whether it has just come in or is read
again after the machine died, so a room made from its log is the room that was.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sim.drill.drill import Drill
from sim.drill.inputs import Input
from sim.drill.refused import Refused
from sim.drill.roles import CONTROLLER, OBSERVER, SCREEN
from sim.drill.session import Session
from sim.drill.squad import Absent, Squad
from sim.seat.run import ASSESSED_SPEED
from sim.squad.callsign import next_callsign
from sim.world.journal import Entry

WAITING = "waiting"
INSTRUCTOR = "instructor"
"""Callsign of whoever controls."""
SPEEDS = (0.5, 1.0, 2.0, 4.0, 8.0)
TOGETHER = ("start", "pause", "resume", "end")
"""Inputs that go to every squad: there is one clock."""
LETTERS = "ABCDEFGHIJKL"
"""What squads are called."""
MOST_SQUADS = len(LETTERS)
MOST_PEOPLE = 600
NAME = 24
"""Longest name of a squad, characters."""
MOST_SEED = 2**53
"""Seeds of further rounds are below this: a whole number to every client."""


class Make(Protocol):
    """Makes a run of the drill."""

    def __call__(self, seed: int, tell: Callable[[float], None] | None = None) -> Session:
        """Return a session that stands at its first tick; `tell` hears the share that is done, of 1, as it goes."""


def letter_of(name: str) -> str:
    """A squad's own letter, whichever round it is in."""
    return name.rstrip("0123456789")


def called(text: str) -> str:
    """What a squad may be called of what somebody typed: letters and digits of any script, blanks, dots, - and _."""
    return " ".join("".join(c if c.isalnum() or c in ".-_" else " " for c in text).split())[:NAME]


@dataclass(slots=True)
class Person:
    """Somebody in the room."""

    who: str
    token: str
    """Hash of their token."""
    role: str = WAITING
    squad: str = ""
    """Name of the squad; "" for whoever waits, controls or shows the picture."""
    wish: str = ""
    """What they have asked to be, `seat` or `observer`; "" once the instructor has given them a place."""


@dataclass(slots=True)
class Room:
    """One room with its squads."""

    drill: Drill
    make: Make
    absent: Absent = "merge"
    assessed: bool = False
    enrolled: bool = False
    """True where results are kept under ids the room does not know, whatever the squads are called."""
    people: dict[str, Person] = field(default_factory=dict)
    """By callsign."""
    called: set[str] = field(default_factory=set)
    """Every callsign that was ever given: nobody gets that of somebody who was removed."""
    squads: dict[str, Squad] = field(default_factory=dict)
    """By name: a letter, and from the second round on its number behind it."""
    opened: set[str] = field(default_factory=set)
    """Letters of the squads the room was opened with: no branch gets one, whatever round it is."""
    past: dict[str, Squad] = field(default_factory=dict)
    """The squads of the round before, as those in `squads` go on from them."""
    round: int = 1
    locked: bool = False
    ushered: bool = False
    """True while whoever comes in is seated at once instead of waiting for the instructor."""
    speed: float = 1.0
    names: dict[str, str] = field(default_factory=dict)
    """What squads are called by those who lead them, by letter: their results are kept under it, round after round."""
    judged: dict[str, dict[str, str]] = field(default_factory=dict)
    """By callsign: what a seat of an assessed drill said about it before anything was shown."""
    revealed: bool = False
    """True once the instructor would not wait for the rest."""
    done: dict[tuple[str, str], dict[str, object]] = field(default_factory=dict)
    """By callsign and id of the message: what came of it, so that a message sent twice counts once."""
    reached: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """By callsign and id of what goes to every squad: those it has reached. Power may fail between two of them."""

    # ---- asked

    @property
    def tick(self) -> int:
        """The tick of the squad that is farthest; all that run are there."""
        return max((squad.tick_now for squad in self.squads.values()), default=0)

    @property
    def running(self) -> bool:
        """True while time passes for anybody."""
        return any(squad.phase == "running" for squad in self.squads.values())

    @property
    def over(self) -> bool:
        """True once every squad has come to its end."""
        return bool(self.squads) and all(squad.phase == "over" for squad in self.squads.values())

    @property
    def unheard(self) -> tuple[str, ...]:
        """Callsigns of those who have to judge an assessed drill themselves before its result is shown."""
        if not self.assessed or self.revealed:
            return ()
        sitting = {who for squad in self.squads.values() for who in squad.sitting.values()}
        return tuple(who for who in self.people if who in sitting and who not in self.judged)

    @property
    def speeds(self) -> tuple[float, ...]:
        """How fast time may pass: in an assessed drill at most so fast that everybody has the same time to think."""
        return tuple(speed for speed in SPEEDS if speed <= ASSESSED_SPEED) if self.assessed else SPEEDS

    def known(self, token_hash: str) -> Person | None:
        """Whoever has this token."""
        return next((p for p in self.people.values() if p.token == token_hash), None)

    # ---- time

    def pass_time(self, ticks: int) -> Entry:
        """Lets so many ticks pass for every squad that runs; the entry says where each is then."""
        for squad in self.squads.values():
            squad.run_until(squad.tick_now + ticks)
        return self.clock()

    def clock(self) -> Entry:
        """Where each squad is."""
        return Entry(self.tick, "clock", {name: squad.tick_now for name, squad in self.squads.items()})

    # ---- changes

    def take(self, entry: Entry) -> dict[str, object]:
        """Lets an entry have its effect; raises `Refused` when it cannot."""
        data: dict[str, Any] = dict(entry.data)
        if entry.kind == "input":
            return self._input(entry.tick, data)
        if entry.kind == "clock":
            for name, tick in data.items():
                self.squads[name].run_until(int(tick))
        elif entry.kind == "squad":
            self._squad(entry.tick, data)
        elif entry.kind == "person":
            who = str(data["who"])
            self.people[who] = Person(who, str(data["token"]), str(data.get("role", WAITING)))
            self.called.add(who)
        elif entry.kind == "admit":
            self._admit(entry.tick, data)
        elif entry.kind == "remove":
            self._remove(entry.tick, str(data["who"]))
        elif entry.kind == "wish":
            self.people[str(data["by"])].wish = str(data["role"])
        elif entry.kind == "judge":
            self.judged[str(data["by"])] = dict(data["answers"])
        elif entry.kind == "again":
            self._play_again(int(data["seed"]))
        elif entry.kind == "rotate":
            self._rotate()
        else:
            self._switch(entry.kind, data)
        self._remember(data, {})
        return {}

    def _switch(self, kind: str, data: dict[str, Any]) -> None:
        if kind == "lock":
            self.locked = bool(data["locked"])
        elif kind == "usher":
            self.ushered = bool(data["on"])
        elif kind == "speed":
            self.speed = float(data["speed"])
        elif kind == "reveal":
            self.revealed = True
        elif kind == "name":
            self.names = {**self.names, str(data["squad"]): str(data["name"])}

    def _remember(self, data: dict[str, Any], result: dict[str, object]) -> None:
        if data.get("id"):
            self.done[str(data["by"]), str(data["id"])] = result

    def _input(self, tick: int, data: dict[str, Any]) -> dict[str, object]:
        by, number = str(data["who"]), str(data.pop("id"))
        if isinstance(data.get("by"), str):
            del data["by"]  # as logs of earlier versions name the sender; a nudge has a number of this name
        name = str(data.pop("squad"))
        result = self.squads[name].apply(Input.from_dict(tick, data))
        self.done[by, number] = result
        if data["input"] in TOGETHER and "only" not in data:
            self.reached.setdefault((by, number), []).append(name)
        return result

    def _squad(self, tick: int, data: dict[str, Any]) -> None:
        name, parent = str(data["squad"]), str(data.get("parent", ""))
        if parent:
            self.squads[parent].run_until(tick)
            self.squads[name] = self.squads[parent].branch()
        else:
            self.opened.add(name)
            self.squads[name] = Squad(self.make(int(data["seed"])), absent=self.absent, assessed=self.assessed)

    def _play_again(self, seed: int) -> None:
        """The same people in the same seats begin anew on another seed, at the clock's own speed.

        Squads in which nobody is left do not go on.
        """
        there = {person.squad for person in self.people.values()}
        going = [name for name in self.squads if name in there] or list(self.squads)
        self.round += 1
        self.past = {name: self.squads[name] for name in going}
        renamed = {name: f"{letter_of(name)}{self.round}" for name in going}
        self.squads = {}
        for old, name in renamed.items():
            fresh = Squad(self.make(seed), absent=self.absent, assessed=self.assessed)
            seated = {p.role: p.who for p in self.people.values() if p.squad == old and p.role in self.drill.seats}
            fresh.sitting = {seat: seated[seat] for seat in self.drill.seats if seat in seated}
            self.squads[name] = fresh
        for person in self.people.values():
            person.squad = renamed.get(person.squad, "")
        self.judged, self.revealed, self.speed = {}, False, 1.0

    def _rotate(self) -> None:
        """In each squad everybody moves on to the next seat in which somebody sits, the last one to the first."""
        for name, squad in self.squads.items():
            filled = squad.filled
            if squad.phase == "over" or len(filled) < 2:
                continue
            people = [squad.sitting[seat] for seat in filled]
            squad.sitting = dict(zip(filled, [people[-1], *people[:-1]], strict=True))
            for seat, who in squad.sitting.items():
                if who in self.people and self.people[who].squad == name:
                    self.people[who].role = seat

    def _admit(self, tick: int, data: dict[str, Any]) -> None:
        person = self.people[str(data["who"])]
        name, role = str(data["squad"]), str(data["role"])
        if role != OBSERVER:
            sit = {"seat": role, "who": person.who}
            self.squads[name].apply(Input(tick, "sit", CONTROLLER, INSTRUCTOR, sit))
        self._stand_up(tick, person, but=role if name == person.squad else "")
        person.role, person.squad, person.wish = role, name, ""

    def _remove(self, tick: int, who: str) -> None:
        self._stand_up(tick, self.people[who])
        del self.people[who]

    def _stand_up(self, tick: int, person: Person, but: str = "") -> None:
        squad = self.squads.get(person.squad)
        if squad is None or person.role in {OBSERVER, but} or squad.phase == "over":
            return
        if squad.sitting.get(person.role) == person.who:
            squad.apply(Input(tick, "stand", CONTROLLER, INSTRUCTOR, {"seat": person.role}))

    # ---- what comes in from people

    def begin(self, seeds: Sequence[int]) -> list[Entry]:
        """Entries that open one squad for each seed, called A, B, C ..."""
        entries = [Entry(0, "squad", {"squad": LETTERS[k], "seed": seed}) for k, seed in enumerate(seeds[:MOST_SQUADS])]
        for entry in entries:
            self.take(entry)
        return entries

    def join(self, token_hash: str, role: str = WAITING) -> tuple[Person, Entry]:
        """Somebody new on the waiting list; whoever controls and the screen of the room come in at once.

        Raises:
            Refused: the room is locked or full.
        """
        if role == WAITING and self.locked:
            raise Refused("not-now")
        if len(self.people) >= MOST_PEOPLE:
            raise Refused("too-many")
        fixed = {CONTROLLER: INSTRUCTOR, SCREEN: SCREEN}
        who = fixed[role] if role in fixed else next_callsign(self.called)
        # Nor does a new instructor get the name of one of before: the ids of their messages would be taken for the old.
        while who in self.called:
            who += "+"
        entry = Entry(self.tick, "person", {"who": who, "token": token_hash, "role": role})
        self.take(entry)
        return self.people[who], entry

    def shut(self) -> list[Entry]:
        """Entries of a room that is closed on purpose: the links of its instructor and its screen end with it.

        After the machine died there are none of these, so the instructor's open page finds its way back by itself.
        """
        fixed = [person.who for person in self.people.values() if person.role in {CONTROLLER, SCREEN}]
        entries = [Entry(self.tick, "remove", {"who": who}) for who in fixed]
        for entry in entries:
            self.take(entry)
        return entries

    def usher(self, person: Person) -> Entry | None:
        """Seats somebody who waits, where newcomers are seated at once: first chiefs, then every second seat.

        Where no seat is free they look on. None when there is nobody to be seated.
        """
        live = {name: squad for name, squad in self.squads.items() if squad.phase != "over"}
        if not self.ushered or person.role != WAITING or not live:
            return None
        free = [(k, name, seat) for name, squad in live.items()
                for k, seat in enumerate(self.drill.seats) if seat not in squad.sitting]  # fmt: skip
        few = min(live, key=lambda name: sum(p.squad == name for p in self.people.values()))
        _, name, role = min(free, key=lambda each: each[0]) if free else (0, few, OBSERVER)
        entry = Entry(self.tick, "admit", {"who": person.who, "squad": name, "role": role})
        self.take(entry)
        return entry
