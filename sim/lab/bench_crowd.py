"""Crowds to be timed: everybody walks to and fro, stands, or presses towards one opening; the mind is on in all."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.core.geometry import Rect
from sim.core.noise import Noise
from sim.crowd.body import Bodies
from sim.crowd.cast import GroupSpec, draw_people
from sim.crowd.crowd import SECOND, Crowd
from sim.crowd.ground import Ground
from sim.crowd.people import Act, Floats, Role, Status
from sim.crowd.plan import GroupPlan
from sim.crowd.walking import Law, Walking
from sim.science.walkers import OTHER, ground_of, scatter, uniforms

NOISE = Noise(4)
ROLES = ((Role.SYMPATHISER, 0.5), (Role.BYSTANDER, 0.3), (Role.CORE, 0.15), (Role.AGITATOR, 0.05))
TURN_S = 5
"""So often everybody who walks to and fro is given somewhere else to go."""
FAR_M = 10.0
"""As far off as that at most, east or west and north or south: few have arrived when the next place is given."""
JUPEDSIM = {"radius": 0.2, "gap_s": 1.0, "free_speed": 1.2}
"""JuPedSim's defaults for everybody."""


@dataclass(slots=True)
class Timed:
    """A crowd on its ground, and how far its time has come."""

    crowd: Crowd
    ground: Ground
    square: Rect | None = None
    """Where everybody walks to and fro; None when they stand or have a way of their own."""
    tick: int = 0
    nobody: Bodies = None  # type: ignore[assignment]  # made below

    def __post_init__(self) -> None:
        """No police and no vehicles."""
        self.nobody = Bodies.blank(0)

    def fork(self) -> "Timed":
        """The same crowd, to go on by itself."""
        return Timed(self.crowd.fork(), self.ground, self.square, self.tick, self.nobody)

    def second(self) -> int:
        """One second: the mind and one step, then nine steps; returns how many person-steps that was."""
        people, tick = self.crowd.people, self.tick
        if self.square is not None and tick % (TURN_S * SECOND) == 0:
            self._send_about(self.square, tick // (TURN_S * SECOND))
        self.crowd.advance(self.ground, self.nobody, (), NOISE, tick)
        self.crowd.advance(self.ground, self.nobody, (), NOISE, tick + 1, ticks=SECOND - 1)
        self.tick += SECOND
        return int(np.count_nonzero(people.status == int(Status.PRESENT))) * SECOND

    def _send_about(self, square: Rect, turn: int) -> None:
        people = self.crowd.people
        east, north = (uniforms(NOISE, OTHER + 2 * turn + k, len(people)) for k in (0, 1))
        people.spot_x[:] = np.clip(people.x + FAR_M * (2.0 * east - 1.0), square.x0, square.x1)
        people.spot_y[:] = np.clip(people.y + FAR_M * (2.0 * north - 1.0), square.y0, square.y1)


def crowd_at(ground: Ground, x: Floats, y: Floats, walking: Walking) -> Crowd:
    """Return a crowd of people of several roles, here already, who stand where they are."""
    site = ground.site
    plan = GroupPlan(
        name="people",
        participant=True,
        post=-1,
        errand=-1,
        exits=tuple(range(len(site.destinations))),
        patience_min=1e6,
    )
    corner = Rect(0.0, 0.0, site.width_m, site.height_m)
    group = GroupSpec(name="people", n=len(x), roles=ROLES, spawn=(corner,), window=(0, 0), plan=plan)
    people = draw_people([group], NOISE)
    people.status[:] = int(Status.PRESENT)
    people.x[:], people.y[:], people.spot_x[:], people.spot_y[:] = x, y, x, y
    if walking.law == Law.COLLISION_FREE:
        for name, value in JUPEDSIM.items():
            getattr(people, name)[:] = value
        people.soft_radius[:] = people.radius
    return Crowd(people, [group], walking=walking)


def rally(n: int, per_m2: float, walking: Walking, *, standing: bool = False) -> Timed:
    """Return n people on an open square, each walking to and fro on it, or standing.

    The square lies in a site three times as wide, so that what a site costs is in it.
    """
    side = (n / per_m2) ** 0.5
    square = Rect(side, side, 2.0 * side, 2.0 * side)
    ground = ground_of(3.0 * side, 3.0 * side, (), (Rect(0.0, side, 1.0, 2.0 * side),), max(0.5, side / 200.0))
    x, y = scatter(square, n, NOISE, jitter=0.9)
    return Timed(crowd_at(ground, x, y, walking), ground, None if standing else square)


def block(n: int, per_m2: float, walking: Walking) -> Timed:
    """Return n people in a tight block before an opening of 5 m in a wall, all on their way out by it."""
    deep = (n / per_m2) ** 0.5
    width, height = 2.0 * deep + 30.0, deep + 20.0
    middle, wall = height / 2.0, deep + 12.0
    walls = (Rect(wall, 0.0, wall + 1.0, middle - 2.5), Rect(wall, middle + 2.5, wall + 1.0, height))
    ground = ground_of(width, height, walls, (Rect(width - 2.0, 0.0, width, height),), 0.5)
    x, y = scatter(Rect(10.0, middle - deep / 2.0, 10.0 + deep, middle + deep / 2.0), n, NOISE, jitter=0.1)
    crowd = crowd_at(ground, x, y, walking)
    send(crowd, 0)
    return Timed(crowd, ground)


def send(crowd: Crowd, goal: int) -> None:
    """Make everybody leave by one way out."""
    crowd.people.act[:], crowd.people.goal[:] = int(Act.LEAVE), goal


def seconds(timed: Timed, n: int) -> int:
    """Let n seconds pass; returns how many person-steps that was."""
    return sum(timed.second() for _ in range(n))


def settle(crowds: Sequence[Timed], n: int) -> None:
    """Let every crowd go on for n seconds, so that what is timed next is a crowd under way and kernels are compiled."""
    for crowd in crowds:
        seconds(crowd, n)
