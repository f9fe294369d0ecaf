"""A crowd is changed only by what reaches it, repeats to the last bit, and can be forked at any moment."""

from dataclasses import replace

import numpy as np
import pytest

from sim.core.digest import digest
from sim.core.geometry import Rect
from sim.core.noise import Noise
from sim.crowd.cast import draw_people
from sim.crowd.crowd import Crowd
from sim.crowd.ground import Ground
from sim.crowd.parameters import Feeling, Parameters, Perceiving
from sim.crowd.people import NEVER, Act, Knows, Role, Rumour, Status
from sim.crowd.stimulus import Channel, Stimulus
from tests.crowd.stage import (
    NOBODY,
    NOISE,
    SECOND,
    crowd_at,
    differing,
    ground_of,
    group_of,
    lattice,
    line_of_officers,
    perceive,
    walk,
)

STREET = ground_of(200.0, 30.0, exits=((198.0, 10.0, 200.0, 20.0),), cell_m=1.0)
WALLED = ground_of(200.0, 30.0, ((30.0, 0.0, 34.0, 30.0),), cell_m=1.0)
WEST, MIDDLE, EAST = range(20), range(20, 40), range(40, 60)
"""Rows of three gatherings on the street, 80 m apart."""

OUTRAGE = Stimulus(
    serial=1,
    channel=Channel.SIGHT,
    force=0.8,
    hit=5,
    injustice=0.5,
    fear=0.4,
    violent_acts=2.0,
    hope=-0.5,
    exits=-0.5,
    knowledge=int(Knows.ORDER),
    leave=0.5,
)
"""What nobody who perceives it stays the same after."""


def gatherings(ground: Ground = STREET, noise: Noise = NOISE, *, online: float = 0.0, n: int = 20) -> Crowd:
    """Three drawn gatherings, there from the first tick."""
    groups = [
        group_of(
            ground,
            n,
            name=str(x0),
            roles=((Role.SYMPATHISER, 0.6), (Role.CORE, 0.3), (Role.ORGANISER, 0.1)),
            spawn=(Rect(x0, 8.0, x0 + 12.0, 22.0),),
            window=(0, 0),
            online=online,
        )
        for x0 in (4.0, 92.0, 180.0)
    ]
    return Crowd(draw_people(groups, noise, ground), groups)


def by_the_wall() -> Crowd:
    """Fifteen people west of the wall."""
    return crowd_at(WALLED, lattice(8.0, 10.0, 5, 3, 3.0), online=1)


# ---------------------------------------------------------------------------------------------- reach

UNPERCEIVED = {
    "seen from too far": replace(OUTRAGE, x=180.0, y=15.0),
    "seen from behind a wall": replace(OUTRAGE, x=36.0, y=15.0),
    "too small to be seen": replace(OUTRAGE, x=15.0, y=15.0, prominence=0.0),
    "heard from too far": replace(OUTRAGE, channel=Channel.VOICE, x=180.0, y=15.0, level_db=75.0),
    "too quiet to be heard": replace(OUTRAGE, channel=Channel.VOICE, x=15.0, y=15.0, level_db=40.0),
    "heard from behind a wall": replace(OUTRAGE, channel=Channel.VOICE, x=36.0, y=15.0, level_db=88.0),
    "told to nobody": replace(OUTRAGE, channel=Channel.TOLD, x=15.0, y=15.0),
    "posted without reach": replace(OUTRAGE, channel=Channel.ONLINE, reach=0.0),
}
PERCEIVED = {
    "seen from near": replace(OUTRAGE, x=15.0, y=15.0),
    "seen from the near side of the wall": replace(OUTRAGE, x=28.0, y=15.0),
    "heard from the near side of the wall": replace(OUTRAGE, channel=Channel.VOICE, x=28.0, y=15.0, level_db=88.0),
    "loud enough to be heard": replace(OUTRAGE, channel=Channel.VOICE, x=15.0, y=15.0, level_db=90.0),
    "loud enough to be heard through the wall": replace(OUTRAGE, channel=Channel.VOICE, x=36.0, y=15.0, level_db=115.0),
    "told to one of them": replace(OUTRAGE, channel=Channel.TOLD, x=15.0, y=15.0, subject=3),
}


