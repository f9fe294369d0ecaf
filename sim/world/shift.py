"""Shifts: what tiredness does to officers who have stood too long, and to the people in front of them.

From half of all fatigue on, which takes about three and a half hours in helmets and two with shields, an officer snaps
at people now and then, and force spills over more easily. Both figures are `assumed`; relief puts an end to them.
"""

from sim.core.noise import Stream
from sim.core.phrase import Phrase
from sim.crowd.stimulus import Channel
from sim.world.message import About, Via
from sim.world.nearby import present_near
from sim.world.unit import Unit
from sim.world.world import World

TIRED = 0.5
"""Fatigue from which it shows (assumed)."""
SNAPS_PER_MIN = 0.1 / 30.0
"""Chance a minute that an officer with nothing left insults somebody: 10 % in half an hour (assumed)."""
NEAR_M = 10.0
"""Somebody has to stand this near for it to happen (assumed)."""
INJUSTICE = 0.2
"""What whoever sees it takes from it (assumed, somewhat less than a gesture on film)."""


def tiredness(unit: Unit) -> float:
    """0 while a unit is fit enough, up to 1 when nothing is left."""
    return max(0.0, (unit.fatigue - TIRED) / (1.0 - TIRED))


def misconduct(world: World) -> None:
    """One minute: officers who are tired and have people close before them may say what they must not."""
    for index, unit in enumerate(world.units):
        tired = tiredness(unit)
        if tired <= 0.0 or not unit.on_scene(world.tick) or not len(present_near(world, unit.x, unit.y, NEAR_M)):
            continue
        if world.noise.uniform(Stream.OFFICER, world.tick, -1 - index) >= SNAPS_PER_MIN * tired:
            continue
        world.flag("harm_by_police")
        world.emit(Channel.SIGHT, x=unit.x, y=unit.y, prominence=1.0, injustice=INJUSTICE)
        world.consequence("misconduct", unit=unit.id, fatigue=round(unit.fatigue, 2))
        world.tell(
            Via.SCENE,
            About.MISCONDUCT,
            Phrase("An officer of {unit}, who has stood too long, has insulted somebody; people saw it", unit=unit.id),
            grade="B",
            needs_answer=True,
            delay_s=20,
        )
