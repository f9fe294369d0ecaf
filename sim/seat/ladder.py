"""Ladder: the order in which responses of one kind are offered: what can be ordered now, then from mild to grave."""

import re
from collections.abc import Iterable

from sim.exercise.option import Option

_PARTS = re.compile(r"([A-Za-z]*)(\d*)(.*)")


def laddered(options: Iterable[Option]) -> list[Option]:
    """Open ones first, and each of both by its code in the catalogue, in which an appeal stands before an order."""
    return sorted(options, key=lambda option: (not option.open, *_place(option.response.catalogue), option.response.id))


def _place(code: str) -> tuple[str, int, str]:
    letters, number, rest = _PARTS.fullmatch(code).groups()  # type: ignore[union-attr]  # fits any code
    return letters, int(number or 0), rest
