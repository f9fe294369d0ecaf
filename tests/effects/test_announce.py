"""Announcements: heard by those within earshot, by nobody else; what the order adds becomes part of what is said."""

import numpy as np

from sim.crowd.people import Knows
from sim.exercise.exercise import Exercise
from tests.effects.stage import carried_out, minutes, plain

RIGHTS, ROUTE, DEADLINE, APPEAL = (int(bit) for bit in (Knows.RIGHTS, Knows.ROUTE, Knows.DEADLINE, Knows.APPEAL))


def knowing(run: Exercise, bit: int) -> int:
    """How many people know this."""
    return int(np.count_nonzero(run.world.crowd.people.knowledge & bit))


def test_people_within_earshot_hear_it() -> None:
    run = plain()
    carried_out(run, "explain_boundary", "square", "PAT-1", power="Road Traffic Act")
    minutes(run, 3)
    spoken = run.journal.consequences("announcement")
    assert spoken
    assert all(e.data["understood"] == 1.0 for e in spoken)
    assert knowing(run, RIGHTS) >= 50


def test_an_announcement_behind_a_wall_is_heard_by_nobody_and_changes_nobody() -> None:
    held, acted = plain(), plain()
    carried_out(acted, "explain_boundary", "behind", "PAT-2", power="Road Traffic Act")
    minutes(acted, 3)
    held.run_until(acted.tick_now)
    spoken = acted.journal.consequences("announcement")
    assert spoken
    assert all(e.data["understood"] == 0.0 for e in spoken)
    assert 0 == knowing(acted, RIGHTS)
    for name, array in held.world.crowd.people.state().items():
        assert np.array_equal(array, acted.world.crowd.people.state()[name]), name


def test_a_route_and_a_time_are_known_only_when_the_order_gives_them() -> None:
    bare, full = plain(), plain()
    carried_out(bare, "appeal_to_leave", "square", minutes=0)
    carried_out(full, "appeal_to_leave", "square", route="west", minutes=20)
    for run in (bare, full):
        minutes(run, 4)
        assert knowing(run, APPEAL) >= 30
    assert (0, 0) == (knowing(bare, ROUTE), knowing(bare, DEADLINE))
    assert knowing(full, ROUTE) >= 30
    assert knowing(full, DEADLINE) >= 30


def test_an_order_that_says_neither_why_nor_where_nor_by_when_is_no_fair_dealing() -> None:
    bare, full = plain(), plain()
    carried_out(bare, "dispersal_order", "square", minutes=0, tone="stern")
    carried_out(full, "dispersal_order", "square", route="west", minutes=20, power="public_order", tone="stern")
    for run in (bare, full):
        minutes(run, 3)
    fair = [float(str(run.journal.consequences("announcement")[0].data["quality"])) for run in (bare, full)]
    assert fair[0] < 0.5 * fair[1]


def test_a_stern_tone_wins_less_legitimacy_than_a_warm_one() -> None:
    warm, stern = plain(), plain()
    for run, tone in ((warm, "warm"), (stern, "stern")):
        carried_out(run, "explain_boundary", "square", "PAT-1", tone=tone, power="Road Traffic Act")
        minutes(run, 3)
    mean = {k: float(np.mean(r.world.crowd.people.legitimacy)) for k, r in (("warm", warm), ("stern", stern))}
    assert mean["stern"] < mean["warm"]


def test_the_seat_is_told_once_how_many_could_hear() -> None:
    run = plain()
    carried_out(run, "explain_boundary", "square", "PAT-1", power="Road Traffic Act")
    minutes(run, 3.5)
    heard = [m.text.english() for m in run.observe().messages if "Announcement heard" in m.text.english()]
    assert ["Announcement heard by 100% of the people near; at the far edge by 100%"] == heard


def test_a_way_that_is_barred_cancels_what_was_said_about_it() -> None:
    free, barred = plain(), plain()
    line = barred.world.unit("POU-1")
    line.closed, line.x, line.y = True, 3.0, 40.0
    for run in (free, barred):
        carried_out(run, "appeal_to_leave", "square", "LIA-1", route="west", minutes=20)
        minutes(run, 4)
    assert knowing(free, ROUTE) >= 30
    assert 0 == knowing(barred, ROUTE)
    spoken = [run.journal.consequences("announcement")[-1].data for run in (free, barred)]
    assert [False, True] == [entry["contradicted"] for entry in spoken]
    assert spoken[0]["quality"] > 0.8 > spoken[1]["quality"] == 0.0
    hope = [float(np.mean(run.world.crowd.people.exit_belief)) for run in (free, barred)]
    assert hope[1] < hope[0]


def test_what_is_left_out_of_an_announcement_makes_it_less_fair() -> None:
    quality = {}
    for slots in ("who+what+ask+why+help+repeat", "ask+repeat"):
        run = plain()
        carried_out(run, "explain_boundary", "square", "PAT-1", slots=slots)
        minutes(run, 3)
        quality[slots] = run.journal.consequences("announcement")[0].data["quality"]
    assert list(quality.values()) == sorted(quality.values(), reverse=True)
    assert len(set(quality.values())) == 2


def test_without_repetition_it_is_said_once() -> None:
    run = plain()
    carried_out(run, "explain_boundary", "square", "PAT-1", slots="who+what+ask+why")
    minutes(run, 3)
    assert 1 == len(run.journal.consequences("announcement"))
