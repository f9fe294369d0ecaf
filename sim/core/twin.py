"""Twin: a copy of a dataclass instance, quickly; a fork of a whole run makes a hundred of them."""

from collections.abc import Callable
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")


def twin(value: T) -> T:
    """Return a dataclass instance of the same class with the same fields: the very same values, not copies of them.

    Every field has to be one that `__init__` takes, in order, and there are at least two. A third of the time that
    `dataclasses.replace` takes.
    """
    kind: Any = type(value)
    twinned: T = kind(*_reader(kind)(value))
    return twinned


@lru_cache(maxsize=256)
def _reader(kind: type) -> Callable[[object], tuple[Any, ...]]:
    """What reads all fields of an instance, in order."""
    return attrgetter(*(field.name for field in fields(kind)))
