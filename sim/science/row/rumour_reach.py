"""O13: a fifth never hears a rumour, however large the crowd, and what chance adds shrinks with its size."""

from sim.core.maths import log
from sim.core.phrase import Phrase
from sim.science.experiment.hearsay import Hearsay, never_heard
from sim.science.row.row import Case, Check, Curve, Found, Row
from sim.science.statistics import deviation, line, mean

SIZES = (300, 1000, 3000, 10_000)
LARGEST = str(SIZES[-1])
DIED_OUT = 0.9
"""A run in which more than this never heard it died out at once and says nothing of how far rumours get."""


def spread_out(found: Found, case: str) -> list[float]:
    """Share who never heard it, of the runs in which it got about."""
    return [share for share in found.values(case, "ignorant") if share < DIED_OUT]


class RumourReach(Row):
    """Maki and Thompson through the product's own tellings; Daley and Kendall by pairs."""

    id = "O13"
    fact = Phrase("A rumour told until its tellers meet people who know it leaves a fifth of a crowd out")
    source = "Sudbury 1985, Journal of Applied Probability 22, 443-446; Daley and Kendall 1965; Maki and Thompson 1973"
    expected = Phrase(
        "0.2032 never hear it, within 0.01, of 10,000 people and in both models; "
        "the standard deviation falls with the square root of the number of people"
    )
    standing = Phrase(
        "Sourced: the share is a theorem for crowds that mix completely. The product's own reach of talk and chance of "
        "being believed are assumed and switched off here."
    )
    mechanism = Phrase("pairs are drawn wrongly: a teller, then anybody, and both stop")
    axes = (Phrase("people"), Phrase("share who never hear it"))

    def cases(self, *, fast: bool) -> dict[str, Case]:
        """Return both models for crowds of several sizes."""
        seeds = range(1, 61 if fast else 201)
        slow = range(1, 11) if fast else seeds
        cases = {f"by the second, {n}": Case(Hearsay(people=n), slow) for n in SIZES}
        return cases | {f"pairs, {n}": Case(Hearsay(people=n, schedule="pairs", stops="both"), seeds) for n in SIZES}

    def checks(self, found: Found) -> list[Check]:
        """Return the share left out in the largest crowd, and how the spread falls."""
        low, high = never_heard() - 0.01, never_heard() + 0.01
        sizes = [log(n) for n in SIZES]
        spreads = [log(deviation(spread_out(found, f"pairs, {n}"))) for n in SIZES]
        return [
            Check.over(
                Phrase("Maki and Thompson, share left out"), spread_out(found, f"by the second, {LARGEST}"), low, high
            ),
            Check.over(Phrase("Daley and Kendall, share left out"), spread_out(found, f"pairs, {LARGEST}"), low, high),
            Check(
                Phrase("power of the number of people with which the spread falls"),
                line(sizes, spreads)[0],
                -0.65,
                -0.35,
            ),
        ]

    def control(self, *, fast: bool) -> dict[str, Case]:
        """Return the wrong schedule."""
        wrong = Hearsay(people=SIZES[-1], schedule="tellings", stops="both")
        return {"wrong pairs": Case(wrong, range(1, 61 if fast else 201))}

    def failures(self, found: Found, control: Found) -> list[Check]:
        """Return the share the wrong schedule is known for."""
        return [Check.over(Phrase("share left out"), spread_out(control, "wrong pairs"), 0.274, 0.294)]

    def curves(self, found: Found) -> list[Curve]:
        """Return the mean share by size of the crowd, and the theorem."""
        sizes = [float(n) for n in SIZES]
        curves = [Curve(Phrase("large crowds (Sudbury 1985)"), sizes, [never_heard()] * len(sizes), published=True)]
        for label, name in (("by the second", "Maki and Thompson"), ("pairs", "Daley and Kendall")):
            shares = [spread_out(found, f"{label}, {n}") for n in SIZES]
            means, sds = [mean(each) for each in shares], [deviation(each) for each in shares]
            spread = [(m - sd, m + sd) for m, sd in zip(means, sds, strict=True)]
            curves.append(
                Curve(
                    Phrase("{model}, with one standard deviation", model=name), sizes, means, dots=True, spread=spread
                )
            )
        return curves
