"""Sights: what people on the ground had before their eyes and know, in words."""

from dataclasses import dataclass
from typing import Self

from sim.crowd.people import Act, Knows
from sim.exercise.shared_view import SharedView
from sim.seat.voice import Say
from sim.seat.words import GEARS, listed
from sim.world.unit import Gear

ACTS = {
    Act.WATCH: "watches",
    Act.CHANT: "chants",
    Act.HOSTILE: "shouts hostile words",
    Act.OBSTRUCT: "pushes or obstructs",
    Act.THROW: "throws",
    Act.ATTACK: "attacks",
    Act.LEAVE: "leaves",
    Act.FLEE: "flees",
    Act.INJURED: "is hurt",
    Act.HELD: "is held",
}
KNOWN = {
    Knows.REASON: "why the police act",
    Knows.ROUTE: "a way out that is open",
    Knows.DEADLINE: "by when something is asked",
    Knows.FACTS: "what has happened so far",
    Knows.NEXT_UPDATE: "when somebody speaks again",
    Knows.RIGHTS: "what is allowed here",
    Knows.MEETING: "that representatives are met",
    Knows.COMMITMENT: "that there is a dated commitment",
    Knows.ORDER: "that they were ordered to leave",
    Knows.APPEAL: "that they were asked to make room",
    Knows.HELP: "where help and water are",
}
"""What a person may have come to know."""
MOST_KNOWN = 3
"""So many facts are named where there is little room."""


@dataclass(frozen=True, slots=True)
class Sights:
    """What the people of a group or a place do, see, know and believe."""

    doing: str
    officers: str
    line: str
    """How many stand before a line or ring; "" for nobody."""
    knows: tuple[str, ...]
    """A fact each, what most of them know first."""
    believes: tuple[str, ...]
    """A rumour each."""

    @classmethod
    def of(cls, say: Say, many: SharedView) -> Self:
        """In the language of `say`."""
        acts = (say("{doing}: {share:.0%}", share=share, doing=say(ACTS[act])) for act, share in many.acts[:3])
        officers, line = say("no officer in sight"), ""
        if many.gear >= 0:
            gear = say(GEARS[Gear(many.gear)])
            officers = say("{share:.0%} have officers in sight, up to: {gear}", share=many.sees_officers, gear=gear)
        if many.sees_line > 0.0:
            line = say("{share:.0%} stand before a line or ring", share=many.sees_line)
        return cls(
            listed(say, acts),
            officers,
            line,
            tuple(say("{share:.0%} know {fact}", share=share, fact=say(KNOWN[fact])) for fact, share in many.knows),
            tuple(say("{share:.0%} believe: {claim}", share=share, claim=say(it)) for it, share in many.believes),
        )

    @property
    def lines(self) -> list[str]:
        """All of it, a line each, of what is known the most common."""
        line = [self.line] if self.line else []
        return [self.doing, self.officers, *line, *self.knows[:MOST_KNOWN], *self.believes]
