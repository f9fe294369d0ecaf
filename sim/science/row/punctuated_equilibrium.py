"""O9: rebellion comes in bursts with long quiet between them, and only where risk is rounded down."""

from sim.core.phrase import Phrase
from sim.science.experiment.civil_violence import CivilViolence
from sim.science.row.row import Case, Check, Curve, Found, Row

SHOWN = 400
"""Steps drawn."""


class PunctuatedEquilibrium(Row):
    """Epstein's first run."""

    id = "O9"
    fact = Phrase("Rebellion under a fixed regime comes in sudden bursts with long quiet between them")
    source = "Epstein 2002, PNAS 99 (suppl. 3), 7243-7250, model I; Lemos et al. 2015 on rounding"
    expected = Phrase(
        "more than 50 of 1120 active 2.5 to 5 times in 100 steps, 280 to 420 at the peak, "
        "and 5 at most in 50 to 75 % of the steps"
    )
    standing = Phrase(
        "The rules and their numbers are Epstein's; that officers per active are rounded down is not in his text and "
        "comes from later implementations. The bounds are those of an independent run of the same rules, "
        "as the paper gives no table."
    )
    mechanism = Phrase("officers per active are not rounded down")
    axes = (Phrase("step"), Phrase("people active"))

    def cases(self, *, fast: bool) -> dict[str, Case]:
        """Return the run."""
        return {"rounded": Case(CivilViolence(), range(1, 4 if fast else 21))}

    def checks(self, found: Found) -> list[Check]:
        """Return bursts, height and quiet."""
        return [
            Check.over(Phrase("bursts in 100 steps"), found.values("rounded", "bursts_per_100"), 2.5, 5.0),
            Check.over(Phrase("most people active at once"), found.values("rounded", "peak"), 280.0, 420.0),
            Check.over(Phrase("share of quiet steps"), found.values("rounded", "quiet_share"), 0.50, 0.75),
        ]

    def control(self, *, fast: bool) -> dict[str, Case]:
        """Return the run without rounding."""
        return {"smooth": Case(CivilViolence(rounding="none"), range(1, 4 if fast else 21))}

    def failures(self, found: Found, control: Found) -> list[Check]:
        """Return that nothing bursts then."""
        return [
            Check.over(Phrase("most people active at once"), control.values("smooth", "peak"), high=25.0),
            Check(Phrase("bursts in 100 steps"), control.mean("smooth", "bursts_per_100"), high=0.0),
        ]

    def curves(self, found: Found) -> list[Curve]:
        """Return the first steps of one run."""
        active = found.series("rounded", "active")[0][:SHOWN]
        return [Curve(Phrase("one run"), list(range(len(active))), active)]
