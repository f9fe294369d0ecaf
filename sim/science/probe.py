"""Probes: the few experiments whose outcomes show which numbers about people matter, and by how much."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.core.phrase import Phrase
from sim.science.experiment import EXPERIMENTS, Experiment
from sim.science.statistics import deviation, mean
from sim.world.numbers import Numbers

_MIND = ("perceiving", "feeling", "acting", "drawing", "edge")
_BODY = ("walking", "drawing")


@dataclass(frozen=True, slots=True)
class Probe:
    """One experiment, the numbers it can say something about, and the outcomes looked at."""

    parts: tuple[str, ...]
    """Parts of `Numbers` whose numbers can change its outcomes."""
    setup: str
    given: Mapping[str, Any]
    """The set-up's parameters."""
    outcomes: Mapping[str, Phrase]
    """Figures of the set-up and what they are called."""

    def experiment(self, changes: Mapping[str, float]) -> Experiment:
        """Return its experiment with some numbers changed."""
        return EXPERIMENTS[self.setup](**dict(self.given), numbers=dict(changes))


PROBES: tuple[Probe, ...] = (
    Probe(
        parts=_MIND,
        setup="force_on_a_square",
        given={"people": 300, "minutes": 10.0, "most": 4, "legitimacy": 0.4, "anger": 0.4, "every_min": 1.0},
        outcomes={
            "none.acts": Phrase("violent acts without police"),
            "targeted.acts": Phrase("violent acts with arrests of offenders"),
            "area.acts": Phrase("violent acts with area force"),
            "area.legitimacy": Phrase("legitimacy after area force"),
            "area.identity": Phrase("shared identity after area force"),
        },
    ),
    Probe(
        parts=_BODY,
        setup="door",
        given={"people": 140, "doors": ({"at_m": 7.5, "width_m": 1.2},)},
        outcomes={
            "flow_per_s": Phrase("people a second through a door of 1.2 m"),
            "peak_per_m2": Phrase("densest place before it"),
        },
    ),
    Probe(
        parts=_BODY,
        setup="corridor",
        given={"length_m": 20.0, "width_m": 5.0, "density_per_m2": 2.0, "warm_up_s": 20, "measured_s": 20},
        outcomes={"speed_m_s": Phrase("speed in a corridor at 2 persons/m2")},
    ),
)
"""All of them."""


@dataclass(frozen=True, slots=True)
class Leverage:
    """What changing one number does to one outcome."""

    name: str
    outcome: Phrase
    usual: float
    """Mean of the outcome with the usual numbers."""
    lower: float
    """Mean with the number lowered."""
    higher: float
    """Mean with the number raised."""
    noise: float
    """Standard error of a difference between two such means."""

    @property
    def change(self) -> float:
        """The larger of the two changes, in units of the usual outcome."""
        scale = max(abs(self.usual), 1e-9)
        return max(abs(self.lower - self.usual), abs(self.higher - self.usual)) / scale

    @property
    def clear(self) -> bool:
        """Whether the larger change is more than twice its own standard error."""
        return max(abs(self.lower - self.usual), abs(self.higher - self.usual)) > 2.0 * self.noise


def varied(share: float, names: tuple[str, ...] = ()) -> list[tuple[str, float, float]]:
    """Return numbers by name with a lower and a higher value: `share` of the usual less and more, within its range.

    A number that is 0 is raised to a fifth of its range instead; one that has no room on a side stays on it.
    """
    found = []
    for name, number in Numbers().listed():
        if names and not any(name == wanted or name.startswith(wanted + ".") for wanted in names):
            continue
        step = share * abs(number.value) if number.value != 0.0 else 0.2 * min(number.high, 1e6)
        found.append((name, max(number.low, number.value - step), min(number.high, number.value + step)))
    return found


def leverage(name: str, outcome: Phrase, usual: list[float], lower: list[float], higher: list[float]) -> Leverage:
    """Return what the same seeds measured with the usual, a lower and a higher value of one number."""
    n = len(usual)
    differences = (
        [b - a for a, b in zip(usual, lower, strict=True)],
        [b - a for a, b in zip(usual, higher, strict=True)],
    )
    noise = max(deviation(each) for each in differences) / math.sqrt(n)
    return Leverage(name, outcome, mean(usual), mean(lower), mean(higher), noise)
