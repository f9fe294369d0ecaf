"""The primitives orders and injects are made of: one file each, found by listing this folder.

`AnyEffect` is the union of all of them, told apart by `do`; a scenario or response names one and gives its parameters.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, get_args

from pydantic import Field

from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.effects.number import Number


def _found() -> Iterator[type[Effect]]:
    """Every effect of this folder, by file name."""
    for module in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        members = vars(importlib.import_module(f"{__name__}.{module}"))
        for name in sorted(members):
            member = members[name]
            if isinstance(member, type) and issubclass(member, Effect) and member.__module__ == f"{__name__}.{module}":
                yield member


EFFECTS: dict[str, type[Effect]] = {
    get_args(kind.model_fields["do"].annotation)[0]: kind for kind in _found() if kind is not Effect
}
"""Every effect by the name data files use."""

if TYPE_CHECKING:
    AnyEffect = Effect
else:
    AnyEffect = Annotated[reduce(or_, EFFECTS.values()), Field(discriminator="do")]

__all__ = ["EFFECTS", "AnyEffect", "Content", "Effect", "Number"]
