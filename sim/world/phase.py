"""Phase: where the incident is, from early warning to aftermath, as clock, orders and reports show it.

A phase is no state of the crowd: nobody's feelings are looked at, only what the command post itself could know.
"""

from enum import IntEnum
from operator import attrgetter

from sim.core.phrase import Phrase
from sim.crowd.state import CrowdState
from sim.world.world import World

GROWN_MIN = 20.0
"""From so many minutes after the first call on, people have had time to gather (assumed)."""
DWELL_TICKS = 1800
"""A phase is left for an earlier one only after three minutes, so that it does not flicker (assumed)."""
PARTING = frozenset({"NG9", "DS1"})
"""Catalogue codes of what is ordered when people are about to go home."""
_ADVANCING = attrgetter("advancing")


class Phase(IntEnum):
    """Where the incident is."""

    EARLY_WARNING = 0
    ARRIVAL = 1
    GROWTH = 2
    TENSION = 3
    CONFRONTATION = 4
    RESOLUTION = 5
    AFTERMATH = 6


PHASES = {
    Phase.EARLY_WARNING: Phrase("early warning"),
    Phase.ARRIVAL: Phrase("arrival"),
    Phase.GROWTH: Phrase("growth"),
    Phase.TENSION: Phrase("tension"),
    Phase.CONFRONTATION: Phrase("confrontation"),
    Phase.RESOLUTION: Phrase("resolution"),
    Phase.AFTERMATH: Phrase("aftermath"),
}
"""What each is called."""


def advance_phase(world: World) -> None:
    """Look where the incident is now; a change goes into the journal. The aftermath is entered by `enter` alone."""
    before = Phase(world.phase)
    if before == Phase.AFTERMATH:
        return
    now = _on_scene(world)
    if now == before or (now < before and world.tick - world.phase_tick < DWELL_TICKS):
        return
    enter(world, now)


def enter(world: World, phase: Phase) -> None:
    """Put the incident into a phase and write it down."""
    world.journal.append(world.tick, "phase", **{"from": int(world.phase), "to": int(phase)})
    world.phase = int(phase)
    world.phase_tick = world.tick


def _on_scene(world: World) -> Phase:
    """The phase of the on-scene part that clock, orders and fresh reports show."""
    worst = world.reports.worst(world.tick)
    if worst == int(CrowdState.CLASH) or any(map(_ADVANCING, world.units)):
        return Phase.CONFRONTATION
    if world.minute < 0.0:
        return Phase.EARLY_WARNING
    if world.talks.agreement() or not PARTING.isdisjoint(world.codes()):
        return Phase.RESOLUTION
    if worst == int(CrowdState.AGITATED):
        return Phase.TENSION
    if world.talks.first_contact_tick >= 0 or world.minute >= GROWN_MIN:
        return Phase.GROWTH
    return Phase.ARRIVAL
