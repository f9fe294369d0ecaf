"""Warm-up leaves nothing to be compiled while somebody plays."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WARM = """
from sim.exercise.exercise import Exercise
from sim.exercise.warmup import warm_up
from sim.storage.library import load_playbook
warm_up(Exercise(load_playbook("taxi_ring_square"), 1))
"""


def _run(folder: Path, *command: str) -> set[str]:
    """What is compiled by now, once this has run in a process of its own."""
    env = {**os.environ, "NUMBA_CACHE_DIR": str(folder / "kernels"), "COMMONGROUND_HOME": str(folder / "home"),
           "PYTHONPATH": str(ROOT)}  # fmt: skip
    subprocess.run([sys.executable, *command], cwd=ROOT, env=env, check=True, capture_output=True)
    return {path.name for path in (folder / "kernels").rglob("*.nbc")}


@pytest.mark.slow
def test_after_the_warm_up_of_one_scenario_whole_runs_of_all_kinds_compile_nothing(tmp_path: Path) -> None:
    ready = _run(tmp_path, "-c", WARM)
    assert len(ready) > 100
    for scenario, player in (
        ("taxi_ring_square", "doctrine"),
        ("health_valley_petition", "force"),
        ("festival_crush", "doctrine"),
        ("fans_derby", "force"),
    ):
        run = ("main.py", "run", scenario, "--player", player, "--seed", "1", "--quiet")
        assert set() == _run(tmp_path, *run) - ready, (scenario, player)
