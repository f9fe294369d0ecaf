"""Facts: what the police could state right now, each with how sure it is; what a statement may refer to by id."""

from collections.abc import Iterator
from dataclasses import dataclass

from sim.core.phrase import Phrase
from sim.world.sightings import seen_vehicles, told_apart
from sim.world.world import World

KNOWN, UNCHECKED, CONTRADICTED = "known", "unchecked", "contradicted"
"""How sure a fact is: checked or our own record; nobody has checked it; a check found otherwise."""
SO, NOT_SO = "claim:", "not:"
"""What stands before the id of a claim in the id of the fact that it is so, and that it is not."""
OPPOSITE = {"true": "false", "false": "true"}


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that can be stated as a fact."""

    id: str
    says: Phrase
    standing: str
    """`known`, `unchecked` or `contradicted`, as far as this seat can tell."""

    @property
    def claim(self) -> str:
        """The claim it is about, "" for what comes from our own records."""
        return self.id.partition(":")[2] if self.id.startswith((SO, NOT_SO)) else ""


@dataclass(frozen=True, slots=True)
class Tally:
    """What those on the scene make out; taken once where somebody needs it for something else too."""

    estimate: int
    """Numbers of the reports added up, as `Observation.estimate`."""
    blocked: frozenset[str]
    """Lanes on which vehicles are seen."""

    @classmethod
    def of(cls, world: World) -> "Tally":
        """As it is now."""
        estimate = sum(report.estimate for report in told_apart(world))
        return cls(estimate, frozenset(vehicle.lane for vehicle in seen_vehicles(world)))


def facts_now(world: World, tally: Tally | None = None) -> tuple[Fact, ...]:
    """Everything that could be stated now: our own records first, then claims as they were heard of.

    Two facts that are both there stand in the same order at all times.
    """
    return (*_records(world, tally or Tally.of(world)), *_claims(world))


def contradicts(fact: Fact, truth: str) -> bool:
    """True when stating the fact is untrue, given what is really so about its claim (`true`, `false`, `unclear`)."""
    stated = "true" if fact.id.startswith(SO) else "false"
    return bool(fact.claim) and truth == OPPOSITE[stated]


def _claims(world: World) -> Iterator[Fact]:
    for claim in world.claims.values():
        found = claim.truth if claim.verified else ""
        for prefix, stated, says in (
            (SO, "true", Phrase("It is so: “{claim}”", claim=claim.text)),
            (NOT_SO, "false", Phrase("It is not so: “{claim}”", claim=claim.text)),
        ):
            standing = KNOWN if found == stated else CONTRADICTED if found == OPPOSITE[stated] else UNCHECKED
            yield Fact(prefix + claim.id, says, standing)


def _records(world: World, tally: Tally) -> Iterator[Fact]:
    estimate = tally.estimate
    if estimate:
        yield Fact(
            "people",
            Phrase("About {number} people have gathered", number=round(estimate, -1) if estimate > 20 else estimate),
            KNOWN,
        )
    yield from _road(world, tally.blocked)
    yield from _hurt(world)
    if world.counts.arrests:
        yield Fact("taken", Phrase("{number} people have been detained", number=world.counts.arrests), KNOWN)
    elif estimate:
        yield Fact("taken", Phrase("Nobody has been detained"), KNOWN)
    talks = world.talks
    if talks.representatives:
        number = len(talks.representatives)
        yield Fact(
            "representatives", Phrase("The people here have chosen {number} to speak for them", number=number), KNOWN
        )
    if talks.meeting_tick >= 0:
        yield Fact("meeting", Phrase("Those chosen have sat down with somebody who can decide"), KNOWN)
    if talks.heard:
        first = world.setting.demands[talks.heard[0]].name
        yield Fact(
            "demands", Phrase("What people want has been put to us; first of all: {demand}", demand=first), KNOWN
        )
    for promise in talks.promises:
        demand = world.setting.demands.get(promise.demand)
        if demand is None:
            continue
        name = demand.name
        if promise.dated:
            days = (promise.due_min - world.setting.minute(promise.given_tick)) / 1440.0
            says = Phrase("Promised in writing, within {days:.0f} days: {demand}", days=days, demand=name)
        else:
            says = Phrase("Promised in writing, without a date: {demand}", demand=name)
        yield Fact(f"promise:{promise.number}", says, KNOWN)
    if "harm_by_police" in world.flags:
        yield Fact("wrong", Phrase("One of ours behaved wrongly towards people here"), KNOWN)
    if "misconduct_stopped" in world.flags:
        yield Fact("stopped", Phrase("Whoever did wrong has been taken off duty"), KNOWN)


def _road(world: World, standing: frozenset[str]) -> Iterator[Fact]:
    lanes = world.setting.lanes
    if not lanes or not world.on_scene("CMD", "TRF", "PAT", "LIA"):
        return
    if standing:
        says = Phrase("Vehicles stand on {blocked} of {lanes} lanes", blocked=len(standing), lanes=len(lanes))
        yield Fact("lanes", says, KNOWN)
        if any(lane.emergency and lane.id not in standing for lane in lanes.values()):
            yield Fact("corridor", Phrase("A lane for ambulances is free"), KNOWN)


def _hurt(world: World) -> Iterator[Fact]:
    known = [case for case in world.casualties if world.tick - case.tick >= 100]
    waiting = sum(1 for case in known if case.waiting)
    if known:
        says = Phrase(
            "{number} people are known to be hurt or ill, {waiting} of them still wait for care",
            number=len(known),
            waiting=waiting,
        )
        yield Fact("hurt", says, KNOWN)
    elif world.reports.fresh(world.tick):
        yield Fact("hurt", Phrase("We know of nobody who is hurt"), KNOWN)
