"""What a group is asked: of the run, then of the score, and nothing twice."""

from dataclasses import replace

from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.measures import Record
from sim.review import Alternative, Effort, Moment, Review
from sim.review.estimate import Estimate
from sim.review.ledger import ledger
from sim.scoring import facts_of, score
from sim.seat.questions import after_the_review, all_questions
from sim.seat.words import Words
from sim.world.order import Order
from tests.small import small_exercise

ZERO = Estimate(0.0, 0.0, 0.0, 8)
WAITED = Alternative(
    order=None, source="chosen", lawful=True, own=ZERO, doctrine=ZERO, against_own=ZERO, against_doctrine=ZERO,
    stopped="", gates=0.0, clairvoyant=50.0, curve=(),
)  # fmt: skip
MOMENT = Moment(
    number=1, tick=0, minute=0.0, order=None, call="", verdict="sound", alternatives=(WAITED,), best=0, regret_own=ZERO,
    regret_doctrine=ZERO, clairvoyant_regret=0.0, trials=8, settled=True, reproduces=True, why=(),
)  # fmt: skip
REVIEW = Review(
    moments=(MOMENT,), decisions=2, effort=Effort(), continuations=8, simulated_s=1.0,
    ledger=ledger([(1, 0, 70.0, 70.0)], 52.0), complete=True,
)  # fmt: skip


def asked(*orders: Order) -> tuple[Phrase, ...]:
    run = small_exercise(3)
    for order in orders:
        run.order(order)
    run.run_until(600)
    run.stop()
    facts = facts_of(run.playbook)
    card = score(run.journal, run.playbook.rubric, facts)
    return all_questions(Record.of(run.journal, facts), Words(run.playbook, Speech()), card, None)


def test_one_unlawful_order_is_asked_about_once() -> None:
    unlawful = Order(response="containment", target="square", go_ahead=True, reason="hold")
    questions = [question.english() for question in asked(unlawful)]
    assert 1 == sum("unlawful" in question for question in questions)


def test_nothing_is_asked_twice() -> None:
    questions = asked()
    assert len(questions) == len(set(questions))


def test_chance_is_asked_about_once_no_untried_decision_can_be_part_of_it() -> None:
    run = small_exercise(3)
    words, card = Words(run.playbook, Speech()), score(run.journal, run.playbook.rubric, facts_of(run.playbook))
    for complete in (True, False):
        questions = after_the_review(card, replace(REVIEW, complete=complete), words)
        assert complete == any("chance moved the run" in question.english() for question in questions)
