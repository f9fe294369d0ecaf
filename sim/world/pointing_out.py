"""Pointing out: an offence is one thing, knowing who did it another; an arrest needs the second.

Who did it is known when an officer on the scene sees it happen, or when evidence is secured where it happened. What
nobody of ours saw and nobody asked about afterwards is known to those who stood there and to nobody else.

The law of all three packs lets anybody who saw it say who it was. Those who talk with the crowd, mediate, decide, care
or supply are nevertheless not the witness an arrest rests on by themselves: liaison officers are kept away from arrests
and evidence, and whoever is trusted to listen or to heal does not point people out on the radio. What they saw counts
where it is asked for, when evidence is secured, as with every other witness. Whoever of ours is attacked may always say
by whom.
"""

from collections.abc import Sequence

from sim.core.geometry import Point
from sim.core.phrase import Phrase
from sim.crowd.ground import clear_sight
from sim.world.attacked import nearest_place
from sim.world.message import About, Via
from sim.world.nearby import present_near
from sim.world.report import DRONE_SIGHT_M, SIGHT_M
from sim.world.suspect import Suspect
from sim.world.unit import Unit
from sim.world.world import World

WATCHING = ("CMD", "PAT", "TRF", "POU", "EVI", "DRN")
"""Units that radio in whom they see break the law: officers who neither negotiate nor care (guidance; judgement)."""
NOBODY = Phrase("Nobody can be pointed out here: neither film nor witnesses show anybody break the law lately")
"""What is said where evidence shows nobody: a look that found nothing, and no fact that an act can rest on."""
APART_M = 30.0
"""Nearer to somebody who was radioed in a short while ago, another one is not radioed in as well (assumed)."""


def offends(world: World, persons: Sequence[int]) -> None:
    """These people offend together at this tick, whether or not anybody of ours notices; it is radioed in once."""
    said = False
    for person in persons:
        world.crowd.people.last_offence[person] = world.tick
        said = noticed(world, person, tell=not said) or said


def noticed(world: World, person: int, *, tell: bool, ours: bool = False) -> bool:
    """Somebody has just offended, with `ours` against one of ours: whoever of ours sees it can point them out.

    With `tell` it is said on the radio, but not where somebody near them could be pointed out before; returns whether
    it was.
    """
    people = world.crowd.people
    x, y = float(people.x[person]), float(people.y[person])
    unit = _who_sees(world, x, y, ours=ours)
    if unit is None:
        return False
    news = tell and not pointed_out(world, x, y, APART_M, world.tick)
    before = world.suspects.get(person)
    on_record = before is not None and before.on_record and before.holds(world.tick)
    world.suspects[person] = Suspect(int(people.last_offence[person]), on_record=on_record)
    if news:
        _radio(world, unit, x, y)
    return news


def secure_evidence(world: World, x: float, y: float, reach_m: float, back_ticks: int) -> int:
    """Film and witnesses show who offended within reach lately, participant or not; returns how many they show."""
    last = world.crowd.people.last_offence
    shown = [int(i) for i in present_near(world, x, y, reach_m) if world.tick - int(last[i]) <= back_ticks]
    for person in shown:
        world.suspects[person] = Suspect(int(last[person]), on_record=True)
    return len(shown)


def pointed_out(world: World, x: float, y: float, reach_m: float, tick: int) -> list[int]:
    """Rows of those present within reach who, as of that tick, can be pointed out for an offence, in row order."""
    if not world.suspects:
        return []
    rows = (int(i) for i in present_near(world, x, y, reach_m))
    return [row for row in rows if row in world.suspects and world.suspects[row].holds(tick)]


def _who_sees(world: World, x: float, y: float, *, ours: bool) -> Unit | None:
    """The nearest watching unit on scene, or of all units where `ours`, from which what happens there can be seen.

    Nothing hides anybody from overhead.
    """
    here, ground = Point(x, y), world.ground
    able = [
        (away, unit.id, unit)
        for unit in world.units
        if (ours or unit.code in WATCHING)
        and unit.on_scene(world.tick)
        and (away := here.distance(Point(unit.x, unit.y))) < (DRONE_SIGHT_M if unit.code == "DRN" else SIGHT_M)
        and (unit.code == "DRN" or clear_sight(ground.solid, ground.cell_m, unit.x, unit.y, x, y))
    ]
    return min(able, key=lambda each: each[:2])[2] if able else None


def _radio(world: World, unit: Unit, x: float, y: float) -> None:
    place = nearest_place(world, x, y)
    says = (
        Phrase("Somebody broke the law near {place}. We saw who it was and can point them out", place=place.name)
        if place
        else Phrase("Somebody broke the law. We saw who it was and can point them out")
    )
    where = place.id if place else ""
    world.tell(Via.RADIO, About.REPORT, says, sender=unit.id, place=where, grade="A", delay_s=10)
