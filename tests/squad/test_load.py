"""Many clients at once; the figures themselves depend on the computer, that nothing is lost does not."""

import pytest

from tests.squad.load import measured


@pytest.mark.slow
def test_thirty_phones_are_all_answered_and_what_was_acknowledged_stands_in_the_log_once() -> None:
    figures = measured(30, 10.0, squads=2)
    assert (0, 0, 0) == (figures["unacknowledged"], figures["lost"], figures["doubled"])
    assert figures["answers"]["ack"] >= 30 * 4


@pytest.mark.slow
def test_ten_who_do_not_read_and_one_who_floods_cost_the_others_nothing_but_time() -> None:
    figures = measured(20, 20.0, squads=2, rude={"deaf": 10, "huge": 1, "bombs": 2, "unfinished": 10})
    assert (0, 0, 0) == (figures["unacknowledged"], figures["lost"], figures["doubled"])
    assert 10 == figures["rude"]["deaf"]["closed"]
    before, _, most = figures["server_mb"]
    assert most - before < 50
