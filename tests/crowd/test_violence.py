"""Violence comes in bursts by a few while the rest watch; agitators seek it and journalists show it."""

import math
from dataclasses import replace

import pytest

from sim.core.noise import Noise
from sim.crowd.cast import draw_people
from sim.crowd.crowd import Crowd
from sim.crowd.parameters import Acting, Parameters, Perceiving
from sim.crowd.people import Role
from sim.crowd.stimulus import Channel, Stimulus
from tests.crowd.stage import NOBODY, NOISE, SECOND, crowd_at, ground_of, group_of, lattice, perceive

SQUARE = ground_of(60.0, 40.0, exits=((0.0, 15.0, 2.0, 25.0),), cell_m=1.0)
READY = {"disposition": 0.9, "violence_threshold": 0.8, "anger": 0.9, "legitimacy": 0.2, "grievance": 0.8, "active": 1}
FIGHT = Stimulus(serial=9, channel=Channel.SIGHT, x=30.0, y=20.0, violent_acts=1.0, prominence=50.0)


def _crowd(acting: Acting, side: int = 10) -> Crowd:
    return crowd_at(SQUARE, lattice(25.0, 15.0, side, side, 1.0), Parameters(acting=acting), identity=0.8, **READY)


def _offenders(acting: Acting, seconds: int, seed: int = 1) -> list[int]:
    """How many different people had offended in the last 20 s, second by second."""
    crowd, counts = _crowd(acting), []
    for second in range(seconds):
        crowd.think(SQUARE, NOBODY, (), Noise(seed), second * SECOND)
        lately = second * SECOND - crowd.people.last_offence < 20 * SECOND
        counts.append(int(lately.sum()))
    return counts


def test_an_act_draws_in_those_next_to_it() -> None:
    slow = {"violence_rate": 0.001, "attention": math.inf}
    alone = sum(_offenders(Acting(**slow, burst=0.0), 60))
    assert 2 * alone < sum(_offenders(Acting(**slow), 60))


def test_where_a_few_are_at_it_the_rest_watch() -> None:
    everybody = max(_offenders(Acting(attention=math.inf), 60))
    few = max(_offenders(Acting(), 60))
    assert 75 <= everybody
    assert few < 0.3 * everybody


def test_a_gang_is_no_audience_for_itself() -> None:
    def offences(watchers: int) -> int:
        gang = lattice(29.0, 19.0, 3, 2, 1.0)
        beside = lattice(28.0, 21.0, 5, 2, 1.0)[:watchers]
        crowd = crowd_at(SQUARE, [*gang, *beside], Parameters(acting=Acting()), identity=0.8, **READY)
        crowd.people.violence_threshold[6:] = 5.0
        return sum(len(crowd.think(SQUARE, NOBODY, (), Noise(1), second * SECOND)) for second in range(600))

    assert 2 * offences(0) < offences(10)


def test_who_has_begun_goes_on_although_others_watch() -> None:
    acting = Acting(violence_rate=0.05)
    counts = _offenders(acting, 120)
    assert min(counts[30:]) > 0


def test_agitators_wait_for_nobody() -> None:
    people = draw_people([group_of(SQUARE, 50, roles=((Role.AGITATOR, 1.0),))], NOISE, SQUARE)
    assert 0.0 == people.join_threshold.max()


@pytest.mark.parametrize(
    ("role", "anger", "near"), [(Role.AGITATOR, 0.6, True), (Role.AGITATOR, 0.1, False), (Role.CORE, 0.6, False)]
)
def test_angry_agitators_make_for_a_fight_they_see(role: Role, anger: float, near: bool) -> None:
    crowd = crowd_at(SQUARE, [(15.0, 20.0)], role=int(role), anger=anger)
    after = perceive(crowd, SQUARE, FIGHT).people
    assert near == (abs(after.spot_x[0] - 28.0) < 1e-9)


def _reporters(**perceiving: float) -> Crowd:
    params = Parameters(perceiving=Perceiving(**perceiving))
    return crowd_at(SQUARE, [(25.0, 20.0), (20.0, 20.0)], params, role=[int(Role.JOURNALIST), int(Role.SYMPATHISER)])


def test_what_a_journalist_sees_can_be_read_by_people_elsewhere() -> None:
    after = perceive(_reporters(film_reach=0.3), SQUARE, FIGHT)
    ((_, film),) = after.posts
    assert (Channel.ONLINE, 0.3, 1.0) == (film.channel, film.reach, film.violent_acts)


def test_a_journalist_shows_the_worst_and_not_more_than_one_film_a_minute() -> None:
    worse = replace(FIGHT, serial=10, force=0.8, hit=5)
    crowd = _reporters()
    crowd.think(SQUARE, NOBODY, (FIGHT, worse), NOISE, 0)
    assert [0.8] == [film.force for _, film in crowd.posts]
    crowd.think(SQUARE, NOBODY, (replace(FIGHT, serial=11),), NOISE, 30 * SECOND)
    assert 1 == len(crowd.posts)
    crowd.think(SQUARE, NOBODY, (replace(FIGHT, serial=12),), NOISE, 61 * SECOND)
    assert 2 == len(crowd.posts)


def test_nobody_films_where_there_is_no_journalist_or_nothing_happens() -> None:
    nobody = crowd_at(SQUARE, [(25.0, 20.0)])
    assert [] == perceive(nobody, SQUARE, FIGHT).posts
    assert [] == perceive(_reporters(), SQUARE, replace(FIGHT, violent_acts=0.0, quality=0.8)).posts
