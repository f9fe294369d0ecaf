"""O7: density is read right, who pushes at a shut gate is in danger, and nobody is crushed where there is room."""

from sim.core.phrase import Phrase
from sim.science.experiment.dead_end import DeadEnd
from sim.science.experiment.lattice import Lattice, Places
from sim.science.row.row import Case, Check, Curve, Found, Row
from sim.science.statistics import mean

_DENSITIES = (0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0)
_SHAKEN = 0.1
_DRIVE = 0.8
_STANDING: tuple[tuple[Places, float], ...] = (("hex", 0.0), ("hex", _SHAKEN), ("square", _SHAKEN))
_STANDSTILL = 5.4
"""Density at which Weidmann's pedestrians stand, persons/m2: nobody who is calm walks on into a denser crowd."""
_FLUID = 7.0
"""Density at which a crowd moves like a fluid and nobody by their own will (Fruin 1993), persons/m2."""
_RIGID = {"walking.squeeze_drive": 0.0, "walking.push_n": 0.0}


class CrushReadout(Row):
    """A dead-end street, and crowds that stand at known densities."""

    id = "O7"
    fact = Phrase("A crowd that pushes at a shut gate gets dangerously dense; a calm one does not")
    source = "Fruin 1993 (crush); Helbing, Johansson & Al-Abideen 2007 (local density); Weidmann 1993 (standstill)"
    expected = Phrase(
        "mean density read within 5 % on lattices, even and shaken, from 0.5 to 7 persons/m2; 400 people who push "
        "exceed 7 persons/m2 within 3 min in 18 of 20 runs; calm, they stay below 5.4 in 18 of 20; no crush injury "
        "below 4"
    )
    standing = Phrase(
        "Levels of danger are sourced; loads, injury rates and how hard people push are assumed. The bounds were 5 for "
        "both at first. But by Weidmann's law (O2) calm people still walk at 5 and stand at 5.4, and whoever pushes "
        "passes 5 at once; so the bounds are where pedestrians stand and where a crowd becomes fluid (Fruin). Where "
        "people stand anywhere at random the estimate is above the mean by up to 0.33 persons/m2, one's own share."
    )
    mechanism = Phrase("pushing: at full drive people press no closer and pass on no load")
    axes = (Phrase("time, s"), Phrase("highest density, persons/m2"))

    def cases(self, *, fast: bool) -> dict[str, Case]:
        """Return the lattices, and the street with a driven and a calm crowd."""
        seeds = range(1, 2 if fast else 21)
        even = {
            f"{places} {density:g} {shaken:g}": Case(
                Lattice(density_per_m2=density, places=places, shaken=shaken), seeds[:4]
            )
            for density in (_DENSITIES[::7] if fast else _DENSITIES)
            for places, shaken in _STANDING
        }
        return {
            "driven": Case(DeadEnd(drive=_DRIVE, seconds=90 if fast else 180), seeds),
            "calm": Case(DeadEnd(seconds=90 if fast else 180), seeds),
            **even,
        }

    def checks(self, found: Found) -> list[Check]:
        """Return the worst mean error of the estimate, and in how many runs the street does what it should."""
        lattices = [case for case in found.trials if case not in {"driven", "calm"}]
        errors = [found.mean(case, "error") for case in lattices]
        worst = max(errors, key=abs)
        driven, calm = found.values("driven", "peak_per_m2"), found.values("calm", "peak_per_m2")
        early = [hurt for case in ("driven", "calm") for hurt in found.values(case, "hurt_below_4")]
        crushed = mean([float(density > _FLUID) for density in driven])
        standing = mean([float(density < _STANDSTILL) for density in calm])
        return [
            Check(Phrase("worst mean error of the density read"), worst, -0.05, 0.05, n=len(errors)),
            Check(Phrase("share of runs denser than 7 persons/m2, pushing"), crushed, 0.9, None, n=len(driven)),
            Check(Phrase("share of runs below 5.4 persons/m2, calm"), standing, 0.9, None, n=len(calm)),
            Check(Phrase("people hurt where it was less dense than 4 persons/m2"), sum(early), None, 0.0, n=len(early)),
        ]

    def control(self, *, fast: bool) -> dict[str, Case]:
        """Return the driven crowd that does not press closer than a calm one."""
        case = self.cases(fast=fast)["driven"]
        rigid = case.experiment.model_copy(update={"numbers": _RIGID})
        return {"driven": Case(rigid, case.seeds if fast else case.seeds[:10])}

    def failures(self, found: Found, control: Found) -> list[Check]:
        """Return the load then, and how many are hurt for each who is when people push."""
        hurt, usual = control.mean("driven", "dose"), found.mean("driven", "dose")
        return [
            Check(Phrase("highest load"), max(control.values("driven", "load_n_m")), None, 0.0, "N/m"),
            Check(Phrase("expected injuries over those of a crowd that pushes"), hurt / usual, None, 0.1),
        ]

    def curves(self, found: Found) -> list[Curve]:
        """Return the highest density by second, mean over the runs."""
        result = []
        for case, name in (("driven", Phrase("pushing")), ("calm", Phrase("calm"))):
            runs = found.series(case, "densities_per_m2")
            seconds = range(len(runs[0]))
            result.append(Curve(name, [float(s) for s in seconds], [mean([run[s] for run in runs]) for s in seconds]))
        for name, bound in ((Phrase("fluid (Fruin)"), _FLUID), (Phrase("standing (Weidmann)"), _STANDSTILL)):
            result.append(Curve(name, [0.0, float(len(runs[0]))], [bound, bound], published=True))
        return result
