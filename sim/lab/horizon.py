"""Horizon: continuations of a sample of decisions, as they stood at several horizons and in the end.

Each continuation of a sample of decisions is played on to the end of the on-scene part. Its journal, cut at several
horizons, gives the score and the prospect there; whole, it gives the value in the end. `ranking` says what they show.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sim.exercise.exercise import Exercise
from sim.exercise.player import PLAYERS, play
from sim.exercise.save import load
from sim.review import Effort, Reviewing, Study
from sim.review.branch import Policy, begin, follow, value_of
from sim.review.hidden import otherwise
from sim.review.outlook import MIDDLE, Prospect, prospect_of
from sim.scenario.scenario import Playbook
from sim.scoring import facts_of, score

HORIZONS_MIN = (5.0, 10.0, 20.0, 30.0, 45.0, 60.0, 90.0)
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Cut:
    """One continuation as it stood at one horizon."""

    minutes: float
    score: float
    limit: float
    """The cap of the gates that had tripped since the decision; 100 for none."""
    left: float
    seen: dict[str, float]

    def value(self, weights: Weights) -> float:
        """What it is worth by these weights of the outlook."""
        terms = [weights["base"], weights["slope"] * (self.score - MIDDLE)]
        terms += [weights[name] * value for name, value in self.seen.items()]
        return min(self.limit, 100.0, max(0.0, self.score + self.left * math.fsum(terms)))


@dataclass(frozen=True, slots=True)
class Row:
    """One continuation, cut and whole."""

    scenario: str
    player: str
    seed: int
    decision: int
    minute: float
    alternative: int
    response: str
    policy: Policy
    trial: int
    end: float
    """What it was worth in the end."""
    lasted_min: float
    cuts: tuple[Cut, ...]

    @property
    def place(self) -> tuple[str, str, int, int]:
        """The decision it belongs to."""
        return (self.scenario, self.player, self.seed, self.decision)

    def as_dict(self) -> dict[str, Any]:
        """JSON-able form."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Row":
        """What `as_dict` made."""
        return cls(**{**data, "cuts": tuple(Cut(**cut) for cut in data["cuts"])})


@dataclass(frozen=True, slots=True)
class Sample:
    """What is to be tried of one scenario and one player."""

    decisions: int
    alternatives: int
    trials: int


def rows_of(
    playbook: Playbook,
    player: str,
    seed: int,
    sample: Sample,
    *,
    done: Callable[[int], bool] = lambda decision: False,
) -> Iterator[Row]:
    """Plays a run, then some of its decisions on to the end; decisions that are `done` are passed over."""
    run = Exercise(playbook, seed)
    end_tick = run.world.setting.tick(playbook.scenario.minutes[1])
    play(run, PLAYERS[player](), until=end_tick)
    reviewing = Reviewing(playbook, seed, list(run.journal), Effort())
    count = len(reviewing.decisions)
    wanted = {reviewing.decisions[k].number for k in _middles(count, sample.decisions)}
    opened = Exercise(playbook, seed)
    while (study := reviewing.open_next()) is not None:
        number = study.decision.number
        saved = reviewing.states.pop(number)
        if number in wanted and not done(number):
            yield from _decision(load(opened, saved), study, player, seed, sample, end_tick)


def _decision(run: Exercise, study: Study, player: str, seed: int, sample: Sample, end_tick: int) -> Iterator[Row]:
    playbook, decision = run.playbook, study.decision
    lawful = [k for k, candidate in enumerate(study.candidates) if candidate.lawful]
    for k in (lawful[at] for at in _spread(len(lawful), sample.alternatives)):
        for trial in range(1, sample.trials + 1):
            # Every other decision goes on by the other policy, so that a small sample has both.
            policy = study.effort.policies[decision.number % len(study.effort.policies)]
            fork = begin(run, trial, stride=study.effort.stride)
            order = study.candidates[k].order
            follow(
                fork,
                order,
                policy,
                decision.following,
                end_tick,
                stands_until=decision.until_tick,
                contrary=otherwise(run, fork),
            )
            entries = list(fork.journal)
            value, _ = value_of(playbook, entries, since_tick=decision.tick)
            yield Row(
                scenario=playbook.scenario.id,
                player=player,
                seed=seed,
                decision=decision.number,
                minute=playbook.scenario.start_min + decision.tick / 600.0,
                alternative=k,
                response=study.candidates[k].response,
                policy=policy,
                trial=trial,
                end=value,
                lasted_min=(fork.tick_now - decision.tick) / 600.0,
                cuts=tuple(_cut(playbook, fork, decision.tick, minutes) for minutes in HORIZONS_MIN),
            )


def _cut(playbook: Playbook, fork: Exercise, since_tick: int, minutes: float) -> Cut:
    facts = facts_of(playbook)
    until = since_tick + round(minutes * 600)
    entries = [entry for entry in fork.journal if entry.tick <= until]
    card = score(entries, playbook.rubric, facts)
    since_min = facts.start_min + since_tick / 600.0
    limits = [gate.limit for gate in card.gates if gate.evidence[0].minute >= since_min]
    prospect: Prospect = prospect_of(entries, facts, playbook.scenario.minutes[1])
    return Cut(minutes, card.uncapped or 0.0, min(limits, default=100.0), prospect.left, dict(prospect.seen))


def _spread(number: int, wanted: int) -> list[int]:
    """So many of 0 .. number - 1, evenly, the first among them."""
    wanted = min(number, wanted)
    return sorted({round(k * (number - 1) / max(1, wanted - 1)) for k in range(wanted)})


def _middles(number: int, wanted: int) -> list[int]:
    """So many of 0 .. number - 1, evenly, each from the middle of its stretch."""
    wanted = min(number, wanted)
    return [int((k + 0.5) * number / wanted) for k in range(wanted)]
