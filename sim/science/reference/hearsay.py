"""Rumours by the telling: who meets whom next is drawn one meeting at a time, in a crowd that mixes completely.

What a telling does is the product's `told` and `told_in_vain`. Meetings after Maki and Thompson 1973 (a teller
calls anybody) and Daley and Kendall 1965 (any two who are not both ignorant of being tellers meet).
"""

import math

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.core.noise import Stream
from sim.crowd.luck import luck
from sim.crowd.mind import told, told_in_vain
from sim.crowd.parameters import Numbers
from sim.crowd.people import Bits, Bytes, Longs, Rumour

_REFERENCE = int(Stream.REFERENCE)
_IGNORANT, _SPREADER = int(Rumour.IGNORANT), int(Rumour.SPREADER)
MEETS, FIRST, SECOND, BELIEVES = 0, 1, 2, 3
"""What a number is drawn for, in one meeting."""


@kernel
def spread(
    pairs: bool,
    both: bool,
    most: int,
    key: NDArray[np.uint32],
    knowledge: Bits,
    p: Numbers,
    refused: Bytes,
    rumour: Bytes,
) -> int:
    """Let people meet until nobody tells the first rumour any more, or `most` meetings; returns how many there were.

    Args:
        pairs: True draws one of the pairs with a teller in it, each as likely as the next; False draws a teller, each
            as likely as the next, and then anybody else.
        both: True stops both when two tellers meet.
        most: Limit of meetings.
        key: Of the noise of the run.
        knowledge: `Knows` bits of each person.
        p: The table of `Feeling`.
        refused: As `told_in_vain` takes it. Changed.
        rumour: Shape (people, rumours). Changed.
    """
    n = len(rumour)
    # Tellers first, everybody else after them; `at` says where each person is in it.
    people, at = np.arange(n), np.arange(n)
    telling = 0
    for i in range(n):
        if rumour[i, 0] == _SPREADER:
            _swap(i, telling, people, at)
            telling += 1
    for meeting in range(most):
        if telling == 0 or n < 2:
            return meeting
        first = math.floor(luck(key, _REFERENCE, meeting, FIRST) * telling)
        chance = luck(key, _REFERENCE, meeting, SECOND)
        tellers_met = (telling - 1.0) * (0.5 if pairs else 1.0)
        i = people[first]
        if luck(key, _REFERENCE, meeting, MEETS) * (tellers_met + n - telling) < tellers_met:
            j = people[(first + 1 + math.floor(chance * (telling - 1))) % telling]
        else:
            j = people[telling + math.floor(chance * (n - telling))]
        met = rumour[j, 0] == _SPREADER
        if rumour[j, 0] != _IGNORANT:
            told_in_vain(i, 0, p, refused, rumour)
            if both and met:
                told_in_vain(j, 0, p, refused, rumour)
        elif told(1.0, luck(key, _REFERENCE, meeting, BELIEVES), knowledge[j], rumour[j, 0], p):
            rumour[j, 0] = _SPREADER
            _swap(j, telling, people, at)
            telling += 1
        for who in (i, j):
            if at[who] < telling and rumour[who, 0] != _SPREADER:
                telling -= 1
                _swap(who, telling, people, at)
    return most


@kernel
def _swap(person: int, place: int, people: Longs, at: Longs) -> None:
    """Put somebody at a place and whoever was there at theirs."""
    other, left = people[place], at[person]
    people[place], people[left] = person, other
    at[person], at[other] = place, left
