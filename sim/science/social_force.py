"""The social force model of escape panic, as an independent reference; no part of the product's crowd uses it.

Helbing, Farkas and Vicsek 2000: everybody accelerates to a wanted speed within tau and is pushed off others and walls
by A exp(gap/B), and where bodies overlap by an elastic force k and a sliding friction kappa. Solved with a
semi-implicit Euler step short enough for the stiff contacts.
"""

import math

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import inlined, kernel
from sim.core.maths import exp
from sim.crowd.parameters import Row
from sim.crowd.people import Floats, Ints

_REACH_M = 0.6
"""Gap at which the push of a neighbour has fallen to a newton and is left out."""
_SKIN_M = 0.3
"""Neighbours are listed this much beyond that, so that a list lasts while nobody has come half of it."""
_GONE_M = 1.0
"""Who is this far through the door is taken away."""

BODY = np.dtype([(name, np.float64) for name in ("x", "y", "vx", "vy", "r")])
"""Somebody: place, m; velocity, m/s; radius, m."""

RULES = np.dtype(
    [
        (name, np.float64)
        for name in ("room", "door", "speed", "mass", "tau", "push", "fall", "stiff", "slide", "step", "longest")
    ]
)
"""Side of the room and width of the door, m; v0, m/s; m, kg; tau, s; A, N; B, m; k, kg/s2; kappa, kg/(m s); step and
longest time, s."""


@kernel
def escape(body: NDArray[np.void], rule: NDArray[np.void], wanted: int) -> Floats:
    """Let people leave a square room by the door in the middle of its east wall; returns the times they passed it, s.

    Args:
        body: Shape (n,) of `BODY`; changed in place.
        rule: Shape (1,) of `RULES`.
        wanted: How many passages end the run.
    """
    w: Row = rule[0]
    n = len(body)
    passages = np.empty(n)
    out = 0
    here = np.ones(n, np.uint8)
    through = np.zeros(n, np.uint8)
    fx, fy = np.empty(n), np.empty(n)
    pairs = np.empty((n * 40, 2), np.int32)
    count = _list_pairs(body, here, pairs)
    moved = 0.0
    steps = int(w.longest / w.step)
    for step in range(steps):
        if moved > 0.5 * _SKIN_M:
            count = _list_pairs(body, here, pairs)
            moved = 0.0
        _drive(body, here, w, fx, fy)
        _meet(body, pairs, count, w, fx, fy)
        fastest = 0.0
        for i in range(n):
            if here[i] == 0:
                continue
            one: Row = body[i]
            one.vx += fx[i] / w.mass * w.step
            one.vy += fy[i] / w.mass * w.step
            one.x += one.vx * w.step
            one.y += one.vy * w.step
            fastest = max(fastest, one.vx * one.vx + one.vy * one.vy)
            if through[i] == 0 and one.x > w.room:
                through[i] = 1
                passages[out] = (step + 1) * w.step
                out += 1
            if one.x > w.room + _GONE_M:
                here[i] = 0
        if out >= wanted:
            break
        moved += math.sqrt(fastest) * w.step
    return passages[:out]


@kernel
def _list_pairs(body: NDArray[np.void], here: NDArray[np.uint8], pairs: Ints) -> int:
    """Write everybody who may come to matter to each other into `pairs`; returns how many."""
    count = 0
    for i in range(len(body)):
        if here[i] == 0:
            continue
        one: Row = body[i]
        for j in range(i):
            other: Row = body[j]
            dx, dy = other.x - one.x, other.y - one.y
            far = one.r + other.r + _REACH_M + _SKIN_M
            if here[j] != 0 and dx * dx + dy * dy < far * far and count < len(pairs):
                pairs[count, 0], pairs[count, 1] = i, j
                count += 1
    return count


@kernel
def _drive(body: NDArray[np.void], here: NDArray[np.uint8], w: Row, fx: Floats, fy: Floats) -> None:
    """Set everybody's force to what their own wish and the walls exert."""
    half, middle = 0.5 * w.door, 0.5 * w.room
    for i in range(len(body)):
        fx[i], fy[i] = 0.0, 0.0
        if here[i] == 0:
            continue
        one: Row = body[i]
        free = max(0.0, half - one.r)
        gx, gy = 1.0, 0.0
        if one.x < w.room:
            gx = w.room + one.r - one.x
            gy = min(middle + free, max(middle - free, one.y)) - one.y
            length = math.sqrt(gx * gx + gy * gy)
            gx, gy = gx / length, gy / length
        fx[i] = w.mass * (w.speed * gx - one.vx) / w.tau
        fy[i] = w.mass * (w.speed * gy - one.vy) / w.tau
        _lean(one, 0.0, one.y, i, w, fx, fy)
        _lean(one, one.x, 0.0, i, w, fx, fy)
        _lean(one, one.x, w.room, i, w, fx, fy)
        if one.y < middle:
            _lean(one, w.room, min(one.y, middle - half), i, w, fx, fy)
        else:
            _lean(one, w.room, max(one.y, middle + half), i, w, fx, fy)


@inlined
def _lean(one: Row, x: float, y: float, i: int, w: Row, fx: Floats, fy: Floats) -> None:
    """Add what the point (x, y) of a wall does to one body."""
    dx, dy = one.x - x, one.y - y
    d = math.sqrt(dx * dx + dy * dy)
    gap = d - one.r
    if gap < _REACH_M and d > 0.0:
        nx, ny = dx / d, dy / d
        depth = max(0.0, -gap)
        push = w.push * exp(-gap / w.fall) + w.stiff * depth
        slip = one.vy * nx - one.vx * ny
        fx[i] += push * nx + w.slide * depth * slip * ny
        fy[i] += push * ny - w.slide * depth * slip * nx


@kernel
def _meet(body: NDArray[np.void], pairs: Ints, count: int, w: Row, fx: Floats, fy: Floats) -> None:
    """Add what people do to each other."""
    for k in range(count):
        i, j = pairs[k, 0], pairs[k, 1]
        a: Row = body[i]
        b: Row = body[j]
        dx, dy = a.x - b.x, a.y - b.y
        far = a.r + b.r + _REACH_M
        square = dx * dx + dy * dy
        if square >= far * far or square == 0.0:
            continue
        d = math.sqrt(square)
        nx, ny = dx / d, dy / d
        gap = d - a.r - b.r
        depth = max(0.0, -gap)
        push = w.push * exp(-gap / w.fall) + w.stiff * depth
        # How fast b slides past a, along the left of the way from b to a.
        slip = (b.vy - a.vy) * nx - (b.vx - a.vx) * ny
        gx = push * nx - w.slide * depth * slip * ny
        gy = push * ny + w.slide * depth * slip * nx
        fx[i] += gx
        fy[i] += gy
        fx[j] -= gx
        fy[j] -= gy
