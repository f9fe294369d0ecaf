"""Playback: a saved run is computed again at any moment, forwards and back, and shows what was so."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from sim.desktop.playback import Playback
from sim.desktop.replay import true_scene
from sim.exercise.exercise import Exercise
from sim.exercise.perspective import perspective_of
from sim.exercise.snapshot import Snapshot, snapshot_of
from sim.world.order import Order
from tests.small import small_exercise, small_playbook


@pytest.fixture(scope="module")
def run() -> Exercise:
    exercise = small_exercise(4)
    exercise.run_until(600)
    exercise.order(Order(response="first_contact", reason="ask"))
    exercise.run_until(1000)
    exercise.order(Order(response="containment", target="square", go_ahead=True, reason="hold"))
    exercise.run_until(4000)
    return exercise


@pytest.fixture
def playback(run: Exercise) -> Iterator[Playback]:
    found = Playback(small_playbook(), 4, list(run.journal))
    yield found
    found.close()


def wait(until: Callable[[], bool]) -> None:
    last = time.monotonic() + 240.0
    while not until():
        assert time.monotonic() < last, "it never came so far"
        time.sleep(0.005)


def sought(playback: Playback, tick: int) -> Playback:
    playback.seek(tick)
    wait(lambda: playback.moment is not None and playback.moment.tick == tick and playback.working >= 1.0)
    assert playback.failure is None
    return playback


def test_a_moment_is_the_run_as_it_was(playback: Playback, run: Exercise) -> None:
    moment = sought(playback, 4000).moment
    people = run.world.crowd.people
    assert moment is not None
    assert np.array_equal(moment.snapshot.x, people.x[people.present].astype(np.float32))
    assert [o.response for o in moment.seen.orders] == [o.response for o in run.observe().orders]


def test_going_back_and_forth_shows_the_same(playback: Playback) -> None:
    first = sought(playback, 1500).moment
    sought(playback, 3900)
    again = sought(playback, 1500).moment
    assert first is not None
    assert again is not None
    assert np.array_equal(first.snapshot.x, again.snapshot.x)
    assert first.seen.summary() == again.seen.summary()


def test_a_search_has_come_to_its_end_only_once_its_moment_is_shown(
    playback: Playback, monkeypatch: pytest.MonkeyPatch
) -> None:
    sought(playback, 0)
    shares: list[float] = []

    def noted(run: Exercise) -> Snapshot:
        shares.append(playback.working)
        return snapshot_of(run)

    monkeypatch.setattr("sim.desktop.playback.snapshot_of", noted)
    sought(playback, 1500)
    assert [True] == [0.9 < share < 1.0 for share in shares]


def test_decisions_are_listed_with_their_rulings(playback: Playback) -> None:
    assert [(g.tick, g.order.response, g.ruling) for g in playback.given] == [
        (600, "first_contact", "lawful"),
        (1000, "containment", "marked"),
    ]


def test_it_plays_until_it_is_paused(playback: Playback) -> None:
    sought(playback, 100)
    playback.play(16.0)
    wait(lambda: playback.tick > 200)
    playback.pause()
    time.sleep(0.3)
    here = playback.tick
    time.sleep(0.3)
    assert playback.tick == here


def test_the_whole_run_is_prepared_while_nothing_is_asked(playback: Playback) -> None:
    wait(lambda: playback.prepared == 1.0)


def test_a_person_s_view_says_what_was_before_their_eyes(playback: Playback, run: Exercise) -> None:
    sought(playback, 4000)
    person = int(np.flatnonzero(run.world.crowd.people.present)[0])
    playback.ask(person)
    wait(lambda: playback.moment is not None and playback.moment.person is not None)
    assert playback.moment is not None
    assert playback.moment.person == perspective_of(run, person)
    assert playback.moment.person is not None
    assert 0.0 <= playback.moment.person.anger <= 1.0


def test_nobody_s_view_is_shown_for_somebody_who_is_not_there(run: Exercise) -> None:
    assert perspective_of(run, len(run.world.crowd.people)) is None
    assert perspective_of(run, -1) is None


def test_twenty_opened_and_closed_leave_no_thread(run: Exercise) -> None:
    before = threading.active_count()
    entries = list(run.journal)
    for _ in range(20):
        Playback(small_playbook(), 4, entries).close()
    assert threading.active_count() == before


def test_units_that_stand_on_one_spot_keep_their_own_names(playback: Playback) -> None:
    moment = sought(playback, 1500).moment
    assert moment is not None
    placed = moment.snapshot.units
    names = [u.id for u in moment.seen.units]
    together = replace(
        moment,
        snapshot=replace(moment.snapshot, units=tuple((code, 5.0, 5.0, strength) for code, _, _, strength in placed)),
        seen=replace(moment.seen, units=tuple(replace(u, x=5.0, y=5.0) for u in moment.seen.units)),
    )
    shown = [u.id for u in true_scene(together, small_playbook().scenario.site).units if u.id in names]
    assert sorted(n for n, u in zip(names, moment.seen.units, strict=True) if u.eta_s <= 0.0) == sorted(shown)
