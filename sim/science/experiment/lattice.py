"""People who stand at known densities, and what the product's estimate of density makes of them."""

from typing import Literal

import numpy as np
from pydantic import Field

from sim.core.geometry import Rect
from sim.core.maths import cos, sin
from sim.core.noise import Noise
from sim.crowd.people import Floats
from sim.crowd.pressure import CUT
from sim.science.experiment.experiment import Experiment, Measured
from sim.science.walkers import OTHER, Walkers, adults, ground_of, uniforms

_TURN, _SHIFT, _X, _Y = OTHER, OTHER + 1, OTHER + 2, OTHER + 3

Places = Literal["hex", "square", "anywhere"]


class Lattice(Experiment):
    """The density estimate against the truth: people on a turned and shifted lattice, shaken, or anywhere."""

    setup: Literal["lattice"] = "lattice"
    density_per_m2: float = Field(default=2.0, ge=0.1, le=10.0, description="True density, persons/m2.")
    side_m: float = Field(default=14.0, ge=6.0, le=60.0, description="Side of the square that is looked at, m.")
    places: Places = Field(default="hex", description="How people stand.")
    shaken: float = Field(
        default=0.0, ge=0.0, le=0.5, description="Largest displacement from the lattice along each axis, in spacings."
    )

    def trial(self, noise: Noise) -> Measured:
        """Run once: put people down and let the product read their density; nobody walks.

        Measures `error` (mean estimate over the people, against the truth, as a share), `worst` (of the single
        estimates, its largest error) and `people` (how many count: those whose surroundings are whole).
        """
        margin = CUT * self.model.walking.density_sigma + 0.5
        x, y = self._places(noise, self.side_m + 2.0 * margin)
        people = adults(len(x), noise, self.model, speed_m_s=1.34, drive=0.0)
        people.x[:], people.y[:] = x, y
        end = self.side_m + 2.0 * margin
        ground = ground_of(end, end, (), (Rect(0.0, 0.0, 1.0, 1.0),), 1.0)
        Walkers(people, ground, noise, self.model).press(0)
        whole = (x > margin) & (x < end - margin) & (y > margin) & (y < end - margin)
        errors = people.density[whole] / self.density_per_m2 - 1.0
        return {
            "error": float(np.mean(errors)),
            "worst": float(np.max(np.abs(errors))),
            "people": float(whole.sum()),
        }

    def _places(self, noise: Noise, side_m: float) -> tuple[Floats, Floats]:
        """Return places all over a square that starts at the origin."""
        if self.places == "anywhere":
            n = round(self.density_per_m2 * side_m * side_m)
            return side_m * uniforms(noise, _X, n), side_m * uniforms(noise, _Y, n)
        across, up = _spacing(self.places, self.density_per_m2)
        half = int(side_m / min(across, up)) + 2
        row, column = np.divmod(np.arange((2 * half + 1) * (2 * half + 1)), 2 * half + 1)
        stagger = 0.5 * (row % 2) if self.places == "hex" else 0.0
        n = len(row)
        u = across * (column - half + stagger + self.shaken * (2.0 * uniforms(noise, _X, n) - 1.0))
        v = up * (row - half + self.shaken * (2.0 * uniforms(noise, _Y, n) - 1.0))
        angle = 6.283185307179586 * float(uniforms(noise, _TURN, 1)[0])
        shift = uniforms(noise, _SHIFT, 2)
        x = 0.5 * side_m + cos(angle) * u - sin(angle) * v + across * shift[0]
        y = 0.5 * side_m + sin(angle) * u + cos(angle) * v + up * shift[1]
        inside = (x > 0.0) & (x < side_m) & (y > 0.0) & (y < side_m)
        return x[inside], y[inside]


def _spacing(places: Places, density: float) -> tuple[float, float]:
    """Return how far apart the columns and the rows of a lattice of this density are, m."""
    if places == "square":
        apart = float(np.sqrt(1.0 / density))
        return apart, apart
    apart = float(np.sqrt(2.0 / (np.sqrt(3.0) * density)))
    return apart, apart * float(np.sqrt(3.0)) / 2.0
