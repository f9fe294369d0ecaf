"""One step of JuPedSim's collision-free speed model for people in the open, in a tight block and at a door.

Run where JuPedSim is installed. Prints one line of CSV for each person, which is what
`tests/crowd/jupedsim_one_step.csv` holds for a few people and the race compares for thousands.
"""

import csv
import sys
from typing import Any

import jupedsim
import numpy as np
from shapely import box

COLUMNS = ("scene", "x", "y", "target_x", "target_y", "radius", "gap", "speed", "next_x", "next_y")
STEP_S = 0.1


def spread(n: int, low: Any, high: Any, apart: float, luck: np.random.Generator, free: Any = None) -> np.ndarray:
    """So many places in a box, no two closer than `apart`."""
    found: list[np.ndarray] = []
    cells: dict[tuple[int, int], list[np.ndarray]] = {}
    while len(found) < n:
        p = luck.uniform(low, high)
        c, r = int(p[0] // apart), int(p[1] // apart)
        about = [q for i in (-1, 0, 1) for j in (-1, 0, 1) for q in cells.get((c + i, r + j), ())]
        if all(np.hypot(*(p - q)) >= apart for q in about) and (free is None or free(p)):
            cells.setdefault((c, r), []).append(p)
            found.append(p)
    return np.array(found)


def step(area: Any, people: np.ndarray) -> np.ndarray:
    """Where JuPedSim puts everybody after one step; people have columns x, y, target, radius, gap, speed."""
    run = jupedsim.Simulation(model=jupedsim.CollisionFreeSpeedModel(), geometry=area, dt=STEP_S)
    stage = run.add_direct_steering_stage()
    journey = run.add_journey(jupedsim.JourneyDescription([stage]))
    names = []
    for x, y, _, _, radius, gap, speed in people:
        names.append(
            run.add_agent(
                jupedsim.CollisionFreeSpeedModelAgentParameters(
                    position=(x, y),
                    radius=radius,
                    time_gap=gap,
                    desired_speed=speed,
                    journey_id=journey,
                    stage_id=stage,
                )
            )
        )
    for name, one in zip(names, people, strict=True):
        run.agent(name).target = (one[2], one[3])
    run.iterate()
    return np.array([run.agent(name).position for name in names])


def scenes(share: float) -> dict[str, tuple[Any, np.ndarray]]:
    """The three scenes, with that share of 4,000, 4,000 and 700 people."""
    luck = np.random.default_rng(7)
    many, few = round(4000 * share), max(60, round(700 * share))
    square = box(0, 0, 100, 100)
    # A wall of 1 m with a door of 1.6 m in it.
    room = box(0, 0, 30, 20) - box(18, 0, 19, 9.2) - box(18, 10.8, 19, 20)
    made: dict[str, tuple[Any, np.ndarray]] = {}
    for scene, side in (("open", 99.0), ("tight", 34.5)):
        side *= share**0.5
        places = spread(many, [0.5, 0.5], [0.5 + side, 0.5 + side], 0.45, luck)
        away = luck.uniform(3.0, 30.0, many)
        angle = luck.uniform(0.0, 2.0 * np.pi, many)
        targets = np.clip(places + np.column_stack([away * np.cos(angle), away * np.sin(angle)]), 0.25, 99.75)
        close = np.hypot(*(targets - places).T) < 1.0
        targets[close] = [50.0, 50.0]
        bodies = np.column_stack(
            [luck.uniform(0.15, 0.22, many), luck.uniform(0.5, 1.0, many), luck.uniform(0.8, 1.2, many)]
        )
        made[scene] = (square, np.column_stack([places, targets, bodies]))

    def free(p: np.ndarray) -> bool:
        return not (17.79 < p[0] < 19.21 and not 9.41 < p[1] < 10.59)

    reach = 10.0 * (few / 700) ** 0.5
    places = spread(few, [18.5 - 1.6 * reach, 10.0 - 0.979 * reach], [19.2, 10.0 + 0.979 * reach], 0.41, luck, free)
    places = np.vstack([places, spread(max(4, round(30 * share)), [19.3, 7.0], [23.0, 13.0], 0.41, luck)])
    # What one heads for is in plain sight, so that nobody is sent round a corner.
    targets = np.where((places[:, 0] < 17.9)[:, None], [[17.4, 10.0]], [[29.0, 10.0]])
    kept = np.hypot(*(targets - places).T) > 0.6
    bodies = np.tile([0.2, 1.0, 1.2], (len(places), 1))
    made["door"] = (room, np.column_stack([places, targets, bodies])[kept])
    return made


def main(share: float) -> None:
    """Prints the CSV."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    for scene, (area, people) in scenes(share).items():
        people = people.round(4)
        for one, after in zip(people, step(area, people), strict=True):
            out.writerow([scene, *(f"{number:.4f}" for number in one), *(f"{number:.9f}" for number in after)])


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
