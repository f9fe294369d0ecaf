"""Save: the exact state of a run as bytes, and a run that goes on from them as if it had never been away.

A journal says how a run came about and can be computed again; a save holds where it is and is there at once. Where the
journal is kept elsewhere, a save may be made without its entries and is given them again when it is loaded.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import fields

from sim.core.errors import BadInput
from sim.core.noise import Noise
from sim.core.pack import pack, unpack
from sim.core.phrase import Phrase
from sim.crowd.crowd import Crowd
from sim.crowd.detour import detours_of, survey_of
from sim.exercise.control import Control, playbook_after
from sim.exercise.exercise import Exercise
from sim.world.journal import Entry, Journal
from sim.world.world import World

MARK = b"common ground save 1\n"
_APART = {"setting", "ground", "crowd", "noise", "tension", "readout", "first_legitimacy", "journal", "memory"}
"""What of a world follows from playbook and seed, or is taken apart below; the rest is packed as it is."""
_WHOLE = tuple(field.name for field in fields(World) if field.init and field.name not in _APART)
_OF_CROWD = tuple(
    field.name
    for field in fields(Crowd)
    if field.name not in {"people", "groups", "params", "walking", "participant", "_passing", "_any_passing"}
    and field.name not in {"_first_goal", "_patience_s", "_scene", "_scratch", "_anybody", "_blocked", "detours"}
)
"""What of a crowd is packed as it is: all but the people, what follows from their groups, and what is made anew."""
_CHECK = 16


def save(exercise: Exercise, *, entries: bool = True) -> bytes:
    """Return the state of a run: everything that playbook and seed do not give, its journal with it.

    With `entries` False those of the journal are left out; `load` has to be given them.
    """
    world = exercise.world
    crowd, journal = world.crowd, world.journal
    content = pack(
        {
            "playbook": exercise.playbook.digest,
            "seed": exercise.seed,
            "memory": world.memory.as_dict(),
            "trial": world.noise.trial,
            "sealed": exercise.sealed,
            "outcome": exercise.outcome,
            "scene": exercise.scene,
            "world": {name: getattr(world, name) for name in _WHOLE},
            "people": crowd.people.block,
            "crowd": {name: getattr(crowd, name) for name in _OF_CROWD},
            "detours": None if crowd.detours is None else (crowd.detours.crowding, crowd.detours.closed),
            "tension": world.tension.grid,
            "readout": vars(world.readout),
            "entries": [(entry.tick, entry.kind, entry.data) for entry in journal] if entries else None,
            "running": journal.running,
            "marks": tuple(journal.marks),
        }
    )
    return MARK + hashlib.sha256(content).digest()[:_CHECK] + content


def load(opened: Exercise, data: bytes, entries: Sequence[Entry] = ()) -> Exercise:
    """Return a run that goes on from what `save` returned; given the same orders it writes the same journal.

    `opened` is any run of the same playbook, seed, memory and numbers, just opened or gone on with: what an instructor
    did to it does not enter. It is left as it is. `entries` are those of the journal, where the save was made without.

    Raises:
        BadInput: the bytes are damaged or no save, or belong to another playbook or seed.
    """
    content = data[len(MARK) + _CHECK :]
    check = data[len(MARK) : len(MARK) + _CHECK]
    if not data.startswith(MARK) or hashlib.sha256(content).digest()[:_CHECK] != check:
        raise BadInput.of("bad-save", Phrase("the saved state is damaged, or is none"))
    try:
        state = unpack(content)
    except ValueError as wrong:
        raise BadInput.of("bad-save", Phrase("the saved state is damaged, or is none")) from wrong
    if (state["playbook"], state["seed"], state["memory"]) != (
        opened.playbook.digest,
        opened.seed,
        opened.world.memory.as_dict(),
    ):
        raise BadInput.of("other-save", Phrase("the saved state belongs to another scenario or another seed"))
    run = opened.fork(sealed=state["sealed"])
    world, crowd = run.world, run.world.crowd
    for name in _WHOLE:
        setattr(world, name, state["world"][name])
    world.noise = Noise(run.seed, state["trial"])
    crowd.people.fill(state["people"])
    for name, value in state["crowd"].items():
        setattr(crowd, name, value)
    crowd.detours = None
    if state["detours"] is not None:
        crowd.detours = detours_of(survey_of(world.ground), *state["detours"])
    world.tension.grid = state["tension"]
    vars(world.readout).update(state["readout"])
    if state["entries"] is not None:
        entries = [Entry(*entry) for entry in state["entries"]]
    world.journal = Journal(tuple(entries), state["running"], state["marks"])
    done = [(world.setting.minute(entry.tick), Control.from_dict(entry.data)) for entry in world.journal.of("nudge")]
    run.playbook = playbook_after(run.begun_with, done)
    run.outcome = state["outcome"]
    run.scene = state["scene"]
    return run
