"""Harm: what violent acts of the crowd and crushing do to people, and what others see of it.

Odds of injury per act are `assumed`: thrown things mostly miss, attacks on a person mostly hurt a little.
"""

import numpy as np

from sim.core.kernel import kernel
from sim.core.noise import Stream
from sim.core.phrase import Phrase
from sim.crowd.conduct import Deed
from sim.crowd.people import Act, Bytes, Singles, Status
from sim.crowd.stimulus import Channel
from sim.world.attacked import call_for_help
from sim.world.force import defend
from sim.world.message import About, Via
from sim.world.pointing_out import noticed
from sim.world.world import World

MINOR = {Act.OBSTRUCT: 0.005, Act.THROW: 0.05, Act.ATTACK: 0.30}
SERIOUS = {Act.OBSTRUCT: 0.0, Act.THROW: 0.004, Act.ATTACK: 0.03}
CRUSH_DENSITY = 6.0
"""Persons/m2 from which the run counts as a crush (gate of the rubric; sourced bands put 5.5 as hazardous)."""

_PRESENT = int(Status.PRESENT)
TIGHT_DENSITY = 5.0
"""Persons/m2 at which a moving crowd is in danger (crowd safety guidance)."""


def apply_deeds(world: World, deeds: list[Deed]) -> None:
    """Violent acts of this second: shown to whoever can see them, injuries drawn; officers defend themselves."""
    people = world.crowd.people
    for deed in deeds:
        act = Act(deed.act)
        world.counts.deeds += 1
        world.emit(Channel.SIGHT, x=deed.x, y=deed.y, violent_acts=1.0, fear=0.03 if act == Act.ATTACK else 0.01)
        ours = deed.target_kind == "officer"
        noticed(world, int(deed.person), tell=act != Act.OBSTRUCT and not ours, ours=ours)
        world.consequence("deed", act=act.name.lower(), target_kind=deed.target_kind, person=int(deed.person))
        if deed.target_kind == "property":
            if act != Act.OBSTRUCT:
                world.counts.damage_tick = world.tick
            continue
        defend(world, deed)
        call_for_help(world, deed)
        draw = world.noise.uniform(Stream.INJURY, world.tick, -int(deed.person) - 1)
        severity = 2 if draw < SERIOUS[act] else 1 if draw < SERIOUS[act] + MINOR[act] else 0
        if not severity:
            continue
        if deed.target_kind == "officer":
            world.hurt(-1, severity, "officer", deed.x, deed.y)
        elif deed.target >= 0 and people.injury[deed.target] < severity:
            world.hurt(deed.target, severity, "crowd", float(people.x[deed.target]), float(people.y[deed.target]))


def apply_injuries(world: World, injured: list[tuple[int, int]]) -> None:
    """People hurt by crushing or falling in this second, as (person, severity)."""
    people = world.crowd.people
    for person, severity in injured:
        world.hurt(person, severity, "crush", float(people.x[person]), float(people.y[person]))


def watch_density(world: World) -> None:
    """Keeps the crush clock: how long somewhere at least 6 persons/m2 stand without a break."""
    people = world.crowd.people
    densest = float(_densest(people.status, people.density))
    counts = world.counts
    counts.peak_density = max(counts.peak_density, densest)
    counts.crush_ticks = counts.crush_ticks + 10 if densest >= CRUSH_DENSITY else 0
    counts.crush_worst_ticks = max(counts.crush_worst_ticks, counts.crush_ticks)
    counts.tight_ticks = counts.tight_ticks + 10 if densest >= TIGHT_DENSITY else 0
    counts.tight_worst_ticks = max(counts.tight_worst_ticks, counts.tight_ticks)


@kernel
def _densest(status: Bytes, density: Singles) -> float:
    """Return the highest density at anybody present."""
    most = 0.0
    for i in range(len(status)):
        if status[i] == _PRESENT:
            most = max(most, np.float64(density[i]))
    return most


def worsen(world: World) -> None:
    """Casualties whose time has run out get one step worse, which is reported."""
    for case in world.casualties:
        if case.waiting and 0 <= case.worsens_tick <= world.tick and case.severity < 3:
            case.severity += 1
            case.worsens_tick = -1
            names = ("", "minor", "serious", "fatal")
            world.consequence("worsened", number=case.number, severity=names[case.severity], cause=case.cause)
            world.opinion.judge("public", -0.15)
            world.tell(
                Via.RADIO,
                About.CASUALTY,
                Phrase("A casualty who has not been cared for is getting worse"),
                grade="A",
                needs_answer=case.severity < 3,
            )