@pytest.mark.parametrize("name", UNPERCEIVED)
def test_what_nobody_can_perceive_changes_nobody(name: str) -> None:
    without, given = by_the_wall(), by_the_wall()
    for tick in range(12 * SECOND):
        without.advance(WALLED, NOBODY, (), NOISE, tick)
        given.advance(WALLED, NOBODY, (UNPERCEIVED[name],) if tick == 0 else (), NOISE, tick)
    assert [] == differing(without.people, given.people)


@pytest.mark.parametrize("name", PERCEIVED)
def test_what_can_be_perceived_changes_somebody(name: str) -> None:
    crowd = by_the_wall()
    changed = differing(perceive(crowd, WALLED).people, perceive(crowd, WALLED, PERCEIVED[name]).people)
    assert changed
    if PERCEIVED[name].channel == Channel.TOLD:
        assert [3] == changed


def test_a_post_changes_exactly_those_online() -> None:
    columns = {"online": [1, 0, 1, 0, 0]}
    params = Parameters(perceiving=Perceiving(post_median_s=20.0, post_sigma=0.1))
    places = [(10.0 + 40.0 * k, 15.0) for k in range(5)]
    without, given = (crowd_at(STREET, places, params, **columns) for _ in range(2))
    # Nobody is asked to leave: who goes would pass others on the way.
    post = replace(OUTRAGE, channel=Channel.ONLINE, reach=1.0, leave=0.0)
    for tick in range(60 * SECOND):
        without.advance(STREET, NOBODY, (), NOISE, tick)
        given.advance(STREET, NOBODY, (post,) if tick == 0 else (), NOISE, tick)
        changed = differing(without.people, given.people)
        assert tick > 10 * SECOND or not changed, "nobody has read it yet"
        assert {0, 2}.issuperset(changed)
    assert [0, 2] == changed


def test_a_post_changes_nobody_where_nobody_is_online() -> None:
    without, given = gatherings(), gatherings()
    post = replace(OUTRAGE, channel=Channel.ONLINE, reach=1.0)
    params = Parameters(perceiving=Perceiving(post_median_s=5.0))
    without.params = given.params = params
    for tick in range(25 * SECOND):
        without.advance(STREET, NOBODY, (), NOISE, tick)
        given.advance(STREET, NOBODY, (post,) if tick == 0 else (), NOISE, tick)
    assert [] == differing(without.people, given.people)


def test_an_outrage_at_one_gathering_leaves_the_others_as_they_would_have_been() -> None:
    without, given = gatherings(), gatherings()
    seen = replace(OUTRAGE, x=10.0, y=15.0, prominence=0.5)
    for tick in range(40 * SECOND):
        without.advance(STREET, NOBODY, (), NOISE, tick)
        given.advance(STREET, NOBODY, (seen,) if tick == 50 else (), NOISE, tick)
        changed = differing(without.people, given.people)
        assert tick >= 50 or not changed, "nothing has happened yet"
        assert set(WEST).issuperset(changed)
    assert len(changed) > 10


def test_a_rumour_changes_the_others_only_once_its_bearer_has_reached_them() -> None:
    params = Parameters(feeling=Feeling(rumour_rate=1.0))
    places = [(5.0, 15.0), *lattice(40.0, 13.0, 2, 3, 1.5)]
    without = crowd_at(STREET, places, params)
    without.people.spot_x[0] = 39.0
    given = without.fork()
    told = Stimulus(serial=4, channel=Channel.TOLD, subject=0, rumour=2, asserts=1.0)
    met_at = -1
    for tick in range(50 * SECOND):
        people = given.people
        nearest_m = np.hypot(people.x[1:] - people.x[0], people.y[1:] - people.y[0]).min()
        without.advance(STREET, NOBODY, (), NOISE, tick)
        given.advance(STREET, NOBODY, (told,) if tick == 0 else (), NOISE, tick)
        changed = differing(without.people, given.people)
        if met_at < 0 and changed != [0]:
            met_at = tick
            assert nearest_m <= params.feeling.rumour_m
            assert 2 == len(changed), "one telling, one listener"
    assert met_at > 10 * SECOND, "the bearer had some way to go"
    assert 3 <= (given.people.rumour[1:, 2] != int(Rumour.IGNORANT)).sum(), "it went on from mouth to ear"
    assert not without.people.rumour.any()
    assert not given.people.rumour[:, [0, 1, 3, 4, 5]].any(), "no other rumour was told"


