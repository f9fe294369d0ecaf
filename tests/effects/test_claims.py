"""Claims: checking takes its time and brings the truth; what is said before that is a gamble."""

import pytest

from sim.effects import Number
from sim.exercise.exercise import Exercise
from sim.world.metric import METRICS
from sim.world.order import Order
from tests.effects.stage import carried_out, happens, minutes, staged


def heard(truth: str) -> Exercise:
    """A rumour that is so or not has reached the desk."""
    effect = {
        "do": "hearsay",
        "claim": "death",
        "truth": truth,
        "rumour": True,
        "en": "Somebody died",
        "zh": "有人死亡",
    }
    rumours = [{"id": "death", "claim": "a death", "true": truth == "true", "evidence_min": {"assumed": 5}}]
    return staged(injects=[happens(effect)], rumours=rumours)


@pytest.fixture(scope="module")
def false() -> Exercise:
    """It is not so."""
    return heard("false")


@pytest.fixture(scope="module")
def true() -> Exercise:
    """It is so."""
    return heard("true")


@pytest.mark.parametrize("truth", ["true", "false", "unclear"])
def test_two_sources_take_their_time_and_bring_the_truth(truth: str) -> None:
    run = heard(truth)
    activity = carried_out(run, "verify_signal", "death", "INF-1")
    assert 10 * 600 == activity.run_ticks
    minutes(run, 9.9)
    view = run.observe().claims[0]
    assert (True, "", False) == (view.checking, view.verdict, view.evidence)
    minutes(run, 0.2)
    view = run.observe().claims[0]
    assert (False, truth, True) == (view.checking, view.verdict, view.evidence)
    checked = [m for m in run.observe().messages if m.ref == "death" and m.grade == "A"]
    assert 1 == len(checked)
    assert "two sources" in checked[0].text.english() or "sources do not agree" in checked[0].text.english()


def test_the_shipped_check_takes_at_least_a_quarter_of_an_hour(false: Exercise) -> None:
    response = false.playbook.responses["verify_signal"]
    assert isinstance(response.run_min, Number)
    assert response.run_min.value >= 10.0


def test_a_correction_after_the_check_is_true_shown_and_counts(false: Exercise) -> None:
    run = false.fork()
    carried_out(run, "verify_signal", "death", "INF-1")
    minutes(run, 10.5)
    carried_out(run, "rumour_correction", "death", "PIO-1")
    said = run.world.statements[-1]
    assert (True, True) == (said.true, said.evidence)
    assert run.observe().claims[0].corrected
    assert 0 == METRICS["false_statements"](run.world)


def test_a_lucky_guess_corrects_nothing_for_it_can_show_nothing(false: Exercise) -> None:
    run = false.fork()
    carried_out(run, "rumour_correction", "death", "PIO-1", position="refute")
    said = run.world.statements[-1]
    assert (True, False) == (said.true, said.evidence)
    assert not run.observe().claims[0].corrected


def test_denying_what_is_so_is_found_out(true: Exercise) -> None:
    run = true.fork()
    carried_out(run, "rumour_correction", "death", "PIO-1", position="refute")
    assert not run.world.statements[-1].true
    assert 1 == METRICS["false_statements"](run.world)
    assert "false_statement" in run.world.flags
    assert [False] == [e.data["true"] for e in run.journal.consequences("statement")]


def test_confirming_what_is_not_so_is_found_out(false: Exercise) -> None:
    run = false.fork()
    carried_out(run, "rumour_correction", "death", "PIO-1", position="confirm")
    assert not run.world.statements[-1].true


@pytest.mark.parametrize("truth", ["true", "false"])
def test_without_a_stand_nothing_untrue_is_said_and_nothing_is_corrected_before_the_check(truth: str) -> None:
    run = heard(truth)
    carried_out(run, "rumour_correction", "death", "PIO-1")
    said = run.world.statements[-1]
    assert (True, False) == (said.true, said.evidence)
    assert not run.observe().claims[0].corrected


def test_whoever_refutes_what_nobody_has_checked_is_warned(false: Exercise) -> None:
    def warned(run: Exercise, position: str) -> list[str]:
        order = Order(
            response="rumour_correction", target="death", parameters={"position": position}, reason="people are afraid"
        )
        ruling = run.preview(order)
        assert not ruling.failures
        return [thought.english() for thought in ruling.advice]

    run = false.fork()
    assert ["Nobody has checked this."] == [text[:24] for text in warned(run, "refute")]
    assert [] == warned(run, "known")
    carried_out(run, "verify_signal", "death", "INF-1")
    minutes(run, 10.5)
    assert [] == warned(run, "refute")
    assert ["The check found the opposite"] == [text[:28] for text in warned(run, "confirm")]


def test_confirming_what_is_so_is_true(true: Exercise) -> None:
    run = true.fork()
    carried_out(run, "rumour_correction", "death", "PIO-1", position="confirm")
    assert run.world.statements[-1].true
    assert 0 == METRICS["false_statements"](run.world)


def test_a_false_statement_leaves_the_public_as_uncertain_as_before(true: Exercise) -> None:
    lying, honest = true.fork(), true.fork()
    before = true.world.opinion.uncertainty
    carried_out(lying, "rumour_correction", "death", "PIO-1", position="refute")
    carried_out(honest, "rumour_correction", "death", "PIO-1", position="confirm")
    assert before == lying.world.opinion.uncertainty
    assert honest.world.opinion.uncertainty < before
