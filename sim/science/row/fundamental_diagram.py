"""O2: the denser the crowd, the slower it walks, as Weidmann collected it."""

import math
from itertools import pairwise

from sim.core.maths import exp
from sim.core.phrase import Phrase
from sim.science.experiment.corridor import Corridor
from sim.science.row.row import Case, Check, Curve, Found, Row
from sim.science.statistics import interval, mean

_DENSITIES = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0)
_QUICK = (1.0, 2.0, 3.5)
_SHARED = 4.0
"""Up to here errors count as shares of the speed, above it, where people nearly stand, in m/s."""
_SLOW_GAP = {"drawing.gap_s": 1.06}
"""The time gap JuPedSim gives the anticipation velocity model unless told otherwise."""


def weidmann(density: float) -> float:
    """Return mean walking speed on the level at a density in persons/m2, m/s (Weidmann 1993)."""
    return 1.34 * (1.0 - exp(-1.913 * (1.0 / density - 1.0 / 5.4)))


class FundamentalDiagram(Row):
    """Speed against density in a corridor without ends."""

    id = "O2"
    fact = Phrase("The denser a crowd in a corridor, the slower it walks")
    source = "Weidmann 1993 (speed-density relation)"
    expected = Phrase(
        "mean speed within 15 % of Weidmann's at 0.5 to 4 persons/m2 and within 0.06 m/s at 4.5 and 5, "
        "at most 0.09 m/s off on the whole, and always falling"
    )
    standing = Phrase(
        "The curve is sourced; body radius, time gap and steering at low speed were fitted to it in this corridor. "
        "Other corridors were measured otherwise: this is a baseline, not a law."
    )
    mechanism = Phrase("the fitted time gap: the one JuPedSim has by default, 1.06 s, instead")
    axes = (Phrase("density, persons/m2"), Phrase("mean speed, m/s"))

    def cases(self, *, fast: bool) -> dict[str, Case]:
        """Return a corridor for each density."""
        if fast:
            return {
                f"{d:g}": Case(Corridor(density_per_m2=d, length_m=20.0, warm_up_s=20, measured_s=20), (1,))
                for d in _QUICK
            }
        return {f"{d:g}": Case(Corridor(density_per_m2=d), range(1, 6)) for d in _DENSITIES}

    def checks(self, found: Found) -> list[Check]:
        """Return the error at each density, of all of them together, and the largest rise."""
        result, squares, means = [], [], []
        for case in found.trials:
            density = float(case)
            speeds, law = found.values(case, "speed_m_s"), weidmann(density)
            means.append(mean(speeds))
            squares.append((means[-1] - law) * (means[-1] - law))
            scale, most, unit = (law, 0.15, "1") if density <= _SHARED else (1.0, 0.06, "m/s")
            errors = [(speed - law) / scale for speed in speeds]
            what = Phrase("error of the speed at {density:g} persons/m2", density=density)
            result.append(Check(what, mean(errors), -most, most, unit, interval(errors), len(errors)))
        rms = math.sqrt(mean(squares))
        result.append(Check(Phrase("error of the speed on the whole"), rms, None, 0.09, "m/s", n=len(means)))
        rise = max(b - a for a, b in pairwise(means))
        rises = Phrase("largest change of speed from one density to the next")
        result.append(Check(rises, rise, None, -0.001, "m/s", n=len(means)))
        return result

    def control(self, *, fast: bool) -> dict[str, Case]:
        """Return the same corridors with the other time gap."""
        return {
            name: Case(case.experiment.model_copy(update={"numbers": _SLOW_GAP}), case.seeds[:2])
            for name, case in self.cases(fast=fast).items()
            if float(name) <= _SHARED
        }

    def failures(self, found: Found, control: Found) -> list[Check]:
        """Return how far off the speeds are then: the demand of the row is left behind."""
        errors = [control.mean(case, "speed_m_s") - weidmann(float(case)) for case in control.trials]
        rms = math.sqrt(mean([error * error for error in errors]))
        worst = min(error / weidmann(float(case)) for case, error in zip(control.trials, errors, strict=True))
        return [
            Check(Phrase("error of the speed on the whole"), rms, 0.09, None, "m/s", n=len(errors)),
            Check(Phrase("worst error of the speed"), worst, None, -0.15, n=len(errors)),
        ]

    def curves(self, found: Found) -> list[Curve]:
        """Return Weidmann's curve and the speeds measured here."""
        line = [0.25 + 0.125 * k for k in range(40)]
        cases = sorted(found.trials, key=float)
        spread = [interval(found.values(case, "speed_m_s")) for case in cases]
        return [
            Curve(Phrase("Weidmann 1993"), line, [weidmann(d) for d in line], published=True),
            Curve(
                Phrase("measured here"),
                [float(case) for case in cases],
                [found.mean(case, "speed_m_s") for case in cases],
                dots=True,
                spread=spread,
            ),
        ]
