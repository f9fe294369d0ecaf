"""One short name for the exact state of anything: SHA-256 over canonical bytes, cut to 128 bits.

Every value is written as a tag for its kind, a length where its size can vary, and its bits. No two different
values are written alike, so equal digests mean equal states, to the last bit of the last float. Arrays of more than
a few kilobytes are folded first (`sim.core.fold`): the state of a run is digested each second, and SHA-256 alone would
take as long as the crowd itself. Two big arrays that differ in one number still never look alike.
"""

import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from hashlib import sha256
from operator import attrgetter
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import NotFinite, Undigestible
from sim.core.finite import any_nan
from sim.core.fold import fold

_Write: TypeAlias = Callable[[bytes | memoryview], object]

FOLDED = 4096
"""Arrays of so many bytes are folded."""

_FLOAT = struct.Struct("<cd").pack
_HEAD = struct.Struct("<cQ").pack
_SMALL = tuple(struct.pack("<cQb", b"i", 1, value) for value in range(-128, 128))
"""The canonical bytes of the whole numbers from -128 to 127."""


def digest(value: object) -> str:
    """Return 32 hexadecimal characters that name `value` exactly.

    Accepts None, bool, int, float, str, bytes, Enum members (by class and name), lists, tuples, dicts with
    str keys (in any order), dataclasses (class name and fields in order) and arrays of bools, integers or
    floats (type, shape and elements, whatever their memory layout). 1, 1.0 and True differ; so do 0.0 and
    -0.0; so do a list and a tuple. A subclass counts as its base. inf has a name, nan has none.

    Raises:
        NotFinite: a float is nan; names the field, and for an array the flat index.
        Undigestible: the value, or one inside it, is of another kind.
    """
    return sha256(canonical(value)).hexdigest()[:32]


def canonical(value: object) -> bytes:
    """Return the canonical bytes of `value`, of which `digest` is made; those of two equal texts are equal, and so on.

    Raises:
        As `digest`.
    """
    parts: list[bytes | memoryview] = []
    _feed(value, parts.append)
    return b"".join(parts)


class Canonical(bytes):
    """Canonical bytes of a value that stand for it in a digest."""

    __slots__ = ()


class Written:
    """The canonical bytes of a few values, kept under a name for as long as they stay the same.

    For what is digested again and again and seldom changes, and holds texts and whole numbers alone: equal ones are
    then written alike, which 1, 1.0 and True are not.
    """

    def __init__(self) -> None:
        """Nothing written yet."""
        self._known: dict[str, tuple[object, Canonical]] = {}

    def of(self, name: str, value: object) -> Canonical:
        """Return the canonical bytes of `value`, which nobody changes from now on."""
        known = self._known.get(name)
        if known is None or known[0] != value:
            known = self._known[name] = (value, Canonical(canonical(value)))
        return known[1]


def chain(previous: str, value: object) -> str:
    """Return the digest of `value` coming after everything that `previous` names; start with ''."""
    return digest((previous, value))


def _feed(value: object, write: _Write) -> None:
    """Write the canonical bytes of any value."""
    kind = type(value)
    if kind is Canonical:
        write(value)  # type: ignore[arg-type]  # mypy does not see through `kind`
    elif kind is float:
        if value != value:
            raise NotFinite("")
        write(_FLOAT(b"f", value))
    elif kind is int:
        write(_whole(value))
    elif kind is str:
        write(_text(value))
    elif kind is tuple or kind is list:
        _feed_row(value, write)  # type: ignore[arg-type]
    elif kind is np.ndarray:
        _feed_array(value, write)  # type: ignore[arg-type]
    elif kind is dict:
        _feed_dict(value, write)  # type: ignore[arg-type]
    else:
        _feed_rare(value, write)


def _feed_rare(value: object, write: _Write) -> None:
    """Write a value of a kind there are few of, or of a subclass, which counts as its base."""
    if value is None:
        write(b"N")
    elif isinstance(value, bool):
        write(b"T" if value else b"F")
    elif isinstance(value, np.ndarray):
        _feed_array(value, write)
    elif isinstance(value, Enum):
        write(_member(value))
    elif isinstance(value, float):
        _feed(float(value), write)
    elif isinstance(value, int):
        write(_whole(value))
    elif isinstance(value, str):
        write(_text(value))
    elif isinstance(value, bytes):
        write(_HEAD(b"b", len(value)) + value)
    elif isinstance(value, dict):
        _feed_dict(value, write)
    elif isinstance(value, list | tuple):
        _feed_row(value, write)
    elif is_dataclass(value) and not isinstance(value, type):
        _feed_dataclass(value, write)
    else:
        raise Undigestible(type(value).__name__)