def test_an_online_rumour_reaches_others_far_away_who_are_online_and_nobody_else() -> None:
    params = Parameters(feeling=Feeling(rumour_rate=0.0, rumour_online_rate=0.5))
    places = [(5.0, 15.0), (60.0, 15.0), (120.0, 15.0), (190.0, 15.0)]
    crowd = crowd_at(STREET, places, params, online=[1, 0, 1, 1])
    told = Stimulus(serial=4, channel=Channel.TOLD, subject=0, rumour=0, asserts=1.0)
    for tick in range(0, 60 * SECOND, SECOND):
        crowd.think(STREET, NOBODY, (told,) if tick == 0 else (), NOISE, tick)
    assert [True, False, True, True] == [bool(state) for state in crowd.people.rumour[:, 0]]


def test_those_not_addressed_take_in_half() -> None:
    ground = STREET
    groups = [group_of(ground, 1, name="a"), group_of(ground, 1, name="b")]
    crowd = crowd_at(ground, [(50.0, 15.0), (150.0, 15.0)], online=1, identity=0.5)
    crowd.people.group[1] = 1
    crowd = Crowd(crowd.people, groups, Parameters(perceiving=Perceiving(post_median_s=2.0, post_sigma=0.01)))
    post = Stimulus(serial=1, channel=Channel.ONLINE, reach=1.0, injustice=0.4, groups=0b10)
    for tick in range(0, 101, SECOND):
        crowd.think(ground, NOBODY, (post,) if tick == 0 else (), NOISE, tick)
    lost = 0.5 - crowd.people.legitimacy
    assert lost[0] > 0.0
    assert lost[1] == pytest.approx(2.0 * lost[0])


# ---------------------------------------------------------------------------------------------- luck


def test_somebody_who_never_comes_changes_nobody_out_of_reach() -> None:
    full, short = gatherings(), gatherings()
    short.people.arrival_tick[25] = NEVER
    for crowd in (full, short):
        walk(crowd, STREET, 40 * SECOND)
    changed = set(differing(full.people, short.people))
    assert set(MIDDLE).issuperset(changed)
    assert {25} < changed, "those beside the missing one can tell"


def test_more_people_far_away_change_nobody_here() -> None:
    crowd = gatherings()
    few = Crowd(draw_people(crowd.groups[:2], NOISE, STREET), crowd.groups[:2])
    for each in (crowd, few):
        walk(each, STREET, 40 * SECOND)
    for name, column in few.people.state().items():
        np.testing.assert_array_equal(crowd.people.state()[name][: len(few.people)], column, err_msg=name)


# ---------------------------------------------------------------------------------------------- repeats and forks


def test_two_runs_of_one_seed_are_equal_to_the_last_bit_and_another_seed_is_not() -> None:
    digests = []
    for noise in (NOISE, NOISE, Noise(seed=21)):
        crowd = gatherings(noise=noise, online=0.6)
        for tick in range(20 * SECOND):
            told = Stimulus(serial=1, channel=Channel.TOLD, subject=2, rumour=0, asserts=1.0)
            stimuli = (replace(OUTRAGE, serial=2, x=10.0, y=15.0), told) if tick == 20 else ()
            crowd.advance(STREET, NOBODY, stimuli, noise, tick)
        digests.append(digest(crowd.state()))
    assert digests[0] == digests[1]
    assert digests[0] != digests[2]


def test_a_fork_goes_on_as_its_origin_would_have() -> None:
    straight, forked = gatherings(), gatherings()
    walk(straight, STREET, 20 * SECOND)
    for tick in range(0, 20 * SECOND, 7):
        forked = forked.fork()
        walk(forked, STREET, min(7, 20 * SECOND - tick), start=tick)
    assert digest(straight.state()) == digest(forked.state())


def test_the_rest_of_a_second_in_one_call_is_the_same_as_tick_by_tick() -> None:
    single, several = gatherings(), gatherings()
    single.people.spot_x[:5] += 20.0
    several.people.spot_x[:5] += 20.0
    officers = line_of_officers(30.0, (10.0, 11.2, 12.4, 13.6), closed=True)
    for tick in range(0, 20 * SECOND, SECOND):
        stimuli = (replace(OUTRAGE, x=10.0, y=15.0),) if tick == 50 else ()
        single.advance(STREET, officers, stimuli, NOISE, tick)
        several.advance(STREET, officers, stimuli, NOISE, tick)
        for later in range(tick + 1, tick + SECOND):
            single.advance(STREET, officers, (), NOISE, later)
        several.advance(STREET, officers, (), NOISE, tick + 1, ticks=SECOND - 1)
        assert digest(single.state()) == digest(several.state())


