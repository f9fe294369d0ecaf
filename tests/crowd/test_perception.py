"""What is perceived falls off with distance, crowding and noise, and walls take it away; luck is each person's own."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.crowd.crowd import Crowd
from sim.crowd.parameters import Parameters, Perceiving
from sim.crowd.people import Act, Knows, Role
from sim.crowd.perception import LOOKING, understood_share
from sim.crowd.stimulus import Channel, Stimulus
from sim.crowd.view import in_sight, sight_of
from tests.crowd.stage import (
    NOBODY,
    NOISE,
    SECOND,
    crowd_at,
    ground_of,
    lattice,
    line_of_officers,
    perceive,
    walk,
)

TABLE = Perceiving().table
FIELD = ground_of(200.0, 40.0, exits=((198.0, 0.0, 200.0, 40.0),), cell_m=1.0)
WALLED = ground_of(200.0, 40.0, ((60.0, 0.0, 62.0, 40.0), (120.0, 10.0, 140.0, 30.0)), cell_m=1.0)
FACT = int(Knows.FACTS)


def informed(crowd: Crowd, *stimuli: Stimulus) -> np.ndarray:
    """Who knows the facts after these stimuli."""
    return (perceive(crowd, FIELD, *stimuli).people.knowledge & FACT) != 0


# ---------------------------------------------------------------------------------------------- voice


@given(
    level=st.floats(50.0, 130.0),
    near=st.floats(0.0, 300.0),
    further=st.floats(0.0, 300.0),
    noise=st.floats(60.0, 95.0),
    louder=st.floats(0.0, 30.0),
)
def test_less_is_understood_farther_away_and_in_more_noise_and_more_of_a_louder_voice(
    level: float, near: float, further: float, noise: float, louder: float
) -> None:
    share = understood_share(level, near, noise, TABLE)
    assert 0.0 <= share <= 1.0
    assert understood_share(level, near + further, noise, TABLE) <= share
    assert understood_share(level, near, noise + louder, TABLE) <= share
    assert understood_share(level + louder, near, noise, TABLE) >= share


def test_a_horn_carries_about_seventy_metres_over_a_calm_crowd_and_six_over_a_chanting_one() -> None:
    """10 dB above the noise is the practical least for loud systems: (10 + 15) / 30 of it is understood."""
    enough = 25.0 / 30.0
    assert enough == pytest.approx(understood_share(115.0, 71.0, 68.0, TABLE), abs=0.01)
    assert enough == pytest.approx(understood_share(115.0, 6.3, 89.0, TABLE), abs=0.01)


def test_a_chanting_crowd_understands_less_of_the_same_voice() -> None:
    crowd = crowd_at(FIELD, lattice(20.0, 10.0, 10, 8, 1.0))
    calm = crowd.understood(FIELD, NOBODY, 40.0, 14.0, 95.0)
    crowd.people.act[:] = int(Act.CHANT)
    loud = crowd.understood(FIELD, NOBODY, 40.0, 14.0, 95.0)
    assert (loud < calm - 0.3).all()


def test_a_building_in_between_takes_some_of_a_voice() -> None:
    crowd = crowd_at(WALLED, [(110.0, 35.0), (110.0, 20.0)])
    heard = crowd.understood(WALLED, NOBODY, 150.0, 35.0, 110.0), crowd.understood(WALLED, NOBODY, 150.0, 20.0, 110.0)
    assert heard[0][0] - heard[1][1] == pytest.approx(20.0 / 30.0)


def test_an_organiser_who_understands_passes_it_on_to_those_around() -> None:
    params = Parameters(perceiving=Perceiving(relay_share=1.0))
    places = [(40.0, 20.0), (49.0, 20.0), (55.0, 20.0)]
    whisper = Stimulus(serial=3, channel=Channel.VOICE, x=40.0, y=20.0, level_db=83.0, knowledge=FACT)
    for role, expected in ((Role.ORGANISER, [True, True, False]), (Role.CORE, [True, False, False])):
        crowd = crowd_at(FIELD, places, params)
        crowd.people.role[0] = int(role)
        assert expected == list(informed(crowd, whisper))


# ---------------------------------------------------------------------------------------------- sight


def test_fewer_see_it_the_farther_away_they_are() -> None:
    shares = []
    for distance in (0.0, 10.0, 30.0, 60.0, 90.0, 130.0):
        crowd = crowd_at(FIELD, [(10.0 + 1e-3 * k, 20.0) for k in range(400)])
        seen = Stimulus(serial=2, channel=Channel.SIGHT, x=10.0 + distance, y=20.0, knowledge=FACT)
        shares.append(float(informed(crowd, seen).mean()))
    expected = [math.exp(-d / 30.0) for d in (0.0, 10.0, 30.0, 60.0, 90.0)] + [0.0]
    assert expected == pytest.approx(shares, abs=0.06)


def test_fewer_see_it_in_a_dense_crowd_and_more_see_what_is_prominent() -> None:
    crowd = crowd_at(FIELD, [(10.0 + 1e-3 * k, 20.0) for k in range(400)])
    seen = Stimulus(serial=2, channel=Channel.SIGHT, x=30.0, y=20.0, knowledge=FACT)
    plain, big = informed(crowd, seen), informed(crowd, replace(seen, prominence=3.0))
    crowd.people.density[:] = 4.0
    dense = informed(crowd, seen)
    assert dense.sum() < plain.sum() < big.sum()
    assert (dense <= plain).all(), "who misses it in the open misses it in the crowd"
    assert (plain <= big).all()


def test_whose_luck_it_is_to_see_one_thing_is_not_whose_it_is_to_see_the_next() -> None:
    crowd = crowd_at(FIELD, [(10.0 + 1e-3 * k, 20.0) for k in range(400)])
    one = Stimulus(serial=2, channel=Channel.SIGHT, x=30.0, y=20.0, knowledge=FACT)
    first, again, second = informed(crowd, one), informed(crowd, one), informed(crowd, replace(one, serial=3))
    np.testing.assert_array_equal(first, again)
    both = float((first & second).mean())
    assert float(first.mean() * second.mean()) == pytest.approx(both, abs=0.07)


def test_another_stimulus_changes_nobodys_luck_with_this_one() -> None:
    crowd = crowd_at(FIELD, [(10.0 + 1e-3 * k, 20.0) for k in range(200)])
    one = Stimulus(serial=2, channel=Channel.SIGHT, x=30.0, y=20.0, knowledge=FACT)
    other = Stimulus(serial=7, channel=Channel.SIGHT, x=15.0, y=20.0, knowledge=int(Knows.RIGHTS))
    np.testing.assert_array_equal(informed(crowd, one), informed(crowd, other, one))


in_field = st.tuples(st.floats(0.5, 199.5), st.floats(0.5, 39.5))


@given(a=in_field, b=in_field)
def test_the_quick_look_and_the_careful_look_agree(a: tuple[float, float], b: tuple[float, float]) -> None:
    assert WALLED.clear(*a, *b) == in_sight(*sight_of(WALLED), *a, *b)


# ---------------------------------------------------------------------------------------------- the scene


def test_people_count_the_officers_they_can_see() -> None:
    crowd = crowd_at(WALLED, [(50.0, 20.0), (70.0, 20.0), (190.0, 20.0)])
    officers = line_of_officers(55.0, (18.0, 20.0, 22.0), closed=False)
    crowd.think(WALLED, officers, (), NOISE, 0)
    assert [3.0, 0.0, 0.0] == list(crowd.people.police_seen), "near; behind the wall; far away"


def test_people_count_the_actives_they_can_see_and_always_themselves() -> None:
    crowd = crowd_at(WALLED, [(50.0, 20.0), (52.0, 20.0), (70.0, 20.0), (190.0, 20.0)], grievance=0.5)
    crowd.people.active[1] = 1
    crowd.think(WALLED, NOBODY, (), NOISE, 0)
    assert [2.0, 1.0, 1.0, 1.0] == list(crowd.people.actives_seen)


# ---------------------------------------------------------------------------------------------- online


def test_a_post_is_read_after_a_while_once_and_by_the_share_it_reaches() -> None:
    params = Parameters(perceiving=Perceiving(post_median_s=60.0))
    crowd = crowd_at(FIELD, lattice(20.0, 2.0, 20, 18, 2.0), params, online=1)
    post = Stimulus(serial=4, channel=Channel.ONLINE, reach=0.5, knowledge=FACT)
    shares = []
    for tick in range(0, 600 * SECOND, SECOND):
        crowd.think(FIELD, NOBODY, (post,) if tick == 0 else (), NOISE, tick)
        shares.append(float(((crowd.people.knowledge & FACT) != 0).mean()))
    assert (np.diff(shares) >= 0.0).all()
    assert 0.0 == shares[5]
    assert 0.25 == pytest.approx(shares[60], abs=0.08), "half of those it reaches, by the median"
    assert 0.5 == pytest.approx(shares[-1], abs=0.08)


def test_a_post_is_forgotten_after_an_hour() -> None:
    params = Parameters(perceiving=Perceiving(post_life_s=30.0))
    crowd = crowd_at(FIELD, [(20.0, 20.0)], params)
    crowd.think(FIELD, NOBODY, (Stimulus(serial=4, channel=Channel.ONLINE, reach=1.0),), NOISE, 0)
    assert 1 == len(crowd.posts)
    crowd.think(FIELD, NOBODY, (), NOISE, 30 * SECOND)
    assert 1 == len(crowd.posts)
    crowd.think(FIELD, NOBODY, (), NOISE, 31 * SECOND)
    assert 0 == len(crowd.posts)


# ---------------------------------------------------------------------------------------------- attention


def stopping(lookers: int, passers: int = 60) -> tuple[float, float]:
    """Shares of passers-by who look and who stop for so many people standing and looking 4 m ahead of them."""
    looked = stopped = 0
    # In rows far enough apart that each passer-by meets lookers of their own alone.
    for batch in range(passers // 6):
        places = [(20.0 + 30.0 * k, 10.0) for k in range(6)]
        places += [(24.0 + 30.0 * k, 9.5 + 1.0 * j / max(1, lookers)) for k in range(6) for j in range(lookers)]
        crowd = crowd_at(FIELD, [(5.0, 39.0)] * (6 * batch) + places, errand=0)
        people = crowd.people
        people.status[: 6 * batch] = 0
        first = 6 * batch
        people.looking[first + 6 :] = LOOKING
        people.v[first : first + 6] = 1.3
        people.goal[first:] = 0
        crowd.think(FIELD, NOBODY, (), NOISE, 0)
        who = slice(first, first + 6)
        looked += int((people.looking[who] == LOOKING).sum())
        stopped += int((people.goal[who] == -1).sum())
    return looked / passers, stopped / passers


def test_more_passers_by_look_and_stop_the_more_people_look_already() -> None:
    """Milgram 1969: 42 % look for one looker, 86 % for fifteen; 4 % and 40 % stop."""
    none, one, fifteen = stopping(0), stopping(1), stopping(15)
    assert (0.0, 0.0) == none
    assert 0.42 == pytest.approx(one[0], abs=0.15)
    assert 0.86 == pytest.approx(fifteen[0], abs=0.12)
    assert one[1] < 0.15
    assert 0.40 == pytest.approx(fifteen[1], abs=0.17)


def test_who_saw_force_looks_and_a_journalist_goes_to_see() -> None:
    crowd = crowd_at(FIELD, [(20.0, 20.0), (20.0, 24.0)], role=[int(Role.SYMPATHISER), int(Role.JOURNALIST)])
    scuffle = Stimulus(serial=1, channel=Channel.SIGHT, x=50.0, y=20.0, prominence=1e6, force=0.5, hit=1)
    crowd.think(FIELD, NOBODY, (scuffle,), NOISE, 0)
    assert [LOOKING, LOOKING] == list(crowd.people.looking)
    walk(crowd, FIELD, 30 * SECOND, start=SECOND)
    assert (20.0, 20.0) == (crowd.people.x[0], crowd.people.y[0])
    assert 8.0 == pytest.approx(math.hypot(crowd.people.x[1] - 50.0, crowd.people.y[1] - 20.0), abs=1.5)
