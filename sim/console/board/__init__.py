"""Boards in the terminal, one for each side of the incident: one file each, found by listing this folder."""

from sim.console.board.board import Board
from sim.core.listing import kinds_in


def boards() -> list[Board]:
    """A new one of each, in the order in which they are listed."""
    kinds = kinds_in(__name__, __path__, Board)
    return [kind() for kind in sorted(kinds, key=lambda kind: (kind.place, kind.name))]


__all__ = ["Board", "boards"]
