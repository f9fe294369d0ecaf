"""Choices: what is put before the group is short, sorted, and about decisions."""

from sim.core.phrase import Phrase
from sim.measures import Facts
from sim.scoring import Score, score
from tests.measures.journals import Run, rubric
from tests.scoring.runs import force, passive, talking


def card(run: Run) -> Score:
    return score(run.entries(), rubric(), Facts(start_min=run.start_min))


def test_at_most_three_best_and_three_costly_choices_are_shown() -> None:
    for run in (talking(), passive(), force()):
        found = card(run)
        assert len(found.best) <= 3
        assert len(found.costly) <= 3


def test_best_choices_earned_and_the_first_earned_most() -> None:
    points = [line.points for line in card(talking()).best]
    assert 3 == len(points)
    assert points == sorted(points, reverse=True)
    assert points[-1] > 0.0


def test_doing_nothing_has_no_best_choices() -> None:
    assert () == card(passive()).best


def test_what_tripped_the_hardest_gate_comes_first_among_the_costly() -> None:
    run = talking().order(80, "record", collect="names").order(90, "gas", force="area", lawful=False)
    assert ["marked_area", "names_collected"] == [line.source for line in card(run).costly[:2]]


def test_a_gate_shows_what_it_took() -> None:
    run = talking().order(90, "gas", force="area", lawful=False)
    found = card(run)
    assert found.uncapped is not None
    assert 39.0 - found.uncapped == found.costly[0].points


def test_outcomes_are_evidence_and_no_choices() -> None:
    run = talking().what(50, "injury", severity="fatal", cause="crowd", person=1, x=0.0, y=0.0)
    found = card(run)
    assert all(not line.outcome for line in (*found.best, *found.costly))


def test_the_same_act_seen_twice_is_shown_once() -> None:
    run = talking().order(90, "push", force="line", group="dispersal", lawful=False)
    shown = [(line.minute, line.observable) for line in card(run).costly]
    assert len(shown) == len(set(shown))


def test_the_question_is_about_the_gate_else_the_costliest_else_the_best_choice() -> None:
    gated, plain = card(force()), card(passive())
    assert gated.costly[0].observable.english() in gated.question.english()
    assert "who could have stopped it" in gated.question.english()
    assert plain.costly[0].observable.english() in plain.question.english()
    best = card(Run().inject("a", 5, "gathering", answered=1))
    assert "Why did it work here" in best.question.english()
    assert "Too little happened" in score([], rubric()).question.english()


def test_a_question_survives_being_stored() -> None:
    question = card(force()).question
    assert question == Phrase.from_dict(question.as_dict())
