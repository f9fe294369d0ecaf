"""People's feet are told where to go: to the post, along an errand, out by the nearest way that is open."""

import numpy as np

from sim.core.geometry import Rect
from sim.crowd.cast import Drawing, draw_people
from sim.crowd.crowd import Crowd
from sim.crowd.people import Act, Status
from tests.crowd.stage import NOBODY, NOISE, SECOND, crowd_at, ground_of, group_of, lattice, line_of_officers, walk

STREET = ground_of(80.0, 20.0, exits=((0.0, 5.0, 2.0, 15.0), (78.0, 5.0, 80.0, 15.0)), cell_m=1.0)
POST = Rect(30.0, 4.0, 46.0, 16.0)
WITH_POST = ground_of(80.0, 20.0, exits=((0.0, 5.0, 2.0, 15.0), (30.0, 4.0, 46.0, 16.0)), cell_m=1.0)
LEAVE, FLEE = int(Act.LEAVE), int(Act.FLEE)


def thought(crowd: Crowd, bodies=NOBODY, ground=STREET) -> Crowd:
    """The crowd one thought later."""
    crowd.think(ground, bodies, (), NOISE, 0)
    return crowd


def test_people_leave_by_the_nearest_way_out() -> None:
    crowd = thought(crowd_at(STREET, [(20.0, 10.0), (60.0, 10.0)], act=LEAVE))
    assert [0, 1] == list(crowd.people.goal)


def test_people_leave_only_by_ways_that_are_theirs() -> None:
    crowd = thought(crowd_at(STREET, [(20.0, 10.0), (60.0, 10.0)], act=LEAVE, exits=(1,)))
    assert [1, 1] == list(crowd.people.goal)


def test_who_has_no_way_out_stays_where_they_are() -> None:
    crowd = crowd_at(STREET, [(20.0, 10.0)], act=LEAVE, exits=())
    walk(crowd, STREET, 10 * SECOND)
    assert (-1, 20.0, 10.0) == (crowd.people.goal[0], crowd.people.x[0], crowd.people.y[0])


def test_a_closed_line_before_the_near_way_out_sends_people_to_the_other() -> None:
    across = np.arange(0.5, 20.0, 1.2)
    for closed, expected in ((True, 1), (False, 0)):
        crowd = thought(crowd_at(STREET, [(20.0, 10.0)], act=LEAVE), line_of_officers(12.0, across, closed=closed))
        assert [expected] == list(crowd.people.goal)


def test_with_lines_on_both_sides_people_wait_and_only_who_flees_runs_into_the_nearer() -> None:
    both = line_of_officers(12.0, np.tile(np.arange(0.5, 20.0, 1.2), 2), closed=True)
    both.x[17:] = 28.0
    both.unit[17:] = 1
    crowd = thought(crowd_at(STREET, [(20.0, 10.0), (19.0, 9.0)], act=[LEAVE, FLEE], fear=[0.0, 0.9]), both)
    assert [-1, 0] == list(crowd.people.goal)


def test_who_flees_hurries_and_who_leaves_or_stands_does_not() -> None:
    crowd = thought(crowd_at(STREET, lattice(20.0, 10.0, 3, 1, 8.0), act=[FLEE, LEAVE, int(Act.WATCH)], fear=0.9))
    crowd.people.fear[1:] = 0.0
    crowd.people.act[1:] = [LEAVE, int(Act.WATCH)]
    thought(crowd)
    assert crowd.people.drive[0] > 0.5
    assert [0.0, 0.0] == list(crowd.people.drive[1:])


def test_the_injured_and_the_held_are_told_nothing() -> None:
    crowd = crowd_at(STREET, [(20.0, 10.0), (25.0, 10.0)], act=[int(Act.INJURED), int(Act.HELD)], goal=0, fear=0.9)
    walk(crowd, STREET, 10 * SECOND)
    assert [-1, -1] == list(crowd.people.goal)
    assert [20.0, 25.0] == list(crowd.people.x)
    assert [int(Act.INJURED), int(Act.HELD)] == list(crowd.people.act)


def test_people_come_to_their_post_and_then_mill_about_inside_it() -> None:
    group = group_of(
        WITH_POST,
        20,
        post=(POST,),
        post_field=1,
        exits=(0,),
        spawn=(Rect(60.0, 2.0, 75.0, 18.0),),
        window=(1, 10),
        drawing=Drawing(alone=1.0),
    )
    crowd = Crowd(draw_people([group], NOISE, WITH_POST), [group])
    walk(crowd, WITH_POST, 60 * SECOND)
    people = crowd.people
    spots = people.spot_x.copy()
    walk(crowd, WITH_POST, 180 * SECOND, start=60 * SECOND)
    assert people.present.all()
    assert (np.abs(people.x - 38.0) <= 8.0 + 1.0).all()
    assert (np.abs(people.y - 10.0) <= 6.0 + 1.0).all()
    moved = people.spot_x != spots
    assert 3 <= moved.sum() <= 18, "about half change their spot in three minutes"
    assert (np.abs(people.spot_x - 38.0) <= 8.0).all()


def test_somebody_on_an_errand_is_never_part_of_the_crowd() -> None:
    crowd = crowd_at(STREET, [(20.0, 10.0)], errand=1, anger=0.9, identity=1.0, grievance=1.0, legitimacy=0.0)
    walk(crowd, STREET, 20 * SECOND)
    assert 0 == crowd.people.active[0]
    assert crowd.people.x[0] > 40.0
    walk(crowd, STREET, 40 * SECOND, start=20 * SECOND)
    assert int(Status.LEFT) == crowd.people.status[0]
