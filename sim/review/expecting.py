"""Expecting: whether what an author expects of automatic players is what they come to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sim.review.rehearsal import Rehearsal, Rehearsed
from sim.scenario.expect import Expectation
from sim.scenario.scenario import Playbook

Runs = Mapping[tuple[str, int], Rehearsed]
"""Runs by player and seed."""


@dataclass(frozen=True, slots=True)
class Held:
    """In how many runs one expectation held."""

    expectation: Expectation
    held: int
    runs: int
    scores: Mapping[str, tuple[float, ...]]
    """Scores of each player it is about, in the order of the seeds."""

    @property
    def holds(self) -> bool:
        """True when it held in the share of the runs that is asked for."""
        return self.held >= self.expectation.in_share * self.runs - 1e-9


def runs_for(playbook: Playbook, most_seeds: int | None = None) -> tuple[Rehearsal, ...]:
    """Every run the expectations of a scenario need, each once; `most_seeds` makes do with fewer."""
    wanted = {
        (player, seed): None
        for each in playbook.scenario.expect
        for player in each.players
        for seed in _seeds(each, most_seeds)
    }
    return tuple(Rehearsal(playbook, player, seed) for player, seed in wanted)


def judge_expectations(
    playbook: Playbook, found: Iterable[Rehearsed], most_seeds: int | None = None
) -> tuple[Held, ...]:
    """Each expectation of the scenario with how often it held in these runs."""
    runs = {(run.player, run.seed): run for run in found}
    return tuple(_judge(each, runs, _seeds(each, most_seeds)) for each in playbook.scenario.expect)


def _seeds(expectation: Expectation, most: int | None) -> Sequence[int]:
    return range(1, min(expectation.seeds, most or expectation.seeds) + 1)


def _judge(expectation: Expectation, runs: Runs, seeds: Sequence[int]) -> Held:
    held = sum(
        _so(expectation, runs[expectation.player, seed], runs.get((expectation.beats or "", seed))) for seed in seeds
    )
    scores = {player: tuple(runs[player, seed].total for seed in seeds) for player in expectation.players}
    return Held(expectation, held, len(seeds), scores)


def _so(expectation: Expectation, run: Rehearsed, other: Rehearsed | None) -> bool:
    """Whether all that is claimed holds in one run."""
    ends = {"won": run.is_win, "lost": bool(run.lost), "not_won": not run.is_win, "not_lost": not run.lost}
    low, high = expectation.score_at_least, expectation.score_at_most
    return (
        (expectation.outcome is None or ends[expectation.outcome])
        and set(expectation.meets) <= set(run.won)
        and set(expectation.crosses) <= set(run.lost)
        and (low is None or run.total >= low)
        and (high is None or run.total <= high)
        and (other is None or (run.total > other.total and run.total - other.total >= expectation.by))
    )
