"""Talking with people: the officers report when they are done, whoever they met."""

from sim.exercise.exercise import Exercise
from tests.effects.stage import carried_out, minutes, plain


def reports(run: Exercise) -> list[str]:
    return [m.text.english() for m in run.observe().messages if m.sender == "LIA-1"]  # type: ignore[union-attr]


def test_a_first_contact_ends_with_a_report_of_how_many_they_spoke_with() -> None:
    run = plain()
    activity = carried_out(run, "first_contact", "square", "LIA-1")
    minutes(run, activity.run_ticks / 600 + 0.5)
    assert any("We are done here and have spoken with" in text for text in reports(run))


def test_a_first_contact_where_nobody_stands_says_so() -> None:
    run = plain()
    activity = carried_out(run, "first_contact", "behind", "LIA-1")
    minutes(run, activity.run_ticks / 600 + 0.5)
    assert "We found nobody here to speak with." in reports(run)
