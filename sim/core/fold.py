"""Fold: many bytes become four whole numbers, several times as fast as a hash that has to withstand an attacker.

Each of four lanes takes every fourth word and mixes it in by the round of xxHash (multiply, rotate, multiply; Collet,
"XXH64", in the public specification of that hash). A round can be undone, so two blocks that differ in one word, or
in words of different lanes, never fold alike; other pairs do once in 2^64.
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel

LANES = 4
_ONE = np.uint64(0x9E3779B185EBCA87)
_TWO = np.uint64(0xC2B2AE3D27D4EB4F)
_LEFT, _RIGHT = np.uint64(31), np.uint64(33)


def fold(block: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Return four numbers that stand for a block of bytes of known length, wherever in memory it begins."""
    whole = len(block) - len(block) % (8 * LANES)
    tail = np.zeros(8 * LANES, np.uint8)
    tail[: len(block) - whole] = block[whole:]
    words = block[:whole].view(np.uint64)
    return _fold(words if words.flags.aligned else words.copy(), tail.view(np.uint64))


@kernel
def _fold(words: NDArray[np.uint64], tail: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Fold words, a multiple of four of them, and four more."""
    a, b, c, d = _ONE, _TWO, _ONE + _TWO, _ONE * _TWO
    for k in range(0, len(words), LANES):
        a += words[k] * _TWO
        a = ((a << _LEFT) | (a >> _RIGHT)) * _ONE
        b += words[k + 1] * _TWO
        b = ((b << _LEFT) | (b >> _RIGHT)) * _ONE
        c += words[k + 2] * _TWO
        c = ((c << _LEFT) | (c >> _RIGHT)) * _ONE
        d += words[k + 3] * _TWO
        d = ((d << _LEFT) | (d >> _RIGHT)) * _ONE
    lanes = np.empty(LANES, np.uint64)
    lanes[0], lanes[1], lanes[2], lanes[3] = a, b, c, d
    return lanes + tail * _TWO
