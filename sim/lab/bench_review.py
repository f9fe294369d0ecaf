"""How long a review takes: twelve decisions of eight alternatives, dropping the worse on all cores, and all of it."""

import time
from collections.abc import Mapping, Sequence

from sim.core.phrase import Phrase
from sim.exercise.exercise import Exercise
from sim.exercise.player import Doctrine, play
from sim.exercise.save import save
from sim.lab.bench import Bench, Row, row_of, timed
from sim.lab.crew import Crew, State
from sim.lab.workers import cores
from sim.review.branch import Branch, begin, follow
from sim.review.estimate import difference
from sim.review.stopping import NARROW, WORSE, stops
from sim.review.work import Work
from sim.scenario.scenario import Playbook
from sim.world.order import HOLD, Order

DECISIONS, ALTERNATIVES, TRIALS, HORIZON_TICKS = 12, 8, 8, 6000
"""The review whose time is told: ten minutes after each decision."""
ROUNDS = ((8, 2), (4, 4))
"""Of each round: how many alternatives go on at most, and after how many trials in steps of 0.2 s they then stand.

What is surely worse goes no further, nor does what is surely as good as the best: the rule of the review. The best two
are then tried anew in the steps of the run itself, two trials and two more until they are told apart or known to be the
same.
"""
LAST = 2
MOMENTS_MIN = (10.0, 45.0, 80.0, 120.0)
"""Scenario minutes of the decisions that are sampled."""
SEED = 3


def review_benches(playbook: Playbook) -> list[Bench]:
    """Return the benches of this module; runs are of this scenario."""
    names = ("review_12x8x8", "review_first_round", "review_first_order")
    return [
        Bench(names, lambda repeats, _: _sampled(repeats, playbook), len(MOMENTS_MIN)),
        Bench(("review_12x8x8_all",), lambda repeats, _: _all(repeats, playbook), 5),
    ]


def at_minutes(playbook: Playbook, minutes: Sequence[float] = MOMENTS_MIN) -> list[Exercise]:
    """Return the same run at these scenario minutes, played by the doctrine player until then."""
    run = Exercise(playbook, SEED, sealed=False)
    found = []
    for minute in minutes:
        play(run, Doctrine(), until=run.world.setting.tick(minute))
        found.append(run.fork(None, sealed=False))
    return found


def choices(run: Exercise, most: int) -> list[Order | None]:
    """Return waiting and the first responses on offer that would be accepted now, each at its most sensible target."""
    return [None, *on_offer(run)[: most - 1]]


def on_offer(run: Exercise, *, unlawful: bool = False) -> list[Order]:
    """Return all that would be accepted now, each at its most sensible target; `unlawful` says whether that is, too."""
    orders = [
        Order(response=each.response.id, target=each.targets[0] if each.targets else "", go_ahead=unlawful)
        for each in run.options()
        if each.open and each.response.id != HOLD
    ]
    return [order for order in orders if run.preview(order).accepted]


def continued(run: Exercise, choice: Order | None, trial: int, stride: int) -> Branch:
    """Return what comes of a choice within ten minutes."""
    return follow(begin(run, trial, stride=stride), choice, "own", [], run.tick_now + HORIZON_TICKS)


def _all(repeats: int, playbook: Playbook) -> list[Row]:
    """Some continuations of ten minutes, each from another moment, times the number a whole review needs."""
    runs = at_minutes(playbook)
    found = []
    for k in range(repeats):
        start = runs[k % len(runs)]
        took = timed(lambda s=start, t=k + 1: continued(s, None, t, 2))  # type: ignore[misc]
        found.append(took * DECISIONS * ALTERNATIVES * TRIALS)
    what = Phrase(
        "a review of {decisions} decisions by {alternatives} alternatives by {trials} trials of ten minutes on one"
        " core, estimated from a sample of continuations",
        decisions=DECISIONS, alternatives=ALTERNATIVES, trials=TRIALS,
    )  # fmt: skip
    return [row_of("review_12x8x8_all", what, DECISIONS * ALTERNATIVES * TRIALS, "s", found)]


