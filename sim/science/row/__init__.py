"""Published facts: one file each, found by listing this folder; `ROWS` holds one of each, in the order of their ids."""

import importlib
import pkgutil
from collections.abc import Iterator

from sim.science.row.row import Case, Check, Curve, Found, Row


def _found() -> Iterator[Row]:
    """Every row of this folder, by file name."""
    for module in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        members = vars(importlib.import_module(f"{__name__}.{module}"))
        for name in sorted(members):
            member = members[name]
            own = isinstance(member, type) and member.__module__ == f"{__name__}.{module}"
            if own and issubclass(member, Row) and member is not Row:
                yield member()


ROWS: dict[str, Row] = {row.id: row for row in sorted(_found(), key=lambda row: (len(row.id), row.id))}
"""Every row by its id."""

__all__ = ["ROWS", "Case", "Check", "Curve", "Found", "Row"]
