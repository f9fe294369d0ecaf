"""Ahead: a run of the draft brought forward to a minute, by nobody or by a competent commander."""

from collections.abc import Callable
from dataclasses import dataclass

from sim.desktop.office import Given
from sim.desktop.playback import Moment
from sim.desktop.replay import true_scene
from sim.desktop.site import Scene
from sim.desktop.waiting import Waiting
from sim.exercise.exercise import Exercise
from sim.exercise.player import PLAYERS
from sim.exercise.player.player import DECIDE_EVERY, give_orders
from sim.exercise.snapshot import snapshot_of
from sim.scenario.scenario import Playbook

SEED = 1
"""The same luck each time, so that a change of the file is what changes the picture."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A run at the minute that was asked for, or at its end before."""

    run: Exercise
    scene: Scene
    minute: float
    people: int
    by: str


def go_to(
    playbook: Playbook,
    minute: float,
    by: str,
    number: int,
    prepare: Callable[[Exercise, Callable[[float], object]], object] | None = None,
) -> Waiting[Reached]:
    """Begins to compute; `by` is the name of the player who commands until then, `prepare` comes before a first run."""

    def work(progress: Callable[[float], bool]) -> Reached:
        def tell(share: float) -> None:
            if not progress(share):
                raise Given

        run = Exercise(playbook, SEED)
        if prepare is not None:
            prepare(run.fork(), tell)
        last = run.world.setting.tick(minute)
        player = PLAYERS[by]()
        while run.outcome is None and not run.at_home() and run.tick_now < last:
            give_orders(run, player)
            run.run_until(min(last, run.tick_now + DECIDE_EVERY))
            tell(run.tick_now / max(1, last))
        shot = snapshot_of(run)
        moment = Moment(run.tick_now, shot, run.observe(), None, number)
        return Reached(run, true_scene(moment, playbook.scenario.site), run.minute, len(shot.x), by)

    return Waiting(work)