def _sampled(repeats: int, playbook: Playbook) -> list[Row]:
    """Reviews some decisions over all cores, dropping the worse, one after the other, processes started before."""
    runs = at_minutes(playbook, MOMENTS_MIN[:repeats])
    whole, first, order, tried = [], [], [], []
    with Crew(playbook, SEED, None, cores()) as crew:
        for number, run in enumerate(runs, start=1):
            crew.tell(State(number, save(run), ()))
            if number == 1:
                # The processes have started and have their kernels when this comes back.
                _tried(crew, [_work(number, run, 0, None, trial, 2) for trial in range(1, 2 * cores() + 1)])
            took = _decide(crew, number, run)
            order.append(took[0])
            first.append(took[1])
            whole.append(took[2] * DECISIONS)
            tried.append(took[3])
    number = round(DECISIONS * sum(tried) / len(tried))
    return [
        row_of(
            "review_12x8x8",
            Phrase(
                "a review of {decisions} decisions by {alternatives} alternatives on all cores, dropping what is worse"
                " or the same after 2 and 4 trials of ten minutes, the last two 2 to 8 times in steps of 0.1 s; from a"
                " sample",
                decisions=DECISIONS,
                alternatives=ALTERNATIVES,
            ),
            number,
            "s",
            whole,
        ),
        row_of("review_first_round", Phrase("the first round of it at one decision"), 2 * ALTERNATIVES, "s", first),
        row_of("review_first_order", Phrase("the first alternative of it tried twice"), 2, "s", order),
    ]


def _decide(crew: Crew, number: int, run: Exercise) -> tuple[float, float, float, int]:
    """Reviews one decision; returns the seconds to one alternative, the first round and all, and how many tried."""
    began = time.perf_counter()
    offered = choices(run, ALTERNATIVES)
    values: dict[int, list[float]] = {k: [] for k in range(len(offered))}
    left = going_on = list(values)
    seconds, soonest, tried = [], 0.0, 0
    for many, trials in ROUNDS:
        if len(going_on) < LAST:
            break
        going_on = going_on[:many]
        begun = len(values[going_on[0]]) + 1
        works = [_work(number, run, k, offered[k], t, 2) for k in going_on for t in range(begun, trials + 1)]
        came, earliest = _tried(crew, works)
        soonest, tried = soonest or earliest - began, tried + len(works)
        for k in going_on:
            values[k].extend(came[k])
        left, going_on = standing(values, left, going_on)
        seconds.append(time.perf_counter() - began)
    tried += _told_apart(crew, number, run, {k: offered[k] for k in left[:LAST]})
    return soonest, seconds[0], time.perf_counter() - began, tried


def standing(
    values: Mapping[int, Sequence[float]], left: Sequence[int], tried: Sequence[int]
) -> tuple[list[int], list[int]]:
    """Who is left, the best first, and which of them are worth going on with.

    Gone is who is surely worse. Not gone on with is who is surely as good as the best; where that goes for everybody,
    only the best remains of those to go on with.

    Args:
        values: What each was worth, trial by trial.
        left: Who was left before; the first was tried each time.
        tried: Who of them has just been tried, all equally often.
    """
    latest = {k: values[k] for k in tried}
    gone = stops(latest)
    worse = {k for k, each in gone.items() if each.why == WORSE}
    still = sorted(set(left) - worse, key=lambda k: (difference(values[left[0]], values[k]).mean, k))
    return still, [k for k in still if k in latest and k not in gone]


def _told_apart(crew: Crew, number: int, run: Exercise, two: dict[int, Order | None]) -> int:
    """Tries the best two in the steps of the run until one is better or both are the same; returns how often."""
    values: dict[int, list[float]] = {k: [] for k in two}
    for begun in range(1, TRIALS + 1, 2):
        if len(two) < LAST:
            break
        came, _ = _tried(crew, [_work(number, run, k, two[k], t, 1) for t in (begun, begun + 1) for k in two])
        for k in two:
            values[k].extend(came[k])
        gap = difference(*values.values())
        if gap.low > 0.0 or gap.high < 0.0 or gap.half_width <= NARROW:
            break
    return sum(map(len, values.values()))


def _tried(crew: Crew, works: list[Work]) -> tuple[dict[int, list[float]], float]:
    """Has all of it carried out; returns the values by alternative in order of trials, and when one was tried twice."""
    found: dict[int, dict[int, float]] = {work.alternative: {} for work in works}
    earliest = 0.0
    crew.give(works)
    while not crew.idle:
        for work, branch in crew.take(0.5):
            found[work.alternative][work.trial] = branch.value
            if not earliest and len(found[work.alternative]) > 1:
                earliest = time.perf_counter()
    return {k: [by_trial[trial] for trial in sorted(by_trial)] for k, by_trial in found.items()}, earliest


def _work(number: int, run: Exercise, k: int, order: Order | None, trial: int, stride: int) -> Work:
    return Work(number, k, trial, "own", order, run.tick_now + HORIZON_TICKS, stride, stands_until=0)
