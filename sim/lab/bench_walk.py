"""How fast a crowd moves on: person-steps in a second, the exponent of the cost, ten minutes of a rally, two cores."""

import math
import threading
from collections.abc import Callable, Sequence

from sim.core.phrase import Phrase
from sim.crowd.walking import Law, Walking
from sim.lab.bench import Bench, Row, row_of, timed
from sim.lab.bench_crowd import Timed, block, rally, seconds, settle

SIZES = (500, 2000, 10_000, 100_000)
PER_M2 = 1.0
"""People per square metre in the rows that differ in size alone."""
ENOUGH = 400_000
"""Person-steps of one repeat, at least."""
EXPONENT = {"advance": "cost_exponent", "advance_cfsm": "cost_exponent_cfsm"}
"""The row that says how the cost grows with the size, for the rows that are named like this and the size."""
ROLLOUTS = {
    "rollout_600s_800": Phrase("ten minutes of a crowd in which everybody walks"),
    "rollout_600s_800_standing": Phrase("ten minutes of a crowd that stands"),
    "rollout_600s_800_5hz": Phrase("ten minutes of a crowd in which everybody walks, in steps of 0.2 s"),
}


def walk_benches() -> list[Bench]:
    """Return the benches of this module."""
    full, free = Walking(), Walking.collision_free()
    return [
        Bench(_of_sizes("advance"), lambda repeats, wanted: _sizes(repeats, wanted, full, "advance"), 7),
        Bench(_of_sizes("advance_cfsm"), lambda repeats, wanted: _sizes(repeats, wanted, free, "advance_cfsm"), 7),
        Bench(("dense_4", "dense_4_cfsm"), lambda repeats, _: _dense(repeats, full, free), 7),
        Bench(tuple(ROLLOUTS), _rollouts, 3),
        Bench(("replicas_2_cores",), lambda repeats, _: _replicas(repeats), 7),
    ]


def _of_sizes(name: str) -> tuple[str, ...]:
    return (*(f"{name}_{n}" for n in SIZES), EXPONENT[name])


def _long_enough(n: int) -> int:
    return max(1, math.ceil(ENOUGH / n / 10))


def _steps_per_s(start: Timed) -> float:
    crowd, steps = start.fork(), [0]

    def work() -> None:
        steps[0] = seconds(crowd, _long_enough(len(crowd.crowd.people)))

    return steps[0] / took if (took := timed(work)) > 0.0 else 0.0


def _sizes(repeats: int, wanted: frozenset[str], walking: Walking, name: str) -> list[Row]:
    """Every size wanted in each round, all for the exponent, so that it is that of one moment of the machine."""
    sizes = [n for n in SIZES if f"{name}_{n}" in wanted or EXPONENT[name] in wanted]
    crowds = {n: rally(n, PER_M2, walking) for n in sizes}
    settle(list(crowds.values()), 2)
    found: dict[int, list[float]] = {n: [] for n in sizes}
    for _ in range(repeats):
        for n, crowd in crowds.items():
            found[n].append(_steps_per_s(crowd))
    what = Phrase("walking to and fro at {density:g} per m², minds on, by the product's law", density=PER_M2)
    if walking.law == Law.COLLISION_FREE:
        what = Phrase("walking to and fro at {density:g} per m², minds on, by JuPedSim's speed law", density=PER_M2)
    rows = [row_of(f"{name}_{n}", what, n, "person-steps/s", found[n]) for n in sizes]
    if EXPONENT[name] not in wanted:
        return rows
    exponents = [1.0 - _slope([(n, found[n][k]) for n in sizes]) for k in range(repeats)]
    exponent = Phrase("the cost of a step grows with this power of the number of people, from {least} to {most}",
                      least=SIZES[0], most=SIZES[-1])  # fmt: skip
    rows.append(row_of(EXPONENT[name], exponent, SIZES[-1], "", exponents))
    return rows


def _slope(points: Sequence[tuple[float, float]]) -> float:
    """Return the slope of the straight line through the logarithms, by least squares."""
    logs = [(math.log(x), math.log(y)) for x, y in points]
    mx, my = (sum(p[k] for p in logs) / len(logs) for k in (0, 1))
    return sum((x - mx) * (y - my) for x, y in logs) / sum((x - mx) ** 2 for x, _ in logs)


def _dense(repeats: int, full: Walking, free: Walking) -> list[Row]:
    crowds = {"dense_4": block(2000, 4.0, full), "dense_4_cfsm": block(2000, 4.0, free)}
    settle(list(crowds.values()), 2)
    found: dict[str, list[float]] = {name: [] for name in crowds}
    for _ in range(repeats):
        for name, crowd in crowds.items():
            found[name].append(_steps_per_s(crowd))
    what = {
        "dense_4": Phrase("4 people per m² pressing through an opening of 5 m, minds on, by the product's law"),
        "dense_4_cfsm": Phrase("4 people per m² pressing through an opening of 5 m, minds on, by JuPedSim's speed law"),
    }
    return [row_of(name, what[name], 2000, "person-steps/s", found[name]) for name in crowds]


def _rollouts(repeats: int, wanted: frozenset[str]) -> list[Row]:
    """Ten minutes of 800 people at 1 per m², those wanted: walking, standing, and walking in steps of 0.2 s."""
    rows = []
    for name, what in ROLLOUTS.items():
        if name in wanted:
            start = rally(800, PER_M2, Walking(), standing=name.endswith("_standing"))
            start.crowd.stride = 2 if name.endswith("_5hz") else 1
            settle([start], 2)
            found = [timed(_going_on(start.fork(), 600)) for _ in range(repeats)]
            rows.append(row_of(name, what, 800, "s", found))
    return rows


def _going_on(crowd: Timed, n: int) -> Callable[[], object]:
    return lambda: seconds(crowd, n)


def _replicas(repeats: int) -> list[Row]:
    """Two runs one after the other against two side by side, in one process, pair by pair."""
    start = rally(2000, PER_M2, Walking())
    settle([start], 2)
    found = []
    for _ in range(repeats):
        one, other = start.fork(), start.fork()
        in_turn = timed(lambda a=one, b=other: (seconds(a, 20), seconds(b, 20)))  # type: ignore[misc]
        pair = [threading.Thread(target=_going_on(start.fork(), 20)) for _ in range(2)]

        def both(threads: Sequence[threading.Thread] = tuple(pair)) -> None:
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

        found.append(in_turn / timed(both))
    what = Phrase("two independent runs side by side in one process, against one after the other")
    return [row_of("replicas_2_cores", what, 2000, "x", found)]
