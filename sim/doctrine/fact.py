"""Facts an order rests on: messages, signals and reports by their ids, and what the post can know of each.

Ids are `message:12`, `signal:poster` (a rumour or signal heard of) and `report:PAT-1` (what that unit last saw).
Whoever writes an order down before the run does not know its numbers yet and names a message by what it is about or
by the inject it comes from, such as `message:threat` or `message:guards_hit`.
"""

from dataclasses import dataclass, replace

from sim.scenario.necessity import SEPARATOR, listed
from sim.scenario.scenario import Playbook
from sim.world.message import About, Message
from sim.world.order import Order
from sim.world.pointing_out import NOBODY
from sim.world.report import Look
from sim.world.world import World

FRESH_TICKS = 18_000
"""What is older than half an hour says nothing of a threat now (assumed)."""
THREATS = (About.THREAT, About.EMERGENCY, About.CASUALTY, About.CROWDING)
"""Messages that tell of danger to somebody."""
OWN_EYES = "A"
"""Grade of a message from somebody who saw it: it needs no other check."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact an order names, as it stands at that moment."""

    id: str
    known: bool
    """False when nothing of that id has reached the post."""
    checked: bool = False
    """True when it was verified, or seen by our own people."""
    threat: bool = False
    """True when it is fresh and tells of danger to somebody: something coercion can rest on."""
    true: bool = False
    """Whether it is so. Hidden from the seat; for scoring alone."""

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {
            "id": self.id,
            "known": self.known,
            "checked": self.checked,
            "threat": self.threat,
            "true": self.true,
        }


def facts_named(world: World, playbook: Playbook, order: Order) -> tuple[Fact, ...]:
    """The facts the order's note names, in its order."""
    return tuple(_fact(world, playbook, name) for name in listed(order.parameters.get("grounds", "")))


def fact_ids(world: World) -> tuple[str, ...]:
    """Every fact that has reached the post, what came last first: messages, then signals, then reports."""
    messages = sorted((m for m in world.messages if m.tick <= world.tick), key=lambda m: (-m.tick, -m.serial))
    signals = sorted(world.claims.values(), key=lambda claim: (-claim.heard_tick, claim.id))
    reports = sorted(world.reports.latest.values(), key=lambda report: (-report.seen_tick, report.unit))
    return (
        *(f"message:{message.serial}" for message in messages),
        *(f"signal:{claim.id}" for claim in signals),
        *(f"report:{report.unit}" for report in reports),
    )


def with_facts(world: World, order: Order) -> Order:
    """The order with each message its note names in words under its number; what nothing fits stays as it is.

    Of several that fit it is one that was checked or seen by our own people, then the latest.
    """
    given = str(order.parameters.get("grounds", ""))
    if not any(_in_words(name) for name in listed(given)):
        return order
    names = sorted({_numbered(world, name) for name in listed(given)})
    return replace(order, parameters={**order.parameters, "grounds": SEPARATOR.join(names)})


def _in_words(name: str) -> bool:
    kind, _, own = name.partition(":")
    return kind == "message" and not own.isdigit()


def _numbered(world: World, name: str) -> str:
    if not _in_words(name):
        return name
    own = name.partition(":")[2]
    fits = [m for m in world.messages if m.tick <= world.tick and own in {str(m.about), m.sender}]
    fits = [m for m in fits if m.text != NOBODY]
    best = max(fits, key=lambda m: (_checked(world, m), m.tick, m.serial), default=None)
    return f"message:{best.serial}" if best is not None else name


def _checked(world: World, message: Message) -> bool:
    claim = world.claims.get(message.ref)
    return message.grade == OWN_EYES or (claim is not None and claim.verified)


def _fact(world: World, playbook: Playbook, name: str) -> Fact:
    kind, _, own = name.partition(":")
    if kind == "message":
        return _of_message(world, playbook, name, own)
    if kind == "signal" and own in world.claims:
        claim = world.claims[own]
        danger = claim.verified and claim.truth == "true"
        checked_lately = claim.verified and world.tick - claim.verified_tick <= FRESH_TICKS
        return Fact(name, True, checked=claim.verified, threat=danger and checked_lately, true=claim.truth == "true")
    if kind == "report" and own in world.reports.latest:
        report = world.reports.latest[own]
        fresh = world.tick - report.seen_tick <= FRESH_TICKS
        danger = report.crush or bool((report.look == int(Look.VIOLENT)).any() or (report.look == int(Look.HURT)).any())
        return Fact(name, True, checked=True, threat=fresh and danger, true=True)
    return Fact(name, False)


def _of_message(world: World, playbook: Playbook, name: str, serial: str) -> Fact:
    found = [m for m in world.messages if str(m.serial) == serial and m.tick <= world.tick]
    if not found:
        return Fact(name, False)
    message = found[0]
    # That nobody was found is no fact about anybody, however sure it is.
    checked = _checked(world, message) and message.text != NOBODY
    threat = message.about in THREATS and world.tick - message.tick <= FRESH_TICKS
    return Fact(name, True, checked=checked, threat=threat, true=_is_so(playbook, message))


def _is_so(playbook: Playbook, message: Message) -> bool:
    """What the timeline says of its own messages; what our own people and systems say is so."""
    inject = next((i for i in playbook.scenario.injects if i.id == message.sender), None)
    return inject is None or inject.truth == "true"
