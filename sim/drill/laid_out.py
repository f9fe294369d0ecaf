"""Laid out: which of the answers laid out at a decision came out best, by the review that judges any single run."""

import math
from collections.abc import Iterator, Mapping, Sequence

from sim.drill.cost import closed_by, moments_of
from sim.drill.drill import Choice, Drill
from sim.review import Alternative, Moment, Review
from sim.review.decision import decisions_of
from sim.review.estimate import SCALE, Estimate, within
from sim.review.verdict import NAMES, together
from sim.scenario.response import Response
from sim.world.journal import Entry
from sim.world.order import HOLD, Order

Standings = Mapping[str, tuple[bool | None, ...]]
"""By window, of each answer laid out, in their order: whether it came out best; None where that cannot be told."""


def pins_of(drill: Drill, entries: Sequence[Entry]) -> Iterator[tuple[int, Order]]:
    """(number of the decision, order) of every answer a drill lays out at a decision of its record.

    A review that begins with these compares all of them, whatever else it would have tried: what those who look on have
    picked can be told then.
    """
    laid_out = {window.id: window.choices for window in drill.windows}
    called = {window.opens.inject: window.choices for window in drill.windows if window.opens.inject}
    closed = closed_by(entries)
    for decision in decisions_of(entries):
        window = closed.get(decision.tick, "")
        for choice in called.get(decision.call, ()) if decision.order is None else laid_out.get(window, ()):
            yield decision.number, choice.order("")


def standings_of(
    review: Review, drill: Drill, entries: Sequence[Entry], responses: Mapping[str, Response]
) -> Standings:
    """How the answers of each decision stand to the best of them, as far as the review has come.

    An answer came out best where the review calls it sound against the best lawful answer laid out: surely within five
    points, with the later orders of whoever played and with those of the doctrine player. So several may be best. It
    did not where it is surely further off. What was not tried, because it was not possible then or the time was up, and
    what the trials do not tell apart, cannot be told.
    """
    decided = {window: moment for moment, window in moments_of(review, drill, entries).values() if window}
    windows = [window for window in drill.windows if window.id in decided and window.choices]
    return {window.id: _stand(decided[window.id], window.choices, responses) for window in windows}


def _stand(moment: Moment, choices: Sequence[Choice], responses: Mapping[str, Response]) -> tuple[bool | None, ...]:
    tried = [_tried(moment, choice, responses) for choice in choices]
    lawful = [k for k in tried if k is not None and moment.alternatives[k].lawful]
    if len({k for k in tried if k is not None}) < 2 or not lawful:
        return (None,) * len(choices)
    return tuple(None if k is None else _among_the_best(moment, k, lawful) for k in tried)


def _tried(moment: Moment, choice: Choice, responses: Mapping[str, Response]) -> int | None:
    """Which alternative is this answer: what was done where it was this, else the best of those that are; or none."""
    alike = [k for k, each in enumerate(moment.alternatives) if _is(each.order, choice, responses)]
    return 0 if 0 in alike else max(alike, key=lambda k: moment.alternatives[k].against_own.mean, default=None)


def _is(order: Order | None, choice: Choice, responses: Mapping[str, Response]) -> bool:
    """True when an order carries an answer out: what the answer leaves open may be as it likes."""
    if order is None or order.response == HOLD or choice.response == HOLD:
        return choice.response == (HOLD if order is None else order.response)
    if order.response != choice.response or choice.target not in {"", order.target}:
        return False
    known = responses.get(order.response)
    usual = {p.name: p.default for p in known.parameters} if known is not None else {}
    given = {**usual, **order.parameters}
    return all(given.get(name) == value for name, value in choice.parameters.items())


def _among_the_best(moment: Moment, number: int, lawful: Sequence[int]) -> bool | None:
    """Held against every other answer that is lawful, not against the luckiest of them alone."""
    if number not in lawful:
        return False
    verdicts = [_verdict(moment, number, other) for other in lawful if other != number]
    if any(_surely_worse(verdict) for verdict in verdicts):
        return False
    return True if all(verdict == NAMES[0] for verdict in verdicts) else None


def _surely_worse(verdict: str) -> bool:
    return verdict in NAMES[1:] or (verdict.startswith("between ") and not verdict.startswith(f"between {NAMES[0]} "))


def _verdict(moment: Moment, number: int, other: int) -> str:
    """What the review calls an answer beside another one, with both ways of going on."""
    return together(*(_behind(moment, number, other, own=own) for own in (True, False)))


def _behind(moment: Moment, number: int, other: int, *, own: bool) -> Estimate:
    """How far an answer is behind another, from how far each is ahead of what was done.

    Each was held against what was done, trial by trial; of two differences the half-widths add as squares do.
    """
    ours, theirs = (_ahead(moment.alternatives[k], own=own) if k else None for k in (number, other))
    known = [each for each in (ours, theirs) if each is not None]
    mean = (theirs.mean if theirs is not None else 0.0) - (ours.mean if ours is not None else 0.0)
    half = math.sqrt(sum(each.half_width * each.half_width for each in known))
    return within(Estimate(mean, mean - half, mean + half, min(each.trials for each in known)), -SCALE, SCALE)


def _ahead(alternative: Alternative, *, own: bool) -> Estimate:
    return alternative.against_own if own else alternative.against_doctrine
