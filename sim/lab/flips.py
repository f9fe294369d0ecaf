"""Flips: every number moved by itself under the same seed, to see which grades of a scenario turn."""

from collections.abc import Callable, Sequence

from sim.lab.workers import spread
from sim.review.fragile import SEED, Fragility, Move, fragility, moves
from sim.review.rehearsal import Rehearsal, Rehearsed, rehearse
from sim.scenario.scenario import Playbook

LUCK = 5
"""Seeds by which is known how far luck alone moves a score (assumed to be enough to tell a flip from luck)."""


def flips(
    playbook: Playbook,
    names: Sequence[str] = (),
    *,
    share: float = 0.2,
    players: Sequence[str] = ("doctrine",),
    workers: int = 1,
    done: Callable[[int, int], object] = lambda number, of: None,
) -> Fragility:
    """Return the model card of the scenario; KeyboardInterrupt ends it early with what is known."""
    luck = [Rehearsal(playbook, player, SEED + k) for player in players for k in range(LUCK)]
    plan = [(move, player) for move in moves(playbook.scenario, names, share) for player in players]
    whole = len(luck) + len(plan)
    plain: list[Rehearsed] = []
    moved: list[tuple[Move, Rehearsed]] = []
    try:
        spread(rehearse, luck, workers=workers, done=lambda number: done(number, whole), found=plain.append)
        jobs = [(move, move.of(playbook, player, SEED)) for move, player in plan]
        spread(_moved, jobs, workers=workers, done=lambda number: done(len(luck) + number, whole), found=moved.append)
    except KeyboardInterrupt:
        whole = max(whole, len(plain) + len(moved) + 1)
    ordered = {(move, run.player): run for move, run in moved}
    return fragility(share, whole, plain, [(key[0], ordered[key]) for key in plan if key in ordered])


def _moved(job: tuple[Move, Rehearsal]) -> tuple[Move, Rehearsed]:
    """The run with one number moved, and which."""
    return job[0], rehearse(job[1])
