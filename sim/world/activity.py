"""An activity: one accepted order (or one inject) being carried out over time."""

from dataclasses import dataclass, field
from enum import IntEnum

from sim.core.twin import twin
from sim.world.order import Order, Value


class Stage(IntEnum):
    """How far an activity is."""

    TRAVEL = 0
    """Its units are on their way."""
    SETUP = 1
    RUN = 2
    DONE = 3
    STOPPED = 4
    """Ended early: units called away, or told to stop."""


_DONE = int(Stage.DONE)


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order the seat gave and that was accepted."""

    tick: int
    response: str
    catalogue: str
    target: str
    parameters: tuple[tuple[str, str], ...]
    """Name and value as text, in name order."""
    reason: str
    """Why, in the commander's own words."""


@dataclass(slots=True)
class Activity:
    """What is being done, by whom, since when."""

    number: int
    """1, 2, 3 ... in the order they began; 0 is nobody's."""
    source: str
    """Id of the response, or `inject:ID`."""
    catalogue: str
    """The response's code in the catalogue, "" for an inject."""
    order: Order
    units: tuple[str, ...]
    given_tick: int
    setup_ticks: int
    run_ticks: int
    """0 runs until stopped."""
    stage: int = Stage.TRAVEL
    stage_tick: int = 0
    """When the present stage began."""
    began_tick: int = -1
    """When it began to run; -1 as long as it has not, and for good when it was called off before."""
    x: float = 0.0
    """Where it takes place, m."""
    y: float = 0.0
    marked: bool = False
    """True when it went ahead although unlawful."""
    memo: dict[str, Value] = field(default_factory=dict)
    """What its effects have to remember, by name; part of the state."""
    _given: OrderView | None = field(default=None, repr=False, compare=False)
    """What `as_given` has returned."""

    @property
    def live(self) -> bool:
        """True until it is done or stopped."""
        return self.stage < _DONE

    @property
    def begun(self) -> bool:
        """True once it has run, whether or not it still does."""
        return self.began_tick >= 0

    def as_given(self) -> OrderView:
        """The order it began with, as the seat gave it."""
        if self._given is None:
            asked = self.order.parameters
            self._given = OrderView(
                tick=self.given_tick,
                response=self.source,
                catalogue=self.catalogue,
                target=self.order.target,
                parameters=tuple((name, str(asked[name])) for name in sorted(asked)),
                reason=self.order.reason,
            )
        return self._given

    def ran(self, tick: int) -> bool:
        """Return True when it is running and has run its time, so that nobody broke it off; never for one without."""
        return self.stage == Stage.RUN and 0 < self.run_ticks <= tick - self.stage_tick

    def fork(self) -> "Activity":
        """A copy that can change on its own."""
        other = twin(self)
        other.memo = dict(self.memo)
        return other

    def numbers(self) -> tuple[int | float | str, ...]:
        """What of it can change: what a digest covers. The order itself is an input and stands in the journal."""
        memo = [part for name in sorted(self.memo) for part in (name, self.memo[name])]
        return (self.number, self.stage, self.stage_tick, self.began_tick, self.x, self.y, " ".join(self.units), *memo)

    def text(self, name: str, default: str = "") -> str:
        """A text parameter of the order."""
        return str(self.order.parameters.get(name, default))

    def count(self, name: str) -> float:
        """A number remembered under this name, 0 at first."""
        return float(self.memo.get(name, 0.0))

    def add(self, name: str, amount: float = 1.0) -> float:
        """Adds to a remembered number and returns the sum."""
        total = self.count(name) + amount
        self.memo[name] = total
        return total
