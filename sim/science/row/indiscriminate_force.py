"""O15: force against everybody in an area makes a crowd violent where taking out offenders does not."""

from sim.core.phrase import Phrase
from sim.science.experiment.force import MIX, ForceOnASquare
from sim.science.row.row import Case, Check, Curve, Found, Row
from sim.science.statistics import mean, median

SQUARE = ForceOnASquare(
    side_m=35.0,
    roles=MIX | {"agitator": 0.06, "sympathiser": 0.46},
    anger=0.5,
    start_min=0.5,
    every_min=1.0,
    most=12,
)
"""A crowd that came angry, with enough agitators in it that police have twelve offences to answer."""
BRIEF = SQUARE.model_copy(update={"minutes": 15.0})
CROWDS = 200
"""So many that the interval of each figure is narrow beside its distance from the bound; of 30 one reached past it."""


def ratios(found: Found, case: str, above: str, below: str) -> list[float]:
    """Acts in one run against acts in another of the same crowd, at least one being counted in either."""
    pairs = zip(found.values(case, f"{above}.acts"), found.values(case, f"{below}.acts"), strict=True)
    return [max(1.0, a) / max(1.0, b) for a, b in pairs]


def differences(found: Found, what: str) -> list[float]:
    """How much more of something there is after area force than after arrests, in the same crowd."""
    pairs = zip(found.values("square", f"area.{what}"), found.values("square", f"targeted.{what}"), strict=True)
    return [a - b for a, b in pairs]


class IndiscriminateForce(Row):
    """The social identity account of crowds, as a pair of runs."""

    id = "O15"
    fact = Phrase("Force that does not tell people apart turns ordinary people in a crowd violent; arrests do not")
    source = (
        "Reicher, Stott and Drury (elaborated social identity model); Stott, Adang, Livingstone and Schreiber 2008 "
        "(Euro2004); Adams (Occupy)"
    )
    expected = Phrase(
        "at least 3 times the violent acts; shared identity higher by 0.15 and legitimacy lower by 0.15; half or more "
        "of the violent no agitators, against a quarter at most; arrests at most a tenth worse than no police"
    )
    standing = Phrase(
        "The direction is sourced from field studies; the sizes demanded are judgements, as no study gives them; the "
        "rates in the model are assumed. How far an act tells people apart is computed from who was hit, never set."
    )
    mechanism = Phrase("area force is appraised as if everybody it hit were an offender")
    axes = (Phrase("minute"), Phrase("violent acts so far"))

    def cases(self, *, fast: bool) -> dict[str, Case]:
        """Return the three runs of each crowd."""
        return {"square": Case(BRIEF if fast else SQUARE, range(1, 2 if fast else CROWDS + 1))}

    def checks(self, found: Found) -> list[Check]:
        """Return acts, minds and who is violent."""
        none = ratios(found, "square", "targeted", "none")
        acts = ratios(found, "square", "area", "targeted")
        drop = [-change for change in differences(found, "legitimacy")]
        area, targeted = found.values("square", "area.ordinary"), found.values("square", "targeted.ordinary")
        return [
            Check.over(Phrase("acts, area force against arrests"), acts, 3.0, statistic=median),
            Check.over(Phrase("shared identity, more"), differences(found, "identity"), 0.15),
            Check.over(Phrase("legitimacy, less"), drop, 0.15),
            Check.over(Phrase("share of the violent who are no agitators, area force"), area, 0.50),
            Check.over(Phrase("share of the violent who are no agitators, arrests"), targeted, high=0.25),
            Check.over(Phrase("acts, arrests against no police"), none, high=1.1, statistic=median),
        ]

    def control(self, *, fast: bool) -> dict[str, Case]:
        """Return the same crowds when nobody sees whom area force hits."""
        blind = (BRIEF if fast else SQUARE).model_copy(update={"as_offenders": True})
        return {"blind": Case(blind, range(1, 2 if fast else 31))}

    def failures(self, found: Found, control: Found) -> list[Check]:
        """Return that there is little between the two then."""
        acts = ratios(control, "blind", "area", "targeted")
        return [Check.over(Phrase("acts, area force against arrests"), acts, high=1.5, statistic=median)]

    def curves(self, found: Found) -> list[Curve]:
        """Return acts by minute, the mean over crowds."""
        names = {
            "none": Phrase("no police"),
            "targeted": Phrase("offenders taken out"),
            "area": Phrase("area force at the same moments"),
        }
        curves = []
        for arm, name in names.items():
            acts = [mean(minute) for minute in zip(*found.series("square", f"{arm}.acts_by_minute"), strict=True)]
            curves.append(Curve(name, [float(k + 1) for k in range(len(acts))], acts))
        return curves
