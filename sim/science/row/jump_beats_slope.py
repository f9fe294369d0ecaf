"""O10: a sudden small fall of legitimacy brings out more people at once than a slow fall much farther."""

from sim.core.phrase import Phrase
from sim.science.experiment.civil_violence import CivilViolence
from sim.science.row.row import Case, Check, Curve, Found, Row
from sim.science.statistics import mean

FALLS = 50
"""Step at which legitimacy begins to fall."""
BASE = CivilViolence(legitimacy=0.9, jail_most_steps=15, steps=200)
JUMP = BASE.model_copy(update={"legitimacy_from": ((FALLS, 0.7),)})
SLOPE = BASE.model_copy(
    update={"legitimacy_from": tuple((FALLS + k, round(0.89 - 0.01 * k, 2)) for k in range(70))},
)
"""From 0.9 to 0.2, a hundredth a step."""


def wins(found: Found, jump: str, slope: str) -> int:
    """How often the jump peaks higher in the same population."""
    pairs = zip(found.values(jump, "peak"), found.values(slope, "peak"), strict=True)
    return sum(a > b for a, b in pairs)


class JumpBeatsSlope(Row):
    """Epstein's comparison of two regimes that lose legitimacy."""

    id = "O10"
    fact = Phrase("A sudden fall of legitimacy brings out more people at once than a slow fall much farther")
    source = "Epstein 2002, PNAS 99 (suppl. 3), 7243-7250"
    expected = Phrase(
        "the fall from 0.9 to 0.7 in one step peaks higher than that to 0.2 in steps of 0.01 in 19 of 20 populations, "
        "2 steps after it at most"
    )
    standing = Phrase("Rules, numbers and ordering are Epstein's; the count of 19 in 20 is our bound.")
    mechanism = Phrase("officers per active are not rounded down")
    axes = (Phrase("step"), Phrase("people active, mean"))

    def cases(self, *, fast: bool) -> dict[str, Case]:
        """Return both falls in the same populations."""
        seeds = range(1, 6 if fast else 21)
        return {"jump": Case(JUMP, seeds), "slope": Case(SLOPE, seeds)}

    def checks(self, found: Found) -> list[Check]:
        """Return who peaks higher, and when."""
        n = len(found.trials["jump"])
        late = max(found.values("jump", "peak_step")) - FALLS
        return [
            Check(
                Phrase("share of populations in which the jump peaks higher"),
                wins(found, "jump", "slope") / n,
                0.95,
                n=n,
            ),
            Check(Phrase("steps from the jump to its peak, at most"), late, 0.0, 2.0, n=n),
        ]

    def control(self, *, fast: bool) -> dict[str, Case]:
        """Return both falls without rounding."""
        seeds = range(1, 6 if fast else 21)
        smooth = {"rounding": "none"}
        return {
            "smooth jump": Case(JUMP.model_copy(update=smooth), seeds),
            "smooth slope": Case(SLOPE.model_copy(update=smooth), seeds),
        }

    def failures(self, found: Found, control: Found) -> list[Check]:
        """Return that the slope peaks higher then."""
        n = len(control.trials["smooth jump"])
        share = wins(control, "smooth jump", "smooth slope") / n
        return [Check(Phrase("share of populations in which the jump peaks higher"), share, high=0.05, n=n)]

    def curves(self, found: Found) -> list[Curve]:
        """Return both courses, the mean over populations."""
        curves = []
        for case, name in (("jump", Phrase("0.9 to 0.7 at once")), ("slope", Phrase("0.9 to 0.2 bit by bit"))):
            active = [mean(step) for step in zip(*found.series(case, "active"), strict=True)]
            curves.append(Curve(name, [float(k) for k in range(len(active))], active))
        return curves
