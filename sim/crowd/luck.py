"""One person's luck: a keyed random number as a call, for kernels that ask for few and should compile quickly."""

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.core.noise import uniform


@kernel
def luck(key: NDArray[np.uint32], stream: int, tick: int, person: int) -> float:
    """Return the number in [0, 1) that belongs to (key, stream, tick, person): `noise.uniform`, not inlined."""
    return uniform(key, stream, tick, person)
