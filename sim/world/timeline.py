"""Where each inject of the timeline stands."""

from dataclasses import dataclass

from sim.core.twin import twin


@dataclass(slots=True)
class InjectState:
    """One inject: waiting until it fires, then handled, missed or just past."""

    status: str = "waiting"
    """`waiting`, `fired`, `handled`, `missed`, `past` (nothing to handle), `skipped` (its condition did not hold) or
    `left_out` (in a hidden state of the review, in which it never comes)."""
    fired_tick: int = -1
    first_answer_tick: int = -1
    """When an accepted order first answered it."""
    shift_min: float = 0.0
    """How much later than its minute it comes: other than 0 only in a hidden state of the review."""

    def fork(self) -> "InjectState":
        """A copy that can change on its own."""
        return twin(self)
