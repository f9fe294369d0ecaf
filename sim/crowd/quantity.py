"""A number with its unit, its source and how far it may be doubted, written where the number stands.

Parameter classes are frozen dataclasses whose fields are declared with `quantity`; `quantities` lists them,
so that a table of all numbers about people can be printed, checked and varied without a copy of any.
"""

from dataclasses import astuple, dataclass, field, fields
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Status: TypeAlias = Literal["sourced", "assumed", "fitted"]
"""`sourced`: published, and the source says where. `fitted`: set so that a published fact comes out.
`assumed`: chosen, and the source says why."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One parameter as it stands: what it is called, how much, of what, and why."""

    name: str
    """The field's name."""
    value: float
    """How much."""
    unit: str
    """SI unit, "1" for pure numbers."""
    status: Status
    """How far it may be doubted."""
    source: str
    """Publication, or the reasoning behind the choice."""
    low: float
    """Lowest value worth trying."""
    high: float
    """Highest value worth trying."""


def quantity(default: float, *, unit: str, status: Status, source: str, low: float, high: float) -> float:
    """Declare a dataclass field holding one number with its unit, status, source and range.

    Args:
        default: The value in use.
        unit: SI unit, "1" for pure numbers.
        status: Whether the value is sourced, fitted or assumed.
        source: Publication, or the reasoning behind the choice; never empty.
        low: Lowest value worth trying.
        high: Highest value worth trying.

    Returns:
        A dataclass field, typed as the number it holds, as `dataclasses.field` does.

    Raises:
        ValueError: `default` is not from `low` to `high`, or unit or source is empty. An error of the
            program, met on import.
    """
    if not low <= default <= high:
        raise ValueError(f"{default} {unit} is not from {low} to {high}")
    if not unit or not source:
        raise ValueError(f"{default} has no unit or no source")
    about = {"unit": unit, "status": status, "source": source, "low": float(low), "high": float(high)}
    return field(default=float(default), metadata=about)


def quantities(params: "DataclassInstance | type[DataclassInstance]") -> list[Quantity]:
    """Return every quantity of a parameter dataclass, in the order the fields are declared.

    Args:
        params: An instance, whose values are listed, or a class, whose defaults are.

    Returns:
        One `Quantity` for each field declared with `quantity`; other fields are passed over.
    """
    held = params() if isinstance(params, type) else params
    declared = [f for f in fields(held) if "unit" in f.metadata]
    return [Quantity(f.name, getattr(held, f.name), **f.metadata) for f in declared]


def row_of(params: "DataclassInstance") -> NDArray[np.void]:
    """Return all the numbers of a dataclass that has nothing else, under their names, as a table of one row."""
    return np.array([astuple(params)], _kinds_of(type(params)))


@lru_cache(maxsize=64)
def _kinds_of(params: "type[DataclassInstance]") -> np.dtype[Any]:
    """Return the columns of such a table, one and the same object for each class.

    Whoever hands a table to a kernel is asked for them each time: the same are known at sight, while equal ones are
    gone through name by name, which takes longer than some kernels do.
    """
    return np.dtype([(f.name, np.float64) for f in fields(params)])
