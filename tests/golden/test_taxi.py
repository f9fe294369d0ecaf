"""The first quarter of the taxi blockade as it was and as it has to be: a change of the model shows as changed prose.

When the change is meant, write the prose anew with `python -m tests.golden.test_taxi` and read the difference.
"""

from pathlib import Path

import pytest

from sim.exercise.exercise import Exercise
from sim.exercise.player import PLAYERS, play
from sim.storage.library import load_playbook
from tests.golden.playthrough import told

HERE = Path(__file__).resolve().parent
SEED, UNTIL_MIN = 1, 12.0


def prose(player: str) -> str:
    """What comes of this player's first seventy-two minutes."""
    run = Exercise(load_playbook("taxi_ring_square"), SEED, sealed=False)
    play(run, PLAYERS[player](), until=run.world.setting.tick(UNTIL_MIN))
    return told(run)


@pytest.mark.parametrize("player", ["doctrine", "force"])
def test_the_early_hours_go_as_they_are_told(player: str) -> None:
    assert (HERE / f"taxi_{player}.txt").read_text(encoding="utf-8") == prose(player)


if __name__ == "__main__":
    for each in ("doctrine", "force"):
        (HERE / f"taxi_{each}.txt").write_text(prose(each), encoding="utf-8")
