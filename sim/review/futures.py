"""Futures: a run gone through once more for its pictures - where everybody stood, and where a choice would have led.

A pair of futures is one trial of the review carried on to one minute, twice, under the same chance events and from the
same hidden state: with what was done, and with another choice. It shows what the figures mean; they rest on all trials.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.core.geometry import Point
from sim.exercise.exercise import Exercise
from sim.exercise.replay import Retrace, inputs_of
from sim.exercise.shared_view import PLACE, SharedView, shared_view_of
from sim.exercise.snapshot import Snapshot, snapshot_of
from sim.review.branch import begin, follow
from sim.review.decision import Decision, decisions_of, inputs_before, of_the_scene
from sim.review.hidden import otherwise
from sim.review.review import Moment
from sim.scenario.scenario import Playbook
from sim.world.journal import Entry
from sim.world.memory import Memory
from sim.world.observation import Observation
from sim.world.order import Order

TRIAL = 1
"""The trial that is drawn."""
LEAST_MIN = 3
"""Two futures hardly differ earlier than so many minutes after the decision."""
LEAST_APART = 5
"""So many people more or fewer who are loud at a place are worth a word (assumed)."""
ACTIVES = 1
"""Column of a curve: how many are loud or worse."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One decision whose two futures are to be drawn."""

    decision: int
    other: int
    """Which alternative stands beside what was done."""
    after_min: int


@dataclass(frozen=True, slots=True, eq=False)
class Futures:
    """Two futures of one decision, so many minutes after it."""

    other: int
    after_min: int
    as_done: Snapshot
    instead: Snapshot
    seen: tuple[Observation, Observation]
    """What the commander would have seen in each of them."""
    place: str = ""
    """Id of the place at which they part most; "" where they do not."""
    loud: tuple[int, int] = (0, 0)
    """How many are loud or worse there, as it was done and instead."""
    saw: tuple[SharedView | None, SharedView | None] = (None, None)
    """What the people there had before their eyes, in each of them."""


def parting_minute(ours: Sequence[Sequence[float]], theirs: Sequence[Sequence[float]]) -> int:
    """The minute after the decision at which the two mean futures differ most in how many are loud or worse."""
    minutes = min(len(ours), len(theirs))
    gaps = [abs(ours[k][ACTIVES] - theirs[k][ACTIVES]) for k in range(minutes)]
    later = range(min(LEAST_MIN, minutes) - 1, minutes)
    return max(later, key=lambda k: (gaps[k], -k), default=LEAST_MIN - 1) + 1


def wanted(moment: Moment, other: int) -> Wanted:
    """The futures of a decision with what was done and with this alternative, when they differ most."""
    ours, theirs = moment.alternatives[0].curve, moment.alternatives[other].curve
    return Wanted(moment.number, other, parting_minute(ours, theirs))


def look_back(
    playbook: Playbook,
    seed: int,
    entries: Sequence[Entry],
    *,
    moments: Mapping[int, Moment],
    ticks: Sequence[int] = (),
    wishes: Sequence[Wanted] = (),
    memory: Memory | None = None,
    tell: Callable[[int, int], None] = lambda tick, last: None,
) -> tuple[list[Snapshot], dict[int, Futures]]:
    """The run at these ticks, oldest first, and the futures of these decisions by their number.

    Args:
        playbook: What the run was made from.
        seed: Its seed.
        entries: Its journal.
        moments: The reviewed decisions by number, for the orders of their alternatives.
        ticks: When everybody's place is to be taken down.
        wishes: Which futures are to be drawn.
        memory: What the community brought along.
        tell: Told the tick it has come to and the last one; what it raises ends the work.
    """
    run = Exercise(playbook, seed, sealed=False, memory=memory)
    trace = Retrace(run, inputs_of(of_the_scene(entries)))
    by_number = {each.decision: each for each in wishes}
    decisions = {each.number: each for each in decisions_of(entries) if each.number in by_number}
    stops = sorted([*((tick, 0, 0) for tick in ticks), *((d.tick, 1, number) for number, d in decisions.items())])
    shots: list[Snapshot] = []
    futures: dict[int, Futures] = {}
    for tick, _, number in stops:
        decision = decisions.get(number)
        if decision is None:
            trace.to(tick, before=sum(entry.tick < tick for entry in trace.inputs))
        else:
            trace.to(tick, before=inputs_before(trace.inputs, decision))
        tell(tick, stops[-1][0])
        if decision is None:
            shots.append(snapshot_of(run))
        else:
            instead = moments[number].alternatives[by_number[number].other].order
            futures[number] = _pair(run, decision, instead, by_number[number])
    return shots, futures


def _pair(run: Exercise, decision: Decision, instead: Order | None, wish: Wanted) -> Futures:
    """The run carried on twice from here; it is left as it is."""
    pair: list[Exercise] = []
    for order in (decision.order, instead):
        fork = begin(run, TRIAL)
        until = decision.tick + wish.after_min * 600
        follow(fork, order, "own", decision.following, until, contrary=otherwise(run, fork))
        pair.append(fork)
    as_done, other = pair
    place, loud = _parting_place(as_done, other)
    views = (shared_view_of(as_done, PLACE + place), shared_view_of(other, PLACE + place)) if place else (None, None)
    return Futures(
        wish.other,
        wish.after_min,
        snapshot_of(as_done),
        snapshot_of(other),
        (as_done.observe(), other.observe()),
        place=place,
        loud=loud,
        saw=views,
    )


def _parting_place(one: Exercise, other: Exercise) -> tuple[str, tuple[int, int]]:
    """The named place where the numbers of those who are loud or worse differ most, and the numbers; "" for none."""
    ours, theirs = _loud_by_place(one), _loud_by_place(other)
    most = max(ours, key=lambda name: abs(theirs[name] - ours[name]), default="")
    if not most or abs(theirs[most] - ours[most]) < LEAST_APART:
        return "", (0, 0)
    return most, (ours[most], theirs[most])


def _loud_by_place(run: Exercise) -> dict[str, int]:
    people = run.world.crowd.people
    loud = [Point(float(people.x[row]), float(people.y[row])) for row in np.flatnonzero(people.present & people.active)]
    return {
        place.id: sum(place.area.region.contains(spot) for spot in loud) for place in run.playbook.scenario.site.places
    }
