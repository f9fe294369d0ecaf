"""Where feelings that are only absorbed end up: what contagion keeps the same, worked out person by person."""

import math

import numpy as np

from sim.core.kernel import kernel
from sim.core.maths import exp
from sim.crowd.people import Floats


@kernel
def weights(
    x: Floats, y: Floats, expressiveness: Floats, receptivity: Floats, ell_m: float, cut_m: float, mass: float
) -> Floats:
    """Return the weight of each person's feeling in the value a group ends up with; they sum to 1.

    With dq_i/dt proportional to d_i c_i (sum_j w_ij e_j q_j / m_i - q_i), m_i = sum_j w_ij e_j and w symmetric, the sum
    of e_i m_i q_i / (d_i c_i) never changes: e is expressiveness, d receptivity, w = exp(-distance / ell) up to the
    cut, and c = min(1, sum_j w_ij / mass) how much company a person has. All of d have to be above 0.
    """
    n = len(x)
    found = np.empty(n)
    total = 0.0
    for i in range(n):
        company = loud = 0.0
        for j in range(n):
            dx, dy = x[i] - x[j], y[i] - y[j]
            distance = math.sqrt(dx * dx + dy * dy)
            if distance <= cut_m:
                w = exp(-distance / ell_m)
                company += w
                loud += w * expressiveness[j]
        found[i] = expressiveness[i] * loud / (receptivity[i] * min(1.0, company / mass))
        total += found[i]
    return found / total
