"""Duties: what is owed after an incident, worked out from what really happened in the run."""

from collections.abc import Iterator

import numpy as np

from sim.core.noise import Stream
from sim.crowd.people import Status
from sim.scenario.scenario import Playbook
from sim.world.activity import Stage
from sim.world.aftermath import DAY, HOUR, Duty
from sim.world.message import About
from sim.world.world import World

FORCE = ("hands_on", "line", "containment", "area")
"""Orders with one of these are uses of force, to be reported each for itself."""
COMPLAINS, COMPLAINS_UNASKED = 0.9, 0.5
"""Chance that somebody wronged complains, with a desk open and without (assumed)."""
EACH = 3
"""So many complaints at most of one sort: those after them name the same thing (assumed)."""
TRACKED_DAYS = (1, 7, 30)
"""When the public is owed a list of what became of demands and promises: 24 hours, 7 days, 30 days."""

DONE_BY: dict[Duty, tuple[str, ...]] = {
    Duty.HOT_DEBRIEF: ("CA4",),
    Duty.FORCE_REPORT: ("CA4R",),
    Duty.RELATIVES: ("CA3",),
    Duty.DETAINED: ("CA3D",),
    Duty.REVIEW: ("CA7R",),
    Duty.INJURED: ("CA8I",),
    Duty.STATEMENT: ("PS2", "PS1"),
    Duty.TRACKER: ("CA5",),
    Duty.COMPLAINT: ("CA6R", "CA6"),
    Duty.PROPERTY: ("CA7",),
    Duty.DEBRIEF: ("CA4P",),
    Duty.LESSONS: ("CA4L",),
}
"""What does what is owed, by catalogue code."""

Owed = tuple[Duty, str, int, tuple[int, ...]]
"""Duty, what it is about, ticks until the seat knows of it, and the participants it concerns."""


def owed_from_the_scene(world: World, playbook: Playbook) -> Iterator[Owed]:
    """Everything owed at the moment people have gone home, in the order it falls due as far as that can be."""
    yield Duty.HOT_DEBRIEF, "units", 0, ()
    yield from _to_people(world)
    yield from _reports(world, playbook)
    if world.counts.peak_present:
        yield Duty.STATEMENT, "public", 0, ()
    yield from _trackers(world)
    yield from _complaints(world, playbook)
    held = _rows(world, Status.DETAINED)
    if held or world.journal.consequences("towed"):
        yield Duty.PROPERTY, "things", 0, held
    yield Duty.DEBRIEF, "participants", 0, ()
    yield Duty.LESSONS, "register", 0, ()


def _trackers(world: World) -> Iterator[Owed]:
    """Lists of what became of demands and promises, each known a day before it is due; none where nobody asked."""
    days = world.setting.aftermath_days
    if world.talks.promises or world.talks.heard:
        for day in TRACKED_DAYS:
            if day == 1 or day <= days:
                last = min(day * DAY, round(days * DAY) - HOUR)
                yield Duty.TRACKER, f"day:{day}", max(0, last - DAY), ()


def _rows(world: World, status: Status) -> tuple[int, ...]:
    return tuple(int(i) for i in np.flatnonzero(world.crowd.people.status == int(status)))


def _to_people(world: World) -> Iterator[Owed]:
    """Relatives, visits, and what the law gives to people who are held."""
    badly = [c for c in world.casualties if c.severity >= 2]
    told = any(a.catalogue == "CA3" and a.stage in {Stage.RUN, Stage.DONE} for a in world.activities)
    if badly and not told:
        yield Duty.RELATIVES, "injured", 0, tuple(c.person for c in badly if c.person >= 0)
    held = _rows(world, Status.DETAINED)
    if held:
        yield Duty.DETAINED, "detained", 0, held
        yield Duty.REVIEW, "detained", 0, held
    if world.casualties:
        rows = tuple(sorted({c.person for c in world.casualties if c.person >= 0}))
        yield Duty.INJURED, "injured", 0, rows


def _reports(world: World, playbook: Playbook) -> Iterator[Owed]:
    """One report for each order that used force, and one for officers who defended themselves."""
    for activity in world.activities:
        response = playbook.responses.get(activity.source)
        if response is not None and response.force in FORCE and activity.stage in {Stage.RUN, Stage.DONE}:
            yield Duty.FORCE_REPORT, f"activity:{activity.number}", 0, ()
    if world.journal.consequences("defence"):
        yield Duty.FORCE_REPORT, "defence", 0, ()


def _complaints(world: World, playbook: Playbook) -> Iterator[Owed]:
    """Who was wronged may complain, some hours later; what nobody answers does not go away."""
    causes: list[tuple[str, int]] = []
    hurt = [c for c in world.casualties if c.cause == "police"]
    causes += [(f"casualty:{c.number}", c.person) for c in hurt[:EACH]]
    wrong = [e for e in world.journal.consequences("arrest") if not e.data["evidence"]]
    causes += [(f"arrest:{e.data['person']}", int(str(e.data["person"]))) for e in wrong[:EACH]]
    for inject in playbook.scenario.injects:
        fired = world.injects[inject.id].status in {"fired", "handled", "missed", "past"}
        if inject.about == About.MISCONDUCT and fired:
            causes.append((f"inject:{inject.id}", -1))
    causes += [(f"order:{a.number}", -1) for a in world.activities if a.marked][:EACH]
    chance = COMPLAINS if "complaints_desk" in world.flags else COMPLAINS_UNASKED
    for k, (about, person) in enumerate(causes):
        if world.noise.uniform(Stream.AFTERMATH, world.tick, 2 * k) < chance:
            hours = 3 + world.noise.choice(69, Stream.AFTERMATH, world.tick, 2 * k + 1)
            yield Duty.COMPLAINT, about, hours * HOUR, (person,) if person >= 0 else ()
