"""Preparing: the kernels are compiled before a first run, with how far it is, instead of a bar that stands at 0 %."""

import gc
import os
import threading
from collections.abc import Callable
from pathlib import Path

from sim.command.setting import Setting
from sim.exercise.exercise import Exercise
from sim.exercise.warmup import warm_up
from sim.scenario.scenario import Playbook
from sim.storage.kernels import count_compiled, count_defined, is_ready, mark_ready

LOOK_S = 0.25


def ready() -> bool:
    """True when an earlier start has compiled everything, or nothing compiled can be kept."""
    folder = _folder()
    return folder is None or is_ready(folder)


def prepare_simulation(
    playbook: Playbook, setting: Setting, tell: Callable[[float], object] = lambda share: None
) -> None:
    """Compiles every kernel, once for all later runs and for the processes this one starts; shows how far it is."""
    from sim.console.progress import progress

    # Runs leave next to no garbage that looking for it finds, and a minute of one makes thousands of entries and views.
    gc.set_threshold(20_000, 20, 50)
    if ready():
        return
    what = setting.say("Preparing the simulation (first run on this computer)")
    with progress(what, 1.0, quiet=setting.quiet) as show:

        def both(share: float) -> None:
            show(share)
            tell(share)

        compile_for(Exercise(playbook, 1, sealed=False), both)


def compile_for(exercise: Exercise, tell: Callable[[float], object]) -> None:
    """Compiles every kernel by running a copy of an exercise; tells the share that is done, of 1, four times a second.

    `tell` may raise, to give it up: what is being compiled then goes on beside, and is kept all the same.
    """
    folder = _folder()
    if folder is None:
        return
    before, whole = count_compiled(folder), count_defined()
    wrong: list[BaseException] = []

    def work() -> None:
        try:
            warm_up(exercise)
        except BaseException as error:  # raised again below, where somebody can hear it
            wrong.append(error)
        else:
            mark_ready(folder)

    thread = threading.Thread(target=work, name="preparing", daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(LOOK_S)
        tell(min(1.0, (count_compiled(folder) - before) / max(1, whole - before)))
    if wrong:
        raise wrong[0]


def _folder() -> Path | None:
    """Where the compiler keeps what it made."""
    named = os.environ.get("NUMBA_CACHE_DIR")
    return Path(named) if named else None
