"""O11: police can be taken away one by one for long without anything happening, until all at once it does."""

from sim.core.phrase import Phrase
from sim.science.experiment.civil_violence import CivilViolence
from sim.science.row.row import Case, Check, Curve, Found, Row
from sim.science.statistics import median

CUT = 100
"""Step at which police begin to leave."""
EVERY = 5
"""Steps from one leaving to the next."""
FULL = CivilViolence(legitimacy=0.8, jail_most_steps=None, police_share=0.074, steps=700)
SHRINKING = FULL.model_copy(
    update={"police_left": tuple((CUT + EVERY * k, 1.0 - (k + 1) / FULL.police) for k in range(FULL.police))},
)


def left_at_burst(found: Found, case: str) -> list[float]:
    """Share of the police still there at the first burst; 0 where there is none."""
    shares = []
    for step in found.values(case, "first_burst_step"):
        gone = max(0.0, (step - CUT) // EVERY + 1.0)
        shares.append(max(0.0, 1.0 - gone / FULL.police) if step >= 0.0 else 0.0)
    return shares


class FewerPolice(Row):
    """Epstein's gradual reduction."""

    id = "O11"
    fact = Phrase("Taking police away bit by bit changes nothing for long, and then brings a sudden burst")
    source = "Epstein 2002, PNAS 99 (suppl. 3), 7243-7250; Thron and Jackson dispute how sudden"
    expected = Phrase(
        "median of 5 active at most before the cut; first burst of more than 50 while 60 to 92 % of police are left"
    )
    standing = Phrase(
        "Rules and numbers are Epstein's; the bounds are those of an independent run of the same rules. "
        "Thron and Jackson find smooth change in their version, so the shape is reported and no more is claimed."
    )
    mechanism = Phrase("officers per active are not rounded down")
    axes = (Phrase("step"), Phrase("people active"))

    def cases(self, *, fast: bool) -> dict[str, Case]:
        """Return the run."""
        return {"shrinking": Case(SHRINKING, range(1, 4 if fast else 21))}

    def checks(self, found: Found) -> list[Check]:
        """Return quiet before, and how many police are left at the first burst."""
        before = [median(active[:CUT]) for active in found.series("shrinking", "active")]
        left = left_at_burst(found, "shrinking")
        return [
            Check(Phrase("median of people active before the cut, at most"), max(before), high=5.0, n=len(before)),
            Check.over(Phrase("share of police left at the first burst, median"), left, 0.60, 0.92, statistic=median),
        ]

    def control(self, *, fast: bool) -> dict[str, Case]:
        """Return the run without rounding."""
        return {"smooth": Case(SHRINKING.model_copy(update={"rounding": "none"}), range(1, 4 if fast else 21))}

    def failures(self, found: Found, control: Found) -> list[Check]:
        """Return that it never bursts then while so many police are left."""
        left = left_at_burst(control, "smooth")
        return [Check(Phrase("share of police left at the first burst, at most"), max(left), high=0.60, n=len(left))]

    def curves(self, found: Found) -> list[Curve]:
        """Return one run."""
        active = found.series("shrinking", "active")[0]
        return [Curve(Phrase("one run"), [float(k) for k in range(len(active))], active)]
