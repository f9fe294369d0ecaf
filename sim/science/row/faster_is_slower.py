"""O6: people who push through a narrow door all too hard get through it more slowly; through a wide one they do not."""

from itertools import pairwise

from sim.core.phrase import Phrase
from sim.science.experiment.door import Door, Doorway
from sim.science.experiment.panic import Panic
from sim.science.row.row import Case, Check, Curve, Found, Row
from sim.science.statistics import interval, mean

_SPEEDS = (0.6, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0)
_DRIVES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_WIDE = (0.0, 0.5, 1.0)
_SMOOTH = {"walking.friction_most": 0.0}


def _room(drive: float, width_m: float) -> Door:
    return Door(people=200, doors=(Doorway(at_m=7.5, width_m=width_m),), drive=drive, until=0.8)


class FasterIsSlower(Row):
    """The social force model as the reference, and the product's crowd."""

    id = "O6"
    fact = Phrase("At a narrow door people who push harder get out more slowly")
    source = "Helbing, Farkas & Vicsek 2000 (model); Garcimartin et al. 2014 (experiment)"
    expected = Phrase(
        "reference: 160 of 200 are out soonest at 1.0 to 2.0 m/s, and the flow at 5 m/s is 0.4 to 0.75 of that at 1.5; "
        "product: at 1 m the flow at full drive is at most 0.85 of the best, at 3 m it drops by no more than a tenth"
    )
    standing = Phrase(
        "The reference uses its published constants. In the product the friction of bodies under load was fitted to "
        "show the effect; where it sets in and how strong it is are not measured facts."
    )
    mechanism = Phrase("friction between bodies that press on each other, in both models")
    axes = (Phrase("drive, 0 to 1"), Phrase("flow through 1 m, persons/s"))

    def cases(self, *, fast: bool) -> dict[str, Case]:
        """Return the reference at each wanted speed and the product at each drive."""
        seeds = range(1, 3 if fast else 9)
        wanted = (0.6, 1.5, 5.0) if fast else _SPEEDS
        reference = {
            f"reference {speed:g}": Case(Panic(speed_m_s=speed), seeds[:1] if fast else seeds) for speed in wanted
        }
        narrow = {f"narrow {d:g}": Case(_room(d, 1.0), seeds) for d in ((0.0, 0.2, 1.0) if fast else _DRIVES)}
        wide = {
            f"wide {d:g}": Case(_room(d, 3.0), seeds[:1] if fast else seeds) for d in (_WIDE[::2] if fast else _WIDE)
        }
        return reference | narrow | wide

    def checks(self, found: Found) -> list[Check]:
        """Return the best speed and the loss of the reference, and both ratios of the product."""
        times = {case: found.mean(case, "time_s") for case in _of(found, "reference")}
        best = min(times, key=lambda case: times[case])
        loss = [
            slow / fast
            for slow, fast in zip(
                found.values("reference 1.5", "time_s"), found.values("reference 5", "time_s"), strict=True
            )
        ]
        narrow, wide = _by_drive(found, "narrow"), _by_drive(found, "wide")
        top, bottom = _best(narrow), _best(wide)
        hard = [flow / mean(narrow[top]) for flow in narrow[1.0]]
        free = [flow / mean(wide[bottom]) for flow in wide[1.0]]
        return [
            Check(
                Phrase("reference: wanted speed at which people are out soonest"),
                float(best.split()[1]),
                1.0,
                2.0,
                "m/s",
            ),
            Check(
                Phrase("reference: flow at 5 m/s over flow at 1.5"),
                mean(loss),
                0.4,
                0.75,
                "1",
                interval(loss),
                len(loss),
            ),
            Check(
                Phrase("flow through 1 m at full drive over the best"),
                mean(hard),
                None,
                0.85,
                "1",
                interval(hard),
                len(hard),
            ),
            Check(
                Phrase("flow through 3 m at full drive over the best"),
                mean(free),
                0.9,
                None,
                "1",
                interval(free),
                len(free),
            ),
        ]

    def control(self, *, fast: bool) -> dict[str, Case]:
        """Return the same without friction."""
        cases = self.cases(fast=fast)
        smooth: dict[str, Case] = {}
        for name, case in cases.items():
            if name.startswith("narrow"):
                smooth[name] = Case(case.experiment.model_copy(update={"numbers": _SMOOTH}), case.seeds)
            elif name in {"reference 1.5", "reference 5"}:
                smooth[name] = Case(case.experiment.model_copy(update={"friction_kg_m_s": 0.0}), case.seeds[:2])
        return smooth

    def failures(self, found: Found, control: Found) -> list[Check]:
        """Return that flow then rises with drive, and with the wanted speed."""
        narrow = _by_drive(control, "narrow")
        flows = [mean(narrow[drive]) for drive in sorted(narrow)]
        fall = min(b / a for a, b in pairwise(flows))
        gain = control.mean("reference 1.5", "time_s") / control.mean("reference 5", "time_s")
        return [
            Check(Phrase("least gain in flow from one drive to the next"), fall, 1.0, None, n=len(flows)),
            Check(Phrase("reference: flow at 5 m/s over flow at 1.5"), gain, 1.0, None),
        ]

    def curves(self, found: Found) -> list[Curve]:
        """Return the flow by drive, and the reference by wanted speed on the same axis (6 m/s is full drive)."""
        narrow = _by_drive(found, "narrow")
        drives = sorted(narrow)
        cases = _of(found, "reference")
        return [
            Curve(
                Phrase("social force model, by wanted speed up to 6 m/s"),
                [float(case.split()[1]) / 6.0 for case in cases],
                [found.mean(case, "flow_per_s") for case in cases],
                published=True,
            ),
            Curve(
                Phrase("measured here"),
                drives,
                [mean(narrow[drive]) for drive in drives],
                dots=True,
                spread=[interval(narrow[drive]) for drive in drives],
            ),
        ]


def _of(found: Found, kind: str) -> list[str]:
    """Return the cases of one kind."""
    return [case for case in found.trials if case.startswith(kind)]


def _by_drive(found: Found, kind: str) -> dict[float, list[float]]:
    """Return people out per second until four in five are, by drive, one for each seed."""
    return {
        float(case.split()[1]): [
            out / time for out, time in zip(found.values(case, "out"), found.values(case, "time_s"), strict=True)
        ]
        for case in _of(found, kind)
    }


def _best(flows: dict[float, list[float]]) -> float:
    """Return the drive of the largest mean flow."""
    return max(flows, key=lambda drive: mean(flows[drive]))
