"""Talks between the police, the department and the crowd: rapport, representatives, terms on the table, promises."""

from dataclasses import dataclass, field

from sim.core.twin import twin
from sim.crowd.people import NEVER

INFLUENCE_RAPPORT = 0.5
"""Rapport from which influence works (assumed, after the behavioural change stairway: listening comes first)."""
SKILLS = ("open_question", "paraphrase", "emotion_label", "summary", "pause")
"""Ways to listen (active listening, MORE PIES). Each round is led by one of them."""
ARGUE = "argue"
"""Putting people's facts right instead of listening."""
RUNGS = ("heard", "receipt", "named_official", "date", "interim_measure", "decision", "policy_change")
"""The ladder of demands, least first: how far an answer goes."""
DATED_FROM = RUNGS.index("date")
"""From this rung on a promise without a date is worth no more than a name."""
REPEATED = (1.0, 0.5, 0.25, 0.125)
"""What a way of listening is worth that was used so often in the last three rounds (assumed)."""
RESTED_TICKS = 6000
"""People who were just listened to have said it: a round is worth its full after 10 min (assumed)."""
AFTER_BREACH = 0.5
"""What dialogue no longer does once people know of a broken promise, that day and the next (assumed)."""
ARGUED_AWAY = 0.25
"""Share of the rapport lost when a round is spent arguing facts (assumed)."""
STANDING_NEEDED = 0.3
"""Representatives whose standing falls below this are disowned (assumed)."""


@dataclass(slots=True)
class Promise:
    """One commitment with an owner and a due time."""

    number: int
    demand: str
    """The demand it answers, "" for the police's own word."""
    owner: str
    """Unit code that gave it."""
    given_tick: int
    due_min: float
    """Scenario minute by which it is due."""
    dated: bool
    within_authority: bool
    """False when whoever promised could not decide it."""
    told_crowd: bool = False
    """True once it was reported back to the crowd."""
    kept: bool | None = None
    """None while still open."""
    kind: str = "demand"
    """`demand`; or the police's own word: `water`, `news` (somebody comes back by then) or `warning` (nothing moves
    unannounced)."""
    rung: str = ""
    """How far it goes on the ladder, for a demand."""
    hearers: bytes = b""
    """Bit mask of the people who heard of it."""
    told: tuple[str, ...] = ()
    """Groups of which a good part heard of it."""
    known_broken: bool = False
    """True once somebody who had heard of it learned that it was broken."""
    settled_tick: int = -1
    """When it was kept or broken."""


@dataclass(slots=True)
class Term:
    """One offer on the table: what, how far, by whom, by when, and what was said to it."""

    number: int
    tick: int
    demand: str
    rung: str
    owner: str
    due_days: float
    """0 for no date."""
    within_authority: bool
    answers: dict[str, str] = field(default_factory=dict)
    """By group: `yes`, `who`, `other`, `date`, `higher`, `listen`, `trust` or `more`."""
    written: bool = False
    """True once it is a commitment in the ledger."""

    def fork(self) -> "Term":
        """A copy that can change on its own."""
        other = twin(self)
        other.answers = dict(self.answers)
        return other


