"""Sweep: a plan carried out over its seeds on every core, and what its claims come to."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sim.lab.trial import Row, Seed, Trials, run_seed
from sim.lab.workers import spread
from sim.review.estimate import Estimate, estimate
from sim.scenario.plan import Claim, Plan

Verdict = str
"""`holds`, `fails` or `open`: the interval lies on the expected side, on the other, or on both."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one claim comes to."""

    claim: Claim
    estimate: Estimate
    """Of the contrast, seed by seed."""
    verdict: Verdict


def sweep(
    trials: Trials,
    seeds: Sequence[int],
    *,
    workers: int = 1,
    came: Callable[[list[Row]], object] = lambda rows: None,
    done: Callable[[int], object] = lambda number: None,
) -> None:
    """Runs these seeds; `came` is given the rows of each seed as soon as they are there, in any order."""
    jobs = [Seed(trials, seed) for seed in seeds]
    spread(run_seed, jobs, workers=workers, done=done, found=came)


def judge(plan: Plan, rows: Sequence[Row]) -> list[Finding]:
    """Every claim of the plan, held against the seeds of which all its arms are there."""
    place = {measure.id: k for k, measure in enumerate(plan.measures)}
    by_seed: dict[int, dict[str, Row]] = {}
    for row in rows:
        by_seed.setdefault(row.seed, {})[row.arm] = row
    found = []
    for claim in plan.claims:
        k = place[claim.measure]
        sums = [
            math.fsum(weight * arms[arm].values[k] for arm, weight in claim.contrast.items())
            for _, arms in sorted(by_seed.items())
            if claim.contrast.keys() <= arms.keys()
        ]
        measured = estimate(sums)
        found.append(Finding(claim, measured, _verdict(claim, measured)))
    return found


def _verdict(claim: Claim, measured: Estimate) -> Verdict:
    if claim.above is not None:
        return "holds" if measured.low > claim.above else "fails" if measured.high < claim.above else "open"
    assert claim.below is not None
    return "holds" if measured.high < claim.below else "fails" if measured.low > claim.below else "open"


def means(plan: Plan, rows: Sequence[Row]) -> Mapping[str, list[Estimate]]:
    """By arm, the mean of each measure with its interval."""
    return {
        arm.id: [estimate([row.values[k] for row in rows if row.arm == arm.id]) for k in range(len(plan.measures))]
        for arm in plan.arms
    }
