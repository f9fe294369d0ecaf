"""Boards over the map, one for each side of the incident: one file each, found by listing this folder."""

from sim.core.listing import kinds_in
from sim.desktop.board.board import Board


def boards() -> list[Board]:
    """A new one of each, in the order of their tabs."""
    kinds = kinds_in(__name__, __path__, Board)
    return [kind() for kind in sorted(kinds, key=lambda kind: (kind.place, kind.name))]


__all__ = ["Board", "boards"]
