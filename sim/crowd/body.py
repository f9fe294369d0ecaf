"""Bodies that are not people of the crowd: officers and vehicles, as discs that block, push and can be seen."""

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray  # noqa: TC002 - dataclass annotations are read at run time

from sim.crowd.people import Bytes, Floats, Ints


class BodyKind(IntEnum):
    """What a body is to the people around it."""

    OFFICER = 0
    VEHICLE = 1


@dataclass(slots=True)
class Bodies:
    """Struct of arrays over m discs; given to the crowd each tick by the world, anew whenever one of them changed."""

    x: Floats
    y: Floats
    radius: Floats
    """m; officers 0.25, a vehicle is three discs of 0.9 in a row."""
    vx: Floats
    """m/s."""
    vy: Floats
    kind: Bytes
    """`BodyKind`."""
    closed: Bytes
    """1 when nobody may pass through the gap to the next body of the same unit (a closed line)."""
    unit: Ints
    """Index of the unit or vehicle the body belongs to."""
    gear: Floats
    """Gear level 0 (soft hat) .. 3 (shields); 0 for vehicles."""

    @classmethod
    def blank(cls, m: int) -> Self:
        """m discs at the origin, standing."""
        kinds: dict[str, NDArray[np.generic]] = {}
        for f in fields(cls):
            kind = np.uint8 if f.type is Bytes else np.int32 if f.type is Ints else np.float64
            kinds[f.name] = np.zeros(m, kind)
        return cls(**kinds)  # type: ignore[arg-type]  # dtypes follow the annotations, one by one

    def __len__(self) -> int:
        """Number of discs."""
        return len(self.x)
