"""Finite: whether many floats are all numbers, in one pass that looks at their bits and never at their values."""

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel

_SINGLE, _DOUBLE = np.dtype("<f4"), np.dtype("<f8")
_SIZE = {_SINGLE: np.uint64(0x7FFFFFFF), _DOUBLE: np.uint64(0x7FFFFFFFFFFFFFFF)}
"""The bits that are not the sign."""
_INFINITE = {_SINGLE: np.uint64(0x7F800000), _DOUBLE: np.uint64(0x7FF0000000000000)}
"""The bits of infinity: those of every number are less, those of what is no number more."""
_WORDS = {_SINGLE: np.uint32, _DOUBLE: np.uint64}
_ONE, _TOP = np.uint64(1), np.uint64(63)


def all_finite(floats: NDArray[np.floating]) -> bool:
    """Return whether all of these are numbers, none of them infinite."""
    return not _any_beyond(floats, finite=True)


def any_nan(floats: NDArray[np.floating]) -> bool:
    """Return whether any of these is not a number; infinity is one here."""
    return _any_beyond(floats, finite=False)


def _any_beyond(floats: NDArray[np.floating], *, finite: bool) -> bool:
    kind = floats.dtype
    if kind not in _WORDS:
        return not np.isfinite(floats).all() if finite else bool(np.isnan(floats).any())
    most = _INFINITE[kind] - _ONE if finite else _INFINITE[kind]
    return bool(_beyond(floats.reshape(-1).view(_WORDS[kind]), _SIZE[kind], most))


@kernel
def _beyond(words: NDArray[np.unsignedinteger], size: np.uint64, most: np.uint64) -> bool:
    """Return whether any of the words, without its sign, is more than `most`: no branch, so eight at a time."""
    found = np.uint64(0)
    for k in range(len(words)):
        found |= most - (np.uint64(words[k]) & size)
    return bool(found >> _TOP)
