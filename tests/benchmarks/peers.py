"""The others' side of the race. Run where they are installed, without this product."""

import logging
import sys
from typing import Any

from runner import serve
from scenes import BODY, SCENES


class JuPedSim:
    """JuPedSim's own loop, everybody sent to the way out; steps of 0.1 s."""

    def __init__(self, scene: Any, law: str) -> None:
        import jupedsim
        from shapely import box

        area = box(0, 0, scene.width, scene.height)
        for solid in scene.solids:
            area = area - box(*solid)
        model, person = {
            "cfsm": (jupedsim.CollisionFreeSpeedModel, jupedsim.CollisionFreeSpeedModelAgentParameters),
            "avm": (jupedsim.AnticipationVelocityModel, jupedsim.AnticipationVelocityModelAgentParameters),
        }[law]
        self.run = jupedsim.Simulation(model=model(), geometry=area, dt=0.1)
        stage = self.run.add_exit_stage(box(*scene.exit))
        journey = self.run.add_journey(jupedsim.JourneyDescription([stage]))
        own = {"radius": BODY["radius"], "desired_speed": BODY["speed"], "journey_id": journey, "stage_id": stage}
        if law == "cfsm":
            own["time_gap"] = BODY["gap_s"]
        for x, y in scene.places:
            self.run.add_agent(person(position=(x, y), **own))

    def step(self, n: int) -> int:
        total = 0
        for _ in range(n):
            self.run.iterate()
            total += self.run.agent_count()
        return total


class PySocialForce:
    """PySocialForce's own loop; people have a goal each and there are no obstacles."""

    def __init__(self, scene: Any) -> None:
        import numpy
        import pysocialforce

        logging.disable(logging.INFO)
        goals = numpy.column_stack([numpy.full(len(scene.places), 99.0), scene.places[:, 1]])
        still = numpy.zeros_like(scene.places)
        self.run = pysocialforce.Simulator(numpy.hstack([scene.places, still, goals]))

    def step(self, n: int) -> int:
        if n:
            self.run.step(n)
        return n * len(self.run.peds.pos())


class Mesa:
    """Mesa's shipped example of Epstein's model, with its data collection."""

    def __init__(self, side: int) -> None:
        from mesa.examples.advanced.epstein_civil_violence.model import EpsteinCivilViolence

        self.run = EpsteinCivilViolence(width=side, height=side, seed=1)

    def step(self, n: int) -> int:
        for _ in range(n):
            self.run.step()
        return n * len(self.run.agents)


def main() -> None:
    what, size, warm, steps, repeats = sys.argv[1], *(int(word) for word in sys.argv[2:6])
    if what == "epstein":
        serve(lambda: Mesa(size), warm, steps, repeats)
        return
    name, law = what.split("-")
    scene = SCENES[name](size)
    serve((lambda: PySocialForce(scene)) if law == "sfm" else (lambda: JuPedSim(scene, law)), warm, steps, repeats)


if __name__ == "__main__":
    main()
