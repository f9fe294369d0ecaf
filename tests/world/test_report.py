"""Reports: late by forty seconds at most, numbers off by about a tenth, neither high nor low on average."""

from itertools import pairwise

import numpy as np
import pytest

from sim.core.noise import Noise
from sim.exercise.exercise import Exercise
from sim.world.order import Order
from sim.world.report import COUNT_ERROR, DELAY_TICKS, EVERY_TICKS, STALE_TICKS, Report, Reports
from tests.small import small_exercise

LOOKS = 1500


@pytest.fixture(scope="module")
def watched() -> Exercise:
    """A patrol stands among the people."""
    run = small_exercise()
    order = Order(response="soft_patrol", target="square", units=("PAT-1",), reason="be seen and speak with people")
    assert run.order(order).accepted
    run.run_until(1200)
    return run


def delivered(run: Exercise, ticks: int, noise: Noise) -> list[Report]:
    """Every report of the patrol from so many ticks in which nobody moved."""
    world, reports, found = run.world, Reports(), []
    for tick in range(0, ticks, 10):
        reports.advance(world.units, world.crowd.people, world.ground, world.readout, noise, tick)
        report = reports.latest.get("PAT-1")
        if report is not None and (not found or found[-1] is not report):
            found.append(report)
    return found


@pytest.fixture(scope="module")
def many(watched: Exercise) -> list[Report]:
    """Hundreds of looks at the same crowd."""
    return delivered(watched, LOOKS * EVERY_TICKS // 5, Noise(11)) + delivered(
        watched, LOOKS * EVERY_TICKS // 5, Noise(12)
    )


def test_numbers_are_off_by_a_bounded_share(many: list[Report]) -> None:
    assert len(many) > 500
    shares = [report.estimate / len(report.x) for report in many]
    assert 1.0 - 5.0 * COUNT_ERROR < min(shares)
    assert max(shares) < 1.0 + 5.0 * COUNT_ERROR
    assert pytest.approx(COUNT_ERROR, rel=0.15) == float(np.std(shares))


def test_numbers_are_neither_high_nor_low_on_average(many: list[Report]) -> None:
    shares = [report.estimate / len(report.x) for report in many]
    assert pytest.approx(1.0, abs=4.0 * COUNT_ERROR / len(shares) ** 0.5) == float(np.mean(shares))


def test_errors_of_one_look_say_nothing_about_the_next(many: list[Report]) -> None:
    errors = np.array([report.estimate / len(report.x) - 1.0 for report in many])
    assert abs(float(np.corrcoef(errors[:-1], errors[1:])[0, 1])) < 0.15


def test_every_unit_looks_round_every_twenty_seconds_and_reports_twenty_later(many: list[Report]) -> None:
    first = many[: len(many) // 2]
    assert {EVERY_TICKS} == {b.seen_tick - a.seen_tick for a, b in pairwise(first)}
    assert {DELAY_TICKS} == {report.due_tick - report.seen_tick for report in many}


def test_the_density_is_judged_to_the_half(many: list[Report]) -> None:
    assert all(0.0 == (report.density * 2.0) % 1.0 for report in many)


def test_who_stands_behind_a_wall_or_too_far_away_is_not_seen(watched: Exercise) -> None:
    assert 0 == len(watched.world.reports.latest["PAT-2"].x)
    assert len(watched.world.reports.latest["PAT-1"].x) > 30


def test_a_report_says_nothing_any_more_after_five_minutes(watched: Exercise) -> None:
    reports = watched.world.reports
    newest = max(report.seen_tick for report in reports.latest.values())
    assert reports.fresh(newest)
    assert () == reports.fresh(newest + STALE_TICKS + 1)
