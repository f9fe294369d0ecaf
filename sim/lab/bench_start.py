"""How long a start takes: fresh processes that do what a trainee waits for, timed from outside."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from sim.core.phrase import Phrase
from sim.lab.bench import Bench, Row, row_of

ROOT = Path(__file__).resolve().parents[2]
BEGIN = """
from sim.app import look_for_garbage_seldom
look_for_garbage_seldom()
"""
"""As every command begins."""
FIRST_TICK = """
from sim.storage.folder import home
from sim.storage.kernels import prepare
prepare(home())
from sim.exercise.exercise import Exercise
from sim.storage.library import load_playbook
Exercise(load_playbook({scenario!r}), 1).tick()
print(flush=True)
"""
"""Says something when it is there."""
MENU = """
import os
os.environ.update(SDL_VIDEODRIVER="dummy", SDL_AUDIODRIVER="dummy", PYGAME_HIDE_SUPPORT_PROMPT="1")
from sim.storage.folder import home
from sim.storage.kernels import prepare
prepare(home())
from sim.command.office import DiskOffice
from sim.desktop.start import Start
from sim.desktop.window import Window
with Window(DiskOffice(""), first=lambda desk: [Start()]) as window:
    window.frame()
    print(flush=True)
"""


def start_benches(scenario: str, environment: Mapping[str, str]) -> list[Bench]:
    """Return the benches of this module; processes are started in that environment."""
    menu = Phrase("a fresh process until the first page is drawn, on a screen nobody sees")
    first = Phrase("a fresh process until the first tick of {scenario}, kernels compiled before", scenario=scenario)
    tick = FIRST_TICK.format(scenario=scenario)
    return [
        Bench(("start_to_menu",), lambda repeats, _: _start("start_to_menu", menu, MENU, environment, repeats), 5),
        Bench(
            ("warm_start_first_tick",),
            lambda repeats, _: _start("warm_start_first_tick", first, tick, environment, repeats),
            5,
        ),
    ]


def _start(name: str, what: Phrase, program: str, environment: Mapping[str, str], repeats: int) -> Sequence[Row]:
    """Time the program in fresh processes, after one that leaves compiled kernels, bytecode and read files behind.

    Each is timed until it says something: who plays does not wait for how it ends. Bytecode is kept, as it is for
    whoever plays, even where the environment says that none is to be written.
    """
    found = []
    with tempfile.TemporaryDirectory() as bytecode:
        env = {**environment, "PYTHONPYCACHEPREFIX": bytecode}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        for k in range(repeats + 1):
            took = _until_it_says_something([sys.executable, "-c", BEGIN + program], env)
            if k > 0:
                found.append(took)
    return [row_of(name, what, 1, "s", found)]


def _until_it_says_something(command: list[str], env: dict[str, str]) -> float:
    """Seconds until the first line of a process; returns when the process has ended, and well."""
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, env=env) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        took = time.perf_counter() - began
    if process.returncode != 0 or not said:
        raise subprocess.CalledProcessError(process.returncode, command)
    return took
