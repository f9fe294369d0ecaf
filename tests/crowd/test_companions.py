"""Companions: people who come together stand together, leave together and are of one role."""

import numpy as np

from sim.crowd.cast import Drawing, draw_people
from sim.crowd.crowd import Crowd
from sim.crowd.people import Act, Role, Status
from tests.crowd.stage import NOISE, SECOND, crowd_at, ground_of, group_of, perceive, walk

GROUND = ground_of(60.0, 40.0, exits=((0.0, 15.0, 2.0, 25.0),))
MIXED = ((Role.SYMPATHISER, 0.7), (Role.VULNERABLE, 0.3))


def _drawn(n: int = 300, **drawing: float):  # type: ignore[no-untyped-def]
    return draw_people([group_of(GROUND, n, roles=MIXED, window=(1, 5000), drawing=Drawing(**drawing))], NOISE, GROUND)


def test_parties_have_up_to_five_people_of_one_role() -> None:
    people = _drawn()
    first, sizes = np.unique(people.party, return_counts=True)
    assert 1 == sizes.min()
    assert 5 == sizes.max()
    assert (people.role == people.role[people.party]).all()
    assert (people.party[first] == first).all()


def test_who_comes_alone_can_be_everybody() -> None:
    people = _drawn(alone=1.0)
    assert (people.party == np.arange(300)).all()


def test_companions_arrive_at_one_time_and_stand_within_reach() -> None:
    people = _drawn()
    assert (people.arrival_tick == people.arrival_tick[people.party]).all()
    apart = np.hypot(people.spot_x - people.spot_x[people.party], people.spot_y - people.spot_y[people.party])
    assert (apart <= 1.2 * 2**0.5).mean() > 0.97


def test_when_the_first_of_a_party_goes_home_the_others_follow() -> None:
    crowd = crowd_at(GROUND, [(30.0, 20.0), (30.5, 20.0), (31.0, 20.0), (40.0, 20.0)], party=[0, 0, 0, 3])
    crowd.people.act[0] = int(Act.LEAVE)
    after = perceive(crowd, GROUND).people
    assert [int(Act.LEAVE)] * 3 == list(after.act[:3])
    assert int(Act.LEAVE) != after.act[3]


def test_one_who_is_hurt_decides_for_nobody() -> None:
    crowd = crowd_at(GROUND, [(30.0, 20.0), (30.5, 20.0)], party=[0, 0])
    crowd.people.act[0] = int(Act.INJURED)
    assert int(Act.LEAVE) != perceive(crowd, GROUND).people.act[1]


def test_a_companion_who_is_left_behind_comes_after() -> None:
    crowd = crowd_at(GROUND, [(30.0, 20.0), (30.5, 20.0)], party=[0, 0])
    crowd.people.spot_x[0] = 45.0
    walk(crowd, GROUND, 30 * SECOND)
    people = crowd.people
    assert abs(people.x[0] - people.x[1]) < 4.0


def test_parties_leave_a_square_together() -> None:
    group = group_of(GROUND, 60, window=(0, 0), patience_min=4.0, drawing=Drawing(alone=0.0))
    crowd = Crowd(draw_people([group], NOISE, GROUND), [group])
    walk(crowd, GROUND, 180 * SECOND)
    people = crowd.people
    going = (people.status != int(Status.PRESENT)) | (people.act == int(Act.LEAVE))
    split = [set(going[people.party == first].tolist()) == {True, False} for first in np.unique(people.party)]
    assert 10 < going.sum() < 60
    assert 1 >= sum(split), "a follower takes a second"


def test_who_comes_in_knows_the_way_they_came_by() -> None:
    group = group_of(GROUND, 5, window=(1, 5))
    crowd = Crowd(draw_people([group], NOISE, GROUND), [group])
    walk(crowd, GROUND, 3 * SECOND)
    assert (crowd.people.known_exits == 1).all()
