"""Gates: barriers, planters and shutters across a way, which stand until somebody opens them."""

import math
from dataclasses import dataclass

from sim.core.twin import twin
from sim.crowd.body import Bodies, BodyKind

DISC_M = 0.35
"""Radius of the discs a barrier is made of, m (assumed)."""
SPACING_M = 1.0
"""From one disc to the next, m: nobody gets between them."""
FIRST_UNIT = 100_000
"""Bodies of the k-th gate belong to the unit of this number plus k, which no unit or vehicle has."""


@dataclass(slots=True)
class Gate:
    """One straight row of barriers from (x0, y0) to (x1, y1), m; once open it blocks nobody."""

    id: str
    x0: float
    y0: float
    x1: float
    y1: float
    open: bool = False

    def fork(self) -> "Gate":
        """A copy that can change on its own."""
        return twin(self)

    @property
    def middle(self) -> tuple[float, float]:
        """Middle of the row, m."""
        return 0.5 * (self.x0 + self.x1), 0.5 * (self.y0 + self.y1)

    def spots(self) -> list[tuple[float, float]]:
        """Middles of its discs, m."""
        dx, dy = self.x1 - self.x0, self.y1 - self.y0
        n = max(1, math.ceil(math.sqrt(dx * dx + dy * dy) / SPACING_M))
        return [(self.x0 + dx * k / n, self.y0 + dy * k / n) for k in range(n + 1)]


def gate_bodies(gates: list[Gate]) -> Bodies:
    """The closed ones as bodies nobody walks through."""
    spots = [(FIRST_UNIT + k, x, y) for k, gate in enumerate(gates) if not gate.open for x, y in gate.spots()]
    bodies = Bodies.blank(len(spots))
    bodies.unit[:] = [unit for unit, _, _ in spots]
    bodies.x[:] = [x for _, x, _ in spots]
    bodies.y[:] = [y for _, _, y in spots]
    bodies.radius[:] = DISC_M
    bodies.kind[:] = int(BodyKind.VEHICLE)
    bodies.closed[:] = 1
    return bodies
