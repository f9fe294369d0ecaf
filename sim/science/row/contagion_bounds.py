"""O14: feelings that pass between people end within those there were, at a value that can be told beforehand."""

from sim.core.phrase import Phrase
from sim.science.experiment.contagion import Contagion
from sim.science.row.row import Case, Check, Curve, Found, Row

ONE = Contagion()
TWO = Contagion(people=250, anger=((0.1, 0.3), (0.6, 0.9)), fear=((0.5, 0.8), (0.0, 0.2)))
ROUNDING = 1e-9


class ContagionBounds(Row):
    """Absorption without amplification."""

    id = "O14"
    fact = Phrase("Feelings that only pass between people invent none: all end within what there was, at one value")
    source = "Bosse, Duell, Memon, Treur and van der Wal 2009 (absorption model of emotion contagion, ASCRIBE)"
    expected = Phrase(
        "nobody ever outside the first range; all within 0.01 of each other after an hour, within 2 % of the mean "
        "weighted by expressiveness and receptivity; groups 30 m apart never mix"
    )
    standing = Phrase(
        "The form of the law is sourced; its rate and reach are assumed, and the fact holds for any. "
        "The fixed point follows from the law person by person, the product works on squares of 2.5 m."
    )
    mechanism = Phrase("company heats feelings up (the amplifying variant)")
    axes = (Phrase("minute"), Phrase("anger"))

    def cases(self, *, fast: bool) -> dict[str, Case]:
        """Return one crowd, and two groups apart."""
        seeds = range(1, 3 if fast else 21)
        return {"one": Case(ONE, seeds), "two": Case(TWO, seeds)}

    def checks(self, found: Found) -> list[Check]:
        """Return bounds, agreement and fixed point, the worst of all seeds each."""
        worst = {
            (case, name): max(found.values(case, name))
            for case in found.trials
            for name in ("outside", "apart", "missed")
        }
        n = len(found.trials["one"])
        return [
            Check(Phrase("farthest outside the first range, one crowd"), worst["one", "outside"], high=ROUNDING, n=n),
            Check(Phrase("largest difference at the end, one crowd"), worst["one", "apart"], high=0.01, n=n),
            Check(Phrase("farthest from the fixed point, one crowd"), worst["one", "missed"], high=0.02, n=n),
            Check(
                Phrase("farthest outside their own first range, two groups"),
                worst["two", "outside"],
                high=ROUNDING,
                n=n,
            ),
            Check(Phrase("largest difference within a group at the end"), worst["two", "apart"], high=0.01, n=n),
            Check(Phrase("farthest from their own fixed point, two groups"), worst["two", "missed"], high=0.02, n=n),
        ]

    def control(self, *, fast: bool) -> dict[str, Case]:
        """Return the crowd with amplification."""
        return {"heated": Case(Contagion(amplification=0.5), range(1, 3 if fast else 21))}

    def failures(self, found: Found, control: Found) -> list[Check]:
        """Return that feelings leave their first range then, in every run."""
        outside = control.values("heated", "outside")
        return [
            Check(Phrase("least that feelings went outside the first range"), min(outside), low=0.05, n=len(outside))
        ]

    def curves(self, found: Found) -> list[Curve]:
        """Return the range of anger in one crowd, minute by minute."""
        series = {
            "anger_least": Phrase("calmest person"),
            "anger_mean": Phrase("mean"),
            "anger_most": Phrase("angriest person"),
        }
        curves = []
        for name, label in series.items():
            values = found.series("one", name)[0]
            curves.append(Curve(label, [float(k + 1) for k in range(len(values))], values))
        return curves
