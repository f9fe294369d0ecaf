"""Trials of experiments, run over all cores: rows judged, and set-ups of anybody's own measured."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.core.noise import Noise
from sim.lab.workers import spread
from sim.science.enquiry import Answer, Enquiry
from sim.science.experiment import EXPERIMENTS, Measured
from sim.science.row import Case, Found, Row
from sim.science.verdict import Verdict, judge


@dataclass(frozen=True, slots=True)
class Job:
    """One trial, as it crosses to a worker."""

    setup: str
    given: dict[str, Any]
    """The experiment's parameters as plain data."""
    seed: int


def run_trial(job: Job) -> Measured:
    """Run one trial; the same job measures the same in any process."""
    return EXPERIMENTS[job.setup](**job.given).trial(Noise(job.seed))


def judge_rows(
    rows: Sequence[Row],
    *,
    fast: bool = False,
    workers: int = 1,
    done: Callable[[int, int], object] = lambda number, of: None,
) -> list[Verdict]:
    """Return the verdict of every row, its control included, in the order of the rows.

    `done` is told how many trials are finished of how many.
    """
    plans = [(row.cases(fast=fast), row.control(fast=fast)) for row in rows]
    found = _measure([case for own, control in plans for case in (own, control)], workers, done)
    return [judge(row, found[2 * k], found[2 * k + 1]) for k, row in enumerate(rows)]


def answer(
    enquiry: Enquiry, *, workers: int = 1, done: Callable[[int, int], object] = lambda number, of: None
) -> list[Answer]:
    """Return what every set-up of an enquiry measured, in the order it names them."""
    cases = enquiry.cases()
    found = _measure([{name: case for name, case, _ in cases}], workers, done)[0]
    return [Answer(name, case, found.trials[name], expected) for name, case, expected in cases]


def _measure(plans: Sequence[Mapping[str, Case]], workers: int, done: Callable[[int, int], object]) -> list[Found]:
    """Run every trial of every plan, spread evenly; returns what each plan found."""
    names = [(k, name, case) for k, plan in enumerate(plans) for name, case in plan.items()]
    jobs = [
        Job(case.experiment.setup, case.experiment.model_dump(), seed) for _, _, case in names for seed in case.seeds
    ]
    results = iter(spread(run_trial, jobs, workers=workers, done=lambda number: done(number, len(jobs))))
    trials: list[dict[str, list[Measured]]] = [{} for _ in plans]
    for k, name, case in names:
        trials[k][name] = [next(results) for _ in case.seeds]
    return [Found(found) for found in trials]
