"""Jams and closed lines bend people's ways; where there is neither, nothing changes to the last bit."""

import numpy as np

from sim.crowd.body import Bodies
from sim.crowd.detour import extra_at, look_again, no_detours, survey_of
from sim.crowd.ground import FAR, heading_at
from sim.crowd.people import Act
from tests.crowd.stage import NOBODY, NOISE, SECOND, crowd_at, ground_of, lattice, line_of_officers, walk

STREET = ground_of(60.0, 20.0, exits=((57.0, 0.5, 59.5, 19.5),))
SURVEY = survey_of(STREET)
EMPTY = np.zeros(0)
ACROSS = np.arange(0.6, 20.0, 1.2)


def seen(bodies: Bodies = NOBODY, places: list[tuple[float, float]] | None = None, looks: int = 4):
    """The detours after some looks at people at these places and these bodies."""
    x, y = np.array(places or []).reshape(-1, 2).T
    detours = no_detours(SURVEY)
    for _ in range(looks):
        detours = look_again(detours, x, y, np.arange(len(x)), bodies)
    return detours


def headings(detours, places):
    """Where one walks from these places to the exit."""
    land = STREET.bent(detours.bend, detours.cell_m)
    return np.array([heading_at(land, 0, x, y, STREET.distance_at(x, y)) for x, y in places])


def test_on_an_empty_site_ways_are_those_of_the_ground() -> None:
    detours = no_detours(SURVEY)
    assert 0 == len(detours.bend)
    for x, y in lattice(3.0, 3.0, 9, 3, 6.0):
        assert STREET.direction_at(0, x, y) == tuple(headings(detours, [(x, y)])[0])


def test_a_loose_crowd_bends_no_way() -> None:
    assert 0 == len(seen(places=lattice(20.0, 2.0, 10, 8, 2.0)).bend)


def test_a_jam_in_half_the_street_turns_those_behind_it_to_the_free_half() -> None:
    jam = seen(places=lattice(30.0, 0.6, 16, 16, 0.5))
    assert headings(jam, [(24.0, 6.0)])[0, 1] > 0.2
    assert abs(headings(jam, [(24.0, 16.0)])[0, 1]) < 0.2
    assert 0.0 < extra_at(jam.extra, jam.cell_m, 0, 29.0, 2.0) < 60.0


def test_a_line_across_the_whole_street_cuts_the_way_off() -> None:
    cut = seen(line_of_officers(40.0, ACROSS, closed=True))
    assert FAR == extra_at(cut.extra, cut.cell_m, 0, 20.0, 10.0)
    assert 0.0 == extra_at(cut.extra, cut.cell_m, 0, 50.0, 10.0)


def test_an_open_line_or_one_with_a_gap_cuts_nothing_off() -> None:
    assert 0 == len(seen(line_of_officers(40.0, ACROSS, closed=False)).bend)
    gap = np.concatenate([ACROSS[:6], ACROSS[10:]])
    apart = seen(line_of_officers(40.0, gap, closed=True))
    assert extra_at(apart.extra, apart.cell_m, 0, 20.0, 10.0) < 10.0


def test_people_walk_round_the_end_of_a_line() -> None:
    crowd = crowd_at(STREET, lattice(10.0, 4.0, 4, 8, 1.2), act=int(Act.LEAVE))
    walk(crowd, STREET, 90 * SECOND, bodies=line_of_officers(30.0, ACROSS[:12], closed=True))
    assert not crowd.people.present.any()


def test_a_detour_is_gone_when_what_made_it_is() -> None:
    jam = seen(places=lattice(30.0, 0.6, 16, 16, 0.5))
    for _ in range(12):
        jam = look_again(jam, EMPTY, EMPTY, np.arange(0), NOBODY)
    assert 0 == len(jam.bend)
    assert not jam.crowding.any()


def test_forks_share_detours_and_part_when_their_crowds_do() -> None:
    places = lattice(30.0, 0.6, 16, 16, 0.5)
    crowd = crowd_at(STREET, places, act=int(Act.LEAVE))
    walk(crowd, STREET, 11 * SECOND)
    other = crowd.fork()
    assert crowd.detours is other.detours
    other.people.act[:] = int(Act.WATCH)
    for each in (crowd, other):
        for tick in range(11 * SECOND, 40 * SECOND):
            each.advance(STREET, NOBODY, (), NOISE, tick)
    assert not np.array_equal(crowd.detours.crowding, other.detours.crowding)
