"""O18: violence is rare, comes in clusters of a few people, and is the work of a minority."""

from sim.core.phrase import Phrase
from sim.science.experiment.sampled_incident import SampledIncident
from sim.science.row.row import Case, Check, Curve, Found, Row
from sim.science.statistics import mean, median, share_interval

FRIENDLY = SampledIncident()
HARSH = SampledIncident(policing="harsh")
BRIEF = {"people": (150, 250), "minutes": (20.0, 25.0), "arrival_min": (1.0, 3.0)}
UNGATED = {"acting.confront": -10.0, "acting.support": -10.0}
"""Neither the tension of a confrontation nor the want of an audience holds anybody back."""


def in_clashes(found: Found, name: str) -> list[float]:
    """One figure of every run that had a clash, however it was policed."""
    return [
        value
        for case in found.trials
        for value, clash in zip(found.values(case, name), found.values(case, "clash"), strict=True)
        if clash
    ]


def sizes(found: Found) -> list[float]:
    """How many people were in each attack of the runs that had a clash."""
    return [
        size
        for case in found.trials
        for attacks, clash in zip(found.series(case, "cluster_sizes"), found.values(case, "clash"), strict=True)
        if clash
        for size in attacks
    ]


def clashes(found: Found, case: str) -> Check:
    """The share of runs with a clash, which has to be small."""
    values = found.values(case, "clash")
    hits, n = round(sum(values)), len(values)
    what = Phrase("share of incidents with a clash, friendly policing")
    return Check(what, mean(values), high=0.10, interval=share_interval(hits, n) if n > 20 else None, n=n)


class RareViolence(Row):
    """Two hundred incidents drawn at random and policed in a friendly way; some policed harshly, for their clashes."""

    id = "O18"
    fact = Phrase("Violence in crowds is rare, comes in small clusters, and is the work of a few")
    source = (
        "ACLED 2020 and 2024 (93 to 97 in a hundred events peaceful); Collins 2008; Bruggeman 2013 (bursts by groups "
        "of 3 to 6); Lemos 2014 (violence stays with the few who begin it)"
    )
    expected = Phrase(
        "a clash in a tenth of incidents at most under friendly policing; where there is one, a tenth of those present "
        "at most are violent within 30 s, half of the attacks have 3 to 6 people, and acts are spread with a Gini "
        "coefficient of 0.6 or more"
    )
    standing = Phrase(
        "The share of peaceful events and the size of groups are sourced, mostly from the United States and from films "
        "of fights; the rates of violence are assumed. An attack is three acts or more, each within 3 m and 20 s of "
        "another."
    )
    mechanism = Phrase("neither the tension of confrontation nor the want of an audience holds anybody back")
    axes = (Phrase("people in one attack"), Phrase("share of attacks"))

    def cases(self, *, fast: bool) -> dict[str, Case]:
        """Return the incidents, and some policed harshly."""
        if fast:
            return {"friendly": Case(FRIENDLY.model_copy(update=BRIEF), range(1, 5))}
        return {"friendly": Case(FRIENDLY, range(1, 201)), "harsh": Case(HARSH, range(1, 41))}

    def checks(self, found: Found) -> list[Check]:
        """Return how rare clashes are and what they look like."""
        checks = [clashes(found, "friendly")]
        violent = in_clashes(found, "violent_share")
        if violent:
            n = len(violent)
            attacks = sizes(found)
            checks += [
                Check(Phrase("largest share violent within 30 s, in clashes"), max(violent), high=0.10, n=n),
                Check(Phrase("people in an attack, median"), median(attacks), 3.0, 6.0, "persons", n=len(attacks)),
                Check(Phrase("Gini coefficient of acts, everybody"), median(in_clashes(found, "gini")), 0.6, n=n),
            ]
        return checks

    def control(self, *, fast: bool) -> dict[str, Case]:
        """Return incidents under friendly policing where nothing of that kind holds anybody back."""
        free = FRIENDLY.model_copy(update={"numbers": UNGATED} | (BRIEF if fast else {}))
        return {"ungated": Case(free, range(1, 5 if fast else 41))}

    def failures(self, found: Found, control: Found) -> list[Check]:
        """Return that clashes are no longer rare."""
        values = control.values("ungated", "clash")
        hits, n = round(sum(values)), len(values)
        what = Phrase("share of incidents with a clash, nothing holds back")
        return [Check(what, mean(values), low=0.10, interval=share_interval(hits, n) if n > 20 else None, n=n)]

    def curves(self, found: Found) -> list[Curve]:
        """Return how many people attacks have."""
        attacks = sizes(found)
        numbers = [float(n) for n in range(1, 1 + round(max(attacks, default=0.0)))]
        shares = [sum(size == n for size in attacks) / len(attacks) for n in numbers]
        return [Curve(Phrase("attacks in incidents with a clash"), numbers, shares, dots=True)]
