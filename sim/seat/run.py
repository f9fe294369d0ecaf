"""Run: what a screen may ask of an exercise, nothing of its world, and how fast and how long a commander may go."""

from typing import Protocol

from sim.exercise.exercise import Outcome
from sim.exercise.option import Option
from sim.scenario.scenario import Playbook
from sim.world.memory import Memory
from sim.world.observation import Observation
from sim.world.order import Order, Ruling

SPEEDS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Simulated seconds a second."""
ASSESSED_SPEED = 4.0
"""In an assessed run time passes at most so fast, so that two trainees have the same time to think."""
TAKE_BACK_S = 3.0
"""An order can be taken back for so long before it is sent."""
SAVE_EVERY_S = 1.0
"""What happened is written to the disk at least so often."""
STEP_TICKS = 10
"""Ticks run between two looks at the clock, so that keys answer also when the machine is slow."""


class Run(Protocol):
    """What the console asks of an exercise: nothing of its world, only what a seat may see and do."""

    @property
    def playbook(self) -> Playbook:
        """What it is made from."""

    @property
    def memory(self) -> Memory | None:
        """What its people bring along from earlier incidents; None where they remember none."""

    @property
    def outcome(self) -> Outcome | None:
        """How it ended; None while it lasts."""

    @property
    def tick_now(self) -> int:
        """The tick the run is at."""

    def at_home(self) -> bool:
        """True once the part on the scene is over and time passes by the hour."""

    def observe(self, seat: str = "commander") -> Observation:
        """What a seat can know now."""

    def options(self, seat: str = "commander") -> list[Option]:
        """Every response on offer."""

    def preview(self, order: Order) -> Ruling:
        """The ruling an order would get now."""

    def order(self, order: Order) -> Ruling:
        """Gives an order."""

    def run_until(self, tick: int) -> None:
        """Lets time pass."""

    def stop(self) -> None:
        """Ends the run here and now."""
