"""The primitives orders and injects are made of: one file each, found by listing this folder.

`AnyEffect` is the union of all of them, told apart by `do`; a scenario or response names one and gives its parameters.
"""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, get_args

from pydantic import Field

from sim.core.listing import kinds_in
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.effects.number import Number, Positive, Share, Within

EFFECTS: dict[str, type[Effect]] = {
    get_args(kind.model_fields["do"].annotation)[0]: kind for kind in kinds_in(__name__, __path__, Effect)
}
"""Every effect by the name data files use."""

if TYPE_CHECKING:
    AnyEffect = Effect
else:
    AnyEffect = Annotated[reduce(or_, EFFECTS.values()), Field(discriminator="do")]

__all__ = ["EFFECTS", "AnyEffect", "Content", "Effect", "Number", "Positive", "Share", "Within"]
