"""Numbers that options take: never nan, never without end."""

import math


def finite(word: str) -> float:
    """The number a word of the command line means.

    Raises:
        ValueError: it means none that can be counted to; argparse says so, with this function's name.
    """
    value = float(word)
    if not math.isfinite(value):
        raise ValueError(word)
    return value
