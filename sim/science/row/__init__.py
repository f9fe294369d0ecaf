"""Published facts: one file each, found by listing this folder; `ROWS` holds one of each, in the order of their ids."""

from sim.core.listing import kinds_in
from sim.science.row.row import Case, Check, Curve, Found, Row

_ROWS = [kind() for kind in kinds_in(__name__, __path__, Row)]  # type: ignore[type-abstract]
ROWS: dict[str, Row] = {row.id: row for row in sorted(_ROWS, key=lambda row: (len(row.id), row.id))}
"""Every row by its id."""

__all__ = ["ROWS", "Case", "Check", "Curve", "Found", "Row"]
