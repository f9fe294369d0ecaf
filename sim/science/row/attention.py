"""O8: the more people stand on a pavement and look up, the more of those who pass look too, and stop."""

from itertools import pairwise

from sim.core.maths import log
from sim.core.phrase import Phrase
from sim.science.experiment.pavement import Pavement
from sim.science.row.row import Case, Check, Curve, Found, Row
from sim.science.statistics import line, mean

SIZES = (1, 2, 3, 5, 10, 15)
MANY = 1600
"""Passers-by of a single run that has to be as good as several."""
LOOKED = {1: 0.42, 15: 0.86}
STOPPED = {1: 0.04, 15: 0.40}
"""Milgram, Bickman and Berkowitz 1969, as secondary sources give it."""


class Attention(Row):
    """Milgram's pavement, with the product's own passers-by."""

    id = "O8"
    fact = Phrase("The more people stand on a pavement and look up, the more of those who pass look too, and stop")
    source = "Milgram, Bickman and Berkowitz 1969, J. Personality and Social Psychology 13, 79-82; Gallup et al. 2012"
    expected = Phrase(
        "looking from 0.42 for one to 0.86 for fifteen, within 0.06; stopping from 0.04 to 0.40, within 0.05; "
        "less for each further person, and no jump above 0.25"
    )
    standing = Phrase(
        "Fitted: both curves go through the published ends, read in secondary sources; what is tested is that walking "
        "past, sight and copying of those who stopped leave them there. How long people look is assumed."
    )
    mechanism = Phrase("a group is copied no more than one person")
    axes = (Phrase("people who stand and look"), Phrase("share of passers-by"))

    def cases(self, *, fast: bool) -> dict[str, Case]:
        """Return a pavement for each size of group."""
        if fast:
            return {str(n): Case(Pavement(lookers=n, passers=MANY), [1]) for n in (1, 15)}
        return {str(n): Case(Pavement(lookers=n), range(1, 6)) for n in SIZES}

    def checks(self, found: Found) -> list[Check]:
        """Return both ends of both curves, and their form."""
        checks = []
        for n in (1, 15):
            looked, stopped = found.values(str(n), "looked"), found.values(str(n), "stopped")
            what = Phrase("looking, for {n}", n=n)
            checks.append(Check.over(what, looked, LOOKED[n] - 0.06, LOOKED[n] + 0.06))
            what = Phrase("stopping, for {n}", n=n)
            checks.append(Check.over(what, stopped, STOPPED[n] - 0.05, STOPPED[n] + 0.05))
        return checks + (self._form(found) if len(found.trials) == len(SIZES) else [])

    def _form(self, found: Found) -> list[Check]:
        """Both curves rise, ever less for each further person, without a jump."""
        looked = [found.mean(str(n), "looked") for n in SIZES]
        stopped = [found.mean(str(n), "stopped") for n in SIZES]
        steps = [b - a for curve in (looked, stopped) for a, b in pairwise(curve)]
        each = [(b - a) / (m - n) for (a, b), (n, m) in zip(pairwise(looked), pairwise(SIZES), strict=True)]
        bend = max(b - a for a, b in pairwise(each))
        power = line([log(n) for n in SIZES], [log(max(1e-6, s)) for s in stopped])[0]
        return [
            Check(Phrase("smallest step from one size to the next"), min(steps), 0.0),
            Check(Phrase("largest step from one size to the next"), max(steps), high=0.25),
            Check(Phrase("looking, largest rise of the gain by one more person"), bend, high=0.01),
            Check(Phrase("stopping, power of the size"), power, 0.0, 1.0),
        ]

    def control(self, *, fast: bool) -> dict[str, Case]:
        """Return the largest group, when its size counts for nothing."""
        flat = {"perceiving.look_exponent": 0.0, "perceiving.stop_exponent": 0.0}
        if fast:
            return {"flat": Case(Pavement(lookers=15, passers=MANY, numbers=flat), [1])}
        return {"flat": Case(Pavement(lookers=15, numbers=flat), range(1, 6))}

    def failures(self, found: Found, control: Found) -> list[Check]:
        """Return that fifteen are copied no more than one then."""
        return [
            Check.over(Phrase("looking, for {n}", n=15), control.values("flat", "looked"), high=LOOKED[15] - 0.06),
            Check.over(Phrase("stopping, for {n}", n=15), control.values("flat", "stopped"), high=STOPPED[15] - 0.05),
        ]

    def curves(self, found: Found) -> list[Curve]:
        """Return both curves and the published ends."""
        sizes = [float(n) for n in SIZES if str(n) in found.trials]
        curves = []
        for name, ends, measured, published in (
            ("looked", LOOKED, Phrase("looking"), Phrase("looking (Milgram 1969)")),
            ("stopped", STOPPED, Phrase("stopping"), Phrase("stopping (Milgram 1969)")),
        ):
            curves.append(Curve(measured, sizes, [mean(found.values(f"{n:.0f}", name)) for n in sizes], dots=True))
            curves.append(Curve(published, [float(n) for n in ends], list(ends.values()), published=True, dots=True))
        return curves
