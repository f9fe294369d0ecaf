"""Numbers that options take: never nan, never without end."""

import argparse
import math


def finite(word: str) -> float:
    """The number a word of the command line means.

    Raises:
        ArgumentTypeError: it means none that can be counted to.
    """
    try:
        value = float(word)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError(f"invalid number: {word!r}")
    return value
