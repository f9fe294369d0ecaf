"""Judgement: how a verdict of the review is said, and how grave it is."""

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


def harsh(verdict: str) -> float:
    """How grave a verdict is, 0 for what is no judgement or sound; an undecided one counts by its milder end."""
    name = verdict.removeprefix("between ").split(" and ")[0]
    return float(max(0, GRAVITY.index(name) - 1)) if name in GRAVITY else 0.0
