"""Sights: what people on the ground had before their eyes and know, in words."""

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
"""So many facts are named."""


def sights(say: Say, many: SharedView) -> list[str]:
    """What the people of a group or a place do, see, know and believe, a line each."""
    acts = listed(say, (say("{doing}: {share:.0%}", share=share, doing=say(ACTS[act])) for act, share in many.acts[:3]))
    lines = [acts]
    if many.gear >= 0:
        gear = say(GEARS[Gear(many.gear)])
        lines.append(say("{share:.0%} have officers in sight, up to: {gear}", share=many.sees_officers, gear=gear))
    else:
        lines.append(say("no officer in sight"))
    if many.sees_line > 0.0:
        lines.append(say("{share:.0%} stand before a line or ring", share=many.sees_line))
    for fact, share in many.knows[:MOST_KNOWN]:
        lines.append(say("{share:.0%} know {fact}", share=share, fact=say(KNOWN[fact])))
    for claim, share in many.believes:
        lines.append(say("{share:.0%} believe: {claim}", share=share, claim=say(claim)))
    return lines
