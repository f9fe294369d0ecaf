"""The shipped drills: a squad that takes the first choice each time can do so, and comes out in time."""

import pytest

from sim.drill.card import card_of
from sim.drill.session import lead_in
from sim.exercise.exercise import Exercise
from sim.storage.drills import drills, load_drill


def test_there_are_six_each_with_a_guide_and_questions_in_both_languages() -> None:
    assert 6 <= len(drills())
    for name in drills():
        drill, _ = load_drill(name)
        assert drill.debrief
        assert all(text.en != text.zh for text in (drill.title, drill.aim, drill.guide, *drill.debrief))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(drills()))
def test_its_first_choices_can_be_ordered_when_their_windows_open(name: str) -> None:
    drill, playbook = load_drill(name)
    session = lead_in(drill, Exercise(playbook, 1))
    while session.outcome is None:
        for decision in session.open_decisions:
            if session.tick_now >= decision.opened_tick + 10 * decision.window.expert_s - 20:
                ruling = session.order(decision.window.choices[0].order("commander", "as the guide has it"))
                assert ruling.accepted, (name, decision.window.id, ruling.reasons, ruling.failures)
        session.run_until(session.tick_now + 10)
    card = card_of(drill, list(session.journal))
    assert len(drill.windows) == card.came == card.answered == card.in_time


def test_one_act_is_put_in_the_words_of_the_decision_it_answers() -> None:
    drill, _ = load_drill("two_sources")
    denial = ("rumour_correction", "swimming_hall", {"position": "refute"})
    put = [drill.words_for(*denial, window.id) for window in drill.windows]
    assert ["Deny it at once", "Answer the rumour: it is not so"] == [text.en for text in put if text is not None]
