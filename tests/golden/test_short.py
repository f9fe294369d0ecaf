"""The first minutes of the short scenarios as they are and have to be: a change of the model shows as changed prose.

When the change is meant, write the prose anew with `python -m tests.golden.test_short` and read the difference.
"""

from pathlib import Path

import pytest

from sim.exercise.exercise import Exercise
from sim.exercise.player import Doctrine, play
from sim.storage.library import load_playbook
from tests.golden.playthrough import told

HERE = Path(__file__).resolve().parent
SEED = 1
UNTIL_MIN = {"bridge_sit_in": 12.0, "factory_wages": 7.0, "fans_derby": 4.0, "hospital_vigil": 12.0}


def prose(name: str) -> str:
    """What comes of the doctrine player's first minutes."""
    run = Exercise(load_playbook(name), SEED, sealed=False)
    play(run, Doctrine(), until=run.world.setting.tick(UNTIL_MIN[name]))
    return told(run)


@pytest.mark.parametrize("name", sorted(UNTIL_MIN))
def test_the_first_minutes_go_as_they_are_told(name: str) -> None:
    assert (HERE / f"{name}.txt").read_text(encoding="utf-8") == prose(name)


if __name__ == "__main__":
    for each in UNTIL_MIN:
        (HERE / f"{each}.txt").write_text(prose(each), encoding="utf-8")
