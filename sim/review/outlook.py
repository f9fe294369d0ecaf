"""Outlook: what the score of an unfinished run is still likely to gain or lose, from how things stand where it stops.

A continuation of the review is cut off at its horizon. The rubric then counts what has happened, but not that a square
full of angry people with nothing agreed will cost more than one that is going home. The outlook adds that:

    outlook = left * (base + slope * (score - 60) + sum over what is seen of weight * seen)

`left` is the share of the on-scene time still to go, so the outlook is 0 at the end and where people have gone home.
Everything it looks at stands in the journal (the last reading, what is agreed, calls still open), so it is the same for
a run and for its file. `WEIGHTS` are fitted, once, to continuations that were played on to their end; how well the sum
then ranks alternatives is measured by `horizon` on the command line and printed with every review.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sim.measures import Facts
from sim.world.journal import Data, Entry

MIDDLE = 60.0
"""The score from which a high one is expected to fall a little and a low one to rise."""
MANY_ACTS = 10.0
"""So many violent acts within a minute count as fully violent (assumed)."""
TIGHT, CRUSHING = 3.5, 6.0
"""Persons/m2 between which crowding counts from not at all to fully, as in the rubric's crowd safety figures."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What the outlook looks at, each from 0 to 1 except for changes."""

    left: float
    """Share of the on-scene time still to go; 0 once it is over."""
    seen: Mapping[str, float]


WEIGHTS: Mapping[str, float] = {
    "base": 1.46,
    "slope": -0.06,
    "anger": -0.08,
    "identity": -0.02,
    "grievance": -0.03,
    "trust": -0.13,
    "actives": 0.13,
    "violence": 1.63,
    "crowding": 0.0,
    "rumour": 0.02,
    "waiting": 0.83,
    "agreed": 0.0,
    "open_calls": -0.07,
}
"""Points of the total for each unit of what is seen, with the whole time still to go.

Fitted to 184 continuations of 17 decisions of the first lesson and the taxi blockade. By weights fitted to the 540 that
were played since alternatives are ranked no better (docs/review.md), so these stand. Small as they are, the sign of a
single one means nothing; 0 says that the sample showed no weight.
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """How well values at a horizon ranked alternatives against playing on to the end, and on how much that rests."""

    minutes: float
    tau: float
    """Kendall's tau over pairs of alternatives that end at least two points apart."""
    tau_all: float
    """Mean over decisions, near equals with the rest."""
    decisions: int
    continuations: int
    scenario: str = ""
    """Id of the scenario its decisions are of; "" for all that were looked at."""
    off: float | None = None
    """Points within which, in 19 of 20, the regret seen there in one trial came to that in the end of another."""

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {
            "measured_at_min": self.minutes,
            "scenario": self.scenario,
            "tau": self.tau,
            "tau_all_pairs": self.tau_all,
            "decisions": self.decisions,
            "continuations": self.continuations,
            "first_look_within": self.off,
        }


MEASURED = (
    Measured(5.0, 0.33, 0.23, 57, 540, off=6.7),
    Measured(10.0, 0.40, 0.30, 57, 540, off=4.0),
    Measured(20.0, 0.81, 0.50, 57, 540, off=3.6),
    Measured(30.0, 0.86, 0.57, 57, 540, off=3.9),
    Measured(45.0, 0.94, 0.64, 57, 540, off=3.9),
    Measured(60.0, 0.92, 0.68, 57, 540, off=3.9),
    Measured(90.0, 0.93, 0.75, 57, 540, off=3.9),
    Measured(5.0, 0.91, 0.90, 6, 48, "first_steps"),
    Measured(10.0, 1.00, 0.97, 6, 48, "first_steps"),
    Measured(20.0, 1.00, 1.00, 6, 48, "first_steps"),
    Measured(30.0, 1.00, 1.00, 6, 48, "first_steps"),
    Measured(45.0, 1.00, 1.00, 6, 48, "first_steps"),
    Measured(60.0, 1.00, 1.00, 6, 48, "first_steps"),
    Measured(90.0, 1.00, 1.00, 6, 48, "first_steps"),
    Measured(5.0, 0.10, 0.09, 27, 264, "taxi_ring_square", off=4.8),
    Measured(10.0, 0.16, 0.05, 27, 264, "taxi_ring_square", off=4.3),
    Measured(20.0, 0.68, 0.31, 27, 264, "taxi_ring_square", off=3.4),
    Measured(30.0, 0.76, 0.46, 27, 264, "taxi_ring_square", off=8.0),
    Measured(45.0, 0.91, 0.59, 27, 264, "taxi_ring_square", off=3.9),
    Measured(60.0, 0.89, 0.68, 27, 264, "taxi_ring_square", off=3.9),
    Measured(90.0, 0.91, 0.73, 27, 264, "taxi_ring_square", off=3.9),
    Measured(5.0, 0.48, 0.22, 24, 228, "health_valley_petition", off=6.7),
    Measured(10.0, 0.56, 0.40, 24, 228, "health_valley_petition", off=3.8),
    Measured(20.0, 0.96, 0.59, 24, 228, "health_valley_petition", off=4.0),
    Measured(30.0, 0.96, 0.60, 24, 228, "health_valley_petition", off=3.8),
    Measured(45.0, 0.96, 0.62, 24, 228, "health_valley_petition", off=4.1),
    Measured(60.0, 0.93, 0.60, 24, 228, "health_valley_petition", off=4.0),
    Measured(90.0, 0.93, 0.71, 24, 228, "health_valley_petition", off=4.0),
)
"""What `horizon` on the command line found, with an outlook fitted to the half of the decisions that was not looked at;
docs/review.md says from which runs. `off` is left out where fewer than a hundred cases stand behind it."""


