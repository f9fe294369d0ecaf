"""Playtest: which rehearsals of a scenario are made, spread over processes; what is there when broken off counts."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from sim.exercise.player import PLAYERS as KNOWN
from sim.lab.workers import spread
from sim.review.balance import Balance, balance, best_player
from sim.review.rehearsal import Part, Rehearsal, Rehearsed, rehearse
from sim.scenario.response import GROUPS
from sim.scenario.scenario import Playbook
from sim.world.order import Order

PLAYERS = ("doctrine", "varied", "facilitate", "force", "passive", "random")
"""Who plays unless somebody says otherwise."""
SEEDS = 3
TIMES = {"varied": 2}
"""Players that play more seeds than the others: each of its runs is another way of playing (assumed to be enough)."""

Told = Callable[[int, int], object]
"""Is told how many runs are made of how many there will be as far as is known."""


def playtest(
    playbook: Playbook,
    *,
    players: Sequence[str] = PLAYERS,
    seeds: int = SEEDS,
    workers: int = 1,
    levers: bool = True,
    injects: bool = False,
    lines: Mapping[str, tuple[tuple[int, Order], ...]] | None = None,
    done: Told = lambda number, of: None,
) -> Balance:
    """Return the card of the scenario.

    Every player plays every seed, the varied one twice as many. With `levers`, the one that did best plays again
    without each kind of response and without each response that it used (in the first seed; in all of them where doing
    without was better); with `injects`, also without each inject. `lines` are orders somebody wrote down, by name: they
    are played as they stand, with every seed. KeyboardInterrupt ends it early: the card then says what is known, and
    that it is not complete.
    """
    first = [
        Rehearsal(playbook, player, seed) for player in players for seed in range(1, seeds * TIMES.get(player, 1) + 1)
    ]
    for name, orders in (lines or {}).items():
        first += [Rehearsal(playbook, name, seed, orders=orders) for seed in range(1, seeds + 1)]
    found: list[Rehearsed] = []
    asked = len(first)
    try:
        _make(first, found, workers, lambda number: done(number, asked))
        more = list(_taken_away(playbook, found, levers=levers, injects=injects))
        asked += len(more)
        _make(more, found, workers, lambda number: done(len(first) + number, asked))
        again = list(_doubted(playbook, found))
        made = len(found)
        asked += len(again)
        _make(again, found, workers, lambda number: done(made + number, asked))
    except KeyboardInterrupt:
        asked = max(asked, len(found) + 1)
    return balance(playbook, found, asked)


def _make(jobs: Sequence[Rehearsal], found: list[Rehearsed], workers: int, done: Callable[[int], object]) -> None:
    """Makes them; each is in `found` as soon as it is there."""
    spread(rehearse, jobs, workers=workers, done=done, found=found.append)


def _taken_away(playbook: Playbook, found: Sequence[Rehearsed], *, levers: bool, injects: bool) -> Iterable[Rehearsal]:
    """What the best player is to do without; single responses and injects in the first seed alone."""
    best = best_player([run for run in found if run.player in KNOWN])
    if not best:
        return
    whole = [run for run in found if run.player == best]
    seed = min(run.seed for run in whole)
    used = next(run.used for run in whole if run.seed == seed)
    if levers:
        kinds = [kind for kind in GROUPS if any(playbook.responses[name].group == kind for name in used)]
        for kind in kinds:
            yield from (Rehearsal(playbook, best, run.seed, Part("kind", kind)) for run in whole)
        for name in playbook.responses:
            if name in used:
                yield Rehearsal(playbook, best, seed, Part("response", name))
    if injects:
        yield from (Rehearsal(playbook, best, seed, Part("inject", inject.id)) for inject in playbook.scenario.injects)


def _doubted(playbook: Playbook, found: Sequence[Rehearsed]) -> Iterable[Rehearsal]:
    """The other seeds without those responses whose absence did good in the first."""
    card = balance(playbook, found, len(found))
    if card.best not in KNOWN:
        return
    done = {(run.seed, run.without) for run in found if run.player == card.best}
    for lever in card.levers:
        if lever.dominated:
            for run in found:
                if run.player == card.best and not run.without.what and (run.seed, lever.part) not in done:
                    yield Rehearsal(playbook, card.best, run.seed, lever.part)
