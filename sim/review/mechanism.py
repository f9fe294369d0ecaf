"""Mechanism: in one or two sentences why two futures part - what it changed in whom, and what happened more often.

Taken from the mean courses of the paired trials, never from what an author thinks should have happened.
"""

import math
from dataclasses import dataclass

import numpy as np

from sim.core.phrase import LText, Phrase
from sim.review.branch import COUNTED, FEELINGS, UNTRUE
from sim.review.estimate import Estimate
from sim.review.study import Paths

LEAST = 0.02
"""A mean feeling of a group that differs by less is not worth a sentence."""
LEAST_TOLD = 0.05
"""A rumour that so many more of those present pass on is worth one (a share)."""
GRAVE = (UNTRUE, "injury", "deed", "arrest", "defence", "area_force")
"""Counts that are said before a rumour: what we said ourselves that was not so, and what was done to people."""
FEELING_WORDS = {
    "anger": "anger",
    "fear": "fear",
    "legitimacy": "trust in the police",
    "identity": "us-against-them",
    "hope": "hope that talking works",
    "exit_belief": "belief that one can leave",
    "grievance": "grievance",
    "fatigue": "exhaustion",
}
"""What each feeling is called."""
COUNT_WORDS = {
    "injury": "people hurt",
    "deed": "violent acts",
    "talk": "rounds of talk",
    "statement": "public statements",
    "announcement": "announcements made",
    "arrest": "arrests",
    "defence": "blows of officers who defend themselves",
    "promise": "commitments",
    "area_force": "uses of gas or water",
    UNTRUE: "untrue public statements",
}
"""What each count is called."""


@dataclass(frozen=True, slots=True)
class Parting:
    """Where two futures part most."""

    group: int
    feeling: str
    minute: int
    """Minutes after the decision from which on the difference stays above half of what it becomes."""
    difference: float
    """The other's minus the chosen one's, at its largest."""


def parting_of(chosen: Paths, other: Paths) -> Parting | None:
    """The group and feeling in which two mean courses differ most; None when they hardly do."""
    if chosen.groups is None or other.groups is None or not chosen.trials or not other.trials:
        return None
    minutes = min(len(chosen.groups), len(other.groups))
    if minutes == 0:
        return None
    ours, theirs = chosen.groups[:minutes] / chosen.trials, other.groups[:minutes] / other.trials
    there = (ours[..., -1] >= 1.0) & (theirs[..., -1] >= 1.0)
    gap = np.where(there[..., None], theirs[..., :-1] - ours[..., :-1], 0.0)
    size = np.abs(gap) * np.sqrt(ours[..., -1:])
    minute, group, feeling = np.unravel_index(int(np.argmax(size)), size.shape)
    most = float(gap[minute, group, feeling])
    if abs(most) < LEAST:
        return None
    same_way = gap[: minute + 1, group, feeling] * np.sign(most) >= 0.5 * abs(most)
    first = int(minute)
    while first > 0 and same_way[first - 1]:
        first -= 1
    return Parting(int(group), FEELINGS[int(feeling)], first + 1, most)


def counts_of(chosen: Paths, other: Paths) -> list[tuple[str, float, float]]:
    """(what, chosen, other): what happened in one future more often than in the other, largest difference first.

    Untrue statements stand before everything: who takes one back before it is out has done more than say less.
    """
    if chosen.counts is None or other.counts is None or not chosen.trials or not other.trials:
        return []
    ours, theirs = chosen.counts / chosen.trials, other.counts / other.trials
    rows = [(name, float(a), float(b)) for name, a, b in zip(COUNTED, ours, theirs, strict=True)]
    weighed = [(abs(b - a) / math.sqrt(1.0 + min(a, b)), row) for row in rows for _, a, b in [row] if abs(b - a) >= 0.5]
    return [row for _, row in sorted(weighed, key=lambda each: (each[1][0] != UNTRUE, -each[0], each[1][0]))]


HARDLY = Phrase(
    "So far ahead hardly anything differs in what people feel and what happens to them: the points are those of the"
    " rules on how it is handled"
)
"""Where a choice costs points and the mean courses do not part."""


def disagreement(own: Estimate, doctrine: Estimate) -> Phrase:
    """What it means that a choice cost something on one way of going on and not on the other."""
    if own.mean > doctrine.mean:
        return Phrase(
            "It cost {own:.0f} points as you went on, and {doctrine:.0f} with a competent commander from your next"
            " decision on: it could still have been made good",
            own=max(0.0, own.mean),
            doctrine=max(0.0, doctrine.mean),
        )
    return Phrase(
        "It cost {own:.0f} points as you went on, and {doctrine:.0f} with a competent commander from your next"
        " decision on: it closed a way that was not used later either",
        own=max(0.0, own.mean),
        doctrine=max(0.0, doctrine.mean),
    )


def rumour_of(chosen: Paths, other: Paths) -> tuple[int, float, float] | None:
    """(rumour, chosen, other): the rumour whose telling differs most, as shares of those there; None for hardly any."""
    if chosen.told is None or other.told is None or not len(chosen.told):
        return None
    ours, theirs = chosen.told / chosen.trials, other.told / other.trials
    most = int(np.argmax(np.abs(theirs - ours)))
    gap = abs(float(theirs[most] - ours[most]))
    return (most, float(ours[most]), float(theirs[most])) if gap >= LEAST_TOLD else None


def explain(chosen: Paths, other: Paths, groups: list[LText], rumours: list[LText]) -> tuple[Phrase, ...]:
    """One or two sentences on what another choice would have changed; none when the futures hardly differ."""
    found: list[Phrase] = []
    part = parting_of(chosen, other)
    if part is not None:
        said = {
            "minute": part.minute,
            "feeling": Phrase(FEELING_WORDS[part.feeling]),
            "group": groups[part.group],
            "size": part.difference,
        }
        if part.difference > 0.0:
            found.append(
                Phrase("From about {minute} min on, more {feeling} there among: {group} ({size:+.2f})", **said)
            )
        else:
            found.append(
                Phrase("From about {minute} min on, less {feeling} there among: {group} ({size:+.2f})", **said)
            )
    counts, rumour = counts_of(chosen, other), rumour_of(chosen, other)
    if rumour is not None and not (counts and counts[0][0] in GRAVE):
        which, before, after = rumour
        found.append(
            Phrase(
                "In the mean of the trials {theirs:.0%} instead of {ours:.0%} of those there passed on: “{rumour}”",
                theirs=after,
                ours=before,
                rumour=rumours[which],
            )
        )
    elif counts:
        what, ours, theirs = counts[0]
        found.append(
            Phrase(
                "In the mean of the trials: {what}, {theirs:.1f} instead of {ours:.1f}",
                what=Phrase(COUNT_WORDS[what]),
                theirs=theirs,
                ours=ours,
            )
        )
    return tuple(found)