def test_what_happens_in_a_fork_stays_in_the_fork() -> None:
    crowd = gatherings(online=1.0)
    walk(crowd, STREET, 5 * SECOND)
    before = digest(crowd.state())
    fork = crowd.fork()
    tale = Stimulus(serial=4, channel=Channel.TOLD, subject=0, rumour=1, asserts=1.0, injustice=1.0)
    post = replace(OUTRAGE, serial=5, channel=Channel.ONLINE, reach=1.0)
    fork.strain = 3.0
    for tick in range(5 * SECOND, 15 * SECOND):
        stimuli = (replace(OUTRAGE, x=98.0, y=15.0), tale, post) if tick == 5 * SECOND else ()
        fork.advance(STREET, NOBODY, stimuli, NOISE, tick)
    assert before == digest(crowd.state())
    assert before != digest(fork.state())


def test_asking_how_much_would_be_understood_changes_nobody_and_falls_with_distance() -> None:
    crowd = crowd_at(STREET, [(10.0 + 20.0 * k, 15.0) for k in range(9)])
    crowd.people.status[4] = int(Status.LEFT)
    before = digest(crowd.state())
    shares = crowd.understood(STREET, NOBODY, 10.0, 15.0, 110.0)
    assert before == digest(crowd.state())
    assert 0.0 == shares[4]
    here = np.delete(shares, 4)
    assert (np.diff(here) <= 0.0).all()
    assert 1.0 == here[0]
    assert here[-1] < 0.5


# ---------------------------------------------------------------------------------------------- arriving and leaving


def test_people_come_at_their_tick_and_not_before() -> None:
    group = group_of(STREET, 30, window=(50, 250), spawn=(Rect(2.0, 2.0, 20.0, 28.0),))
    crowd = Crowd(draw_people([group], NOISE, STREET), [group])
    due = crowd.people.arrival_tick.copy()
    for tick in range(300):
        crowd.advance(STREET, NOBODY, (), NOISE, tick)
        second = tick - tick % SECOND
        np.testing.assert_array_equal(due <= second, crowd.people.present)


def test_who_leaves_is_gone_for_good_and_nothing_happens_to_them() -> None:
    crowd = crowd_at(STREET, [(188.0, 15.0), (100.0, 15.0)])
    crowd.people.act[0] = int(Act.LEAVE)
    walk(crowd, STREET, 20 * SECOND)
    assert int(Status.LEFT) == crowd.people.status[0]
    assert int(Status.PRESENT) == crowd.people.status[1]
    gone = {name: column[0].copy() for name, column in crowd.people.state().items()}
    for tick in range(20 * SECOND, 30 * SECOND):
        x = float(crowd.people.x[0])
        stimuli = (replace(OUTRAGE, x=x, y=15.0, subject=0),) if tick % SECOND == 0 else ()
        crowd.advance(STREET, NOBODY, stimuli, NOISE, tick)
    for name, value in gone.items():
        np.testing.assert_array_equal(value, crowd.people.state()[name][0], err_msg=name)


def test_who_is_asked_to_leave_and_trusts_the_police_goes() -> None:
    places = lattice(150.0, 5.0, 5, 4, 4.0)
    order = Stimulus(serial=3, channel=Channel.VOICE, x=158.0, y=11.0, level_db=115.0, leave=1.0)
    shares = {}
    for trust in (0.0, 0.5, 1.0):
        crowd = crowd_at(STREET, places, legitimacy=trust, exit_belief=1.0)
        told = perceive(crowd, STREET, order)
        shares[trust] = float((told.people.act == int(Act.LEAVE)).mean())
    assert 0.0 == shares[0.0]
    assert 0.2 < shares[0.5] < 0.8
    assert 1.0 == shares[1.0]


def test_a_passer_by_goes_through_and_is_gone_on_arriving() -> None:
    crowd = crowd_at(STREET, [(150.0, 15.0)], errand=0)
    walk(crowd, STREET, 30 * SECOND)
    assert int(Status.PRESENT) == crowd.people.status[0]
    walk(crowd, STREET, 15 * SECOND, start=30 * SECOND)
    assert int(Status.LEFT) == crowd.people.status[0]