@lru_cache(maxsize=4096)
def _whole(value: int) -> bytes:
    """Return the canonical bytes of a whole number of any size."""
    if -128 <= value < 128:
        return _SMALL[value + 128]
    size = value.bit_length() // 8 + 1
    return _HEAD(b"i", size) + value.to_bytes(size, "little", signed=True)


@lru_cache(maxsize=4096)
def _text(text: str) -> bytes:
    """Return the canonical bytes of a text; half a surrogate pair, which UTF-8 lacks, is kept apart too."""
    raw = text.encode("utf-8", "surrogatepass")
    return _HEAD(b"s", len(raw)) + raw


@lru_cache(maxsize=1024)
def _class_head(tag: bytes, kind: type) -> bytes:
    """Return the tag and name of a class. Its module is left out: moving a class must not change a run."""
    return tag + _text(kind.__qualname__)


@lru_cache(maxsize=1024, typed=True)
def _member(value: Enum) -> bytes:
    """Return the canonical bytes of a member of an enumeration."""
    return _class_head(b"E", type(value)) + _text(value.name)


@lru_cache(maxsize=1024)
def _fields_of(kind: type) -> tuple[tuple[str, ...], bytes, Callable[[object], tuple[Any, ...]]]:
    """Return the field names of a dataclass, in order, the canonical bytes before their values, and their reader."""
    names = tuple(field.name for field in fields(kind))
    head = _class_head(b"c", kind) + _HEAD(b"c", len(names))
    if len(names) > 1:
        return names, head, attrgetter(*names)
    return names, head, lambda value: tuple(getattr(value, name) for name in names)


def _feed_items(items: Sequence[Any], write: _Write) -> None:
    """Write some values one after the other; the commonest kinds here and now, for there are thousands of them."""
    for item in items:
        kind = type(item)
        if kind is int:
            write(_SMALL[item + 128] if -128 <= item < 128 else _whole(item))
        elif kind is str:
            write(_text(item))
        elif kind is float and item == item:
            write(_FLOAT(b"f", item))
        elif kind is bool:
            write(b"T" if item else b"F")
        else:
            _feed(item, write)


def _named(items: Sequence[object], names: Iterable[str]) -> NotFinite:
    """Return the fault of the first of these values that is no number, under its name."""
    for name, item in zip(names, items, strict=True):
        try:
            _feed(item, lambda written: None)
        except NotFinite as fault:
            return fault.inside(name)
    raise AssertionError("one of them was no number")


def _feed_row(value: list[Any] | tuple[Any, ...], write: _Write) -> None:
    """Write the items of a list or a tuple, in order."""
    write(_HEAD(b"l" if isinstance(value, list) else b"t", len(value)))
    try:
        _feed_items(value, write)
    except NotFinite:
        raise _named(value, (f"[{k}]" for k in range(len(value)))) from None


def _feed_dict(value: dict[Any, object], write: _Write) -> None:
    """Write the entries of a dict, sorted by key."""
    for key in value:
        if type(key) is not str and (not isinstance(key, str) or isinstance(key, Enum)):
            raise Undigestible(f"dict with a key of kind {type(key).__name__}")
    write(_HEAD(b"d", len(value)))
    keys = sorted(value)
    try:
        _feed_items([part for key in keys for part in (key, value[key])], write)
    except NotFinite:
        raise _named([value[key] for key in keys], keys) from None


def _feed_dataclass(value: object, write: _Write) -> None:
    """Write the class name and the fields of a dataclass, in order."""
    kind: type = type(value)
    names, head, read = _fields_of(kind)
    write(head)
    items = read(value)
    try:
        _feed_items(items, write)
    except NotFinite:
        raise _named(items, names) from None


@lru_cache(maxsize=4096)
def _array_head(kind: np.dtype[Any], shape: tuple[int, ...]) -> bytes:
    """Return the canonical bytes that stand before an array's elements."""
    lengths = b"".join(_HEAD(b"a", length) for length in shape)
    return b"a" + _text(kind.str) + _HEAD(b"a", len(shape)) + lengths


def _feed_array(array: NDArray[Any], write: _Write) -> None:
    """Write the type, shape and elements of an array; the elements straight from its memory where we can."""
    # Floats wider than 8 bytes are padded with bytes that nobody sets.
    if array.dtype.kind not in "biuf" or array.dtype.itemsize > 8:
        raise Undigestible(f"array of {array.dtype.name}")
    if not (array.flags.c_contiguous and array.dtype.str[0] != ">"):
        array = np.asarray(array, dtype=array.dtype.newbyteorder("<"), order="C")
    flat = array.reshape(-1)
    if array.dtype.kind == "f" and any_nan(flat):
        raise NotFinite("", person=int(np.isnan(flat).argmax()))
    write(_array_head(array.dtype, array.shape))
    write(flat.data if array.nbytes < FOLDED else fold(flat.view(np.uint8)).data)
