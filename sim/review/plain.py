"""A review as plain data: what `review --json` prints and reports are made from."""

from sim.review.estimate import Estimate
from sim.review.outlook import measured_at
from sim.review.review import Alternative, Moment, Review
from sim.review.stopping import WORSE
from sim.world.order import HOLD, Order


def plain(review: Review) -> dict[str, object]:
    """JSON-able form of a whole review; an interval without ends has null in their place."""
    known = measured_at(review.effort.horizon_min, review.scenario)
    return {
        "decisions": review.decisions,
        "complete": review.complete,
        "horizon_min": review.effort.horizon_min,
        "horizon": None if known is None else known.as_dict(),
        "trials_most": review.effort.most,
        "continuations": review.continuations,
        "simulated_s": round(review.simulated_s, 1),
        "ledger": None if review.ledger is None else review.ledger.as_dict(),
        "moments": [_moment(review, k) for k in range(len(review.moments))],
    }


def moments_of(review: Review) -> dict[int, dict[str, object]]:
    """Each decision known so far, by its number."""
    return {moment.number: _moment(review, k) for k, moment in enumerate(review.moments)}


def _moment(review: Review, k: int) -> dict[str, object]:
    moment = review.moments[k]
    steps = {step.decision: step for step in review.ledger.steps} if review.ledger is not None else {}
    step = steps.get(moment.number)
    return {
        "decision": moment.number,
        "t_s": round(moment.tick / 10.0, 1),
        "minute": round(moment.minute, 2),
        **_act(moment.order),
        "call": moment.call,
        "verdict": moment.verdict,
        "first_look": None if moment.first_look is None else moment.first_look.as_dict(),
        "best": moment.best,
        "trials": moment.trials,
        "settled": moment.settled,
        "regret": {"own": moment.regret_own.as_dict(), "doctrine": moment.regret_doctrine.as_dict()},
        "regret_clairvoyant": _rounded(moment.clairvoyant_regret),
        "luck": _rounded(step.luck if step is not None else None),
        "skill": _rounded(step.skill if step is not None else None),
        "why": [phrase.as_dict() for phrase in moment.why],
        "evidence": _evidence(moment),
        "same_reproduces": moment.reproduces,
        "alternatives": [_alternative(each) for each in moment.alternatives],
    }


def _evidence(moment: Moment) -> list[str]:
    """Ids of what the decision rests on: the call it answered or let pass, and its tick in the journal."""
    return [*([f"inject:{moment.call}"] if moment.call else []), f"tick:{moment.tick}"]


def _act(order: Order | None) -> dict[str, object]:
    if order is None:
        return {"response": HOLD, "target": "", "units": [], "parameters": {}}
    parameters = {name: order.parameters[name] for name in sorted(order.parameters)}
    return {
        "response": order.response,
        "target": order.target,
        "units": list(order.units),
        "parameters": parameters,
    }


def _alternative(each: Alternative) -> dict[str, object]:
    return {
        **_act(each.order),
        "source": each.source,
        "lawful": each.lawful,
        "value": {"own": each.own.as_dict(), "doctrine": each.doctrine.as_dict()},
        "difference": {"own": each.against_own.as_dict(), "doctrine": each.against_doctrine.as_dict()},
        "trials": min(each.own.trials, each.doctrine.trials),
        "dropped": each.stopped == WORSE,
        "stopped": each.stopped,
        "gates": round(each.gates, 3),
        "clairvoyant": _rounded(each.clairvoyant),
        "verdict": _compared(each.against_own, each.against_doctrine),
    }


def _compared(own: Estimate, doctrine: Estimate) -> str:
    """`better`, `worse` or `not separable`, judged by both intervals against what was done."""
    if min(own.trials, doctrine.trials) < 2:
        return "not separable"
    if own.low > 0.0 and doctrine.low > 0.0:
        return "better"
    return "worse" if own.high < 0.0 and doctrine.high < 0.0 else "not separable"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
