"""What everybody wants before the tick: who walks, which way and how fast, and how far the walls are.

All of this is asked of each person alone. Whom they meet on the way is asked afterwards (`turn`, `motion`).
"""

from typing import Any

from sim.core.kernel import inlined
from sim.crowd.ground import Land, ease_at, wall_at
from sim.crowd.near import ASLEEP, STANDS, WALKS
from sim.crowd.people import Act, Bytes, Floats, Ints, Singles, Status
from sim.crowd.steering import friction, heading, settled
from sim.crowd.walls import OPEN_M, open_at

_PRESENT = int(Status.PRESENT)
_INJURED, _HELD = int(Act.INJURED), int(Act.HELD)

GX, GY, FAST, HEADWAY, CREEP, WALL_M, AX, AY, PLAN = range(9)
"""Columns of a plan: way wanted, greatest speed, T, least speed, metres to the wall and the way from it; how many."""


@inlined
def wishes(
    status: Bytes,
    act: Bytes,
    x: Floats,
    y: Floats,
    v: Floats,
    spot_x: Floats,
    spot_y: Floats,
    goal: Ints,
    stuck: Floats,
    disturbed: Bytes,
    load: Singles,
    wish: Bytes,
    w: Any,
) -> bool:
    """Write who walks, who stands and who need not be looked at; returns whether anything can change."""
    busy = False
    for i in range(len(x)):
        if status[i] != _PRESENT:
            continue
        wish[i] = ASLEEP
        if act[i] == _INJURED or act[i] == _HELD:
            v[i] = 0.0
        elif not settled(act[i], goal[i], spot_x[i] - x[i], spot_y[i] - y[i], stuck[i], w):
            wish[i] = WALKS
        elif disturbed[i] != 0 or v[i] > 0.0:
            wish[i] = STANDS
        busy = busy or wish[i] != ASLEEP or disturbed[i] != 0 or load[i] > 0.0
    return busy


@inlined
def intend(
    wish: Bytes,
    act: Bytes,
    x: Floats,
    y: Floats,
    spot_x: Floats,
    spot_y: Floats,
    goal: Ints,
    gap: Floats,
    drive: Floats,
    load: Singles,
    free: Floats,
    land: Land,
    openness: Bytes,
    plan: Floats,
    w: Any,
) -> None:
    """Write the plan of everybody who moves, shape (people, 9): all that does not ask who is near.

    A loop of its own, in the order of the rows: while one person's ground is fetched, the next is under way.
    """
    for i in range(len(x)):
        if wish[i] < STANDS:
            continue
        one = plan[i]
        around = open_at(openness, x[i], y[i])
        ease = 1.0
        if around >= OPEN_M:
            one[WALL_M], one[AX], one[AY] = around, 0.0, 0.0
        else:
            one[WALL_M], one[AX], one[AY] = wall_at(land.distance, land.cell, x[i], y[i])
            ease = ease_at(land, x[i], y[i])
        one[GX], one[GY], fast = 0.0, 0.0, w.give_way
        if wish[i] == WALKS:
            one[GX], one[GY] = heading(act[i], goal[i], x[i], y[i], spot_x[i], spot_y[i], one[WALL_M], land, w)
            fast = free[i] * (1.0 + w.drive_speed * drive[i]) * ease
        headway = gap[i] * (1.0 - w.drive_gap * drive[i])
        if load[i] > 0.0:
            drag = friction(load[i], w)
            fast, headway = fast * drag, headway / drag
        one[FAST], one[HEADWAY], one[CREEP] = fast, headway, w.creep * (1.0 - drive[i])
