"""A run in the window and a room that are killed at any moment hold what they acknowledged, once, and go on."""

import os

import pytest


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked here")
def test_twenty_processes_killed_at_any_moment_lose_and_double_nothing() -> None:
    from tests.command.killed import killed

    found = killed(20)
    assert (0, 0, 0, 0, 0) == (found.lost, found.doubled, found.out_of_order, found.other_digests, found.failed)
    assert found.kills == 20
    assert found.acknowledged > 100