@dataclass(slots=True)
class Talks:
    """State of the dialogue with the whole crowd and each group."""

    rapport: dict[str, float] = field(default_factory=dict)
    """Per group id, 0..1; grows only from listening."""
    listened: int = 0
    """Listening rounds finished."""
    first_contact_tick: int = -1
    contact_tick: int = NEVER
    """When somebody last talked with the police."""
    representatives: tuple[int, ...] = ()
    """Persons the crowd chose, empty before it did."""
    chosen_tick: int = -1
    meeting_tick: int = -1
    """When representatives sat down with somebody who can decide, -1 before."""
    met_without_mandate_tick: int = -1
    reported_back_tick: int = -1
    procedure_agreed_tick: int = -1
    heard: tuple[str, ...] = ()
    """Demands the police have listened to, in the order they came up."""
    promises: list[Promise] = field(default_factory=list)
    speak_for: tuple[str, ...] = ()
    """Group that sent each representative."""
    standing: float = 0.0
    """How far the crowd still follows its representatives, 0..1."""
    report_due_tick: int = -1
    """By when people expect to hear from their representatives, -1 when nothing is due."""
    rounds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Ways of listening of the rounds each group has had, oldest first."""
    round_ticks: dict[str, int] = field(default_factory=dict)
    """When each group was last listened to."""
    terms: list[Term] = field(default_factory=list)
    """Offers on the table, one a demand."""
    mediator: bool = False
    """True once a neutral person whom people accept takes part."""
    vote: dict[str, float] = field(default_factory=dict)
    """Share in favour at the last show of hands, by group."""
    vote_tick: int = -1
    carried: bool = True
    """False when the last show of hands went against what was agreed."""
    distrust: float = 0.0
    """Share of the promises of earlier times that were broken, 0..1: what the community remembers."""

    def fork(self) -> "Talks":
        """A copy that can change on its own."""
        other = twin(self)
        other.rapport = dict(self.rapport)
        other.promises = [twin(p) for p in self.promises]
        other.rounds = dict(self.rounds)
        other.round_ticks = dict(self.round_ticks)
        other.terms = [term.fork() for term in self.terms]
        other.vote = dict(self.vote)
        return other

    # ---- listening

    def best_rapport(self) -> float:
        """Highest rapport with any group, 0 before any contact."""
        return max(self.rapport.values(), default=0.0)

    def worth(self, group: str, skill: str) -> float:
        """What a round led like this is worth with a group, 0..1: less when that way was used just before."""
        return REPEATED[self.rounds.get(group, ())[-3:].count(skill)]

    def listen(self, group: str, skill: str, gain: float, tick: int) -> None:
        """One round with a group: rapport grows by `gain` of what is missing, times what the round is worth.

        A round on the heels of another brings next to nothing; arguing takes rapport away.
        """
        before = self.rapport.get(group, 0.0)
        if skill == ARGUE:
            self.rapport[group] = before * (1.0 - ARGUED_AWAY)
        else:
            rested = min(1.0, (tick - self.round_ticks[group]) / RESTED_TICKS) if group in self.round_ticks else 1.0
            worth = self.worth(group, skill) * rested * self.credit()
            self.rapport[group] = before + gain * (1.0 - before) * worth
        self.rounds[group] = (*self.rounds.get(group, ()), skill)
        self.round_ticks[group] = tick

    def step(self, group: str) -> str:
        """Where a group stands on the stairway: no_contact, listening, empathy, rapport, influence or change."""
        rapport = self.rapport.get(group, 0.0)
        if rapport <= 0.0:
            return "no_contact"
        if self.carried and self.vote.get(group, 0.0) > 0.5:
            return "change"
        if rapport >= INFLUENCE_RAPPORT:
            return "influence"
        return "rapport" if rapport >= 0.35 else "empathy" if rapport >= 0.2 else "listening"

    # ---- promises

    def commitments(self) -> list[Promise]:
        """Dated promises on demands by somebody who may give them, not broken."""
        return [
            p for p in self.promises if p.kind == "demand" and p.dated and p.within_authority and p.kept is not False
        ]

    def agreement(self) -> bool:
        """True when a dated commitment within authority was reported back, and not turned down or broken."""
        return self.carried and any(p.told_crowd for p in self.commitments())

    def breach(self) -> float:
        """How far a broken word stands between people and the police, 0..1: in full when it was today and is known."""
        return 1.0 if any(p.known_broken for p in self.promises) else self.distrust

    def credit(self) -> float:
        """What dialogue still does, 0..1: half of it after a breach people know of, that day and the next."""
        return 1.0 - AFTER_BREACH * self.breach()
