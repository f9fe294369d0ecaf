"""Improvement: what a run says should go better next time, ready for somebody to take on and a day to be set.

The machine names what and how one would see it; who does it and until when is for people to write.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sim.core.phrase import Phrase
from sim.measures.record import Record, text
from sim.measures.risk_estimates import estimates
from sim.review import Review
from sim.scoring import Score
from sim.seat.judgement import costly_moments, regret_of
from sim.seat.words import Words

MOST = 8
LOW_POINTS = 70.0
"""A dimension below this is worth a line (assumed: where the grade is no longer a B)."""
CHANCE = 0.25
"""Brier score of whoever always says 50 %."""
MOST_DIMENSIONS = 2
MOST_CALLS = 2


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the plan."""

    what: Phrase
    """What should go better."""
    because: Phrase
    """What in this run says so."""
    seen_by: Phrase
    """By what one would see next time that it does."""


def plan(score: Score, record: Record, review: Review | None, words: Words) -> tuple[Item, ...]:
    """At most `MOST` lines: red lines first, then what cost most, then what was left open."""
    found = [*_gates(score), *_decisions(review, words), *_dimensions(score), *_calls(record, words)]
    return tuple([*found, *_promises(record, words), *_risk(record)][:MOST])


def _gates(score: Score) -> Iterable[Item]:
    for gate in score.gates:
        yield Item(
            Phrase("Never again: {what}", what=gate.says),
            Phrase("minute {minute:.0f}: {what}", minute=gate.evidence[0].minute, what=gate.evidence[0].observable),
            Phrase("the red line is not crossed in the next run"),
        )


def _decisions(review: Review | None, words: Words) -> Iterable[Item]:
    for moment in costly_moments(review) if review is not None else ():
        done = moment.order.response if moment.order is not None else "hold"
        other = moment.alternatives[moment.best].order
        response = words.playbook.responses
        names = [
            response[each].title.text if each in response else Phrase("nothing was ordered")
            for each in (done, other.response if other is not None else "hold")
        ]
        if moment.best:
            what = Phrase("Think of this sooner: {other}, instead of: {done}", other=names[1], done=names[0])
        else:
            what = Phrase("Look at this decision again: {done}", done=names[0])
        cost = Phrase("minute {minute:.0f}; it is not known yet what it cost", minute=moment.minute)
        if moment.trials > 1:
            cost = Phrase("minute {minute:.0f}; it cost {points:.1f} points in the mean of the trials",
                          minute=moment.minute, points=regret_of(moment))  # fmt: skip
        yield Item(what, cost, Phrase("tried again from that moment, the regret is below five points"))


def _dimensions(score: Score) -> Iterable[Item]:
    low = sorted((d.points, d.id, d) for d in score.dimensions if d.points is not None and d.points < LOW_POINTS)
    for points, _, dimension in low[:MOST_DIMENSIONS]:
        yield Item(
            Phrase("Practise: {what}", what=dimension.title),
            Phrase("{points:.0f} of 100 points in this run", points=points),
            Phrase("at least {points:.0f} points in the next run", points=LOW_POINTS),
        )


def _calls(record: Record, words: Words) -> Iterable[Item]:
    known = {inject.id: inject for inject in words.scenario.injects}
    missed = [each for each in record.injects if each.status == "missed" and each.id in known]
    for each in missed[:MOST_CALLS]:
        said = known[each.id].text or known[each.id].if_not_text
        if said is not None:
            yield Item(
                Phrase("Answer in time: {call}", call=said.text),
                Phrase("minute {minute:.0f}; {window:.0f} min were given", minute=each.minute, window=each.window_min),
                Phrase("the first answer within {minutes:.0f} min", minutes=each.expert_min),
            )


def _promises(record: Record, words: Words) -> Iterable[Item]:
    names = {demand.id: demand.name.text for demand in words.scenario.demands}
    for entry in record.consequences("promise_broken"):
        demand = text(entry.data, "demand")
        if demand in names:
            yield Item(
                Phrase("Promise only what will be kept: {what}", what=names[demand]),
                Phrase("it was promised and was not kept"),
                Phrase("owner and day stand in the ledger, and somebody follows it up"),
            )


def _risk(record: Record) -> Iterable[Item]:
    cases = estimates(record)
    if cases and (brier := sum(case.error for case in cases) / len(cases)) > CHANCE:
        yield Item(
            Phrase("State the risk as a figure, and hold it against what comes"),
            Phrase("a Brier score of {score:.2f}; always saying 50 % earns {chance:.2f}", score=brier, chance=CHANCE),
            Phrase("a Brier score below {chance:.2f}", chance=CHANCE),
        )
