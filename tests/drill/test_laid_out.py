"""Which of the answers laid out came out best, and how those who had picked one are scored."""

import pytest

from sim.drill.forecast import Question, brier_of_picks
from sim.drill.laid_out import pins_of, standings_of
from sim.drill.session import Session
from sim.review import Effort, Moment, Review, Reviewing
from sim.review.estimate import Estimate
from sim.review.review import Alternative
from sim.world.order import Order
from tests.drill.table import drill_data, session

NONE = Estimate(0.0, 0.0, 0.0, 4)
WARM = {"tone": "warm"}
LAID_OUT = [
    {"response": "first_contact", "parameters": WARM},
    {"response": "deescalate_posture"},
    {"response": "hold"},
]


def _played() -> Session:
    windows = [{**drill_data()["windows"][0], "choices": LAID_OUT, "answers": ["deescalate_posture"]}]
    run = session(windows=windows)
    run.run_until(400)
    run.order(Order(response="first_contact", parameters=WARM))
    run.run_until(10_000)
    return run


def _found(*ahead: tuple[str, float, float], lawful: bool = True) -> tuple[bool | None, ...]:
    """How the three stand where the first was done and each of these was so far ahead of it, give or take."""
    run = _played()
    done = Alternative(
        Order(response="first_contact", parameters=WARM), "chosen", True, NONE, NONE, NONE, NONE, "", 0.0, None, ()
    )
    others = []
    for name, mean, half in ahead:
        found = Estimate(mean, mean - half, mean + half, 4)
        order = None if name == "hold" else Order(response=name)
        others.append(Alternative(order, "open", lawful, NONE, NONE, found, found, "", 0.0, None, ()))
    moment = Moment(
        number=1, tick=400, minute=0.0, order=done.order, call="", verdict="sound", best=0,
        alternatives=(done, *others),
        regret_own=NONE, regret_doctrine=NONE, clairvoyant_regret=None, trials=4, settled=True, why=(), reproduces=True,
    )  # fmt: skip
    review = Review((moment,), 1, Effort(), 0, 0.0, None, complete=True)
    standings = standings_of(review, run.drill, list(run.journal), run.playbook.responses)
    return standings["speak"]


def test_what_is_surely_behind_another_answer_did_not_come_out_best() -> None:
    assert (True, False, False) == _found(("deescalate_posture", -12.0, 2.0), ("hold", -20.0, 3.0))
    assert (False, True, False) == _found(("deescalate_posture", 12.0, 2.0), ("hold", -20.0, 3.0))


def test_answers_within_five_points_of_each_other_are_all_among_the_best() -> None:
    assert (True, True, False) == _found(("deescalate_posture", 2.0, 1.0), ("hold", -20.0, 3.0))


def test_what_the_trials_do_not_tell_apart_cannot_be_told() -> None:
    assert (None, None, False) == _found(("deescalate_posture", 2.0, 9.0), ("hold", -40.0, 3.0))


def test_what_was_not_tried_cannot_be_told_and_one_answer_alone_is_no_comparison() -> None:
    assert (True, None, False) == _found(("hold", -20.0, 3.0))
    assert (None, None, None) == _found()


def test_an_unlawful_answer_never_came_out_best() -> None:
    assert False is _found(("deescalate_posture", 30.0, 1.0), lawful=False)[1]


def test_a_window_the_review_has_not_come_to_is_not_there() -> None:
    run = _played()
    nothing = Review((), 1, Effort(), 0, 0.0, None, complete=False)
    assert {} == standings_of(nothing, run.drill, list(run.journal), run.playbook.responses)


def test_picks_are_scored_by_brier_and_what_cannot_be_told_is_not_scored() -> None:
    first, second = Question(1, "speak", 0, 10, 20), Question(2, "vote", 0, 10, 20)
    first.pick("heron-1", 1, 80, laid_out=3)
    first.pick("swift-1", 2, 80, laid_out=3)
    second.pick("heron-1", 1, 95, laid_out=1)
    scores = brier_of_picks([first, second], {"speak": (True, False, None), "vote": (None,)})
    assert (pytest.approx(0.04), 1) == scores["heron-1"]
    assert (pytest.approx(0.64), 1) == scores["swift-1"]


def test_a_review_tries_every_answer_laid_out_that_was_possible_whatever_else_it_would_have_tried() -> None:
    run = _played()
    pinned = tuple(pins_of(run.drill, run.journal))
    assert [(1, "first_contact"), (1, "deescalate_posture"), (1, "hold")] == [
        (n, order.response) for n, order in pinned
    ]
    few = Effort(alternatives=2)
    assert {"first_contact", "hold"} == _tried_first(run, few, ())
    assert {"first_contact", "hold", "deescalate_posture"} == _tried_first(run, few, pinned)


def test_what_is_laid_out_where_a_call_was_let_pass_is_tried_too() -> None:
    windows = [{**drill_data()["windows"][0], "choices": LAID_OUT[:2], "default": {"response": "hold"}}]
    run = session(windows=windows)
    run.run_until(10_000)
    assert {"first_contact", "deescalate_posture"} == {order.response for _, order in pins_of(run.drill, run.journal)}


def _tried_first(run: Session, effort: Effort, pinned: tuple[tuple[int, Order], ...]) -> set[str]:
    """The responses compared at the first decision."""
    exercise = run.exercise
    study = Reviewing(exercise.begun_with, exercise.seed, tuple(run.journal), effort, None, pinned).open_next()
    assert study is not None
    return {candidate.response for candidate in study.candidates}