def test_who_leaves_beside_a_closed_line_was_driven() -> None:
    statuses = []
    for closed in (False, True):
        crowd = crowd_at(STREET, [(190.0, 15.0)], act=int(Act.LEAVE))
        walk(crowd, STREET, 15 * SECOND, bodies=line_of_officers(196.0, (22.0, 23.0), closed=closed))
        statuses.append(Status(int(crowd.people.status[0])))
    assert [Status.LEFT, Status.MOVED] == statuses


def test_people_closed_in_on_all_sides_lose_trust_and_the_belief_that_they_can_leave() -> None:
    angles = np.arange(16) * 2.0 * np.pi / 16.0
    ring = line_of_officers(0.0, np.zeros(16), closed=True)
    ring.x[:], ring.y[:] = 100.0 + 6.0 * np.cos(angles), 15.0 + 6.0 * np.sin(angles)
    after = {}
    for closed in (0, 1):
        ring.closed[:] = closed
        crowd = crowd_at(STREET, lattice(99.0, 14.0, 3, 3, 1.0))
        walk(crowd, STREET, 60 * SECOND, bodies=ring)
        after[closed] = crowd.people
    assert (after[1].exit_belief < after[0].exit_belief).all()
    assert (after[1].legitimacy < after[0].legitimacy).all()
    assert (after[0].exit_belief == 0.8).all()


# ---------------------------------------------------------------------------------------------- many


def test_six_hundred_people_and_a_bad_minute_leave_every_number_finite_and_in_bounds() -> None:
    ground = ground_of(80.0, 50.0, ((38.0, 20.0, 42.0, 30.0),), ((0.0, 20.0, 2.0, 30.0), (78.0, 20.0, 80.0, 30.0)))
    roles = ((Role.CORE, 0.3), (Role.SYMPATHISER, 0.5), (Role.AGITATOR, 0.1), (Role.VULNERABLE, 0.1))
    groups = [
        group_of(
            ground, 500, roles=roles, window=(0, 0), spawn=(Rect(5.0, 5.0, 36.0, 45.0),), legitimacy=0.3, anger=0.6
        ),
        group_of(ground, 100, name="passing", errand=1, window=(0, 300), spawn=(Rect(1.0, 10.0, 4.0, 40.0),)),
    ]
    crowd = Crowd(draw_people(groups, NOISE, ground), groups)
    officers = line_of_officers(20.0, np.arange(5.0, 45.0, 1.2), closed=True)
    rumour = Stimulus(serial=9, channel=Channel.TOLD, subject=3, rumour=0, asserts=1.0, injustice=0.8, fear=0.3)
    deeds = 0
    for tick in range(60 * SECOND):
        force = replace(OUTRAGE, serial=tick + 10, x=20.0, y=25.0)
        stimuli = (force, rumour) if tick % 100 == 0 else ()
        deeds += len(crowd.advance(ground, officers, stimuli, NOISE, tick).deeds)
    people = crowd.people
    for name, column in people.state().items():
        assert np.isfinite(column).all(), name
    for name in (
        "anger",
        "fear",
        "legitimacy",
        "identity",
        "hope",
        "exit_belief",
        "fatigue",
        "grievance",
        "empowerment",
    ):
        column = getattr(people, name)
        assert column.min() >= 0.0, name
        assert column.max() <= 1.0, name
    assert deeds > 0
    present = people.present
    walls = [ground.distance_at(x, y) for x, y in zip(people.x[present], people.y[present], strict=True)]
    assert min(walls) > 0.0


def test_those_who_have_not_come_yet_read_posts_though_nobody_is_there():
    ground = ground_of(60.0, 40.0)
    params = Parameters(perceiving=Perceiving(post_median_s=20.0, post_sigma=0.2))
    crowd = crowd_at(ground, [(10.0, 10.0)] * 10, params, online=1, status=0, arrival_tick=NEVER)
    post = Stimulus(serial=1, channel=Channel.ONLINE, reach=1.0, knowledge=int(Knows.FACTS))
    for tick in range(120 * SECOND):
        crowd.advance(ground, NOBODY, (post,) if tick == 0 else (), NOISE, tick)
    assert (crowd.people.knowledge == int(Knows.FACTS)).all()
