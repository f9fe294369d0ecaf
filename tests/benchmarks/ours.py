"""Our side of the race: the production crowd with its minds, and Epstein's grid on the product's kernels."""

import sys

import numpy as np

from sim.storage.folder import home
from sim.storage.kernels import prepare

prepare(home())

from sim.core.geometry import Rect  # noqa: E402 - the compiler's folder has to be known first
from sim.core.noise import Noise  # noqa: E402
from sim.crowd.body import Bodies  # noqa: E402
from sim.crowd.walking import Walking  # noqa: E402
from sim.lab.bench_crowd import NOISE, crowd_at, send  # noqa: E402
from sim.science.experiment.civil_violence import CivilViolence  # noqa: E402
from sim.science.walkers import ground_of  # noqa: E402
from tests.benchmarks.runner import serve  # noqa: E402
from tests.benchmarks.scenes import BODY, SCENES  # noqa: E402

NOBODY = Bodies.blank(0)


class Walkers:
    """Everybody of a scene on their way out; minds think each second."""

    def __init__(self, scene: str, n: int, law: str) -> None:
        s = SCENES[scene](n)
        self.ground = _GROUNDS.setdefault(
            (scene, n), ground_of(s.width, s.height, [Rect(*b) for b in s.solids], [Rect(*s.exit)], 0.5)
        )
        walking = Walking.collision_free() if law == "cfsm" else Walking()
        self.crowd = crowd_at(self.ground, s.places[:, 0], s.places[:, 1], walking)
        people = self.crowd.people
        people.radius[:] = people.soft_radius[:] = BODY["radius"]
        people.free_speed[:] = BODY["speed"]
        if law == "cfsm":
            people.gap_s[:] = BODY["gap_s"]
        send(self.crowd, 0)
        self.tick = 0

    def step(self, n: int) -> int:
        total, until = 0, self.tick + n
        while self.tick < until:
            ticks = 1 if self.tick % 10 == 0 else min(10 - self.tick % 10, until - self.tick)
            self.crowd.advance(self.ground, NOBODY, (), NOISE, self.tick, ticks=ticks)
            total += ticks * int(np.count_nonzero(self.crowd.people.present))
            self.tick += ticks
        return total


class Rebellion:
    """Mesa's shipped example of Epstein's model, rule for rule."""

    def __init__(self, side: int) -> None:
        rules = CivilViolence(
            width_cells=side,
            height_cells=side,
            police_share=0.074,
            legitimacy=0.8,
            view="diamond",
            jail_most_steps=1000,
            jailed="in_place",
            rounding="nearest",
            moves="last",
        )
        self.run = rules.opened(Noise(1))
        self.agents = rules.citizens + rules.police

    def step(self, n: int) -> int:
        if n:
            self.run.advance(n)
        return n * self.agents


_GROUNDS: dict[tuple[str, int], object] = {}


def main() -> None:
    what, size, warm, steps, repeats = sys.argv[1], *(int(word) for word in sys.argv[2:6])
    if what == "epstein":
        serve(lambda: Rebellion(size), warm, steps, repeats)
    else:
        scene, law = what.split("-")
        _places = SCENES[scene](size)
        SCENES[scene] = lambda n: _places
        serve(lambda: Walkers(scene, size, law), warm, steps, repeats)


if __name__ == "__main__":
    main()
