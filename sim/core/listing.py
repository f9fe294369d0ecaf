"""Listing: the kinds of one thing that the files of a folder define, so that a new file is all it takes to add one."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from typing import TypeVar

Kind = TypeVar("Kind")


def kinds_in(package: str, path: Iterable[str], base: type[Kind]) -> Iterator[type[Kind]]:
    """Every class below `base` that a module of this package defines, by module and then by name.

    Args:
        package: `__name__` of the package.
        path: its `__path__`.
        base: what they all are; itself no member.
    """
    for module in sorted(info.name for info in pkgutil.iter_modules(path)):
        members = vars(importlib.import_module(f"{package}.{module}"))
        for name in sorted(members):
            member = members[name]
            own = isinstance(member, type) and member.__module__ == f"{package}.{module}"
            if own and issubclass(member, base) and member is not base:
                yield member
