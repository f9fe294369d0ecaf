"""What times are called: the scenario minute, and the time of day where the scenario has one."""

import pytest

from sim.core.speech import Speech
from sim.seat.words import Words
from tests.small import small_playbook


@pytest.mark.parametrize(
    ("starts_at", "minute", "shown"),
    [("06:50", -60, "05:50"), ("06:50", 90, "08:20"), ("23:30", 45, "00:15"), ("00:10", -20, "23:50"), ("", 5, "")],
)
def test_a_scenario_minute_has_a_time_of_day_where_the_scenario_says_when_it_starts(
    starts_at: str, minute: int, shown: str
) -> None:
    words = Words(small_playbook(minutes=[-60, 120], starts_at=starts_at), Speech())
    assert shown == words.time_of_day((minute + 60) * 600)


def test_seconds_do_not_round_a_time_of_day_up() -> None:
    words = Words(small_playbook(minutes=[-60, 120], starts_at="06:50"), Speech())
    assert "05:50" == words.time_of_day(599)
