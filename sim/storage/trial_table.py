"""Trial tables: the rows of a sweep as CSV, written as they come, so that a sweep that was cut short goes on.

Two sweeps may write one table at once: neither takes away a seed the other has put there.
"""

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.storage.held import turn
from sim.storage.keepsake import write_whole

FIXED = ("plan", "seed", "arm", "refused")


class TrialTable:
    """One table on disk. A seed is in it with all its arms or not at all."""

    def __init__(self, path: Path, plan: str, arms: Sequence[str], measures: Sequence[str]) -> None:
        """Opens or begins it.

        Raises:
            BadInput: the file is there and belongs to another plan, or cannot be read or written.
        """
        self.path, self.plan, self.arms, self.measures = path, plan, tuple(arms), tuple(measures)
        self.rows: list[tuple[int, str, int, tuple[float, ...], str]] = []
        """Seed, arm, orders refused, values, digest."""
        try:
            self._write()
        except (OSError, ValueError, csv.Error) as wrong:
            raise BadInput.of(
                "bad-table", Phrase("the table {file} cannot be used: {why}", file=str(path), why=str(wrong))
            ) from wrong

    @property
    def _head(self) -> tuple[str, ...]:
        return (*FIXED, *self.measures, "digest")

    @property
    def seeds(self) -> set[int]:
        """Seeds that are there."""
        return {row[0] for row in self.rows}

    def add(self, rows: Iterable[tuple[int, str, int, tuple[float, ...], str]]) -> None:
        """Every arm of one more seed, on disk when this returns."""
        new = list(rows)
        self.rows.extend(new)
        with turn(), self.path.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(self._line(row) for row in new)
            file.flush()
            os.fsync(file.fileno())

    def close(self) -> None:
        """Puts the rows in order of seed and arm, what another sweep has added with them.

        The file is the same whatever the number of workers.
        """
        self._write()

    def _line(self, row: tuple[int, str, int, tuple[float, ...], str]) -> list[str]:
        seed, arm, refused, values, digest = row
        return [self.plan, str(seed), arm, str(refused), *(repr(float(value)) for value in values), digest]

    def _write(self) -> None:
        with turn():
            known, there = self.seeds, self._read() if self.path.exists() else []
            self.rows += [row for row in there if row[0] not in known]
            self.rows.sort(key=lambda row: (row[0], self.arms.index(row[1])))
            lines = [",".join(self._head), *(",".join(self._line(row)) for row in self.rows)]
            write_whole(self.path, ("\n".join(lines) + "\n").encode())

    def _read(self) -> list[tuple[int, str, int, tuple[float, ...], str]]:
        """The rows of every seed that is there with all its arms."""
        text = self.path.read_text(encoding="utf-8")
        # What stands behind the last line break was cut off in the middle.
        lines = list(csv.reader(text[: text.rfind("\n") + 1].splitlines()))
        if not lines:
            return []
        if tuple(lines[0]) != self._head or any(line and line[0] != self.plan for line in lines[1:]):
            raise BadInput.of(
                "other-plan",
                Phrase("{file} holds trials of another plan, scenario or version", file=str(self.path)),
                hint=Phrase("name another file, or delete this one"),
            )
        found: dict[int, dict[str, tuple[int, str, int, tuple[float, ...], str]]] = {}
        for line in lines[1:]:
            if len(line) == len(self._head) and line[2] in self.arms:
                seed, values = int(line[1]), tuple(float(value) for value in line[4:-1])
                found.setdefault(seed, {})[line[2]] = (seed, line[2], int(line[3]), values, line[-1])
        whole = [arms for arms in found.values() if len(arms) == len(self.arms)]
        return [row for arms in whole for row in arms.values()]
