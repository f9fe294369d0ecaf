"""Cost: what each decision of a drill cost, by the same review that judges any single run."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sim.core.phrase import LText
from sim.drill.drill import Drill
from sim.review import Moment, Review
from sim.review.stopping import WORSE
from sim.scenario.scenario import Scenario
from sim.world.journal import Entry
from sim.world.order import HOLD

COSTS, NOTHING, UNSURE, LATER = "costs", "nothing", "unsure", "later"
LITTLE = 1.0
"""Points: less than this that cannot be told from nothing is called nothing (assumed)."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one decision cost against the best lawful alternative."""

    points: float
    """Mean over the trials."""
    margin: float
    """Half of its 95 % interval; infinite while one trial is all there is."""
    better: str
    """Id of the response that would have been better, `hold` for waiting; "" where nothing surely was."""
    says: LText | None = None
    """How the drill puts what would have been better, where it says it in words of its own."""
    played_on: float | None = None
    """Mean cost with a competent commander afterwards, where that is surely less and may be nothing; else None."""

    @property
    def standing(self) -> str:
        """What can be said of it: that it `costs`, that it costs about `nothing`, or, with much noise, neither.

        `later`: it cost something only together with what was done afterwards, so not this decision alone did.
        """
        if math.isfinite(self.margin) and self.points > self.margin and self.points >= 0.05:
            return COSTS if self.played_on is None else LATER
        return NOTHING if math.isfinite(self.margin) and self.points < LITTLE else UNSURE

    def as_dict(self) -> dict[str, object]:
        """JSON-able form, to a tenth."""
        says = None if self.says is None else {"en": self.says.en, "zh": self.says.zh}
        margin = round(self.margin, 1) if math.isfinite(self.margin) else None
        points = round(self.points, 1)
        later = None if self.played_on is None else round(max(0.0, self.played_on), 1)
        return {"cost": points, "margin": margin, "stands": self.standing, "better": self.better, "better_says": says,
                "played_on": later}  # fmt: skip


def costs_of(review: Review, drill: Drill, entries: Sequence[Entry], scenario: Scenario) -> dict[int, Cost]:
    """Costs by the tick at which a decision fell, as far as the review has come.

    A decision is held against what else would have answered it: what the squad might have done at that moment about
    something it was not asked is no better answer.
    Waiting on purpose gives no order that the review could try again; what it cost is what letting the call pass cost.
    """
    answers = {window.id: drill.answered_by(window, scenario) for window in drill.windows}
    decided = moments_of(review, drill, entries)
    return {tick: _cost(m, drill, window, answers.get(window, ())) for tick, (m, window) in decided.items()}


def closed_by(entries: Sequence[Entry]) -> dict[int, str]:
    """The window that an order, or the declared default, closed, by the tick of that."""
    return {e.tick: str(e.data["window"]) for e in entries if e.kind == "drill" and "response" in e.data}


def moments_of(review: Review, drill: Drill, entries: Sequence[Entry]) -> dict[int, tuple[Moment, str]]:
    """What the review has tried of the decisions, each with its window ("" for none), by the tick at which it fell."""
    tried = [moment for moment in review.moments if moment.trials]
    closed = closed_by(entries)
    called = {window.id: window.opens.inject for window in drill.windows}
    found = {m.tick: (m, closed.get(m.tick, "")) for m in tried if m.order is not None}
    passed = {m.call: m for m in tried if m.order is None}
    for entry in entries:
        if entry.kind == "drill" and entry.data.get("response") == HOLD:
            window = str(entry.data["window"])
            if called.get(window, "") in passed:
                found[entry.tick] = passed[called[window]], window
    return found


def _cost(moment: Moment, drill: Drill, window: str, answers: Sequence[str]) -> Cost:
    best, regret = moment.best, moment.regret_own
    if answers and best != 0 and _response(moment, best) not in answers:
        fitting = [k for k, each in enumerate(moment.alternatives)
                   if k > 0 and each.lawful and each.stopped != WORSE and _response(moment, k) in answers]  # fmt: skip
        if not fitting:
            return Cost(0.0, math.inf, "")
        best = max(fitting, key=lambda k: moment.alternatives[k].against_own.mean)
        regret = moment.alternatives[best].against_own
        best = best if regret.mean > 0.0 else 0
    if best == 0:
        return Cost(max(0.0, regret.mean), regret.half_width, "")
    named, order = _response(moment, best), moment.alternatives[best].order
    target, parameters = ("", {}) if order is None else (order.target, order.parameters)
    other = moment.alternatives[best].against_doctrine
    played_on = other.mean if other.low <= 0.0 and other.high < regret.low else None
    return Cost(regret.mean, regret.half_width, named, drill.words_for(named, target, parameters, window), played_on)


def _response(moment: Moment, number: int) -> str:
    order = moment.alternatives[number].order
    return HOLD if order is None else order.response
