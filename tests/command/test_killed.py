"""A run in the window and a room that are killed at any moment hold what they acknowledged, once, and go on."""

import os
from contextlib import nullcontext
from pathlib import Path

import pytest

from sim.command.serving import LOG, Wishes, opened
from tests.squad.served import write_drill


@pytest.mark.parametrize("left", ["nothing", "half a header", "a header", "half a line"])
def test_a_room_whose_program_was_killed_before_anybody_came_in_is_begun_anew(
    tmp_path: Path, left: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMONGROUND_HOME", str(tmp_path / "home"))
    folder, drill = tmp_path / "room", str(write_drill(tmp_path))
    opened(Wishes(drill, folder=folder, seed=3), lambda ticks: nullcontext(lambda tick: None)).kept.close()
    whole = (folder / LOG).read_bytes()
    header = whole.index(b"\n") + 1
    size = {"nothing": 0, "half a header": header // 2, "a header": header, "half a line": header + 40}[left]
    (folder / LOG).write_bytes(whole[:size])
    wishes = Wishes("" if size >= header else drill, folder=folder, seed=3)
    again = opened(wishes, lambda ticks: nullcontext(lambda tick: None))
    again.kept.close()
    assert "short" == again.room.drill.id
    assert ["lobby"] == [squad.phase for squad in again.room.squads.values()]
    assert whole == (folder / LOG).read_bytes()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked here")
def test_twenty_processes_killed_at_any_moment_lose_and_double_nothing() -> None:
    from tests.command.killed import killed

    found = killed(20)
    assert (0, 0, 0, 0, 0) == (found.lost, found.doubled, found.out_of_order, found.other_digests, found.failed)
    assert found.kills == 20
    assert found.acknowledged > 100
