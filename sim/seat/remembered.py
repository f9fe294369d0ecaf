"""Remembered: what a commander is told of a community that has been through incidents before."""

from sim.core.phrase import Phrase
from sim.seat.voice import Say
from sim.world.memory import Memory

TRUST = ((0.35, Phrase("little")), (0.65, Phrase("some")), (1.1, Phrase("much")))
"""Trust below each share, in words: nobody knows it to the point (assumed)."""


def remembered(say: Say, memory: Memory | None) -> list[str]:
    """A line each on earlier incidents, promises, and trust; none where nobody remembers anything."""
    if memory is None or not memory.incidents:
        return []
    trust = next(words for below, words in TRUST if memory.trust < below)
    return [
        say("Earlier incidents with the same people: {number}", number=memory.incidents),
        say("Promises they remember: {kept} kept, {broken} broken", kept=memory.kept, broken=memory.broken),
        say("Trust they have left in what police and department say: {trust}", trust=say(trust)),
    ]
