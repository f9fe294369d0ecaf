"""Compare: automatic players play a scenario over many seeds; the figures of each run, and whether it came again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.exercise.exercise import Exercise
from sim.exercise.player import PLAYERS, play
from sim.exercise.replay import Retrace, inputs_of
from sim.lab.trial import Row
from sim.lab.workers import spread
from sim.scenario.scenario import Playbook
from sim.scoring import facts_of, score, summary

PLAYED = ("doctrine", "facilitate", "force", "passive", "random")
"""Who plays unless somebody says otherwise."""
FIGURES = (
    *("score", "aims_met", "red_lines", "minor", "serious", "fatal", "trust_before", "trust_after"),
    *("left_by_themselves", "driven_off", "detained", "recurrence", "came_again"),
)
"""What is noted of each run. `came_again`: 1 when a replay ended in the same state, 0 when not."""
ABSENT = -1.0
"""Stands where a run has no such figure: no replay was asked for, or it ended before the days after."""


@dataclass(frozen=True, slots=True)
class Match:
    """One seed, played by each of these, as it crosses to a worker."""

    playbook: Playbook
    players: tuple[str, ...]
    seed: int
    again: bool
    """Whether each run is played a second time from its own record."""


def play_seed(job: Match) -> list[Row]:
    """Every player's run of this seed, in their order; the same in any process.

    An exception a run ends in says which run it was.
    """
    rows = []
    for player in job.players:
        try:
            rows.append(_played(job, player))
        except Exception as wrong:
            wrong.add_note(f"{job.playbook.scenario.id}, player {player}, seed {job.seed}")
            raise
    return rows


def _played(job: Match, player: str) -> Row:
    # Digests of each second are for finding where two runs part; the last one says whether they did.
    run = Exercise(job.playbook, job.seed, sealed=False)
    play(run, PLAYERS[player]())
    if run.outcome is None:
        run.stop()
    digest = run.digest()
    again = ABSENT
    if job.again:
        trace = Retrace(Exercise(job.playbook, job.seed, sealed=False), inputs_of(run.journal))
        trace.to(run.tick_now)
        again = float(trace.exercise.digest() == digest)
    entries = list(run.journal)
    found = summary(entries)
    outcome, injuries, left, trust = found["outcome"], found["injuries"], found["left"], found["legitimacy"]
    assert isinstance(outcome, dict)
    assert isinstance(injuries, dict)
    assert isinstance(left, dict)
    assert isinstance(trust, dict)
    days = found["aftermath"]
    risk = days.get("risk") if isinstance(days, dict) else None
    values = (
        score(entries, job.playbook.rubric, facts_of(job.playbook)).total or 0.0,
        len(outcome["won"]),
        len(outcome["lost"]),
        *(injuries[name] for name in ("minor", "serious", "fatal")),
        trust["start"],
        trust["end"],
        *(left[name] for name in ("voluntary", "moved", "detained")),
        risk if isinstance(risk, int | float) else ABSENT,
        again,
    )
    refused = sum(1 for order in _orders(found) if not order["accepted"])
    return Row(job.seed, player, refused, tuple(float(value) for value in values), digest)


def _orders(found: dict[str, object]) -> list[dict[str, object]]:
    orders = found["orders"]
    assert isinstance(orders, list)
    return orders


def compare(
    playbook: Playbook,
    players: tuple[str, ...],
    seeds: Sequence[int],
    *,
    again: bool = False,
    workers: int = 1,
    came: Callable[[list[Row]], object] = lambda rows: None,
    done: Callable[[int], object] = lambda number: None,
) -> None:
    """Plays these seeds; `came` is given the rows of each as soon as they are there, in any order."""
    spread(
        play_seed,
        [Match(playbook, players, seed, again) for seed in seeds],
        workers=workers,
        done=done,
        found=came,
    )
