"""What a group is asked: of the run, then of the score, and nothing twice."""

from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.measures import Record
from sim.scoring import facts_of, score
from sim.seat.questions import all_questions
from sim.seat.words import Words
from sim.world.order import Order
from tests.small import small_exercise


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
