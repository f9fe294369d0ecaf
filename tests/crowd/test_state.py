"""The read-out climbs on thresholds that hold for a while, falls back later and lower, and changes nobody."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.digest import digest
from sim.crowd.people import NEVER, Act, People, Status
from sim.crowd.state import CrowdState, StateReadout
from tests.crowd.stage import SECOND, differing, lattice, people_at

CALM, TENSE, AGITATED, CLASH = CrowdState.CALM, CrowdState.TENSE, CrowdState.AGITATED, CrowdState.CLASH
DISPERSING, RESOLVED = CrowdState.DISPERSING, CrowdState.RESOLVED


class Watch:
    """A read-out of some people, second by second."""

    def __init__(self, people: People, participant: object = True) -> None:
        self.people = people
        self.readout = StateReadout(100.0, 60.0)
        self.participant = np.full(len(people), True) & np.array(participant)
        self.agreement = False
        self.second = 0
        self.changes: list[tuple[int, CrowdState, CrowdState]] = []

    def go(self, seconds: int, each: Callable[[int], None] | None = None) -> CrowdState:
        """Look so many times; `each` may change the people before a look and is told its tick."""
        for _ in range(seconds):
            tick = self.second * SECOND
            if each is not None:
                each(tick)
            change = self.readout.advance(self.people, self.participant, self.agreement, tick)
            if change is not None:
                self.changes.append((self.second, *change))
            self.second += 1
        return self.readout.overall


def gathering(n: int = 40, **columns: object) -> People:
    """People close together in one sector of 20 m."""
    return people_at(lattice(41.0, 21.0, 8, n // 8, 1.0), **columns)


def test_a_quiet_crowd_is_calm() -> None:
    watch = Watch(gathering())
    assert CALM == watch.go(300)
    assert [] == watch.changes


# ---------------------------------------------------------------------------------------------- tense


@pytest.mark.parametrize("columns", [{"anger": 0.35}, {"tension": 0.45}])
def test_anger_or_tension_that_lasts_half_a_minute_makes_a_crowd_tense(columns: dict[str, float]) -> None:
    watch = Watch(gathering(**columns))
    assert CALM == watch.go(29)
    assert TENSE == watch.go(1)
    assert [(29, CALM, TENSE)] == watch.changes


def test_a_flare_of_anger_shorter_than_that_makes_nobody_tense() -> None:
    watch = Watch(gathering())
    for _ in range(4):
        watch.people.anger[:] = 0.5
        assert CALM == watch.go(29)
        watch.people.anger[:] = 0.1
        assert CALM == watch.go(1)


def test_a_tense_crowd_stays_tense_between_the_two_thresholds_and_calms_down_after_two_minutes_below() -> None:
    watch = Watch(gathering(anger=0.35))
    watch.go(30)
    watch.people.anger[:] = 0.25
    assert TENSE == watch.go(400), "below the way up, above the way down"
    watch.people.anger[:] = 0.2
    assert TENSE == watch.go(119)
    assert CALM == watch.go(1)


def test_being_calm_for_less_than_two_minutes_counts_for_nothing() -> None:
    watch = Watch(gathering(anger=0.35))
    watch.go(30)
    for _ in range(3):
        watch.people.anger[:] = 0.1
        assert TENSE == watch.go(119)
        watch.people.anger[:] = 0.25
        assert TENSE == watch.go(1)


# ---------------------------------------------------------------------------------------------- agitated


def test_a_third_taking_part_for_half_a_minute_makes_a_crowd_agitated_and_quiet_ends_it_step_by_step() -> None:
    watch = Watch(gathering())
    watch.people.active[:14] = 1
    assert CALM == watch.go(29)
    assert AGITATED == watch.go(1)
    watch.people.active[:] = 0
    watch.people.active[:8] = 1
    assert AGITATED == watch.go(300), "a fifth still take part"
    watch.people.active[:] = 0
    assert AGITATED == watch.go(119)
    assert TENSE == watch.go(1)
    assert CALM == watch.go(1), "it has been calm for long enough by then"


def test_a_few_offenders_make_a_crowd_agitated_at_once() -> None:
    watch = Watch(gathering())
    watch.people.last_offence[:2] = 0
    assert AGITATED == watch.go(1)
    assert AGITATED == watch.go(60)


# ---------------------------------------------------------------------------------------------- clash


def offending(watch: Watch, actors: int, every_s: int = 1) -> Callable[[int], None]:
    """The first so many of them offend in turn, one every so many seconds."""

    def act(tick: int) -> None:
        if tick // SECOND % every_s == 0:
            watch.people.last_offence[tick // SECOND // every_s % actors] = tick

    return act


def test_violence_by_five_people_is_a_clash_and_by_four_is_not() -> None:
    few, many = Watch(gathering()), Watch(gathering())
    assert AGITATED == few.go(120, offending(few, 4))
    assert CLASH == many.go(5, offending(many, 5))
    assert [(4, AGITATED, CLASH)] == many.changes[-1:]


def test_a_clash_ends_after_three_minutes_without_violence_and_one_step_at_a_time() -> None:
    watch = Watch(gathering())
    watch.go(30, offending(watch, 6))
    watch.changes.clear()
    # The last act of violence leaves the minute that counts 60 s later.
    assert CLASH == watch.go(59 + 179)
    watch.go(3)
    assert [(CLASH, AGITATED), (AGITATED, TENSE), (TENSE, CALM)] == [change[1:] for change in watch.changes]


def test_where_it_clashes_is_told_apart_from_where_it_does_not() -> None:
    places = [*lattice(41.0, 21.0, 8, 3, 1.0), *lattice(81.0, 41.0, 8, 3, 1.0)]
    watch = Watch(people_at(places))
    watch.go(20, offending(watch, 6))
    assert (CLASH, False) == watch.readout.around(45.0, 25.0, 5.0)
    assert (CALM, False) == watch.readout.around(85.0, 45.0, 5.0)
    assert (CLASH, False) == watch.readout.around(60.0, 30.0, 50.0)
    assert CLASH == watch.readout.overall, "the worst counts"


# ---------------------------------------------------------------------------------------------- who counts


def test_four_people_are_no_crowd() -> None:
    few = Watch(people_at(lattice(41.0, 21.0, 4, 1, 1.0), anger=1.0, active=1, tension=1.0))
    assert CALM == few.go(200)
    five = Watch(people_at(lattice(41.0, 21.0, 5, 1, 1.0), anger=1.0))
    assert TENSE == five.go(30)


def test_passers_by_neither_anger_nor_calm_a_crowd() -> None:
    people = gathering(anger=[0.4] * 20 + [0.0] * 20)
    crowd_only = Watch(people, [True] * 20 + [False] * 20)
    assert TENSE == crowd_only.go(30)
    passers_only = Watch(gathering(anger=1.0), False)
    assert CALM == passers_only.go(120)


def test_who_has_left_no_longer_counts() -> None:
    watch = Watch(gathering(anger=[0.9] * 20 + [0.1] * 20))
    watch.people.status[:20] = int(Status.LEFT)
    assert CALM == watch.go(120)


# ---------------------------------------------------------------------------------------------- the whole crowd


def leaving(watch: Watch, per_second: float) -> Callable[[int], None]:
    """Some leave every second, from the first row on."""
    start = watch.second

    def go(tick: int) -> None:
        watch.people.status[: int((tick // SECOND - start + 1) * per_second)] = int(Status.LEFT)

    return go


def test_a_crowd_of_which_many_head_out_and_go_is_dispersing_until_the_trickle_ends() -> None:
    watch = Watch(people_at(lattice(41.0, 21.0, 15, 15, 1.0)))
    watch.go(60)
    watch.people.act[:100] = int(Act.LEAVE)
    assert CALM == watch.go(30), "they head out but nobody has gone"
    assert DISPERSING == watch.go(45, leaving(watch, 0.5))
    assert DISPERSING == watch.go(50 + 115), "the minute in which they went, and nearly two more"
    assert CALM == watch.go(15)


def test_people_going_home_one_by_one_are_no_dispersal() -> None:
    watch = Watch(people_at(lattice(41.0, 21.0, 15, 15, 1.0)))
    watch.go(60)
    assert CALM == watch.go(60, leaving(watch, 0.5))


def test_when_four_in_five_are_gone_the_matter_is_resolved_and_it_is_not_when_they_come_back_angry() -> None:
    watch = Watch(gathering())
    watch.go(10)
    watch.people.status[:32] = int(Status.LEFT)
    assert CALM == watch.go(60), "exactly a fifth is still here"
    watch.people.status[32] = int(Status.LEFT)
    assert RESOLVED == watch.go(1)
    watch.people.status[:] = int(Status.PRESENT)
    watch.people.anger[:] = 0.25
    assert RESOLVED == watch.go(60)
    watch.people.anger[:] = 0.5
    assert watch.go(1) != RESOLVED


def test_an_agreement_that_has_held_for_five_calm_minutes_resolves_the_matter() -> None:
    watch = Watch(gathering(anger=0.1))
    watch.agreement = True
    assert CALM == watch.go(299)
    assert RESOLVED == watch.go(1)
    angry = Watch(gathering(anger=0.25))
    angry.agreement = True
    assert CALM == angry.go(400)


def test_before_a_crowd_has_gathered_nothing_is_resolved() -> None:
    people = people_at(lattice(41.0, 21.0, 10, 10, 1.0))
    people.status[:] = int(Status.ABSENT)
    watch = Watch(people)
    assert CALM == watch.go(60)
    people.status[:10] = int(Status.PRESENT)
    watch.go(10)
    people.status[1:10] = int(Status.LEFT)
    assert CALM == watch.go(60), "ten of a hundred were no gathering yet"
    people.status[:40] = int(Status.PRESENT)
    watch.go(10)
    people.status[1:40] = int(Status.LEFT)
    assert RESOLVED == watch.go(60)


def test_a_small_gathering_counts_once_half_of_it_has_come() -> None:
    people = people_at(lattice(41.0, 21.0, 10, 1, 1.0))
    people.status[5:] = int(Status.ABSENT)
    watch = Watch(people)
    watch.go(5)
    people.status[:5] = int(Status.LEFT)
    assert RESOLVED == watch.go(1)


def test_a_clash_is_shown_whatever_the_rest_of_the_crowd_does() -> None:
    watch = Watch(gathering(anger=0.1))
    watch.agreement = True
    watch.go(300)
    assert RESOLVED == watch.readout.overall
    assert CLASH == watch.go(10, offending(watch, 6))


# ---------------------------------------------------------------------------------------------- crush alarm


def alarm(watch: Watch) -> bool:
    return watch.readout.around(45.0, 25.0, 1.0)[1]


def test_the_crush_alarm_sounds_after_twenty_seconds_over_four_square_metres() -> None:
    watch = Watch(gathering(density=[5.5] * 24 + [1.0] * 16))
    watch.go(19)
    assert not alarm(watch)
    watch.go(1)
    assert alarm(watch)
    assert not watch.readout.around(90.0, 50.0, 5.0)[1]


def test_a_smaller_knot_of_people_raises_no_alarm() -> None:
    watch = Watch(gathering(density=[5.5] * 20 + [1.0] * 20))
    watch.go(120)
    assert not alarm(watch)


def test_the_alarm_ends_after_a_minute_below_four_and_not_between() -> None:
    watch = Watch(gathering(density=6.0))
    watch.go(20)
    watch.people.density[:] = 4.5
    watch.go(200)
    assert alarm(watch)
    watch.people.density[:] = 3.9
    watch.go(59)
    assert alarm(watch)
    watch.go(1)
    assert not alarm(watch)


def test_a_crush_of_passers_by_is_a_crush() -> None:
    watch = Watch(gathering(density=6.0), False)
    watch.go(20)
    assert alarm(watch)


# ---------------------------------------------------------------------------------------------- reading only


@settings(max_examples=30)
@given(
    looks=st.lists(
        st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 9.0), st.integers(0, 40)),
        min_size=1,
        max_size=15,
    )
)
def test_looking_changes_nobody_and_levels_move_up_freely_but_down_one_at_a_time(
    looks: list[tuple[float, float, float, int]],
) -> None:
    people = gathering()
    watch = Watch(people)
    for anger, tension, density, offenders in looks:
        people.anger[:], people.tension[:], people.density[:] = anger, tension, density
        people.last_offence[:] = NEVER
        people.last_offence[:offenders] = watch.second * SECOND
        before, level = people.fork(), watch.readout.level.astype(int)
        watch.go(10)
        assert [] == differing(before, people)
        assert (watch.readout.level >= level - 1).all()
        assert watch.readout.level.max() <= CLASH


def test_a_fork_of_the_readout_goes_on_by_itself_and_the_same_way() -> None:
    watch = Watch(gathering(anger=0.5))
    watch.go(20)
    before = digest(watch.readout.state())
    fork = Watch(watch.people)
    fork.readout, fork.second = watch.readout.fork(), watch.second
    fork.go(15)
    assert before == digest(watch.readout.state())
    assert TENSE == fork.readout.overall
    watch.go(15)
    assert digest(watch.readout.state()) == digest(fork.readout.state())


def test_people_at_the_very_edge_of_the_site_are_counted() -> None:
    corners = people_at([(100.0, 60.0)] * 3 + [(99.9, 59.9)] * 3, anger=0.9)
    assert TENSE == Watch(corners).go(30)
