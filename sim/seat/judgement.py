"""Judgement: how a verdict of the review is said, how grave it is, and which decisions are worth talking about."""

import math
from statistics import median

from sim.core.phrase import Phrase
from sim.review import Alternative, Moment, Review
from sim.review.outlook import measured_at
from sim.seat.voice import Say

JUDGEMENTS = {
    "great": "great",
    "sound": "sound",
    "imprecise": "imprecise",
    "poor": "poor",
    "serious": "serious",
    "unlawful": "unlawful",
    "forced": "no real choice",
    "contested": "contested",
    "cannot tell": "cannot tell",
}
"""What each verdict is called."""
EXPLAINED = {
    "great": "everything else would surely have cost at least five points",
    "sound": "surely within five points of the best lawful alternative",
    "imprecise": "five to ten points below the best lawful alternative",
    "poor": "ten to fifteen points below the best lawful alternative",
    "serious": "more than fifteen points below the best lawful alternative",
    "unlawful": "unlawful, whatever came of it",
    "forced": "all that could have been done comes to the same, so it is not judged",
    "contested": "the two ways of going on disagree, so it is not judged",
    "cannot tell": "the trials do not say; no verdict is better than a wrong one",
}
"""What each of them means."""
STOPPED = {
    "worse": "surely worse; tried no further",
    "alike": "surely as good as the best; tried no further",
    "no better": "surely no better; tried no further",
}
"""Why an alternative is tried no further."""
GRAVITY = ("great", "sound", "imprecise", "poor", "serious", "unlawful")
"""From best to worst, what is a judgement."""


def judgement(say: Say, verdict: str) -> str:
    """A verdict in words, `between …` with both its ends."""
    if verdict.startswith("between "):
        low, high = verdict.removeprefix("between ").split(" and ")
        return say("{low} or {high}", low=say(JUDGEMENTS[low]), high=say(JUDGEMENTS[high]))
    return say(JUDGEMENTS[verdict])


def explained(say: Say, verdict: str) -> str:
    """What a verdict means; of an undecided one that it lies between its ends."""
    if verdict.startswith("between "):
        return say("the interval reaches over the edge of a band")
    return say(EXPLAINED[verdict])


def said_of(say: Say, moment: Moment) -> str:
    """The verdict of a decision in words; of one that is still tried what the first look says, if there was one."""
    if not _is_open(moment):
        return judgement(say, moment.verdict)
    if moment.first_look is None or not _stands(moment):
        return say("not known yet")
    return say("first look: {verdict}", verdict=judgement(say, moment.first_look.verdict))


def meaning_of(say: Say, moment: Moment) -> str:
    """What the verdict of a decision means; of one still tried how far it is, or what its first look rests on."""
    if not _is_open(moment):
        return explained(say, moment.verdict)
    look = moment.first_look
    if look is None or not _stands(moment):
        return say("tried {trials} times so far, which is too little for a verdict", trials=moment.trials)
    figures = {
        "number": look.others,
        "horizon": look.minutes,
        "points": look.regret.mean,
        "off": look.off,
        "tau": look.tau,
    }
    if look.off_here:
        return say(
            "one trial, {horizon:.0f} min ahead, against {number} of the alternatives: with your later orders it cost"
            " {points:.1f} points;"
            " in this scenario 19 of 20 such looks came within {off:.1f} points of the final result, tau {tau:.2f}",
            **figures,
        )
    if look.tau_here:
        return say(
            "one trial, {horizon:.0f} min ahead, against {number} of the alternatives: with your later orders it cost"
            " {points:.1f} points;"
            " in other scenarios 19 of 20 such looks came within {off:.1f} points of the final result;"
            " tau {tau:.2f} in this one",
            **figures,
        )
    return say(
        "one trial, {horizon:.0f} min ahead, against {number} of the alternatives: with your later orders it cost"
        " {points:.1f} points;"
        " in other scenarios 19 of 20 such looks came within {off:.1f} points of the final result, tau {tau:.2f}",
        **figures,
    )


