"""O1: people keep their speed, set off when they should, leave by the door they were given and stay out of walls."""

from sim.core.phrase import Phrase
from sim.science.experiment.corner import Corner
from sim.science.experiment.course import Course
from sim.science.experiment.door import Door, Doorway
from sim.science.row.row import Case, Check, Curve, Found, Row

_AGES = {"under 30": (0.58, 1.61), "30 to 50": (1.41, 1.54), "over 50": (0.68, 1.41), "limited": (0.46, 0.76)}
"""Slowest and fastest walking speed, m/s (RiMEA after Weidmann 1993)."""
_DOORS = (Doorway(side="west", at_m=5.0), Doorway(side="east", at_m=5.0), Doorway(side="south", at_m=10.0))
_NO_WALLS = {"walking.wall_push": 0.0, "walking.glide": 0.0, "walking.wall_gap": -1e6}


class WalkingBasics(Row):
    """The tests of RiMEA that one person or a small group can fail."""

    id = "O1"
    fact = Phrase("People keep their own speed, set off when told, use the door they were given and stay out of walls")
    source = "RiMEA 3.0, tests 1, 5, 6, 7 and 10, with the pass values of JuPedSim's test-suite"
    expected = Phrase(
        "40 m at 1.33 m/s take 26 to 34 s; people set off within one tick of their time; nobody comes closer to a wall "
        "than 0.1 m round a corner; speeds stay in the bands of the age groups; everybody uses the door given"
    )
    standing = Phrase(
        "Tests and values are sourced. The product draws no ages: test 7 gives people speeds from each band and checks "
        "that they walk at them."
    )
    mechanism = Phrase("everything that keeps people off walls: the bend away, gliding along, the least gap")
    axes = (Phrase("walking speed, m/s"), Phrase("age group"))

    def cases(self, *, fast: bool) -> dict[str, Case]:
        """Return a set-up for each test."""
        seeds = range(1, 3 if fast else 21)
        ages = {
            f"ages {name}": Case(Course(people=4 if fast else 50, least_m_s=low, most_m_s=high), (1,))
            for name, (low, high) in _AGES.items()
        }
        assigned = Door(people=23, length_m=20.0, width_m=10.0, doors=_DOORS, known=((0,), (1,), (2,)))
        return {
            "speed": Case(Course(people=1), (1,)),
            "start": Case(Course(people=10, least_start_s=10.0, most_start_s=100.0, length_m=5.0), seeds),
            "corner": Case(Corner(), seeds),
            "assigned": Case(assigned, seeds),
            **ages,
        }

    def checks(self, found: Found) -> list[Check]:
        """Return the figure of each test."""
        start = [max(found.values("start", name)) for name in ("late_ticks", "early_ticks")]
        corner, doors = found.values("corner", "crossings"), found.values("assigned", "obeyed")
        result = [
            Check(Phrase("time for 40 m"), found.mean("speed", "most_s"), 26.0, 34.0, "s"),
            Check(Phrase("largest delay or haste in setting off"), max(start), None, 1.0, "tick", n=len(corner)),
            Check(Phrase("people who came too close to a wall"), sum(corner), None, 0.0, n=len(corner)),
            Check(
                Phrase("people who never came round the corner"), 20.0 - min(found.values("corner", "out")), None, 0.0
            ),
            Check(Phrase("smallest share that used the door given"), min(doors), 1.0, None, n=len(doors)),
            Check(Phrase("fewest people out by the doors given"), min(found.values("assigned", "out")), 23.0, None),
        ]
        off = [
            max(found.values(case, name)) for case in found.trials if case.startswith("ages")
            for name in ("slow_by_m_s", "fast_by_m_s")
        ]  # fmt: skip
        result.append(Check(Phrase("most that somebody leaves their own speed"), max(off), None, 0.01, "m/s"))
        return result

    def control(self, *, fast: bool) -> dict[str, Case]:
        """Return the corner for people whom no wall bends."""
        seeds = self.cases(fast=fast)["corner"].seeds
        return {"corner": Case(Corner(numbers=_NO_WALLS), seeds)}

    def failures(self, found: Found, control: Found) -> list[Check]:
        """Return how many then come too close to a wall."""
        corner = control.values("corner", "crossings")
        what = Phrase("people who came too close to a wall")
        return [Check(what, sum(corner), 1.0, None, n=len(corner))]

    def curves(self, found: Found) -> list[Curve]:
        """Return the speeds walked, and the band of each age group."""
        result = []
        for k, (name, band) in enumerate(_AGES.items()):
            speeds = [speed for run in found.series(f"ages {name}", "speeds_m_s") for speed in run]
            result.append(Curve(Phrase("band of the age group"), list(band), [k + 1.0, k + 1.0], published=True))
            result.append(Curve(Phrase("walked here"), speeds, [k + 1.0] * len(speeds), dots=True))
        return result
