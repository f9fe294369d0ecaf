"""Views: what everybody in a room is shown, made in pieces that are kept until their squad changes.

A room of twelve squads takes tens of milliseconds to describe. So one observation serves a whole squad, what all its
seats share is put into words once, and whoever makes a view can answer what has come in between two pieces.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from sim.drill.roles import CONTROLLER, OBSERVER, SCREEN
from sim.drill.sight import in_public, own_sight, picture, table, timeline
from sim.squad.protocol import Say, encoded
from sim.squad.room import WAITING, Person, Room
from sim.world.observation import Observation

CHANGE_S = 0.1
"""Real time at least between two views of a seat."""
CONTROL_S = 0.5
"""The same for the instructor, whose view holds every squad."""
SHOW_S = 1.0
"""The same for who decides nothing, and the time after which a view is made although nothing has changed."""
AT_REST = (OBSERVER, SCREEN, WAITING)
EVERY = ""
"""Stands for the whole room where a squad is named."""


class Key(NamedTuple):
    """Whoever has all of this in common is shown the same."""

    squad: str
    role: str
    asked: bool
    """True while they are asked for their own judgement."""


def key_of(person: Person, *, asked: bool = False) -> Key:
    """What a person is shown depends on this alone."""
    squad = EVERY if person.role in {SCREEN, CONTROLLER, WAITING} else person.squad
    return Key(squad, person.role, asked and squad != EVERY)


class Views:
    """The views of a room, each remade when it is due."""

    def __init__(self, room: Room, zh: Say) -> None:
        """Nothing has been shown yet."""
        self._room = room
        self._zh = zh
        self._changes: dict[str, int] = {}
        self._made: dict[Key, tuple[int, float]] = {}
        self._pieces: dict[tuple[str, str], str] = {}
        self._seen: dict[str, Observation] = {}

    def passed(self) -> None:
        """Time has passed: pieces are made anew when they are next asked for, and nobody is in a hurry for that."""
        self._seen.clear()
        self._pieces.clear()

    def changed(self, squad: str = EVERY) -> None:
        """What was made of this squad is no longer true; of every squad and the room, where none is named."""
        for name in (EVERY, *([squad] if squad else self._room.squads)):
            self._changes[name] = self._changes.get(name, 0) + 1
        self._seen = {name: seen for name, seen in self._seen.items() if squad and name != squad}
        self._pieces = {key: piece for key, piece in self._pieces.items() if squad and key[0] != squad}

    def due(self, key: Key, now: float, *, new: bool) -> bool:
        """True when a view is to be made: something changed, a second has passed, or somebody `new` waits for it."""
        version, at = self._made.get(key, (-1, float("-inf")))
        role = key.role
        at_least = SHOW_S if role in AT_REST else CONTROL_S if role == CONTROLLER else CHANGE_S
        waited = now - at
        if new and waited >= CHANGE_S:
            return True
        return waited >= SHOW_S or (waited >= at_least and version != self._changes.get(key.squad, 0))

    def steps(self, key: Key, now: float, about: dict[str, Any]) -> Iterator[str]:
        """Makes a view piece by piece: empty strings while there is more to do, the view itself at the end.

        `about` are the fields beside the squads, as they go over the wire.
        """
        self._made[key] = self._changes.get(key.squad, 0), now
        name, role = key.squad, key.role
        if role == WAITING:
            known = {"locked": self._room.locked, "names": dict(self._room.names), "squads": self._under_way()}
            yield encoded({"type": "wait", **known}, self._zh)
            return
        if role not in {SCREEN, CONTROLLER}:
            head = encoded({"type": "view", **about, "squad": name}, self._zh)
            yield f'{head[:-1]},"view":{self._view(name, role)}}}'
            return
        parts = []
        for each in list(self._room.squads):
            if each in self._room.squads:
                parts.append(f'"{each}":{self._whole(each, role)}')
                yield ""
        head = encoded({"type": "control" if role == CONTROLLER else "screen", **about}, self._zh)
        yield f'{head[:-1]},"squads":{{{",".join(parts)}}}}}'

    def _under_way(self) -> dict[str, Any]:
        """How far each squad is, by the minute: whoever waits is shown nothing more often than that."""
        ends = {name: (squad, squad.session.end_tick - squad.tick_now) for name, squad in self._room.squads.items()}
        return {name: {"phase": squad.phase, "minutes": -(-left // 600)} for name, (squad, left) in ends.items()}

    def _view(self, name: str, role: str) -> str:
        squad = self._room.squads[name]
        shared = self._piece(name, "", lambda: table(squad))
        own = self._piece(name, role, lambda: own_sight(squad, role, self._observation(name)))
        return _joined(shared, own)

    def _whole(self, name: str, role: str) -> str:
        squad = self._room.squads[name]
        if role == SCREEN:
            bare = self._piece(name, "public", lambda: in_public(table(squad)))
            return _joined(bare, self._piece(name, SCREEN, lambda: picture(squad, self._observation(name))))
        shared = self._piece(name, "", lambda: table(squad))
        own = self._piece(name, role, lambda: own_sight(squad, role, self._observation(name)))
        return _joined(shared, own, self._piece(name, "timeline", lambda: {"timeline": timeline(squad)}))

    def _piece(self, name: str, what: str, make: Callable[[], dict[str, object]]) -> str:
        key = (name, what)
        if key not in self._pieces:
            self._pieces[key] = encoded(make(), self._zh)
        return self._pieces[key]

    def _observation(self, name: str) -> Observation:
        if name not in self._seen:
            self._seen[name] = self._room.squads[name].session.observe()
        return self._seen[name]


def _joined(*objects: str) -> str:
    """Encoded objects as one."""
    return "{" + ",".join(each[1:-1] for each in objects if len(each) > 2) + "}"
