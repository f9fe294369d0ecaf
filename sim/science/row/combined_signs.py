"""O17: no single sign of trouble breaks the peace where police and crowd meet; combinations do."""

from itertools import combinations

from sim.core.phrase import Phrase
from sim.science.experiment.confrontation import Confrontation
from sim.science.logistic import logistic
from sim.science.row.row import Case, Check, Curve, Found, Row
from sim.science.statistics import mean, share_interval

SIGNS = ("mismanagement", "incursion", "escalation", "damage", "no_contact")
LOSS, OFFENCE = ("mismanagement", "incursion"), ("incursion", "escalation", "damage")
PATHS = {
    LOSS: Phrase("chance of a clash: mismanagement and incursion"),
    OFFENCE: Phrase("chance of a clash: incursion, signs of escalation and damage"),
}
"""Nassauer's two: loss of control, and offence."""
ADDED_UP = {"edge.power": 1.0, "edge.half": 4.0}
"""Signs add up: the strongest alone raises tension as usual, and two raise it less than twice as far."""


def cell(signs: tuple[str, ...]) -> str:
    """The name of the case with these signs."""
    return ", ".join(signs) or "none"


def factorial() -> list[tuple[str, ...]]:
    """Every combination of signs, fewest first."""
    return [signs for n in range(len(SIGNS) + 1) for signs in combinations(SIGNS, n)]


def chances(found: Found) -> dict[str, float]:
    """Share of clashes in each case there is."""
    return {name: mean(found.values(name, "clash")) for name in found.trials}


def more_together(found: Found) -> float:
    """By how much, in log odds, two signs together exceed what each of them adds alone.

    The coefficient of there being two, in a logistic regression that has each sign as well, over the runs with two
    signs at most: with more of them hardly any run is left to change.
    """
    rows, outcomes = [], []
    for signs in factorial():
        if len(signs) <= 2 and cell(signs) in found.trials:
            for clash in found.values(cell(signs), "clash"):
                rows.append([*(float(sign in signs) for sign in SIGNS), float(len(signs) == 2)])
                outcomes.append(clash)
    return logistic(rows, outcomes)[-1]


BEYOND = Phrase("tension of mismanagement and incursion beyond the sum of both")


def beyond(found: Found) -> float:
    """By how much the tension of the first path exceeds that of its parts added up."""
    return found.mean(cell(LOSS), "tension") - sum(found.mean(cell(part), "tension") for part in _parts(LOSS))


def _parts(path: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [(sign,) for sign in path]


class CombinedSigns(Row):
    """All combinations of five signs between two police lines and a crowd."""

    id = "O17"
    fact = Phrase("No single sign of trouble turns a protest violent; certain combinations do")
    source = "Nassauer 2015, 2019: comparison of thirty protests"
    expected = Phrase(
        "a clash within 20 minutes in under a tenth of the runs with no sign or one; in six tenths or more when the "
        "police are mismanaged and cross the line, and when they cross it, put on helmets, and property is damaged; "
        "signs together do more than each alone"
    )
    standing = Phrase(
        "That combinations matter, and which, is sourced; the chances demanded are judgements. How strongly signs "
        "combine and how tension makes people angry were fitted to this; everything else about tension is assumed."
    )
    mechanism = Phrase("signs of trouble add up, so that combinations do not exceed their parts")
    axes = (Phrase("signs present"), Phrase("share of runs with a clash"))

    def cases(self, *, fast: bool) -> dict[str, Case]:
        """Return every combination; or the first path and what it is made of."""
        if fast:
            return {cell(signs): Case(_set_up(signs), (1,)) for signs in ((), *_parts(LOSS), LOSS)}
        return {cell(signs): Case(_set_up(signs), range(1, 31)) for signs in factorial()}

    def checks(self, found: Found) -> list[Check]:
        """Return the worst single sign, both paths, and whether signs do more together."""
        shares = chances(found)
        few = {cell(signs): shares[cell(signs)] for signs in factorial() if len(signs) < 2 and cell(signs) in shares}
        worst = max(few, key=lambda name: few[name])
        n = len(found.trials[worst])
        checks = [Check(Phrase("chance of a clash, no sign or one, at most"), few[worst], high=0.10, n=n)]
        checks += [
            Check(what, shares[cell(path)], low=0.60, n=len(found.trials[cell(path)]))
            for path, what in PATHS.items()
            if cell(path) in shares
        ]
        checks.append(Check(BEYOND, beyond(found), low=0.0, n=n))
        if len(shares) == len(factorial()):
            n = sum(len(trials) for trials in found.trials.values())
            checks.append(
                Check(Phrase("log odds that two signs have beyond the sum"), more_together(found), low=0.0, n=n)
            )
        return checks

    def control(self, *, fast: bool) -> dict[str, Case]:
        """Return the first path and what it is made of, where signs merely add up."""
        seeds = range(1, 2 if fast else 31)
        chosen = (*_parts(LOSS), LOSS)
        return {cell(signs): Case(_set_up(signs).model_copy(update={"numbers": ADDED_UP}), seeds) for signs in chosen}

    def failures(self, found: Found, control: Found) -> list[Check]:
        """Return that the path then raises tension no more than its parts, and often ends without a clash."""
        failures = [Check(BEYOND, beyond(control), high=0.0, n=len(control.trials[cell(LOSS)]))]
        if len(control.trials[cell(LOSS)]) > 1:
            share = chances(control)[cell(LOSS)]
            failures.append(Check(PATHS[LOSS], share, high=0.55, n=len(control.trials[cell(LOSS)])))
        return failures

    def curves(self, found: Found) -> list[Curve]:
        """Return the share of clashes by the number of signs: each combination, and the mean."""
        shares = chances(found)
        known = [signs for signs in factorial() if cell(signs) in shares]
        dots = [shares[cell(signs)] for signs in known]
        numbers = sorted({len(signs) for signs in known})
        means = [mean([shares[cell(signs)] for signs in known if len(signs) == n]) for n in numbers]
        spread = [
            share_interval(
                round(sum(sum(found.values(cell(signs), "clash")) for signs in known if len(signs) == n)),
                sum(len(found.trials[cell(signs)]) for signs in known if len(signs) == n),
            )
            for n in numbers
        ]
        return [
            Curve(Phrase("each combination"), [float(len(signs)) for signs in known], dots, dots=True),
            Curve(Phrase("mean"), [float(n) for n in numbers], means, spread=spread),
        ]


def _set_up(signs: tuple[str, ...]) -> Confrontation:
    return Confrontation(**dict.fromkeys(signs, True))  # type: ignore[arg-type]  # switches by their names
