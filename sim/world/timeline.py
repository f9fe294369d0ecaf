"""Where each inject of the timeline stands."""

from dataclasses import dataclass

from sim.core.twin import twin


@dataclass(slots=True)
class InjectState:
    """One inject: waiting until it fires, then handled, missed or just past."""

    status: str = "waiting"
    """`waiting`, `fired`, `handled`, `missed`, `past` (nothing to handle) or `skipped` (its condition did not hold)."""
    fired_tick: int = -1
    first_answer_tick: int = -1
    """When an accepted order first answered it."""

    def fork(self) -> "InjectState":
        """A copy that can change on its own."""
        return twin(self)
