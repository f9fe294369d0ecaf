"""What an automatic player is, and the loop that lets one play a run."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping

from sim.core.noise import Noise
from sim.exercise.exercise import Exercise
from sim.exercise.moment import Moment
from sim.exercise.option import Option
from sim.world.observation import Observation
from sim.world.order import Order

DECIDE_EVERY = 150
"""Ticks from one look at the situation to the next: 15 s."""
AT_ONCE = 3
"""Orders a player may give at one look."""


class Options(Mapping[str, Option]):
    """Every offered response by id, each looked at when it is asked for: a player rarely asks for all."""

    def __init__(self, exercise: Exercise, hidden: frozenset[str] = frozenset()) -> None:
        """As things stand at this moment; the responses in `hidden` are left out."""
        self._exercise = exercise
        self._hidden = hidden
        self._now = Moment(exercise.world)
        self._found: dict[str, Option] = {}

    def without(self, hidden: frozenset[str]) -> "Options":
        """The same without some responses."""
        return Options(self._exercise, self._hidden | hidden)

    def __getitem__(self, name: str) -> Option:
        """The response of that id; KeyError when it is not on offer."""
        if name in self._hidden:
            raise KeyError(name)
        if name not in self._found:
            self._found[name] = self._exercise.option(name, self._now)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        """Ids, in the scenario's order."""
        return (name for name in self._exercise.offered() if name not in self._hidden)

    def coded(self, catalogue: str) -> Option | None:
        """The response with this catalogue code, None when none on offer has it."""
        ids = self._exercise.playbook.coded.get(catalogue, ())
        return next((self[each] for each in ids if each not in self._hidden), None)

    def using(self, *force: str) -> list[Option]:
        """The responses that use force of these kinds, in the scenario's order; the others are not looked at."""
        offered = self._exercise.playbook.offered
        return [self[each.id] for each in offered if each.force in force and each.id not in self._hidden]

    def accepts(self, order: Order) -> bool:
        """Whether the order would be accepted as things stand: open is not enough where it has to say something."""
        return self._exercise.preview(order).accepted

    def __len__(self) -> int:
        """How many are on offer."""
        return sum(1 for _ in self)


class Player(ABC):
    """Decides from what it can see. Keeps no memory of its own: everything it needs is in the observation."""

    name = ""

    @abstractmethod
    def decide(self, seen: Observation, options: Options, noise: Noise) -> Order | None:
        """The next order, or None to wait. `options` holds every offered response by id."""


def play(
    exercise: Exercise,
    player: Player,
    *,
    until: int | None = None,
    progress: Callable[[Exercise], None] | None = None,
) -> None:
    """Lets the player play to the end of the run, or to that tick."""
    while exercise.outcome is None and (until is None or exercise.tick_now < until):
        give_orders(exercise, player)
        stop = exercise.tick_now + DECIDE_EVERY
        exercise.run_until(stop if until is None else min(stop, until))
        if progress is not None:
            progress(exercise)


def give_orders(exercise: Exercise, player: Player) -> None:
    """One look at the situation: up to three orders; what was refused is not tried again at this look."""
    for _ in range(AT_ONCE):
        options = Options(exercise)
        order = player.decide(exercise.observe(), options, exercise.world.noise)
        if order is None or not exercise.order(order).accepted:
            return
