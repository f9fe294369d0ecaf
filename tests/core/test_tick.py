"""Ticks, seconds and clock faces agree with each other."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.errors import BadInput
from sim.core.tick import TICK_S, TICKS_PER_SECOND, clock, parse_clock, to_seconds, to_ticks

TICKS = st.integers(-10_000_000, 10_000_000)
STARTS = st.integers(-600, 600)


def test_a_tick_is_a_tenth_of_a_second() -> None:
    assert (10, 0.1) == (TICKS_PER_SECOND, TICK_S)


@pytest.mark.parametrize(
    ("ticks", "seconds"),
    [(0, 0.0), (1, 0.1), (1, 0.14), (2, 0.16), (1, 0.05), (0, -0.05), (-1, -0.1), (36_000, 3600.0)],
)
def test_seconds_become_the_nearest_tick(ticks: int, seconds: float) -> None:
    assert ticks == to_ticks(seconds)


@pytest.mark.parametrize("seconds", [math.inf, -math.inf, math.nan])
def test_a_time_that_is_no_number_is_refused(seconds: float) -> None:
    with pytest.raises(BadInput):
        to_ticks(seconds)


@given(TICKS)
def test_a_tick_survives_the_way_through_seconds(tick: int) -> None:
    assert tick == to_ticks(to_seconds(tick))


@pytest.mark.parametrize(
    ("face", "tick", "start_min"),
    [
        ("00:00", 0, 0),
        ("-60:00", 0, -60),
        ("-60:00", 9, -60),
        ("-59:59", 10, -60),
        ("-00:01", 35_990, -60),
        ("00:00", 36_000, -60),
        ("08:30", 5_100, 0),
        ("185:00", 111_000, 0),
        ("-00:01", -1, 0),
    ],
)
def test_the_clock_shows_scenario_time(face: str, tick: int, start_min: int) -> None:
    assert face == clock(tick, start_min)


@given(TICKS, STARTS)
def test_reading_the_clock_gives_the_first_tick_of_that_second(tick: int, start_min: int) -> None:
    assert tick // 10 * 10 == parse_clock(clock(tick, start_min), start_min)


@given(STARTS, STARTS)
def test_a_minute_is_600_ticks_from_any_start(minute: int, start_min: int) -> None:
    assert (minute - start_min) * 600 == parse_clock(f"{minute}:00", start_min)


@pytest.mark.parametrize(
    "text",
    ["", "8", "8:5", "8:60", "8.30", " 8:30", "8:30\n", "--8:30", "+8:30", "٨:٣٠", "8:30:00", "1e3:00"],
)
def test_a_mistyped_clock_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_clock(text)
    (fault,) = caught.value.faults
    assert "bad-clock" == fault.code
    assert fault.hint is not None
