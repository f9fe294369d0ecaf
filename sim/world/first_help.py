"""First help: officers near somebody hurt or ill go to their side by themselves and report it; medics are still needed.

What officers are taught for the minutes before an ambulance: go there, call for help, keep the person safe. It buys
time and is no treatment, so the casualty still waits for care.
"""

from functools import lru_cache
from operator import attrgetter

import numpy as np

from sim.core.phrase import Phrase
from sim.world.casualty import Casualty
from sim.world.message import About, Via
from sim.world.unit import Unit
from sim.world.world import World

NOTICED_M = 25.0
"""Officers notice somebody on the ground from so far away in a crowd (assumed)."""
AT_SIDE_M = 6.0
OFFICERS = frozenset({"CMD", "LIA", "NEG", "PAT", "TRF", "POU", "EVI", "MED"})
"""Units whose people are trained in first aid."""
_WHERE = attrgetter("x", "y")
_HOW = {1: Phrase("lightly hurt or unwell"), 2: Phrase("seriously hurt or ill")}


def first_help(world: World) -> None:
    """One second: whoever is near goes to a casualty, says so once, and while they are there it gets no worse."""
    cases = [case for case in world.casualties if case.cared_tick < 0 and case.severity in _HOW]
    if not cases:
        return
    for case, helper in zip(cases, _nearest(world, cases), strict=True):
        if helper is None:
            continue
        if helper.activity == 0 and not helper.travelling and _square_m(helper, case) > AT_SIDE_M * AT_SIDE_M:
            world.send(helper, case.x, case.y)
        if case.worsens_tick >= 0:
            case.worsens_tick += 10
        if case.helped_tick < 0:
            case.helped_tick = world.tick
            world.consequence("first_help", number=case.number, unit=helper.id)
            world.tell(
                Via.RADIO,
                About.CASUALTY,
                Phrase(
                    "{unit}: somebody is {how}, casualty {number}. We are giving first aid; send a medical team.",
                    unit=helper.id,
                    how=_HOW[case.severity],
                    number=case.number,
                ),
                sender=helper.id,
                grade="A",
                delay_s=10,
            )


def _nearest(world: World, cases: list[Casualty]) -> list[Unit | None]:
    """For each case the nearest officers who notice, and who neither stand in a closed line nor move against people."""
    ready = [
        unit
        for unit in world.units
        if unit.code in OFFICERS and unit.on_scene(world.tick) and not unit.closed and not unit.advancing
    ]
    if not ready:
        return [None] * len(cases)
    near = _noticed(tuple(map(_WHERE, ready)), tuple(map(_WHERE, cases)))
    return [None if k < 0 else ready[k] for k in near]


@lru_cache(maxsize=16)
def _noticed(ready: tuple[tuple[float, float], ...], lie: tuple[tuple[float, float], ...]) -> list[int]:
    """Which of those ready is nearest to each who lies there, -1 if all are too far off; most seconds nobody moves."""
    where, down = np.array(ready), np.array(lie)
    dx, dy = where[:, 0] - down[:, :1], where[:, 1] - down[:, 1:]
    square = dx * dx + dy * dy
    nearest = square.argmin(axis=1)
    noticed = square[np.arange(len(lie)), nearest] <= NOTICED_M * NOTICED_M
    near: list[int] = np.where(noticed, nearest, -1).tolist()
    return near


def _square_m(unit: Unit, case: Casualty) -> float:
    dx, dy = unit.x - case.x, unit.y - case.y
    return dx * dx + dy * dy
