"""O5: people who walk towards each other sort themselves into lanes."""

from sim.core.phrase import Phrase
from sim.science.experiment.corridor import Corridor
from sim.science.row.row import Case, Check, Curve, Found, Row
from sim.science.statistics import mean, median

_DENSITIES = (0.5, 1.0, 1.5)
_BLIND = {"walking.foresight": 0.0}


def _corridor(density: float) -> Corridor:
    return Corridor(length_m=24.0, width_m=4.0, density_per_m2=density, against=0.5, warm_up_s=70, measured_s=30)


class Lanes(Row):
    """Two crowds meet in one corridor."""

    id = "O5"
    fact = Phrase("People who walk towards each other in a corridor form lanes by themselves")
    source = "Helbing & Molnar 1995; order parameter by Nowak & Schadschneider 2012"
    expected = Phrase(
        "rows of 0.4 m begin mixed (order below 0.15); after 100 s order is at least 0.8 in nine of ten runs at "
        "0.5 and 1 persons/m2, and its median at least 0.7 at 1.5"
    )
    standing = Phrase(
        "That lanes form, and the measure, are sourced; the numbers demanded were set from a first version of this "
        "model. The foresight that makes lanes is a published parameter and was not fitted."
    )
    mechanism = Phrase("foresight: people dodge where others are, not where they will be in a second")
    axes = (Phrase("time, s"), Phrase("order of the rows"))

    def cases(self, *, fast: bool) -> dict[str, Case]:
        """Return a corridor for each density."""
        return {f"{d:g}": Case(_corridor(d), range(1, 5 if fast else 21)) for d in _DENSITIES}

    def checks(self, found: Found) -> list[Check]:
        """Return order at the start and after 100 s."""
        result = []
        for case in found.trials:
            density = float(case)
            start, end = found.values(case, "order_start"), found.values(case, "order_end")
            begins = Phrase("order at the start, {density:g} persons/m2", density=density)
            result.append(Check(begins, max(start), None, 0.15, n=len(start)))
            if density < 1.5:
                what = Phrase("share of runs with lanes, {density:g} persons/m2", density=density)
                result.append(Check(what, mean([float(order >= 0.8) for order in end]), 0.9, None, n=len(end)))
            else:
                what = Phrase("median order after 100 s, {density:g} persons/m2", density=density)
                result.append(Check(what, median(end), 0.7, None, n=len(end)))
        return result

    def control(self, *, fast: bool) -> dict[str, Case]:
        """Return the densest corridor without foresight."""
        blind = _corridor(1.5).model_copy(update={"numbers": _BLIND})
        return {"1.5": Case(blind, range(1, 4 if fast else 21))}

    def failures(self, found: Found, control: Found) -> list[Check]:
        """Return the order that forms without foresight."""
        end = control.values("1.5", "order_end")
        what = Phrase("median order after 100 s, {density:g} persons/m2", density=1.5)
        return [Check(what, median(end), None, 0.3, n=len(end))]

    def curves(self, found: Found) -> list[Curve]:
        """Return the order by second, mean over the runs."""
        return [
            Curve(
                Phrase("{density:g} persons/m2", density=float(case)),
                [float(second) for second in range(len(runs[0]))],
                [mean([run[second] for run in runs]) for second in range(len(runs[0]))],
            )
            for case in found.trials
            if (runs := found.series(case, "orders"))
        ]
