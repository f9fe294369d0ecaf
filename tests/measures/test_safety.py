"""Safety: injuries, crowding, ambulances and care, each both ways."""

import pytest

from sim.measures import Facts
from sim.scoring import score
from tests.measures.journals import Run, rubric


def injury(run: Run, minute: float, severity: str, cause: str) -> Run:
    return run.what(minute, "injury", severity=severity, cause=cause, person=-1, x=0.0, y=0.0)


def test_a_gathering_in_which_nobody_was_hurt_keeps_all() -> None:
    assert 1.0 == Run().crowd(0, 10).share("injuries")


@pytest.mark.parametrize(
    ("severity", "cause", "left"),
    [
        ("minor", "police", 0.95),
        ("serious", "police", 0.65),
        ("fatal", "police", 0.40),
        ("minor", "crowd", 0.98),
        ("serious", "crush", 0.85),
        ("fatal", "traffic", 0.70),
        ("minor", "officer", 0.98),
    ],
)
def test_what_the_police_cause_costs_more_than_what_they_could_prevent(severity: str, cause: str, left: float) -> None:
    assert left == injury(Run().crowd(0, 10), 5, severity, cause).share("injuries")


def test_whoever_is_hurt_counts_even_if_nobody_came_to_gather() -> None:
    assert 0.85 == injury(Run(), 5, "serious", "crowd").share("injuries")


def test_an_illness_counts_only_once_it_got_worse_for_want_of_care() -> None:
    run = injury(Run().crowd(0, 30), 5, "serious", "illness")
    assert 1.0 == run.share("injuries")
    run.what(20, "worsened", number=1, severity="fatal", cause="illness")
    assert 0.70 == run.share("injuries")


def test_an_injury_that_got_worse_counts_once_at_its_worst() -> None:
    run = injury(injury(Run().crowd(0, 30), 5, "minor", "crowd"), 6, "minor", "crowd")
    run.what(20, "worsened", number=2, severity="serious", cause="crowd")
    assert 0.83 == run.share("injuries")


def test_crowding_is_not_assessed_where_it_never_got_dense() -> None:
    assert Run().crowd(0, 60, density_max=3.4).assess("crowding").share is None


def test_crowding_is_charged_by_the_person_minute() -> None:
    assert 1.0 == Run().crowd(0, 9, density_max=4.0, over5=0).share("crowding")
    assert 0.5 == Run().crowd(0, 9, density_max=5.5, over5=50).share("crowding")
    assert 0.0 == Run().crowd(0, 9, density_max=6.5, over5=200).share("crowding")


def test_a_warning_of_crowding_that_came_to_nothing_earns_all() -> None:
    assert 1.0 == Run().crowd(0, 9, density_max=2.0).inject("u", 2, "crowding").share("crowding")


@pytest.mark.parametrize(("delay", "share"), [(0, 1.0), (8, 1.0), (11.5, 0.5), (15, 0.0), (40, 0.0)])
def test_an_ambulance_earns_less_the_later_it_comes(delay: float, share: float) -> None:
    assert share == Run().what(30, "ambulance_arrived", ambulance="a", delay_min=delay).share("ambulance")


def test_an_ambulance_that_never_came_through_counts_what_it_waited() -> None:
    run = Run()
    for waited in range(1, 40):
        run.what(10 + waited, "ambulance_waiting", ambulance="a", minutes=waited)
    found = run.assess("ambulance")
    assert 0.0 == found.share
    assert [11.0] == [line.minute for line in found.lines]


def test_each_ambulance_counts_by_itself() -> None:
    run = Run().what(30, "ambulance_arrived", ambulance="a", delay_min=2)
    assert 0.5 == run.what(50, "ambulance_arrived", ambulance="b", delay_min=20).share("ambulance")


def test_care_within_three_minutes_earns_all_and_later_less() -> None:
    run = injury(Run().crowd(0, 60), 10, "minor", "crowd").what(12, "care", number=1, severity=1, waited_s=120)
    assert 1.0 == run.share("care_delay")
    late = injury(Run().crowd(0, 60), 10, "minor", "crowd").what(19, "care", number=1, severity=1, waited_s=540)
    assert 0.5 == late.share("care_delay")


def test_somebody_nobody_came_to_counts_as_waiting_to_the_end() -> None:
    assert 0.0 == injury(Run().crowd(0, 60), 10, "serious", "crowd").share("care_delay")


def test_somebody_nobody_came_to_may_still_earn_and_is_never_called_a_best_choice() -> None:
    """Hurt a little before the end, so that little of the wait is left."""
    run = injury(Run().crowd(0, 60), 54, "minor", "crowd")
    found = score(run.entries(), rubric(), Facts())
    lines = [line for d in found.dimensions for m in d.measures for line in m.evidence if m.measure == "care_delay"]
    assert [(True, True)] == [(line.missed, line.points > 0.0) for line in lines]
    assert not any(line.missed for line in found.best)


def test_the_seriously_hurt_weigh_more_in_care() -> None:
    run = injury(injury(Run().crowd(0, 60), 10, "serious", "crowd"), 10, "minor", "crowd")
    run.what(11, "care", number=1, severity=2, waited_s=60)
    assert 0.75 == run.share("care_delay")


def test_whoever_was_hurt_just_before_the_end_is_not_held_against_anybody() -> None:
    assert injury(Run().crowd(0, 12), 10, "minor", "crowd").assess("care_delay").share is None
