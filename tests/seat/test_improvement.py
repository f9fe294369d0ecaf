"""What a plan for the next run rests on."""

from dataclasses import replace

from sim.core.speech import Speech
from sim.measures import Record
from sim.scoring import facts_of, score
from sim.seat.improvement import plan
from sim.seat.words import Words
from tests.seat.test_questions import MOMENT, REVIEW
from tests.small import small_exercise


def test_what_a_decision_cost_is_named_only_once_something_else_was_tried() -> None:
    run = small_exercise(3)
    run.stop()
    facts = facts_of(run.playbook)
    card, record = score(run.journal, run.playbook.rubric, facts), Record.of(run.journal, facts)
    words = Words(run.playbook, Speech())
    for trials, expected in ((0, "minute 0; it is not known yet what it cost"), (8, "minute 0; it cost 0.0 points in")):
        found = replace(REVIEW, moments=(replace(MOMENT, verdict="unlawful", trials=trials),))
        because = [item.because.english() for item in plan(card, record, found, words)]
        assert 1 == sum(line.startswith(expected) for line in because)
