"""Weighing: the flag by which an instructor moves the weights of a rubric, each by half at most."""

import argparse

from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech


def add_weights(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds `--weights ID=N,...`."""
    parser.add_argument(
        "--weights",
        metavar="ID=N,...",
        help=say("other weights of dimensions, up to half away; the score by the original stands beside it"),
    )


def weights_in(text: str) -> dict[str, float]:
    """`SFY=25,ESC=8` as numbers.

    Raises:
        BadInput: it is not written so.
    """
    found = {}
    for part in text.split(","):
        name, _, number = part.partition("=")
        try:
            found[name.strip().upper()] = float(number)
        except ValueError as wrong:
            raise BadInput.of(
                "bad-weight",
                Phrase("{part} is no weight", part=part),
                hint=Phrase("write {example}", example="SFY=25,ESC=8"),
            ) from wrong
    return found
