"""Sensitivity: which numbers about people matter, found by changing each of them by itself under the same seeds."""

from collections.abc import Callable, Sequence

from sim.lab.trials import Job, run_trial
from sim.lab.workers import spread
from sim.science.experiment import Measured
from sim.science.probe import PROBES, Leverage, Probe, leverage, varied


def sensitivity(
    names: Sequence[str] = (),
    *,
    share: float = 0.2,
    seeds: Sequence[int] = (1, 2, 3),
    workers: int = 1,
    done: Callable[[int, int], object] = lambda number, of: None,
) -> list[Leverage]:
    """Return what changing each number does to each outcome that it can change, the largest change first.

    `done` is told how many trials are finished of how many.
    """
    plans: list[tuple[Probe, str, dict[str, float]]] = []
    for probe in PROBES:
        mine = [row for row in varied(share, tuple(names)) if row[0].partition(".")[0] in probe.parts]
        if mine:
            plans.append((probe, "", {}))
            plans += [(probe, name, {name: value}) for name, low, high in mine for value in (low, high)]
    jobs = [
        Job(probe.setup, probe.experiment(changes).model_dump(), seed) for probe, _, changes in plans for seed in seeds
    ]
    results = iter(spread(run_trial, jobs, workers=workers, done=lambda number: done(number, len(jobs))))
    measured: dict[tuple[str, str], list[list[Measured]]] = {}
    for probe, name, _ in plans:
        measured.setdefault((probe.setup, name), []).append([next(results) for _ in seeds])
    found = []
    for probe in PROBES:
        for (setup, name), trials in measured.items():
            if setup != probe.setup or not name:
                continue
            usual = measured[setup, ""][0]
            for figure, words in probe.outcomes.items():
                found.append(leverage(name, words, *([_of(t, figure) for t in (usual, *trials)])))
    return sorted(found, key=lambda each: (-each.change, each.name))


def _of(trials: Sequence[Measured], figure: str) -> list[float]:
    """One figure of some trials."""
    return [float(trial[figure]) for trial in trials]  # type: ignore[arg-type]  # figures, not series
