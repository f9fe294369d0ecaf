"""O4: twice the exits empty a room in half the time, and of two doors in a row only the first jams."""

from sim.core.phrase import Phrase
from sim.science.experiment.door import Door, Doorway
from sim.science.experiment.rooms import Rooms
from sim.science.row.row import Case, Check, Curve, Found, Row
from sim.science.statistics import interval, mean

_EXITS = (
    Doorway(side="south", at_m=7.5),
    Doorway(side="north", at_m=22.5),
    Doorway(side="south", at_m=22.5),
    Doorway(side="north", at_m=7.5),
)


def _room(exits: int, known: tuple[tuple[int, ...], ...] = ()) -> Door:
    return Door(people=1000, length_m=30.0, width_m=20.0, doors=_EXITS[:exits], known=known)


class Exits(Row):
    """RiMEA tests 9 and 12."""

    id = "O4"
    fact = Phrase(
        "Twice the exits empty a room in half the time; of two doors in a row, the first jams and the second not"
    )
    source = "RiMEA 3.0, tests 9 and 12, with the pass values of JuPedSim's test-suite"
    expected = Phrase(
        "a room of 1000 takes 1.6 to 2.4 times as long with two exits as with four; in two rooms in a row the flow "
        "through the first door is at least that of the second less 0.05 persons/s, and the second room less than half "
        "as dense"
    )
    standing = Phrase("Set-ups and pass values are sourced; nothing was fitted to them.")
    mechanism = Phrase("knowledge of the other two exits, which are open; and a second door half as wide as the first")
    axes = (Phrase("time, s"), Phrase("people out"))

    def cases(self, *, fast: bool) -> dict[str, Case]:
        """Return the room with four and with two exits, and the two rooms."""
        seeds = (1,) if fast else range(1, 11)
        return {
            "four": Case(_room(4), seeds),
            "two": Case(_room(2), seeds),
            "rooms": Case(Rooms(), seeds),
        }

    def checks(self, found: Found) -> list[Check]:
        """Return the ratio of times, and flow and density of the two rooms."""
        ratios = _ratios(found, found)
        gap = [a - b for a, b in _pairs(found, "flow_1_per_s", "flow_2_per_s")]
        share = [b / a for a, b in _pairs(found, "mean_1_per_m2", "mean_2_per_m2")]
        jams = [jam for case in found.trials for jam in found.values(case, "deadlock")]
        return [
            Check(
                Phrase("time with two exits over time with four"),
                mean(ratios),
                1.6,
                2.4,
                "1",
                interval(ratios),
                len(ratios),
            ),
            Check(
                Phrase("flow of the first door less that of the second"),
                mean(gap),
                -0.05,
                None,
                "1/s",
                interval(gap),
                len(gap),
            ),
            Check(
                Phrase("density of the second room over the first"),
                mean(share),
                None,
                0.5,
                "1",
                interval(share),
                len(share),
            ),
            Check(Phrase("runs that ended in a deadlock"), sum(jams), None, 0.0, n=len(jams)),
        ]

    def control(self, *, fast: bool) -> dict[str, Case]:
        """Return four exits of which people know two, and a narrower second door."""
        seeds = (1,) if fast else range(1, 6)
        return {
            "four": Case(_room(4, ((0, 1),)), seeds),
            "rooms": Case(Rooms(doors_m=(1.6, 0.8)), seeds),
        }

    def failures(self, found: Found, control: Found) -> list[Check]:
        """Return that open exits nobody knows do not help, and that the second room then fills."""
        ratios = _ratios(found, control)
        share = [b / a for a, b in _pairs(control, "mean_1_per_m2", "mean_2_per_m2")]
        return [
            Check(Phrase("time with two exits over time with four of which two are known"), mean(ratios), None, 1.6),
            Check(Phrase("density of the second room over the first"), mean(share), 0.5, None, n=len(share)),
        ]

    def curves(self, found: Found) -> list[Curve]:
        """Return how the room empties."""
        return [
            Curve(name, seconds, [float(k + 1) for k in range(len(seconds))])
            for case, name in (("four", Phrase("four exits")), ("two", Phrase("two exits")))
            if (seconds := found.series(case, "passages_s")[0])
        ]


def _ratios(two: Found, four: Found) -> list[float]:
    """Return the time with two exits over that with four, by seed."""
    return [a / b for a, b in zip(two.values("two", "time_s"), four.values("four", "time_s"), strict=False)]


def _pairs(found: Found, one: str, other: str) -> list[tuple[float, float]]:
    """Return two figures of the two rooms, by seed."""
    return list(zip(found.values("rooms", one), found.values("rooms", other), strict=True))
