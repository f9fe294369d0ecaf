"""Advice: what speaks against an order that can be given and is lawful; it stops nobody."""

from collections.abc import Iterator

from sim.core.phrase import Phrase
from sim.doctrine import Fact
from sim.effects.alert import Alert, founded
from sim.effects.commit import Commit, promising
from sim.effects.offer import Offer
from sim.effects.publish import Publish
from sim.scenario.response import Response
from sim.world.bargain import may_grant
from sim.world.crowding import CHECKED
from sim.world.desk import Level
from sim.world.knowledge import Claim
from sim.world.order import HOLD, Order
from sim.world.setting import Demand
from sim.world.talks import ARGUE, INFLUENCE_RAPPORT, SKILLS
from sim.world.world import World

_OPPOSITE = {"refute": "true", "confirm": "false"}
"""What a check must not have found when this is said."""


def advice(world: World, response: Response, order: Order, facts: tuple[Fact, ...] = ()) -> tuple[Phrase, ...]:
    """Everything worth a second thought, most serious first; the order has its defaults filled in."""
    return (
        *_about_claim(world, response, order),
        *_about_promise(world, response, order),
        *_about_facts(facts),
        *_about_listening(world, response, order),
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


def _about_promise(world: World, response: Response, order: Order) -> Iterator[Phrase]:
    """A promise by somebody who cannot give it, without a date, sooner than it can be done, or a second open word."""
    if not any(isinstance(e, Commit | Offer) for e in response.effects):
        return
    names = [n for n in str(order.parameters.get("demand", "")).split("+") if n in world.setting.demands]
    if not names:
        yield Phrase("No demand is chosen: nothing would be promised.")
        return
    owner = str(order.parameters.get("owner", "")) or promising([u for u in world.units if u.id in order.units])
    rung, days = str(order.parameters.get("rung", "date")), float(str(order.parameters.get("due_days", 0.0)))
    demands = [world.setting.demands[name] for name in names]
    for demand in demands:
        if not may_grant(demand, owner, rung):
            yield Phrase("{demand}: {why}", demand=demand.name, why=_beyond(demand, owner))
    if owner == "GOV" and not any(u.mandate for u in world.on_scene("GOV")):
        yield Phrase("Nobody who can decide for the department is here: this promises in its name without it.")
    takes = max(demand.takes_days for demand in demands)
    if days <= 0.0:
        yield Phrase("Without a date people hear that nothing has happened.")
    elif days < takes:
        yield Phrase("Doing this takes about {days:g} days: a sooner date will probably be missed.", days=takes)
    if world.talks.best_rapport() < INFLUENCE_RAPPORT:
        yield Phrase("They have not been heard out yet: terms now cost more than they bring. Listen first.")


def _beyond(demand: Demand, owner: str) -> Phrase:
    if not demand.grantable_by:
        return Phrase("Nobody here can promise this: it would be a promise that cannot be kept.")
    if owner in demand.grantable_by:
        return Phrase("This goes further than can be promised today: it would be a promise that cannot be kept.")
    if owner == "CMD":
        return Phrase("The police cannot promise this, the department can: it would be a promise beyond our authority.")
    return Phrase("The department cannot promise this, the police can.")


def _about_listening(world: World, response: Response, order: Order) -> Iterator[Phrase]:
    """A round in which facts are argued, or the same way of listening used again and again."""
    skill = str(order.parameters.get("skill", ""))
    if skill == ARGUE:
        yield Phrase("Putting their facts right ends the listening and takes rapport away.")
    elif skill in SKILLS:
        group = str(order.parameters.get("group", ""))
        rounds = world.talks.rounds.values() if not group else [world.talks.rounds.get(group, ())]
        if any(each[-2:].count(skill) for each in rounds):
            yield Phrase("They were asked in this way just before; another way of listening brings more.")


def _about_reason(response: Response, order: Order) -> Iterator[Phrase]:
    if not order.reason.strip() and response.id != HOLD:
        yield Phrase("No reason given. One line helps when the decision is looked at again.")
