"""Table: what a seat knows of the talks - whom it has spoken with, what is on offer, what was said and promised."""

from dataclasses import dataclass, replace

from sim.core.phrase import LText
from sim.world.ledger import named
from sim.world.talks import STANDING_NEEDED, Promise, Term
from sim.world.world import World


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group our people have spoken with."""

    group: str
    rapport: float
    """The officers' own judgement in tenths, 0..1."""
    step: str
    """Where it stands on the stairway: `no_contact` .. `change`."""
    skills: tuple[str, ...]
    """Ways of listening used with it lately, oldest first."""
    speakers: int
    """How many of the representatives it sent."""
    in_favour: float
    """Share for what was agreed at the last show of hands; -1 when it took part in none."""


@dataclass(frozen=True, slots=True)
class DemandView:
    """A demand people have put, and whose it is to grant."""

    demand: str
    grantable_by: tuple[str, ...]
    """Unit codes; empty when nobody here may."""
    most: str
    """Highest rung that can be promised today."""
    takes_days: float
    """How long doing it takes."""


@dataclass(frozen=True, slots=True)
class PromiseView:
    """One line of the ledger."""

    number: int
    what: LText
    kind: str
    rung: str
    owner: str
    due_min: float
    dated: bool
    within_authority: bool
    told: tuple[str, ...]
    """Groups of which a good part heard of it."""
    kept: bool | None
    settled_tick: int


@dataclass(frozen=True, slots=True)
class TableView:
    """The talks as the command post knows them."""

    groups: tuple[GroupView, ...] = ()
    demands: tuple[DemandView, ...] = ()
    """Those heard so far."""
    in_order: tuple[str, ...] = ()
    """The same by id, in the scenario's order."""
    terms: tuple[Term, ...] = ()
    ledger: tuple[PromiseView, ...] = ()
    standing: str = ""
    """`firm` or `shaky`: how far the crowd follows its representatives; "" without any."""
    report_due_tick: int = -1
    mediator: bool = False
    breach: bool = False
    """True when people know of a broken promise."""
    carried: bool = True
    voted: bool = False
    distrust: float = 0.0
    """Share of the promises of earlier times that were broken, as people here remember it."""


NO_TALKS = TableView()
"""Before anybody has spoken with anybody."""


def table_of(world: World) -> TableView:
    """What our people could tell about the talks now."""
    talks = world.talks
    met = {*talks.rapport, *talks.rounds, *talks.speak_for, *talks.vote}
    known = [g for g in world.setting.groups if g in met]
    standing = "firm" if talks.standing >= 2.0 * STANDING_NEEDED else "shaky"
    return TableView(
        groups=tuple(
            GroupView(
                group=g,
                rapport=round(talks.rapport.get(g, 0.0), 1),
                step=talks.step(g),
                skills=talks.rounds.get(g, ())[-3:],
                speakers=talks.speak_for.count(g),
                in_favour=talks.vote.get(g, -1.0),
            )
            for g in known
        ),
        demands=tuple(
            DemandView(d.id, d.grantable_by, d.most, d.takes_days)
            for d in (world.setting.demands[name] for name in talks.heard)
        ),
        in_order=tuple(name for name in world.setting.demands if name in talks.heard),
        terms=tuple(term.fork() for term in talks.terms),
        ledger=tuple(_line(world, p) for p in talks.promises),
        standing=standing if talks.representatives else "",
        report_due_tick=talks.report_due_tick,
        mediator=talks.mediator,
        breach=any(p.known_broken for p in talks.promises),
        carried=talks.carried,
        voted=talks.vote_tick >= 0,
        distrust=talks.distrust,
    )


def _line(world: World, promise: Promise) -> PromiseView:
    return PromiseView(
        number=promise.number,
        what=named(world, promise),
        kind=promise.kind,
        rung=promise.rung,
        owner=promise.owner,
        due_min=promise.due_min,
        dated=promise.dated,
        within_authority=promise.within_authority,
        told=promise.told,
        kept=promise.kept,
        settled_tick=promise.settled_tick,
    )


def demands_promised(world: World) -> tuple[Promise, ...]:
    """Promises on demands as a seat knows them: without who exactly heard them."""
    return tuple(replace(p, hearers=b"") for p in world.talks.promises if p.kind == "demand")
