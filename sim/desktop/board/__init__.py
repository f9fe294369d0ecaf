"""Boards over the map, one for each side of the incident: one file each, found by listing this folder."""

import importlib
import pkgutil
from collections.abc import Iterator

from sim.desktop.board.board import Board


def _found() -> Iterator[type[Board]]:
    for module in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        members = vars(importlib.import_module(f"{__name__}.{module}"))
        for name in sorted(members):
            member = members[name]
            if isinstance(member, type) and issubclass(member, Board) and member.__module__ == f"{__name__}.{module}":
                yield member


def boards() -> list[Board]:
    """A new one of each, in the order of their tabs."""
    kinds = [kind for kind in _found() if kind is not Board]
    return [kind() for kind in sorted(kinds, key=lambda kind: (kind.place, kind.name))]


__all__ = ["Board", "boards"]
