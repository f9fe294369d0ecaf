"""Claims under review: how sure one is, and what is said of it where the check turns out otherwise than it did."""

from typing import Any

from sim.exercise.exercise import Exercise
from sim.review.branch import Branch, begin, follow
from sim.review.decision import Later
from sim.review.hidden import otherwise
from sim.world.order import Order
from tests.small import assumed, small_exercise

POST: dict[str, Any] = {
    "id": "post",
    "minute": 0.2,
    "channel": "social",
    "about": "report",
    "truth": "false",
    "text": {"en": "Somebody died.", "zh": "有人死了。"},
    "ref": "death",
    "grade": "E",
    "needs_answer": False,
    "effects": [{"do": "hearsay", "claim": "death", "truth": "false", "en": "a death", "zh": "死人", "rumour": True}],
}
WORD: dict[str, Any] = {
    "id": "word",
    "minute": 0.4,
    "channel": "radio",
    "about": "rumour",
    "truth": "false",
    "text": {"en": "Have it checked.", "zh": "请核实。"},
    "ref": "death",
    "grade": "A",
    "needs_answer": False,
}
CHECK = Order(response="verify_signal", target="death", reason="a test")
DENIAL = Order(response="rumour_correction", target="death", parameters={"position": "refute"}, reason="a test")
QUICK = {
    "verify_signal": {"setup_min": assumed(0.2), "run_min": assumed(0.3)},
    "rumour_correction": {"setup_min": assumed(0.2), "run_min": assumed(0.3)},
}


def after_the_post() -> Exercise:
    run = small_exercise(4, injects=[POST, WORD], durations=QUICK)
    run.run_until(600)
    return run


def true_in(run: Exercise, trial: int) -> bool:
    return begin(run, trial).world.claims["death"].truth == "true"


def denied_later(run: Exercise, first: Order | None, trial: int) -> Branch:
    """What comes of it when the claim was denied two minutes after this decision."""
    fork = begin(run, trial)
    later = [Later(run.tick_now + 1200, DENIAL)]
    return follow(fork, first, "own", later, run.tick_now + 2400, contrary=otherwise(run, fork))


def test_a_claim_is_as_likely_as_whoever_brought_it_is_reliable_however_sure_the_one_who_has_it_checked() -> None:
    run = after_the_post()
    assert {"death"} == set(run.world.claims)
    share = sum(true_in(run, trial) for trial in range(1, 201)) / 200
    assert 0.15 < share < 0.35


def test_whoever_had_it_checked_says_what_the_check_finds_and_who_did_not_says_what_is_untrue() -> None:
    run = after_the_post()
    trial = next(k for k in range(1, 100) if true_in(run, k))
    assert () == denied_later(run, CHECK, trial).gates
    assert ("false_statement",) == denied_later(run, None, trial).gates


def test_where_the_check_finds_what_it_found_in_the_run_the_same_is_said() -> None:
    run = after_the_post()
    trial = next(k for k in range(1, 100) if not true_in(run, k))
    assert frozenset() == otherwise(run, begin(run, trial))
    assert () == denied_later(run, CHECK, trial).gates == denied_later(run, None, trial).gates
