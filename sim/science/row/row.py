"""What every row is: a published fact, the trials that test it, what must come out, and its negative control."""

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from sim.core.phrase import Phrase
from sim.science.experiment import Experiment, Measured
from sim.science.statistics import interval, mean


@dataclass(frozen=True, slots=True)
class Case:
    """One set-up and the seeds it is tried under."""

    experiment: Experiment
    seeds: Sequence[int]


class Found:
    """What the trials of a row measured: by case, one `Measured` for each seed, in the order of the seeds."""

    def __init__(self, trials: Mapping[str, Sequence[Measured]]) -> None:
        """Hold these."""
        self.trials = trials

    def values(self, case: str, name: str) -> list[float]:
        """Return one figure of a case, one for each seed."""
        return [float(trial[name]) for trial in self.trials[case]]  # type: ignore[arg-type]  # figures, not series

    def series(self, case: str, name: str) -> list[list[float]]:
        """Return one series of a case, one for each seed."""
        return [list(trial[name]) for trial in self.trials[case]]  # type: ignore[arg-type]  # series, not figures

    def mean(self, case: str, name: str) -> float:
        """Return the mean of one figure over the seeds of a case."""
        return mean(self.values(case, name))


@dataclass(frozen=True, slots=True)
class Check:
    """One thing a row demands: a figure and the bounds it has to be in."""

    what: Phrase
    measured: float
    low: float | None = None
    """Lowest value that will do; None for any."""
    high: float | None = None
    """Highest value that will do; None for any."""
    unit: str = "1"
    interval: tuple[float, float] | None = None
    """Interval of the figure over seeds; when there is one, all of it has to be in the bounds."""
    n: int = 1
    """Trials behind it."""

    @classmethod
    def over(
        cls,
        what: Phrase,
        values: Sequence[float],
        low: float | None = None,
        high: float | None = None,
        *,
        unit: str = "1",
        statistic: Callable[[Sequence[float]], float] = mean,
    ) -> "Check":
        """Demand that a statistic of these values, one for each trial, has its whole 95 % interval in the bounds."""
        return cls(what, statistic(values), low, high, unit, interval(values, statistic), len(values))

    @property
    def holds(self) -> bool:
        """Whether it is in the bounds; a figure that is not a number is not."""
        lower, upper = self.interval or (self.measured, self.measured)
        return (
            (self.low is None or lower >= self.low)
            and (self.high is None or upper <= self.high)
            and (self.measured == self.measured)
        )


@dataclass(frozen=True, slots=True)
class Curve:
    """One line or set of points of a row's figure."""

    name: Phrase
    x: Sequence[float]
    y: Sequence[float]
    published: bool = False
    """True for data or a law from a publication, false for what was measured here."""
    dots: bool = False
    """Draw points rather than a line."""
    spread: Sequence[tuple[float, float]] = field(default=())
    """Interval around each y, when there is one."""


class Row:
    """A published fact the model has to meet. One subclass a file; it holds no state."""

    id: ClassVar[str]
    """`O1` to `O19`."""
    fact: ClassVar[Phrase]
    """The fact in one sentence."""
    source: ClassVar[str]
    """Who published it."""
    expected: ClassVar[Phrase]
    """What must come out, with its tolerance, in words."""
    standing: ClassVar[Phrase]
    """What of this is sourced, what was fitted to it and what is assumed: one honest sentence."""
    mechanism: ClassVar[Phrase]
    """What the negative control switches off."""
    axes: ClassVar[tuple[Phrase, Phrase] | None] = None
    """Names of the axes of its figure, with units; None without one."""

    @abstractmethod
    def cases(self, *, fast: bool) -> dict[str, Case]:
        """Return the set-ups by name; `fast` has fewer seeds and set-ups, enough to notice a break."""

    @abstractmethod
    def checks(self, found: Found) -> list[Check]:
        """Return everything demanded of what these cases measured; the row holds when all of them do."""

    @abstractmethod
    def control(self, *, fast: bool) -> dict[str, Case]:
        """Return the set-ups with the mechanism switched off; empty when nothing can be."""

    @abstractmethod
    def failures(self, found: Found, control: Found) -> list[Check]:
        """Return what shows that the row fails without its mechanism; the control works when all of them hold.

        Args:
            found: What the row's own cases measured.
            control: What the control's cases measured.
        """

    def curves(self, found: Found) -> list[Curve]:
        """Return what its figure shows; nothing unless the row says otherwise."""
        return []