def measured_at(minutes: float, scenario: str = "") -> Measured | None:
    """What is known of the longest measured horizon that is no longer, of this scenario where it was measured itself.

    Else it is what was found over all that were looked at; None where the horizon is shorter than any.
    """
    own = [each for each in MEASURED if each.scenario == scenario and each.minutes <= minutes]
    every = [each for each in MEASURED if not each.scenario and each.minutes <= minutes]
    return max(own or every, key=lambda each: each.minutes, default=None)


def outlook(score: float, prospect: Prospect) -> float:
    """Points still likely to be gained (above 0) or lost; 0 at the end."""
    terms = [WEIGHTS["base"], WEIGHTS["slope"] * (score - MIDDLE)]
    terms += [WEIGHTS[name] * value for name, value in prospect.seen.items()]
    return prospect.left * math.fsum(terms)


def expected(score: float, prospect: Prospect) -> float:
    """The score to be expected in the end, 0..100."""
    return min(100.0, max(0.0, score + outlook(score, prospect)))


def prospect_of(entries: Iterable[Entry], facts: Facts, end_min: float) -> Prospect:
    """What stands in the entries of an unfinished run.

    Args:
        entries: a journal up to where it stops.
        facts: of its scenario; the first minute is read.
        end_min: last minute of the on-scene part.
    """
    known = list(entries)
    last: Data = next((e.data for e in reversed(known) if e.kind == "reading"), {})
    over = any(e.kind == "scene" or (e.kind == "outcome" and e.data["reason"] != "stopped") for e in known)
    now = facts.start_min + max((e.tick for e in known), default=0) / 600.0
    left = 0.0 if over else min(1.0, max(0.0, (end_min - now) / max(1.0, end_min - facts.start_min)))
    came, here = max(1.0, _of(last, "came")), _of(last, "participants")
    tellers = last.get("tellers")
    told = max((float(v) for v in tellers.values()), default=0.0) if isinstance(tellers, Mapping) else 0.0
    # How those feel who have gone home cannot make trouble here: means of who is there count by their share.
    share = min(1.0, here / came)
    return Prospect(
        left=left,
        seen={
            "anger": share * _of(last, "anger"),
            "identity": share * _of(last, "identity"),
            "grievance": share * _of(last, "grievance"),
            "trust": _of(last, "legitimacy_all") - _of(last, "legitimacy_start"),
            "actives": _of(last, "actives") / came,
            "violence": min(1.0, _of(last, "violent_last_min") / MANY_ACTS),
            "crowding": min(1.0, max(0.0, (_of(last, "density_max") - TIGHT) / (CRUSHING - TIGHT))),
            "rumour": share * told,
            "waiting": min(1.0, _of(last, "waiting_serious")),
            "agreed": float(_agreed(known)),
            "open_calls": _open_calls(known),
        },
    )


def _agreed(entries: list[Entry]) -> bool:
    """Something with a date was promised by somebody who may."""
    return any(
        e.kind == "consequence" and e.data["what"] == "promise" and e.data["dated"] and e.data["within_authority"]
        for e in entries
    )


def _open_calls(entries: list[Entry]) -> float:
    """Share of the calls so far that are neither handled nor missed yet."""
    calls: dict[object, bool] = {}
    for entry in entries:
        if entry.kind != "inject":
            continue
        if entry.data["event"] == "fired" and entry.data["answers"]:
            calls[entry.data["id"]] = True
        elif entry.data["event"] in {"handled", "missed"} and entry.data["id"] in calls:
            calls[entry.data["id"]] = False
    return sum(calls.values()) / max(1, len(calls))


def _of(data: Data, name: str) -> float:
    value = data.get(name, 0.0)
    return float(value) if isinstance(value, int | float) else 0.0
