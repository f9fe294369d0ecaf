"""People of the product's crowd who stand where they are put: they perceive, feel and decide, and nobody walks."""

from functools import lru_cache

import numpy as np

from sim.core.geometry import Rect
from sim.core.noise import Noise, Stream
from sim.core.tick import TICKS_PER_SECOND
from sim.crowd.body import Bodies
from sim.crowd.cast import GroupSpec
from sim.crowd.crowd import Crowd
from sim.crowd.ground import Ground, Site, compile_ground
from sim.crowd.people import Floats, People, Role, Status
from sim.crowd.plan import GroupPlan
from sim.crowd.stimulus import Stimulus
from sim.world.numbers import Numbers

STILL: dict[str, float] = {
    "feeling.contagion": 0.0,
    "feeling.identity_spread": 0.0,
    "feeling.identity_fade": 0.0,
    "feeling.anger_fade_s": float("inf"),
    "feeling.fear_fade_s": float("inf"),
    "feeling.tiring": 0.0,
    "feeling.hope_wait_s": float("inf"),
    "acting.violence_rate": 0.0,
}
"""Numbers with which nothing wears off, nothing passes between people and nobody is violent."""
PLACE_X, PLACE_Y, ORDER, FIRST_FREE = 0, 1, 2, 3
"""What a number of the stream EXPERIMENT is for, in place of a tick; experiments count on from `FIRST_FREE`."""


@lru_cache(maxsize=8)
def open_ground(width_m: float, height_m: float) -> Ground:
    """Flat ground of this size with nothing on it and no way out."""
    return compile_ground(Site(width_m, height_m, max(0.5, width_m / 400.0, height_m / 400.0), (), ()))


def scattered(n: int, x0_m: float, y0_m: float, width_m: float, height_m: float, noise: Noise) -> tuple[Floats, Floats]:
    """Places of n people, anywhere in a rectangle."""
    x = [x0_m + width_m * noise.uniform(Stream.EXPERIMENT, PLACE_X, i) for i in range(n)]
    y = [y0_m + height_m * noise.uniform(Stream.EXPERIMENT, PLACE_Y, i) for i in range(n)]
    return np.array(x), np.array(y)


def people_at(x: Floats, y: Floats) -> People:
    """Sympathisers at these places, with the neutral values of `People.blank`."""
    people = People.blank(len(x))
    people.role[:] = int(Role.SYMPATHISER)
    people.status[:] = int(Status.PRESENT)
    people.arrival_tick[:] = 0
    people.x[:], people.y[:] = x, y
    people.spot_x[:], people.spot_y[:] = x, y
    return people


class Standing:
    """A crowd whose bodies stay where they are."""

    def __init__(self, people: People, ground: Ground, numbers: Numbers, noise: Noise) -> None:
        """The crowd before its first second."""
        site = ground.site
        plan = GroupPlan(name="people", participant=True, post=-1, errand=-1, exits=(), patience_min=1e9)
        everywhere = (Rect(0.0, 0.0, site.width_m, site.height_m),)
        group = GroupSpec(name="people", n=len(people), roles=((Role.SYMPATHISER, 1.0),), spawn=everywhere, plan=plan)
        self.people, self.ground, self.noise = people, ground, noise
        self.crowd = Crowd(people, [group], numbers.minds, numbers.walking)
        self.second = 0
        self._nobody = Bodies.blank(0)

    def think(self, *stimuli: Stimulus) -> None:
        """Let one second pass in everybody's mind."""
        self.crowd.think(self.ground, self._nobody, stimuli, self.noise, self.second * TICKS_PER_SECOND)
        self.second += 1
