"""Save: a room with all its squads as bytes, and the room they stand for.

A log says how a room came about; a save holds where it is, so that nothing has to be computed again to go on.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from sim.core.digest import digest
from sim.core.errors import BadInput
from sim.core.pack import pack, unpack
from sim.core.phrase import Phrase
from sim.drill.drill import Drill
from sim.drill.session import Session
from sim.drill.squad import Squad
from sim.exercise import save as runs
from sim.exercise.exercise import Exercise
from sim.squad.room import Room

_OF_ROOM = (
    "absent",
    "assessed",
    "people",
    "round",
    "locked",
    "ushered",
    "speed",
    "names",
    "judged",
    "revealed",
    "done",
    "reached",
)
_SETS = ("called", "opened")
_OF_SQUAD = ("absent", "assessed", "phase", "stopped_for", "sitting", "proposals", "said", "questions", "notes")


def copied(room: Room) -> Room:
    """The same room once more: what happens to one of them does not happen to the other."""
    return replace(
        room,
        people={who: replace(person) for who, person in room.people.items()},
        called=set(room.called),
        squads={name: squad.fork() for name, squad in room.squads.items()},
        opened=set(room.opened),
        past={name: squad.fork() for name, squad in room.past.items()},
        names=dict(room.names),
        judged=dict(room.judged),
        done=dict(room.done),
        reached={key: list(names) for key, names in room.reached.items()},
    )


def digests(room: Room) -> dict[str, str]:
    """By squad, those of the round before among them: the digest of the exact state of its run."""
    return {name: squad.session.exercise.digest() for name, squad in {**room.past, **room.squads}.items()}


def save(room: Room) -> bytes:
    """The state of a room: everything that its drill and the files of its scenario do not give."""
    return pack(
        {
            "drill": _name(room.drill),
            "room": {name: getattr(room, name) for name in _OF_ROOM},
            "sets": {name: sorted(getattr(room, name)) for name in _SETS},
            "squads": {name: _squad(squad) for name, squad in room.squads.items()},
            "past": {name: _squad(squad) for name, squad in room.past.items()},
        }
    )


def load(fresh: Room, data: bytes, opened: Callable[[int], Exercise]) -> Room:
    """The room that `save` made into bytes; given the same entries it comes to the same, to the last bit.

    `fresh` is a room of the same drill in which nothing has happened yet, and is left as it is; `opened` gives a run of
    a seed at its first tick.

    Raises:
        BadInput: these are no such bytes, or they belong to another drill or other files.
    """
    try:
        return _loaded(fresh, unpack(data), opened)
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise BadInput.of("bad-save", Phrase("the saved state is damaged, or is none")) from wrong


def _loaded(fresh: Room, state: Mapping[str, Any], opened: Callable[[int], Exercise]) -> Room:
    if state["drill"] != _name(fresh.drill):
        raise ValueError("another drill")
    room = replace(fresh)
    for name, value in state["room"].items():
        setattr(room, name, value)
    for name in _SETS:
        setattr(room, name, set(state["sets"][name]))
    for name in ("squads", "past"):
        setattr(room, name, {key: _restored(fresh.drill, each, opened) for key, each in state[name].items()})
    return room


def _name(drill: Drill) -> str:
    """Names a drill by all it says."""
    return digest(drill.model_dump_json())


def _squad(squad: Squad) -> dict[str, Any]:
    run = squad.session.exercise
    return {
        "seed": run.seed,
        "run": np.frombuffer(runs.save(run), np.uint8),
        "session": squad.session.standing(),
        "squad": {name: getattr(squad, name) for name in _OF_SQUAD},
    }


def _restored(drill: Drill, state: Mapping[str, Any], opened: Callable[[int], Exercise]) -> Squad:
    run = runs.load(opened(state["seed"]), state["run"].tobytes())
    squad = Squad(Session.standing_at(drill, run, state["session"]))
    for name, value in state["squad"].items():
        setattr(squad, name, value)
    return squad
