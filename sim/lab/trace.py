"""Trace: what a run was at each second, in short, and where two runs part."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from dataclasses import fields as fields_of
from typing import Any, Self

import numpy as np

from sim.core.phrase import Phrase
from sim.exercise.exercise import Exercise
from sim.exercise.tick import SECOND
from sim.world.world import World


@dataclass(frozen=True, slots=True)
class Trace:
    """The digests of one run: two runs that were the same to the last bit have the same trace."""

    seconds: tuple[str, ...]
    """How the running digest of the state began at each second."""
    final: str
    """Digest of the last state."""
    journal: str
    """Digest of everything in the journal."""

    @classmethod
    def of(cls, run: Exercise) -> Self:
        """The trace of a run so far."""
        seconds: list[str] = []
        for entry in run.journal.of("digest"):
            seconds += [*str(entry.data["marks"]).split(), str(entry.data["digest"])]
        seconds += run.journal.marks
        entries = [[entry.tick, entry.kind, entry.data] for entry in run.journal]
        written = json.dumps(entries, sort_keys=True, allow_nan=False).encode()
        return cls(tuple(seconds), run.digest(), hashlib.blake2b(written, digest_size=16).hexdigest())

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {"seconds": " ".join(self.seconds), "final": self.final, "journal": self.journal}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The trace that `as_dict` wrote."""
        return cls(tuple(data["seconds"].split()), data["final"], data["journal"])

    def parts_from(self, other: "Trace") -> int | None:
        """The first tick at which the two are known to differ; None when they are the same."""
        if self == other:
            return None
        for second, (one, two) in enumerate(zip(self.seconds, other.seconds, strict=False)):
            if one != two:
                return (second + 1) * SECOND
        return (min(len(self.seconds), len(other.seconds)) + 1) * SECOND


@dataclass(frozen=True, slots=True)
class Difference:
    """The first thing in which two states differ."""

    tick: int
    part: str
    """Where it is in the state, such as `crowd.people.anger`."""
    row: int | None = None
    """Which person, or which row of the array."""

    @property
    def phrase(self) -> Phrase:
        """The same in words."""
        if self.row is None:
            return Phrase("at tick {tick}, in {part}", tick=self.tick, part=self.part)
        return Phrase("at tick {tick}, in {part}, row {row}", tick=self.tick, part=self.part, row=self.row)


def difference(one: World, other: World) -> Difference | None:
    """The first part of the state, in its order, in which two worlds differ to the last bit; None when in none."""
    found = _differs(one.parts(), other.parts())
    return None if found is None else Difference(one.tick, found[0], found[1])


def _differs(one: object, other: object) -> tuple[str, int | None] | None:
    """Name and row of the first difference below two values; "" for the values themselves."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return _in_arrays(one, other)
    inner = _items(one), _items(other)
    if not inner[0] and not inner[1]:
        return None if type(one) is type(other) and repr(one) == repr(other) else ("", None)
    for name in [*inner[0], *(name for name in inner[1] if name not in inner[0])]:
        if name not in inner[0] or name not in inner[1]:
            return name, None
        found = _differs(inner[0][name], inner[1][name])
        if found is not None:
            return f"{name}.{found[0]}" if found[0] else name, found[1]
    return None


def _in_arrays(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> tuple[str, int | None] | None:
    if one.shape != other.shape or one.dtype != other.dtype:
        return "", None
    if one.tobytes() == other.tobytes():
        return None
    bits = one.reshape(len(one), -1).view(np.uint8) != other.reshape(len(one), -1).view(np.uint8)
    return "", int(np.flatnonzero(bits.any(axis=1))[0])


def _items(value: object) -> dict[str, object]:
    """What is inside a container, by name; nothing for a plain value."""
    if isinstance(value, dict):
        return {str(key): item for key, item in value.items()}
    if isinstance(value, list | tuple):
        return {f"[{k}]": item for k, item in enumerate(value)}
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields_of(value)}
    return {}
