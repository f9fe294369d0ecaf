"""Pack: plain values, arrays and dataclass instances to bytes and back, to the last bit; nothing packed is ever run.

The bytes are a line of JSON and then the memory of the arrays. A float is written as Python prints it, which reads
back as the same float. Whatever stands in two places becomes two, as it does when a run is forked.
"""

import importlib
import json
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from math import inf, isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import Undigestible

ROOMS = ("core", "crowd", "world", "exercise", "drill", "squad")
"""Rooms whose dataclasses and enumerations may be packed."""


def pack(value: object) -> bytes:
    """Return the bytes of `value`.

    Takes None, bool, int, float, str, bytes, lists, tuples, dicts (in their order), members of enumerations,
    dataclass instances of `ROOMS`, and arrays of bools, integers or floats. Fields that `__init__` does not take
    are left out: they are worked out from the others.

    Raises:
        Undigestible: the value, or one inside it, is of another kind.
    """
    writer = _Writer()
    tree = writer.tree(value)
    shapes = [[array.dtype.str, list(array.shape)] for array in writer.arrays]
    head = json.dumps([tree, shapes], separators=(",", ":"), allow_nan=False).encode("ascii")
    return b"\n".join([head, b"".join(array.tobytes() for array in writer.arrays)])


def unpack(data: bytes) -> Any:  # noqa: ANN401 - whatever was packed
    """Return the value that `pack` made into `data`.

    Raises:
        ValueError: these are not such bytes.
    """
    head, _, memory = data.partition(b"\n")
    try:
        tree, shapes = json.loads(head)
        return _Reader(_arrays(shapes, memory)).value(tree)
    except (TypeError, KeyError, IndexError, AttributeError, RecursionError, ImportError) as wrong:
        raise ValueError(f"these are not packed values: {wrong}") from wrong


def _arrays(shapes: list[tuple[str, list[int]]], memory: bytes) -> Iterator[NDArray[Any]]:
    """The packed arrays one after the other, each with memory of its own."""
    at = 0
    for kind, shape in shapes:
        dtype = np.dtype(kind)
        if dtype.kind not in "biuf":
            raise ValueError(f"no array of {kind} is ever packed")
        count = 1
        for length in shape:
            count *= length
        yield np.frombuffer(memory, dtype, count, at).reshape(shape).copy()
        at += count * dtype.itemsize


class _Writer:
    def __init__(self) -> None:
        self.arrays: list[NDArray[Any]] = []

    def tree(self, value: Any) -> object:  # noqa: ANN401 - anything in, JSON out
        """The value as JSON: itself when JSON has it, else a dict with the one letter of its kind."""
        kind: Any = type(value)
        if value is None or kind is str or kind is bool or kind is int:
            return value
        if isinstance(value, float):
            return float(value) if isfinite(value) else {"f": "nan" if value != value else f"{float(value):+}"}
        if kind is list:
            return [self.tree(item) for item in value]
        if kind is tuple:
            return {"t": [self.tree(item) for item in value]}
        if isinstance(value, dict):
            return {"d": [[self.tree(key), self.tree(item)] for key, item in value.items()]}
        if isinstance(value, np.ndarray):
            return self._array(value)
        if isinstance(value, Enum):
            return {"e": [_name(kind), value.name]}
        if kind is bytes:
            return {"b": value.hex()}
        if is_dataclass(value):
            return self._instance(value)
        raise Undigestible(kind.__name__)

    def _array(self, array: NDArray[Any]) -> object:
        if array.dtype.kind not in "biuf":
            raise Undigestible(f"array of {array.dtype.name}")
        self.arrays.append(array)
        return {"a": len(self.arrays) - 1}

    def _instance(self, value: object) -> object:
        kind: Any = type(value)
        return {"c": [_name(kind), [self.tree(getattr(value, field.name)) for field in _given(kind)]]}


class _Reader:
    def __init__(self, arrays: Iterator[NDArray[Any]]) -> None:
        self._arrays = list(arrays)

    def value(self, tree: Any) -> Any:  # noqa: ANN401 - JSON in, anything out
        """The value that a piece of JSON stands for."""
        if isinstance(tree, list):
            return [self.value(item) for item in tree]
        if not isinstance(tree, dict):
            return tree
        ((letter, content),) = tree.items()
        match letter:
            case "t":
                return tuple(self.value(item) for item in content)
            case "d":
                return {self.value(key): self.value(item) for key, item in content}
            case "f":
                return {"nan": float("nan"), "+inf": inf, "-inf": -inf}[content]
            case "a":
                return self._arrays[content]
            case "e":
                return _class(content[0])[content[1]]
            case "b":
                return bytes.fromhex(content)
            case "c":
                return self._instance(_class(content[0]), content[1])
        raise ValueError(f"there is no kind {letter}")

    def _instance(self, kind: Any, contents: list[object]) -> object:  # noqa: ANN401 - a class
        new = object.__new__(kind)
        for field, content in zip(_given(kind), contents, strict=True):
            object.__setattr__(new, field.name, self.value(content))
        for field in fields(kind):
            if not field.init:
                object.__setattr__(new, field.name, _first(field))
        return new


def _first(field: "Field[Any]") -> object:
    """What a field that `__init__` does not take begins with."""
    return field.default if field.default_factory is MISSING else field.default_factory()


@lru_cache(maxsize=256)
def _given(kind: Any) -> tuple["Field[Any]", ...]:  # noqa: ANN401 - a dataclass
    return tuple(field for field in fields(kind) if field.init)


@lru_cache(maxsize=256)
def _name(kind: Any) -> str:  # noqa: ANN401 - a class
    """Where a class stands in the house, such as `world.unit:Unit`."""
    house, _, place = kind.__module__.partition(".")
    if house != "sim" or place.partition(".")[0] not in ROOMS:
        raise Undigestible(kind.__name__)
    return f"{place}:{kind.__qualname__}"


@lru_cache(maxsize=256)
def _class(name: str) -> Any:  # noqa: ANN401 - a class
    """The dataclass or enumeration of that name; ValueError when it is neither, or of another room."""
    place, _, own = name.partition(":")
    if place.partition(".")[0] in ROOMS:
        kind = getattr(importlib.import_module(f"sim.{place}"), own)
        if isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, Enum)):
            return kind
    raise ValueError(f"{name} is never packed")
