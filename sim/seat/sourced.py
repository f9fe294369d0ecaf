"""Sourced: what a rule of law says, with the place it stands at."""

from sim.seat.law import status
from sim.seat.voice import Say
from sim.seat.words import running
from sim.world.order import Failure, Gap


def sourced(say: Say, rule: Failure | Gap) -> str:
    """What a rule says, where it stands, and how far that place was looked up."""
    note = say("{text} ({note})", text=say(rule.citation.text), note=say(status(rule.citation.status)))
    return running(say, (say(rule.says), note))
