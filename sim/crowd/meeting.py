"""What the people near do to one's way and one's speed: the sums over neighbours of the walking laws.

Symbols as in the sources named in `sim.crowd.walking`: g is the unit vector to the goal, e a heading, n the unit
vector to a neighbour, l the sum of two radii, T the time gap.
"""

from typing import Any

from sim.core.kernel import inlined
from sim.core.lanes import LANES, add_up, count_up, exp, fill, how_many, least, load, most, size, smallest, total, where
from sim.crowd.ground import FAR
from sim.crowd.near import Near

_FAINT = 12.0
"""exp(-12) times the push is below 1e-4: neighbours that many ranges away are passed over."""


@inlined
def meet(
    near: Near,
    first: int,
    past: int,
    ex: float,
    ey: float,
    v: float,
    soft: float,
    gx: float,
    gy: float,
    blend: float,
    w: Any,
) -> tuple[float, float]:
    """Return what the neighbours add to the push to the left and to the turn to the left, added up in their order.

    Args:
        near: The neighbours; who is behind, seen along g and along e, counts for nothing.
        first: Where they begin in it.
        past: Where they end.
        ex: e.
        ey: The same, northwards.
        v: Own speed, m/s.
        soft: Own radius as it is now, m.
        gx: g.
        gy: The same, northwards.
        blend: f, from 0 for who is jammed to 1 for who walks freely.
        w: The row of `Walking.table`.
    """
    push, turn = 0.0, 0.0
    vx, vy, faint = v * ex, v * ey, _FAINT * w.push_range
    for f in range(first, past, LANES):
        dx, dy, d = load(near.dx, f), load(near.dy, f), load(near.d, f)
        ahead = dx * gx + dy * gy
        counts = ((ahead >= 0.0) | (dx * ex + dy * ey >= 0.0)) & (d > 0.0) & (count_up(float(f)) < float(past))
        if how_many(counts) == 0:
            continue
        other_vx, other_vy = load(near.vx, f), load(near.vy, f)
        along = load(near.ex, f) * gx + load(near.ey, f) * gy
        towards = ((vx - other_vx) * dx + (vy - other_vy) * dy) / d
        gap = most(fill(0.0), d - (load(near.soft, f) + soft) - towards * w.foresight)
        # How far to the left the neighbour will be; somebody dead ahead is passed on the right.
        left = (dy + other_vy * w.foresight) * gx - (dx + other_vx * w.foresight) * gy
        pushed = fill(0.0)
        if how_many(counts & (gap < faint)) > 0:
            pushed = ((1.0 - along) * 0.5 + 1.0) * w.push * exp(-gap / w.push_range)
            pushed = where(gap < faint, where(left < 0.0, pushed, -pushed), fill(0.0))
        push = add_up(push, where(counts, where(along <= 0.0, pushed, pushed * blend), fill(0.0)))
        turns = counts & (along > 0.0) & (ahead > 0.0)
        if blend < 1.0 and how_many(turns) > 0:
            swing = exp(-gap / w.dodge_range) * (-(1.0 - blend) * w.dodge) * (ahead / d)
            turn = add_up(turn, where(turns, swing * (left / (size(left) + w.dodge_soft)), fill(0.0)))
    return push, turn


@inlined
def repel(near: Near, first: int, past: int, soft: float, w: Any) -> tuple[float, float]:
    """Return the repulsion of the neighbours in CFSM: a exp((l - d) / D) away from each."""
    east, north, per_range = fill(0.0), fill(0.0), 1.0 / w.push_range
    for f in range(first, past, LANES):
        dx, dy, d = load(near.dx, f), load(near.dy, f), load(near.d, f)
        counts = (count_up(float(f)) < float(past)) & (d > 0.0)
        strength = exp((load(near.soft, f) + soft - d) * per_range) * w.push / d
        strength = where(counts, strength, fill(0.0))
        east, north = east - strength * dx, north - strength * dy
    return float(total(east)), float(total(north))


@inlined
def room_ahead(near: Near, first: int, past: int, ex: float, ey: float, soft: float, beside: float) -> float:
    """Return the metres to the nearest body in the corridor that somebody of radius `soft` sweeps along e.

    Who is beside counts for nothing: e . n below `beside`.
    """
    room = fill(FAR)
    for f in range(first, past, LANES):
        dx, dy, wide = load(near.dx, f), load(near.dy, f), load(near.soft, f) + soft
        inside = (dx * ex + dy * ey >= load(near.d, f) * beside) & (size(dy * ex - dx * ey) <= wide)
        inside = inside & (count_up(float(f)) < float(past))
        room = least(room, where(inside, load(near.d, f) - wide, fill(FAR)))
    return float(smallest(room))
