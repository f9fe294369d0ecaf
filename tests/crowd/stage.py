"""Small hand-made sites, groups and crowds that the tests of this room share."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from sim.core.geometry import Rect
from sim.core.noise import Noise
from sim.crowd.body import Bodies
from sim.crowd.cast import GroupSpec
from sim.crowd.crowd import Crowd
from sim.crowd.ground import Destination, Ground, Site, compile_ground
from sim.crowd.parameters import Parameters
from sim.crowd.people import TRAITS, People, Role, Status
from sim.crowd.plan import GroupPlan
from sim.crowd.stimulus import Stimulus

NOISE = Noise(seed=20)
SECOND = 10
NOBODY = Bodies.blank(0)


@cache
def ground_of(
    width_m: float,
    height_m: float,
    solids: tuple[tuple[float, float, float, float], ...] = (),
    exits: tuple[tuple[float, float, float, float], ...] = (),
    cell_m: float = 0.5,
) -> Ground:
    """A compiled site whose solids and destinations (called 0, 1, ...) are rectangles."""
    destinations = tuple(Destination(str(k), (Rect(*exit_),)) for k, exit_ in enumerate(exits))
    return compile_ground(Site(width_m, height_m, cell_m, tuple(Rect(*s) for s in solids), destinations))


def group_of(ground: Ground, n: int = 1, **changes: Any) -> GroupSpec:
    """Sympathisers who stay where they come in, anywhere on the ground, and may leave by every destination."""
    plan = {
        "name": "people",
        "participant": True,
        "errand": -1,
        "exits": tuple(range(len(ground.site.destinations))),
        "patience_min": 1e6,
    }
    plan |= {name: changes.pop(name) for name in tuple(changes) if name in plan and name != "name"}
    plan["post"] = changes.pop("post_field", -1)
    site = ground.site
    whole = Rect(0.5, 0.5, site.width_m - 0.5, site.height_m - 0.5)
    given: dict[str, Any] = {"name": "people", "n": n, "roles": ((Role.SYMPATHISER, 1.0),), "spawn": (whole,)}
    return GroupSpec(**(given | changes), plan=GroupPlan(**plan))


def people_at(places: Sequence[tuple[float, float]], **columns: Any) -> People:
    """People standing at these places with neutral values, `columns` set for all or one by one."""
    people = People.blank(len(places))
    people.role[:] = int(Role.SYMPATHISER)
    people.status[:] = int(Status.PRESENT)
    people.arrival_tick[:] = 0
    people.expressiveness[:] = 0.5
    people.receptivity[:] = 0.5
    if len(places):
        people.x[:], people.y[:] = np.array(places, dtype=np.float64).T
    people.spot_x[:], people.spot_y[:] = people.x, people.y
    for name, value in columns.items():
        getattr(people, name)[:] = value
    return people


def crowd_at(
    ground: Ground, places: Sequence[tuple[float, float]], params: Parameters | None = None, **columns: Any
) -> Crowd:
    """A crowd of one group of such people; `errand`, `post_field`, ... are of its plan."""
    of_plan = {name: columns.pop(name) for name in ("post_field", "errand", "exits", "patience_min") if name in columns}
    return Crowd(people_at(places, **columns), [group_of(ground, len(places), **of_plan)], params or Parameters())


def lattice(x0: float, y0: float, columns: int, rows: int, step_m: float) -> list[tuple[float, float]]:
    """Places in columns and rows, `step_m` apart, from the south-west corner (x0, y0)."""
    return [(x0 + c * step_m, y0 + r * step_m) for r in range(rows) for c in range(columns)]


def walk(
    crowd: Crowd, ground: Ground, ticks: int, *, start: int = 0, bodies: Bodies = NOBODY, noise: Noise = NOISE
) -> None:
    """Let so many ticks pass with nothing to perceive."""
    for tick in range(start, start + ticks):
        crowd.advance(ground, bodies, (), noise, tick)


def perceive(crowd: Crowd, ground: Ground, *stimuli: Stimulus, tick: int = 0, bodies: Bodies = NOBODY) -> Crowd:
    """A fork of the crowd one thought later, after these stimuli; nobody has moved."""
    other = crowd.fork()
    other.think(ground, bodies, stimuli, NOISE, tick)
    return other


def differing(a: People, b: People) -> list[int]:
    """Rows of the people who are not the same, to the last bit, in both; what a person is included."""
    rows = np.zeros(len(a), dtype=bool)
    for name in (*a.state(), *sorted(TRAITS)):
        mine, theirs = getattr(a, name), getattr(b, name)
        rows |= (mine != theirs).reshape(len(a), -1).any(axis=1)
    return [int(i) for i in np.flatnonzero(rows)]


def line_of_officers(x: float, ys: Sequence[float], *, closed: bool) -> Bodies:
    """Officers of one unit standing north to south at `x`."""
    bodies = Bodies.blank(len(ys))
    bodies.x[:] = x
    bodies.y[:] = ys
    bodies.radius[:] = 0.25
    bodies.closed[:] = int(closed)
    return bodies
