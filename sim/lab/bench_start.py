"""How long a start takes: fresh processes that do what a trainee waits for, timed from outside."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from sim.core.phrase import Phrase
from sim.lab.bench import Bench, Row, row_of

ROOT = Path(__file__).resolve().parents[2]
FIRST_TICK = """
from sim.storage.folder import home
from sim.storage.kernels import prepare
prepare(home())
from sim.exercise.exercise import Exercise
from sim.storage.library import load_playbook
Exercise(load_playbook({scenario!r}), 1).tick()
"""
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
"""


def start_benches(scenario: str) -> list[Bench]:
    """Return the benches of this module."""
    menu = Phrase("a fresh process until the first page is drawn, on a screen nobody sees")
    first = Phrase("a fresh process until the first tick of {scenario}, kernels compiled before", scenario=scenario)
    return [
        Bench(("start_to_menu",), lambda repeats, _: _start("start_to_menu", menu, MENU, repeats), 5),
        Bench(
            ("warm_start_first_tick",),
            lambda repeats, _: _start("warm_start_first_tick", first, FIRST_TICK.format(scenario=scenario), repeats),
            5,
        ),
    ]


def _start(name: str, what: Phrase, program: str, repeats: int) -> Sequence[Row]:
    """Time the program in fresh processes, after one that leaves compiled kernels, bytecode and read files behind.

    Bytecode is kept, as it is for whoever plays, even where the caller's environment says that none is to be written.
    """
    found = []
    with tempfile.TemporaryDirectory() as bytecode:
        env = {**os.environ, "PYTHONPYCACHEPREFIX": bytecode}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        for k in range(repeats + 1):
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, stdout=subprocess.DEVNULL, env=env)
            if k > 0:
                found.append(time.perf_counter() - began)
    return [row_of(name, what, 1, "s", found)]