def only_looked_at(moment: Moment) -> bool:
    """True while all that can be said of a decision is what its first look says."""
    return _is_open(moment) and moment.first_look is not None and _stands(moment)


def _stands(moment: Moment) -> bool:
    """False when whole trials have since come out further from the first look than it said, in either policy."""
    look = moment.first_look
    if look is None or moment.trials < 2:
        return look is not None
    tried = (moment.regret_own, moment.regret_doctrine)
    return all(abs(each.mean - look.regret.mean) <= look.off for each in tried)


def _is_open(moment: Moment) -> bool:
    return moment.verdict == "cannot tell" and not moment.settled


def how_far(review: Review) -> Phrase:
    """How well the order of alternatives at the horizon is known to be that in the end, and of what it was measured."""
    known = measured_at(review.effort.horizon_min, review.scenario)
    if known is None:
        return Phrase("How well so short a horizon ranks alternatives was not measured")
    said = {"horizon": known.minutes, "tau": known.tau, "number": known.decisions}
    if known.scenario:
        return Phrase(
            "Ranked {horizon:g} min ahead as in the end: tau {tau:.2f}, measured on {number} decisions of this"
            " scenario",
            **said,
        )
    return Phrase(
        "Ranked {horizon:g} min ahead as in the end: tau {tau:.2f}, measured on {number} decisions of other scenarios,"
        " not of this one",
        **said,
    )


def harsh(verdict: str) -> float:
    """How grave a verdict is, 0 for what is no judgement or sound; an undecided one counts by its milder end."""
    name = verdict.removeprefix("between ").split(" and ")[0]
    return float(max(0, GRAVITY.index(name) - 1)) if name in GRAVITY else 0.0


def mean_difference(each: Alternative) -> float:
    """An alternative minus what was done, the mean of both ways of going on, in points."""
    return 0.5 * (each.against_own.mean + each.against_doctrine.mean)


def gained(moment: Moment) -> float:
    """What the choice was worth above the middle one of the other lawful alternatives, in points; 0 without any."""
    others = [mean_difference(a) for a in moment.alternatives[1:] if a.lawful and a.own.trials]
    return -median(others) if others else 0.0


def regret_of(moment: Moment) -> float:
    """What the choice cost, the mean of both ways of going on, in points."""
    return 0.5 * (moment.regret_own.mean + moment.regret_doctrine.mean)


def beside(moment: Moment) -> int:
    """The alternative to be seen beside what was done: the recommended one, else the next best; 0 for none."""
    if moment.best:
        return moment.best
    others = [k for k, each in enumerate(moment.alternatives) if k and each.lawful and each.own.trials]
    return max(others, key=lambda k: mean_difference(moment.alternatives[k]), default=0)


def best_moments(review: Review, most: int = 3) -> tuple[Moment, ...]:
    """Decisions judged great or sound that gained most over what else could have been done, the best first."""
    found = [m for m in review.moments if m.verdict in {"great", "sound"} and gained(m) > 0.0]
    return tuple(sorted(found, key=lambda m: (m.verdict != "great", -gained(m), m.number))[:most])


def costly_moments(review: Review, most: int = 3) -> tuple[Moment, ...]:
    """Decisions that surely cost something, the gravest first; of equal verdicts the one that cost most."""
    found = [m for m in review.moments if harsh(m.verdict) > 0.0]
    return tuple(sorted(found, key=lambda m: (-harsh(m.verdict), -regret_of(m), m.number))[:most])


def to_try(review: Review) -> Moment | None:
    """The decision to be tried again in another way: the costliest one of which something better is known."""
    found = [m for m in review.moments if m.best and math.isfinite(regret_of(m)) and regret_of(m) > 0.0]
    return max(found, key=lambda m: (harsh(m.verdict), regret_of(m)), default=None)
