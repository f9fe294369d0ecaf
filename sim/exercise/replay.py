"""Replay: run a record's inputs again and hold every digest against the recorded one.

`Retrace` is the only way a recorded run is gone through: the review and the playback go through theirs with it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

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


Input = Order | Control
"""What makes a run: an order, or an act of the instructor."""


def input_of(entry: Entry) -> Input:
    """The input an entry of one of the kinds in `INPUTS` stands for."""
    if entry.kind == "order":
        given = entry.data["given"]
        assert isinstance(given, dict)
        return Order.from_dict(given)
    return Control.from_dict(entry.data)


def give(exercise: Exercise, what: Input) -> None:
    """Gives an input to a run that stands at its tick.

    Raises:
        BadInput: an act of the instructor has nothing it could be done to, which cannot be where it was recorded.
    """
    if isinstance(what, Order):
        exercise.order(what)
    else:
        exercise.control(what)


@dataclass(slots=True)
class Retrace:
    """A run on its way through a record: it was given every input before the place where it stands."""

    exercise: Exercise
    inputs: Sequence[Entry]
    """Entries of the kinds in `INPUTS`, oldest first."""
    given: int = 0
    """How many of them the run was given."""

    def to(self, tick: int, *, before: int | None = None) -> None:
        """On to a tick, or to the end; inputs are given at their ticks, those of this tick too.

        With `before` no more than so many inputs are given altogether.
        """
        while True:
            self.catch_up(before)
            if self.exercise.tick_now >= tick or self.exercise.outcome is not None:
                return
            self.run_on(tick, before)

    def catch_up(self, before: int | None = None) -> None:
        """Gives every input that is due."""
        end = len(self.inputs) if before is None else before
        while self.given < end and self.inputs[self.given].tick <= self.exercise.tick_now:
            give(self.exercise, input_of(self.inputs[self.given]))
            self.given += 1

    def run_on(self, tick: int, before: int | None = None) -> None:
        """Lets time pass to a tick, or to the next input if that is sooner."""
        end = len(self.inputs) if before is None else before
        self.exercise.run_until(min(tick, self.inputs[self.given].tick) if self.given < end else tick)

    def fork(self, *, sealed: bool) -> "Retrace":
        """One that goes on by itself from this exact place."""
        return Retrace(self.exercise.fork(sealed=sealed), self.inputs, self.given)


def inputs_of(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that make the run."""
    return [entry for entry in entries if entry.kind in INPUTS]


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
    exercise = Exercise(playbook, seed, memory=memory)
    return go_on(exercise, entries, until=until, verify=verify, progress=progress, watch=watch)


def go_on(
    exercise: Exercise,
    entries: Iterable[Entry],
    *,
    until: int | None = None,
    verify: bool = True,
    progress: Progress | None = None,
    watch: Callable[[Exercise], None] | None = None,
) -> Exercise:
    """As `replay`, from a run on its way: its journal holds the first of these entries, and only the rest is run.

    Raises:
        ReplayDiffers: as `replay`.
    """
    recorded = list(entries)
    trace = Retrace(exercise, inputs_of(recorded), len(inputs_of(exercise.journal)))
    digests = [e for e in recorded if e.kind == "digest"]
    last = max((e.tick for e in recorded), default=0)
    if until is not None:
        last = min(last, until)
    stopped = any(e.kind == "outcome" and e.data["reason"] == "stopped" for e in recorded)
    checked = len(exercise.journal.of("digest"))
    position = len(exercise.journal)
    _tell(exercise, last, None, watch)
    while True:
        trace.catch_up()
        ended = exercise.tick_now >= last or exercise.outcome is not None
        if not ended:
            trace.run_on(min(last, exercise.tick_now + (CHUNK if watch is None else WATCHED)))
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
"""So far a run goes at a time."""
WATCHED = 200
"""So far a watched run goes at a time."""


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
