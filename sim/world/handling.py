"""Handling: once a minute each of the four publics judges it by what it lived through, saw online, or was not told.

Participants, bystanders and workers judge by what they themselves went through on the spot; the wider public by what is
filmed, published and left unsaid. All sizes are assumed.
"""

import numpy as np
from numpy.typing import NDArray

from sim.crowd.crowd import FILMED
from sim.crowd.people import Role, Status
from sim.world.reckoning import out_by_itself
from sim.world.world import World

SILENT_PER_MIN = 0.004
"""The wider public's need to know grows so fast while an incident goes on and nobody speaks."""
BLAMED_FROM = 0.5
"""Need to know from which silence is held against the police."""
A_CROWD = 30
"""So many have to have come before the wider public waits for a word."""
FORCE_SEEN = -0.05
"""What one film of force on people who had done nothing does; force on offenders alone does a fifth of it."""
WRONG_SEEN = -0.05
"""What one film of an insult or the like does, at full size."""
HELP_SEEN = 0.01
"""What care that journalists can see does, each case."""
VANTAGE = 1.5
"""From a vantage of their own, journalists show help as well as harm: it counts so much more."""
OVERDUE_MIN = 10.0
"""A promised word so late is a promise broken."""
MISSED = 0.95
"""What a missed word leaves of the belief in whoever promised it."""


def judge_handling(world: World) -> None:
    """One minute of public opinion."""
    opinion = world.opinion
    _lived(world)
    _filmed(world)
    _helped(world)
    if world.counts.peak_present >= A_CROWD and not world.statements:
        opinion.uncertainty = min(1.0, opinion.uncertainty + SILENT_PER_MIN)
        if opinion.uncertainty > BLAMED_FROM:
            opinion.judge("public", -SILENT_PER_MIN)
    _overdue(world)
    out_by_itself(world)
    opinion.recover()
    opinion.judged_tick = world.tick


def members(world: World) -> dict[str, NDArray[np.bool_]]:
    """Who of the people belongs to which public on the spot, whether they are there or not; shape (people,) each."""
    part = world.crowd.participant
    at_work = ~part & (world.crowd.people.role == int(Role.WORKER))
    return {"participants": part, "bystanders": ~part & ~at_work, "workers": at_work}


def _lived(world: World) -> None:
    """Whoever came judges by how far the police have gained or lost with them since they came."""
    people = world.crowd.people
    came = people.status != int(Status.ABSENT)
    change = people.legitimacy - world.first_legitimacy
    for name, group in members(world).items():
        rows = group & came
        now = float(np.mean(change[rows])) if np.any(rows) else 0.0
        moved = now - world.opinion.lived.get(name, 0.0)
        world.opinion.lived[name] = now
        # Around the middle of the scale the judgement moves as far as the trust does.
        world.opinion.judge(name, 2.0 * moved)


def _filmed(world: World) -> None:
    """What journalists put online since the last look."""
    for posted, film in world.crowd.posts:
        if film.serial < FILMED or posted <= world.opinion.judged_tick:
            continue
        if film.force > 0.0:
            innocent = 1.0 - film.offenders_hit / film.hit if film.hit > 0 else 1.0
            world.opinion.judge("public", FORCE_SEEN * film.force * (0.2 + 0.8 * innocent))
        if film.injustice > 0.0:
            world.opinion.judge("public", WRONG_SEEN * film.injustice)


def _helped(world: World) -> None:
    """Care given since the last look, where journalists are on the spot."""
    people = world.crowd.people
    if not np.any(people.present & (people.role == int(Role.JOURNALIST))):
        return
    worth = HELP_SEEN * (VANTAGE if "media_vantage" in world.flags else 1.0)
    for case in world.casualties:
        if case.cared_tick > world.opinion.judged_tick >= 0:
            world.opinion.judge("public", worth)


def _overdue(world: World) -> None:
    """A word that was promised and did not come is held against whoever promised it, once."""
    statements = world.statements
    if not statements or statements[-1].next_tick < 0:
        return
    last = statements[-1]
    due = last.next_tick + round(OVERDUE_MIN * 600)
    if world.opinion.judged_tick < due <= world.tick:
        world.opinion.believe(last.source, MISSED)
        world.opinion.uncertainty = min(1.0, world.opinion.uncertainty + 0.05)
        world.consequence("update_missed", response=last.response, source=last.source)
