"""Many clients at once; the figures themselves depend on the computer, that nothing is lost does not."""

import pytest

from tests.squad.load import measured


@pytest.mark.slow
def test_sixty_clients_a_flood_and_ten_who_do_not_read_leave_nothing_unacknowledged() -> None:
    figures = measured(60, 10.0, stalled=10, flood=True)
    assert 0 == figures["unacknowledged"]
    assert figures["answers"] >= 60 * 4
