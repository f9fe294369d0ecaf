"""Draft: a scenario file as it is now - its lines, its faults, and the playbook when it can be played."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from sim.core.errors import Fault
from sim.exercise.exercise import Exercise
from sim.scenario.problem import Path
from sim.scenario.scenario import Playbook

Spot = tuple[int, int]
"""Line and column, counted from 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """One state of the file."""

    number: int
    """Another number means that the file was saved again."""
    file: str
    saved: str
    """Time of day it was saved, as people write it."""
    lines: tuple[str, ...]
    faults: tuple[Fault, ...]
    playbook: Playbook | None
    """None while the file has an error."""
    values: Mapping[Path, Spot]
    """Where each value begins; empty while the file cannot be read."""
    keys: Mapping[Path, Spot]
    """Where each key begins, by the path of its value."""

    @property
    def errors(self) -> int:
        """How many faults keep it from being played."""
        return sum(fault.severity == "error" for fault in self.faults)

    def line_of(self, path: Path) -> int:
        """The line of a value, or of the nearest value around it."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))[0]


class Author(Protocol):
    """Whoever reads the file."""

    @property
    def changed(self) -> bool:
        """True when the file is not as it was read last; quick enough to ask several times a second."""

    @property
    def ready(self) -> bool:
        """False before the first run on this computer, which takes a minute to prepare."""

    def prepare(self, run: Exercise, tell: Callable[[float], object]) -> None:
        """Prepares it and tells the share that is done; what `tell` raises gives it up."""

    def read(self) -> Draft:
        """The file as it is now. It never fails: what cannot be read is a fault of the draft."""
