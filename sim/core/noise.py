"""Random numbers asked for by name: each is a function of seed, trial, stream, tick and person.

Nothing is drawn in sequence. Two runs of the same seed that differ in one order therefore still agree on
every number the order did not concern, which is what makes a fair "what if" affordable. The generator is
Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011).

Use one stream for one purpose, and one of `uniform` or `normal` on it: both read the same block of bits.
"""

import math
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import BadInput
from sim.core.kernel import inlined
from sim.core.maths import cos, log
from sim.core.phrase import Phrase


class Stream(IntEnum):
    """What a number is for. Append only: a number that moves changes every run ever recorded."""

    ARRIVAL = 1
    TRAIT = 2
    PLACEMENT = 3
    SEE = 4
    HEAR = 5
    ONLINE = 6
    RUMOUR = 7
    LOOK = 8
    VIOLENCE = 9
    TARGET = 10
    LEAVE = 11
    MILL = 12
    COMPLY = 13
    SPILL = 14
    INJURY = 15
    CRUSH = 16
    FALL = 17
    OFFICER = 18
    REPORT = 19
    COUNT = 20
    VERIFY = 21
    UNIT = 22
    INJECT = 23
    PLAYER = 24
    DRIVER = 25
    OPINION = 26
    SPEED = 27
    EXPERIMENT = 28
    """Where people and things of an experiment stand, and what they are."""
    REFERENCE = 29
    """Whose turn it is in a reference model."""
    COMPANY = 30
    """Who came with whom, and where they stand to each other."""
    HIDDEN = 31
    """What a seat could not know, drawn anew for a trial of the review."""
    UNSEEN = 32
    """By how much it lies beside what was so: moods, and when something comes."""
    FAINT = 33
    """Who goes down in the heat."""
    PROMISE = 34
    """Whether a department does by its day what it promised."""
    VOTE = 35
    """Who of those who hear terms agrees to them."""
    AFTERMATH = 36
    """What the days after bring by chance: who complains and when, whether an owner keeps a word by himself."""
    RECURRENCE = 37
    """Whether the same people come again, and how well that was judged."""


# All uint64: a product of two 32-bit words then fits, and no operand drags the expression to float64.
_WORD = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_ROUND_0 = np.uint64(0xD2511F53)
_ROUND_1 = np.uint64(0xCD9E8D57)
_BUMP_0 = np.uint64(0x9E3779B9)
_BUMP_1 = np.uint64(0xBB67AE85)
_DROP_5 = np.uint64(5)
_DROP_6 = np.uint64(6)
_TWO_26 = 67108864.0
_PER_2_53 = 1.1102230246251565e-16
_TAU = 6.283185307179586


@inlined
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Return the four 32-bit words of Philox4x32-10 for counter (c0, c1, c2, c3) and key (k0, k1).

    Arguments count modulo 2**32. The words come as unsigned 64-bit integers below 2**32.
    """
    a, b, c, d = np.uint64(c0) & _WORD, np.uint64(c1) & _WORD, np.uint64(c2) & _WORD, np.uint64(c3) & _WORD
    key0, key1 = np.uint64(k0) & _WORD, np.uint64(k1) & _WORD
    for _ in range(10):
        product0 = _ROUND_0 * a
        product1 = _ROUND_1 * c
        a, b, c, d = (
            (product1 >> _SHIFT) ^ b ^ key0,
            product1 & _WORD,
            (product0 >> _SHIFT) ^ d ^ key1,
            product0 & _WORD,
        )
        key0 = (key0 + _BUMP_0) & _WORD
        key1 = (key1 + _BUMP_1) & _WORD
    return a, b, c, d  # type: ignore[return-value]  # numpy scalars here, integers once compiled


@inlined
def _unit(high: int, low: int) -> float:
    """Return a float in [0, 1) made of the top 27 bits of one word and the top 26 of another."""
    top = np.float64(np.uint64(high) >> _DROP_5)
    bottom = np.float64(np.uint64(low) >> _DROP_6)
    return (top * _TWO_26 + bottom) * _PER_2_53


@inlined
def uniform(key: NDArray[np.uint32], stream: int, tick: int, person: int) -> float:
    """Return the number in [0, 1), of 53 random bits, that belongs to (key, stream, tick, person).

    Args:
        key: shape (3,): low and high word of the seed, and the trial. `Noise.key` makes it.
        stream: what the number is for; a `Stream`.
        tick: when; 0 for what is settled before the run.
        person: whose. Counts modulo 2**32, so -1 is a name of its own, apart from every person that exists.
    """
    a, b, _, _ = philox(tick, person, stream, key[2], key[0], key[1])
    return _unit(a, b)


@inlined
def normal(key: NDArray[np.uint32], stream: int, tick: int, person: int) -> float:
    """Return the standard normal number that belongs to (key, stream, tick, person); see `uniform`.

    Box and Muller, "A note on the generation of random normal deviates", 1958. At most 8.58 from 0.
    """
    a, b, c, d = philox(tick, person, stream, key[2], key[0], key[1])
    radius = math.sqrt(-2.0 * log(1.0 - _unit(a, b)))
    return radius * cos(_TAU * _unit(c, d))


@lru_cache(maxsize=1024)
def _key(seed: int, trial: int) -> NDArray[np.uint32]:
    """Return the read-only key array of a seed and a trial."""
    key = np.array([seed & 0xFFFFFFFF, seed >> 32, trial], dtype=np.uint32)
    key.setflags(write=False)
    return key


@dataclass(frozen=True, slots=True)
class Noise:
    """All the random numbers of one run. Holds no state, so asking never changes what is asked next."""

    seed: int
    """From 0 to 2**64 - 1: the luck of the run."""
    trial: int = 0
    """From 0 to 2**32 - 1: one of many repetitions of the same run, each with luck of its own."""

    def __post_init__(self) -> None:
        """Raise BadInput unless seed and trial are in range."""
        for name, value, bits in (("seed", self.seed, 64), ("trial", self.trial, 32)):
            if not 0 <= value < 1 << bits:
                raise BadInput.of(
                    "bad-seed",
                    Phrase("{name} must be a whole number from 0 to {most}", name=name, most=(1 << bits) - 1),
                    path=name,
                )

    @property
    def key(self) -> NDArray[np.uint32]:
        """The key the kernels take: shape (3,), read-only, made once for each seed and trial."""
        return _key(self.seed, self.trial)

    def uniform(self, stream: Stream, tick: int, person: int = 0) -> float:
        """Return the number in [0, 1) that belongs to (stream, tick, person); the kernel gives the same."""
        return uniform(self.key, int(stream), tick, person)

    def normal(self, stream: Stream, tick: int, person: int = 0) -> float:
        """Return the standard normal number of (stream, tick, person); the kernel gives the same."""
        return normal(self.key, int(stream), tick, person)

    def choice(self, n: int, stream: Stream, tick: int, person: int = 0) -> int:
        """Return a whole number from 0 to n - 1, each as likely as the next.

        Raises:
            BadInput: n is below 1, so there is nothing to choose from.
        """
        if n < 1:
            raise BadInput.of("empty-choice", Phrase("there is nothing to choose from"))
        return int(self.uniform(stream, tick, person) * n)
