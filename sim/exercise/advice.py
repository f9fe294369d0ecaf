"""Advice: what speaks against an order that can be given and is lawful; it stops nobody."""

from collections.abc import Iterator

from sim.core.phrase import Phrase
from sim.doctrine import Fact
from sim.effects.alert import Alert, founded
from sim.effects.publish import Publish
from sim.scenario.response import Response
from sim.world.crowding import CHECKED
from sim.world.desk import Level
from sim.world.knowledge import Claim
from sim.world.order import HOLD, Order
from sim.world.world import World

_OPPOSITE = {"refute": "true", "confirm": "false"}
"""What a check must not have found when this is said."""


def advice(world: World, response: Response, order: Order, facts: tuple[Fact, ...] = ()) -> tuple[Phrase, ...]:
    """Everything worth a second thought, most serious first; the order has its defaults filled in."""
    return (
        *_about_claim(world, response, order),
        *_about_facts(facts),
        *_about_ground(world, response),
        *_about_alert(world, response, order),
        *_about_reason(response, order),
    )


def _about_claim(world: World, response: Response, order: Order) -> Iterator[Phrase]:
    """A claim taken a stand on that nobody has checked, or that a check found otherwise."""
    claim = world.claims.get(order.target)
    stand = str(order.parameters.get("position", ""))
    if claim is None or stand not in _OPPOSITE or not any(isinstance(e, Publish) for e in response.effects):
        return
    if not claim.verified:
        yield _unchecked(claim)
    elif claim.truth == _OPPOSITE[stand]:
        yield Phrase("The check found the opposite: this would be an untrue statement.")
    elif claim.truth == "unclear":
        yield Phrase("The check could not settle it: say what is known and what is not.")


def _about_ground(world: World, response: Response) -> Iterator[Phrase]:
    """People are asked to leave, or held, by ways nobody has looked at."""
    if response.group in {"dispersal", "containment"} and CHECKED not in world.flags:
        yield Phrase("Nobody has checked the ways out here: how wide they are, and where they are dangerous.")


def _about_alert(world: World, response: Response, order: Order) -> Iterator[Phrase]:
    """Partners are called beyond what is known."""
    level = str(order.parameters.get("level", ""))
    known = any(isinstance(e, Alert) for e in response.effects) and level.upper() in Level.__members__
    if known and Level[level.upper()] > founded(world):
        yield Phrase("Nothing that has been checked calls for so much: partners will ask what this rests on.")


def _unchecked(claim: Claim) -> Phrase:
    if claim.asking:
        return Phrase("This is still being checked. Wait for the result, or say what is known and what is not.")
    return Phrase("Nobody has checked this. If it turns out otherwise, the police have said something untrue.")


def _about_facts(facts: tuple[Fact, ...]) -> Iterator[Phrase]:
    """Facts of the note that nobody has checked, or that tell of no danger."""
    for fact in facts:
        if fact.known and not fact.checked:
            yield Phrase("Nobody has checked {fact}.", fact=fact.id)
    if facts and not any(fact.threat for fact in facts):
        yield Phrase("None of the facts named tells of danger to anybody in the last half hour.")


def _about_reason(response: Response, order: Order) -> Iterator[Phrase]:
    if not order.reason.strip() and response.id != HOLD:
        yield Phrase("No reason given. One line helps when the decision is looked at again.")
