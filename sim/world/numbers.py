"""Every number about people and bodies under one name each, so that they can be shown, changed and varied.

A name is `part.field`, such as `feeling.contagion`. Nothing else in the house holds a second copy of any.
"""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace

from sim.core.errors import BadInput, Fault
from sim.core.phrase import Phrase
from sim.crowd.cast import Drawing
from sim.crowd.parameters import Acting, Feeling, Parameters, Perceiving
from sim.crowd.quantity import Quantity, quantities
from sim.crowd.walking import Walking
from sim.world.tension import Edge


@dataclass(frozen=True)
class Numbers:
    """All of them together, as one run uses them."""

    walking: Walking = field(default_factory=Walking)
    """How bodies move, press and come to harm."""
    perceiving: Perceiving = field(default_factory=Perceiving)
    """Who sees, hears and reads what."""
    feeling: Feeling = field(default_factory=Feeling)
    """What that does to people, and what passes between them."""
    acting: Acting = field(default_factory=Acting)
    """When they join, offend, leave and flee."""
    drawing: Drawing = field(default_factory=Drawing)
    """How far people differ."""
    edge: Edge = field(default_factory=Edge)
    """Tension where police and crowd touch."""

    @property
    def minds(self) -> Parameters:
        """The numbers about minds, as a crowd takes them."""
        return Parameters(self.perceiving, self.feeling, self.acting)

    def listed(self) -> Iterator[tuple[str, Quantity]]:
        """Yield every number by its full name, in the order the parts and their fields are declared."""
        for part in fields(self):
            for number in quantities(getattr(self, part.name)):
                yield f"{part.name}.{number.name}", number

    def changed(self, values: Mapping[str, float]) -> "Numbers":
        """Return these numbers with some of them changed, each given by its full name.

        A value outside the range worth trying is allowed: switching a mechanism off often needs one.

        Raises:
            BadInput: names that do not exist, each with the nearest one that does.
        """
        known = [name for name, _ in self.listed()]
        faults = [_unknown(name, known) for name in values if name not in known]
        if faults:
            raise BadInput(faults)
        result = self
        for name, value in values.items():
            part, _, own = name.partition(".")
            result = replace(result, **{part: replace(getattr(result, part), **{own: float(value)})})
        return result


def _unknown(name: str, known: list[str]) -> Fault:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return Fault(
        path=f"numbers.{name}",
        code="unknown-number",
        message=Phrase("there is no number called {name}", name=name),
        hint=Phrase("did you mean {name}?", name=near[0])
        if near
        else Phrase("`commonground numbers` lists all of them"),
    )
