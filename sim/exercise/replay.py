"""Replay: run a record's inputs again and hold every digest against the recorded one."""

from collections.abc import Callable, Iterable

from sim.core.errors import ReplayDiffers
from sim.exercise.control import Control
from sim.exercise.exercise import Exercise
from sim.exercise.tick import SECOND
from sim.scenario.scenario import Playbook
from sim.world.journal import INPUTS, Data, Entry
from sim.world.memory import Memory
from sim.world.order import Order

Progress = Callable[[int, int], None]
"""Called now and then with (tick, last tick)."""


def replay(
    playbook: Playbook,
    seed: int,
    entries: Iterable[Entry],
    *,
    until: int | None = None,
    verify: bool = True,
    progress: Progress | None = None,
    memory: Memory | None = None,
    watch: Callable[[Exercise], None] | None = None,
) -> Exercise:
    """The run these entries record, recomputed from its inputs to its last tick (or `until`).

    `memory` is what stands in the journal's header of what the community brought along. `watch` is shown the run at
    its beginning, at its end and at least every twenty seconds in between; it changes nothing.

    Raises:
        ReplayDiffers: with `verify`, the first second whose recorded digest the recomputed run does not reach.
    """
    recorded = list(entries)
    exercise = Exercise(playbook, seed, memory=memory)
    inputs = [entry for entry in recorded if entry.kind in INPUTS]
    digests = [e for e in recorded if e.kind == "digest"]
    last = max((e.tick for e in recorded), default=0)
    if until is not None:
        last = min(last, until)
    stopped = any(e.kind == "outcome" and e.data["reason"] == "stopped" for e in recorded)
    checked = 0
    position = len(exercise.journal)
    following = 0
    _tell(exercise, last, None, watch)
    while True:
        while following < len(inputs) and inputs[following].tick <= exercise.tick_now:
            repeat(exercise, inputs[following])
            following += 1
        ended = exercise.tick_now >= last or exercise.outcome is not None
        if not ended:
            exercise.run_until(min(last, _next_stop(exercise.tick_now, inputs, following, often=watch is not None)))
        elif stopped and until is None:
            exercise.stop()
        if verify:
            for entry in exercise.journal.since(position):
                if entry.kind == "digest":
                    _compare(digests, checked, entry)
                    checked += 1
        position = len(exercise.journal)
        _tell(exercise, last, progress, watch)
        if ended:
            break
    if verify and until is None and checked < len(digests):
        raise ReplayDiffers(digests[checked].tick)
    return exercise


def _tell(exercise: Exercise, last: int, progress: Progress | None, watch: Callable[[Exercise], None] | None) -> None:
    """How far it is, and how it stands, to whoever wants to know."""
    if progress is not None:
        progress(exercise.tick_now, last)
    if watch is not None:
        watch(exercise)


CHUNK = 600
WATCHED = 200
"""So far a watched run goes at a time."""


def repeat(exercise: Exercise, entry: Entry) -> None:
    """Gives a recorded input to a run that stands at its tick: an order, or an act of the instructor."""
    if entry.kind == "order":
        exercise.order(Order.from_dict(_given(entry)))
    else:
        exercise.control(Control.from_dict(entry.data))


def _next_stop(tick: int, inputs: list[Entry], following: int, *, often: bool) -> int:
    """A minute further, twenty seconds where somebody watches, or the next input if that is sooner."""
    further = tick + (WATCHED if often else CHUNK)
    return min(further, inputs[following].tick) if following < len(inputs) else further


def _given(entry: Entry) -> dict[str, object]:
    given = entry.data["given"]
    assert isinstance(given, dict)
    return given


def _compare(digests: list[Entry], index: int, entry: Entry) -> None:
    if index >= len(digests):
        return
    tick, recorded = digests[index].tick, digests[index].data
    if tick == entry.tick and recorded["digest"] == entry.data["digest"]:
        return
    for second, (theirs, ours) in enumerate(zip(_marks(recorded), _marks(entry.data), strict=False)):
        if theirs != ours:
            # Marks stand for whole seconds, the last one for the second before the entry.
            last = (min(tick, entry.tick) - 1) // SECOND
            raise ReplayDiffers((last - len(_marks(entry.data)) + 1 + second) * SECOND)
    raise ReplayDiffers(min(tick, entry.tick))


def _marks(data: Data) -> list[str]:
    return str(data.get("marks", "")).split()
