"""Remember: what the community takes along from an incident whose days after have been played.

Half of what an incident did to people's trust, grievance and hope lasts until the next one (assumed); how many come
again follows the risk of recurrence.
"""

import numpy as np

from sim.crowd.people import Floats
from sim.exercise.opening import open_world
from sim.scenario.scenario import Playbook
from sim.world.learning import came
from sim.world.memory import LEAST_TURNOUT, MOST_SHIFT, MOST_TURNOUT, Memory
from sim.world.metric import promises_broken, promises_kept
from sim.world.recurrence import recurrence_risk
from sim.world.world import World

LASTS = 0.5
"""Share of a change that lasts until the next incident (assumed)."""
USUAL_RISK = 0.3
"""At this risk as many come again as the scenario says (assumed)."""


def community_of(playbook: Playbook) -> str:
    """Id of the people a scenario is about: its `community`, or the scenario's own id."""
    return playbook.scenario.community or playbook.scenario.id


def memory_after(world: World, playbook: Playbook, seed: int) -> Memory:
    """What is remembered of this run and of those before it, as things stand now."""
    before = world.memory
    people, rows = world.crowd.people, came(world)
    # The same people as they would have come without anything to remember.
    fresh = open_world(playbook, seed, memory=Memory(turnout_factor=before.turnout_factor)).crowd.people

    def shift(now: Floats, then: Floats) -> float:
        change = float(np.mean(now[rows] - then[rows])) if np.any(rows) else 0.0
        return round(min(MOST_SHIFT, max(-MOST_SHIFT, LASTS * change)), 4)

    turnout = 1.0 + recurrence_risk(world) - USUAL_RISK
    opinion = world.opinion
    return Memory(
        community=community_of(playbook),
        incidents=before.incidents + 1,
        trust=round(float(np.mean(people.legitimacy[rows])), 4) if np.any(rows) else before.trust,
        kept=before.kept + int(promises_kept(world)),
        broken=before.broken + int(promises_broken(world)),
        opinion={
            "public": round(opinion.public, 4),
            "bystanders": round(opinion.bystanders, 4),
            "workers": round(opinion.workers, 4),
        },
        legitimacy_shift=shift(people.legitimacy, fresh.legitimacy),
        grievance_shift=shift(people.grievance, fresh.grievance),
        hope_shift=shift(people.hope, fresh.hope),
        turnout_factor=round(min(MOST_TURNOUT, max(LEAST_TURNOUT, turnout)), 4),
    )
