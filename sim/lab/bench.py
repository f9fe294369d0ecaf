"""What a bench row is and how it is measured: the same work again and again, a clock around it, the median."""

import gc
import platform
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from sim.core.phrase import Phrase
from sim.lab.workers import cores


@dataclass(frozen=True, slots=True)
class Row:
    """One figure about the speed of this machine."""

    id: str
    what: Phrase
    n: int
    """How many people, or whatever the row counts."""
    value: float
    """The median."""
    unit: str
    repeats: int
    spread: tuple[float, float]
    """Lowest and highest of the repeats."""

    def as_dict(self) -> dict[str, Any]:
        """As `bench --json` prints it."""
        return {
            "id": self.id,
            "what": self.what,
            "n": self.n,
            "value": tidy(self.value),
            "unit": self.unit,
            "repeats": self.repeats,
            "spread": [tidy(edge) for edge in self.spread],
        }


@dataclass(frozen=True, slots=True)
class Bench:
    """Work to be timed, and the rows that come of it."""

    rows: tuple[str, ...]
    """What `--only` names."""
    measure: Callable[[int, frozenset[str]], Sequence[Row]]
    """Takes how many repeats are wanted, and which rows; may return others that cost nothing more."""
    repeats: int


def row_of(name: str, what: Phrase, n: int, unit: str, found: Sequence[float]) -> Row:
    """Return the row of these repeats."""
    return Row(name, what, n, median(found), unit, len(found), (min(found), max(found)))


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that some work takes, without the interpreter's housekeeping."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        began = time.perf_counter()
        work()
        return time.perf_counter() - began
    finally:
        if was_on:
            gc.enable()


def each_timed(work: Callable[[], object], repeats: int, inner: int = 1) -> list[float]:
    """Return the seconds that some work takes, `repeats` times over, each the mean of `inner` in a row."""

    def row() -> None:
        for _ in range(inner):
            work()

    return [timed(row) / inner for _ in range(repeats)]


def run_benches(
    benches: Sequence[Bench], only: Collection[str] = (), *, quick: bool = False
) -> Iterator[tuple[Bench, list[Row]]]:
    """Measure one bench after the other, of each the rows in `only`, or all when that is empty.

    A bench without any such row is passed over. `quick` is three repeats of each, or as many as it has.
    """
    for bench in benches:
        wanted = frozenset(bench.rows).intersection(only or bench.rows)
        if wanted:
            found = bench.measure(min(3, bench.repeats) if quick else bench.repeats, wanted)
            yield bench, [row for row in found if row.id in wanted]


def machine() -> str:
    """Return what these figures were measured on, in one line."""
    return f"{platform.system()} {platform.machine()}, {cores()} cores, Python {platform.python_version()}"


def tidy(number: float) -> float:
    """Return a number with four digits that count."""
    return float(f"{number:.4g}")
