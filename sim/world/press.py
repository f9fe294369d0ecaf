"""The press desk: what could be said now and what has been said, as far as a seat can know it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.core.phrase import LText, Phrase
from sim.world.facts import CONTRADICTED, UNCHECKED, Fact, Tally, facts_now
from sim.world.knowledge import Statement
from sim.world.message import About
from sim.world.opinion import CREDIBILITY
from sim.world.order import Value
from sim.world.statement import Circumstances, Wording, split
from sim.world.unit import Formation
from sim.world.world import World

HOUR = 36_000
LATELY = 18_000
HELD_INSIDE, ADVANCING, NOT_STOPPED, SPEAKER_TAKEN = "held_inside", "advancing", "not_stopped", "speaker_taken"
DEEDS = {
    HELD_INSIDE: Phrase("people are being held in a closed ring"),
    ADVANCING: Phrase("a line is moving against people"),
    NOT_STOPPED: Phrase("whoever did wrong is still on duty"),
    SPEAKER_TAKEN: Phrase("somebody chosen to speak for the people was arrested without an offence"),
}
"""What is being done that can give words the lie."""
GAINSAID = {
    HELD_INSIDE: ("ask", "route", "help"),
    ADVANCING: ("empathy", "help"),
    NOT_STOPPED: ("apology", "remedy"),
    SPEAKER_TAKEN: (),
}
"""Which parts of a statement each of them gives the lie."""
OF_TALKS = ("representatives", "meeting", "demands", "promise:")
"""Facts about talks, to which the arrest of a speaker gives the lie."""

OF_A_WRONG = ("wrong", "stopped")
MOST_AUTOMATIC = 3


@dataclass(frozen=True, slots=True)
class Matter:
    """A claim as the press desk sees it."""

    id: str
    text: LText
    found: LText | None
    """What is so instead, in words that can be said, once a check has found it."""
    verdict: str
    evidence: bool
    heard_tick: int


@dataclass(frozen=True, slots=True)
class PressDesk:
    """Everything the seat can know about what could be said and what was."""

    tick: int = 0
    facts: tuple[Fact, ...] = ()
    matters: tuple[Matter, ...] = ()
    """Claims that could be answered."""
    statements: tuple[Statement, ...] = ()
    """Oldest first; whether they are true is for those who know."""
    credibility: dict[str, float] = field(default_factory=lambda: dict(CREDIBILITY))
    deeds: tuple[str, ...] = ()
    """What is being done now that can give words the lie."""
    fault: bool = False
    """Something of ours went wrong here, and people know."""
    since_tick: int = -1
    """When the first gathering was called in, -1 before."""
    understood: float = 1.0
    """Share of the people around a speaker who understood what was said aloud last."""

    def automatic(self, *, apology: bool) -> tuple[str, ...]:
        """What a statement says is known when its author picks nothing: our own records; of a wrong only to own up."""
        own = [f.id for f in self.facts if not f.claim and (f.id in OF_A_WRONG) == apology]
        return tuple(own[:MOST_AUTOMATIC])

    def matter(self, claim: str) -> Matter | None:
        """The claim of that id, None when nobody has heard of it."""
        return next((m for m in self.matters if m.id == claim), None)

    def stated(self, ids: tuple[str, ...]) -> tuple[Fact, ...]:
        """The facts of these ids that can be stated, in the order they are listed here."""
        return tuple(f for f in self.facts if f.id in ids)

    def circumstances(self, said: Wording, answers: str = "") -> Circumstances:
        """What matters around this wording; `answers` is the claim it answers, if any."""
        matter = self.matter(answers)
        stated = self.stated(said.facts)
        words = frozenset(f.says.english() for f in stated)
        before = [s for s in self.statements if self.tick - s.tick < HOUR and s.about == answers]
        return Circumstances(
            answers=matter is not None,
            verdict=matter.verdict if matter else "",
            evidence=matter.evidence if matter else False,
            late_min=self._late(matter),
            fault=self.fault,
            unchecked=sum(1 for f in stated if f.standing == UNCHECKED),
            contradicted=sum(1 for f in stated if f.standing == CONTRADICTED),
            deeds=tuple(DEEDS[deed] for deed in self.deeds if _gives_the_lie(deed, said)),
            repeats=sum(1 for s in before if _says_as_much(s, said, words)),
            spoken_lately=sum(1 for s in self.statements if self.tick - s.tick < LATELY),
            belief=self.credibility.get(said.source, 0.5),
            understood=self.understood,
        )

    def _late(self, matter: Matter | None) -> float:
        if matter is not None:
            answered = any(s.about == matter.id for s in self.statements)
            return 0.0 if answered else (self.tick - matter.heard_tick) / 600.0
        if self.statements or self.since_tick < 0:
            return 0.0
        return (self.tick - self.since_tick) / 600.0


def _says_as_much(before: Statement, said: Wording, words: frozenset[str]) -> bool:
    """True when these people were told everything in it by an earlier statement."""
    if (before.audience, before.stand) != (said.audience, said.stand):
        return False
    new = set(said.slots) - set(before.slots) - {"who", "why", "ask", "help", "next_update"}
    return not new and words <= {told.english() for told in before.told}


def _gives_the_lie(deed: str, said: Wording) -> bool:
    if deed == SPEAKER_TAKEN:
        return any(fact.startswith(OF_TALKS) for fact in said.facts)
    return said.has(*GAINSAID[deed])


def wording_of(given: Mapping[str, Value], desk: PressDesk, answers: str = "") -> Wording:
    """The statement that an order's parameters put together; `answers` is the claim it is about, if any.

    `known` as a stand is what a check has found, and none before. Without facts picked by hand it states what our own
    records show.
    """
    slots = split(str(given.get("slots", "who+known")))
    picked = split(str(given.get("known", "")))
    stand = str(given.get("position", "open")) if answers else "open"
    if stand == "known":
        matter = desk.matter(answers)
        stand = {"false": "refute", "true": "confirm"}.get(matter.verdict if matter else "", "open")
    if "known" not in slots:
        picked = ()
    elif not picked and not answers:
        picked = desk.automatic(apology="apology" in slots)
    minutes = given.get("next_min", 30.0)
    return Wording(
        slots=slots,
        facts=picked,
        audience=str(given.get("audience", "public")),
        channel=str(given.get("channel", "online")),
        source=str(given.get("source", "police")),
        stand=stand,
        headline=str(given.get("headline", "fact")),
        tone=str(given.get("tone", "plain")),
        next_min=float(minutes) if isinstance(minutes, int | float) else 30.0,
    )


def press_desk(world: World, tally: Tally | None = None) -> PressDesk:
    """The press desk as it stands now."""
    calls = [m.tick for m in world.messages if m.about == About.GATHERING and m.tick <= world.tick]
    spoken = world.announcements[-1:]
    return PressDesk(
        tick=world.tick,
        facts=facts_now(world, tally),
        matters=tuple(
            Matter(
                id=c.id,
                text=c.text,
                found=c.found if c.verified else None,
                verdict=c.truth if c.verified else "",
                evidence=c.evidence,
                heard_tick=c.heard_tick,
            )
            for c in world.claims.values()
        ),
        statements=tuple(world.statements),
        credibility=dict(world.opinion.credibility),
        deeds=deeds_now(world),
        fault=at_fault(world),
        since_tick=min(calls, default=-1),
        understood=spoken[0].understood if spoken else 1.0,
    )


def deeds_now(world: World) -> tuple[str, ...]:
    """Ids of what is being done now that can give words the lie."""
    units = [u for u in world.units if u.on_scene(world.tick)]
    found = []
    if any(u.closed and u.formation == Formation.RING for u in units):
        found.append(HELD_INSIDE)
    if any(u.advancing for u in units):
        found.append(ADVANCING)
    called = any(m.about == About.MISCONDUCT and m.place and m.tick <= world.tick for m in world.messages)
    if called and "misconduct_stopped" not in world.flags:
        # Somebody seen at it on the spot; a wrong word to a reporter is taken back by the statement itself.
        found.append(NOT_STOPPED)
    if world.counts.arrests_of_representatives:
        found.append(SPEAKER_TAKEN)
    return tuple(found)


def at_fault(world: World) -> bool:
    """True when something of ours went wrong that people know of."""
    hurt = any(c.cause == "police" and c.severity >= 2 for c in world.casualties)
    arrests = world.counts.arrests > world.counts.arrests_with_evidence
    return hurt or arrests or "harm_by_police" in world.flags or any(a.marked for a in world.activities)
