"""Review: every decision of a run tried again with its alternatives, under the same luck, and judged by regret.

`Reviewing` says what is to be carried out and takes in what came of it; who carries it out, and in how many processes,
is not its business. `review` does all of it in this process. The results stream: `Reviewing.so_far` is a whole review
of what is known at any time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from sim.core.phrase import Phrase
from sim.exercise.exercise import Exercise
from sim.exercise.replay import Retrace, inputs_of
from sim.exercise.save import save
from sim.review.branch import Branch, Early, Policy, Until, begin, follow_each, value_of
from sim.review.candidate import candidates_at
from sim.review.decision import Decision, Later, decisions_of, inputs_before, of_the_scene
from sim.review.estimate import Estimate
from sim.review.first_look import FirstLook
from sim.review.hidden import otherwise
from sim.review.ledger import Ledger, ledger
from sim.review.mechanism import HARDLY, disagreement, explain
from sim.review.study import Study
from sim.review.verdict import FORCED_WITHIN
from sim.review.work import CLAIRVOYANT, Effort, Work, together_carried
from sim.scenario.scenario import Playbook
from sim.world.journal import Entry
from sim.world.memory import Memory
from sim.world.order import Order

SAME_TICKS = 600
"""A decision is checked by going on with what was done for a minute: it must write the original journal again."""

LUCKS_APART = 1000
"""Trials between one set of luck and the next; more than there ever are in a study."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One thing that could have been done, and what it was worth."""

    order: Order | None
    """None for waiting."""
    source: str
    lawful: bool
    own: Estimate
    """Value with the trainee's own later orders."""
    doctrine: Estimate
    """Value with the doctrine player's later orders."""
    against_own: Estimate
    """The alternative minus what was done, pair by pair, with the trainee's own later orders."""
    against_doctrine: Estimate
    stopped: str
    """Why it is tried no further: `worse` than the best or `alike`, or each in one way (`no better`); or ""."""
    gates: float
    """Share of trials in which a gate tripped after it."""
    clairvoyant: float | None
    """Value with the run's own luck and truth, which nobody could know."""
    curve: tuple[tuple[float, ...], ...]
    """Mean per minute: people taking part, actives, people hurt, highest density."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One decision, judged."""

    number: int
    tick: int
    minute: float
    order: Order | None
    """None where a call was let pass."""
    call: str
    verdict: str
    alternatives: tuple[Alternative, ...]
    """What was done first."""
    best: int
    """Which alternative is recommended; 0 when nothing lawful is better."""
    regret_own: Estimate
    regret_doctrine: Estimate
    clairvoyant_regret: float | None
    trials: int
    settled: bool
    """True when trying on would not change what it says."""
    why: tuple[Phrase, ...]
    """Why the futures part: the best against what was done, or what was done against the next best."""
    reproduces: bool
    first_look: FirstLook | None = None
    """What one trial says, as long as the trials do not say more."""


@dataclass(frozen=True, slots=True)
class Review:
    """The whole review as plain data."""

    moments: tuple[Moment, ...]
    decisions: int
    effort: Effort
    continuations: int
    simulated_s: float
    """Simulated seconds carried out."""
    ledger: Ledger | None
    complete: bool
    """True when every decision is settled."""
    scenario: str = ""
    """Id of what was played."""


@dataclass(slots=True)
class Reviewing:
    """One run under review. `open_next`, `work` and `take` move it on."""

    playbook: Playbook
    seed: int
    entries: Sequence[Entry]
    effort: Effort = field(default_factory=Effort)
    memory: Memory | None = None
    pinned: Sequence[tuple[int, Order]] = ()
    """(decision, order) an instructor wants to see compared."""
    known: Mapping[str, Branch] = field(default_factory=dict)
    """Continuations carried out earlier, by the key of their work: they need not be carried out again."""
    kept: Callable[[Work, Branch], object] = lambda work, branch: None
    """Told of every continuation that came back, so that it can be kept."""
    decisions: tuple[Decision, ...] = ()
    studies: dict[int, Study] = field(default_factory=dict)
    """By number of the decision."""
    states: dict[int, bytes] = field(default_factory=dict)
    """The exact state before each decision opened so far."""
    continuations: int = 0
    simulated_ticks: int = 0
    _trace: Retrace | None = None
    _inputs: list[Entry] = field(default_factory=list)
    _last: int = 0
    _limit: int = 0
    """No continuation goes beyond this tick: the end of the on-scene part, or where the run was stopped."""
    _final: float | None = None

    def __post_init__(self) -> None:
        """The decisions are known at once; the run is gone through as they are opened."""
        self.decisions = decisions_of(self.entries)
        self._inputs = inputs_of(of_the_scene(self.entries))
        self._last = max((entry.tick for entry in of_the_scene(self.entries)), default=0)
        stopped = any(entry.kind == "outcome" and entry.data["reason"] == "stopped" for entry in self.entries)
        first, last = self.playbook.scenario.start_min, self.playbook.scenario.minutes[1]
        self._limit = self._last if stopped else round((last - first) * 600)

    # ---- going through the run

    def open_next(self) -> Study | None:
        """Runs on to the next decision and returns its study; None after the last."""
        number = len(self.studies) + 1
        if number > len(self.decisions):
            return None
        decision = self.decisions[number - 1]
        trace = self._advance(decision)
        run = trace.exercise
        pinned = [order for which, order in self.pinned if which == number]
        study = Study(
            decision=decision,
            candidates=candidates_at(run, decision.order, most=self.effort.alternatives, pinned=pinned),
            effort=self.effort,
            horizon_tick=min(self._limit, decision.tick + round(self.effort.horizon_min * 600)),
            reproduces=self._reproduces(trace, decision),
        )
        self.studies[number] = study
        self.states[number] = save(run)
        return study

    def _advance(self, decision: Decision) -> Retrace:
        """The run at the moment before the decision: of the same tick, what came before it has been given."""
        if self._trace is None:
            self._trace = Retrace(Exercise(self.playbook, self.seed, memory=self.memory), self._inputs)
        self._trace.to(decision.tick, before=inputs_before(self._inputs, decision))
        return self._trace

    def _reproduces(self, trace: Retrace, decision: Decision) -> bool:
        """Goes on with what was done, step for step, and holds the digests against the recorded ones."""
        fork = trace.fork(sealed=True)
        fork.to(min(self._last, decision.tick + SAME_TICKS))
        theirs = {e.tick: e.data["digest"] for e in self.entries if e.kind == "digest"}
        journal = fork.exercise.journal
        mine = [(e.tick, e.data["digest"]) for e in journal if e.kind == "digest" and e.tick > decision.tick]
        return all(theirs.get(tick) == digest for tick, digest in mine)

    # ---- what is to be carried out

    def work(self) -> list[Work]:
        """The next batch of the decision tried least that is not settled; what is known already is taken at once."""
        while ready := [s for s in self.studies.values() if not s.waiting and not s.settled]:
            found = self.batch_of(min(ready, key=lambda s: (s.batches, s.decision.number)))
            if found:
                return found
        return []

    def batch_of(self, study: Study) -> list[Work]:
        """The next batch of one decision, less what is known already; empty when all of it was."""
        left = []
        for work in list(study.batch()):
            branch = self.known.get(work.key)
            if branch is None:
                left.append(work)
            else:
                self._count(work)
                study.take(work, branch)
        return left

    def take(self, work: Work, branch: Branch) -> None:
        """One continuation came back."""
        self._count(work)
        self.studies[work.decision].take(work, branch)
        self.kept(work, branch)

    @property
    def run(self) -> Exercise | None:
        """The run where it stands; None before the first decision is opened."""
        return None if self._trace is None else self._trace.exercise

    def looked_at(self, study: Study) -> bool:
        """True when something can be said of a decision."""
        return study.trials > 0 or study.first_look(self.playbook.scenario.id) is not None

    def glimpse(self, work: Work, value: float) -> None:
        """A continuation of a first look got as far as that."""
        self.studies[work.decision].early[work.alternative] = value

    def _count(self, work: Work) -> None:
        self.continuations += 1
        self.simulated_ticks += max(0, work.horizon_tick - self.studies[work.decision].decision.tick)

    @property
    def complete(self) -> bool:
        """True when every decision is opened and settled."""
        return len(self.studies) == len(self.decisions) and all(s.settled for s in self.studies.values())

    # ---- what is known

    def so_far(self) -> Review:
        """The review of what is known now."""
        scenario, studies = self.playbook.scenario.id, [study for _, study in sorted(self.studies.items())]
        tried = [study for study in studies if study.trials > 0]
        seen = [study for study in studies if self.looked_at(study)]
        return Review(
            moments=tuple(self._moment(study) for study in seen),
            decisions=len(self.decisions),
            effort=self.effort,
            continuations=self.continuations,
            simulated_s=self.simulated_ticks / 10.0,
            ledger=self._ledger(tried),
            complete=self.complete,
            scenario=scenario,
        )

    def _ledger(self, tried: list[Study]) -> Ledger | None:
        places = [(s, inputs_before(self._inputs, s.decision)) for s in tried]
        worth = [(s.decision.number, place, s.mean_value(s.best), s.mean_value(0)) for s, place in places]
        nudges = [place for place, entry in enumerate(self._inputs) if entry.kind == "nudge"]
        return ledger(worth, self._worth_in_the_end(), nudges)

    def _worth_in_the_end(self) -> float:
        """What the run as it was played is worth, by the measure the branches are worth something by."""
        if self._final is None:
            self._final = recorded_value(self.playbook, self.entries)
        return self._final

    def _moment(self, study: Study) -> Moment:
        decision, scenario = study.decision, self.playbook.scenario
        groups = [group.name.text for group in scenario.groups]
        rumours = [rumour.claim.text for rumour in scenario.rumours]
        other = study.best if study.best != 0 else _next_best(study)
        why: tuple[Phrase, ...] = ()
        if other is not None and 0 in study.paths and other in study.paths:
            why = explain(study.paths[0], study.paths[other], groups, rumours)
            if not why and abs(study.ahead_of_chosen(other)) > FORCED_WITHIN:
                why = (HARDLY,)
        own, doctrine = study.effort.policies[0], study.effort.policies[-1]
        verdict = study.verdict
        if verdict == "contested":
            why = (disagreement(study.regret(own), study.regret(doctrine)), *why)
        return Moment(
            number=decision.number,
            tick=decision.tick,
            minute=self.playbook.scenario.start_min + decision.tick / 600.0,
            order=decision.order,
            call=decision.call,
            verdict=verdict,
            alternatives=tuple(_alternative(study, k, own, doctrine) for k in range(len(study.candidates))),
            best=study.best,
            regret_own=study.regret(own),
            regret_doctrine=study.regret(doctrine),
            clairvoyant_regret=study.clairvoyant_regret,
            trials=study.trials,
            settled=study.settled,
            why=why,
            reproduces=study.reproduces,
            first_look=study.first_look(self.playbook.scenario.id),
        )


def carry_out(run: Exercise, work: Work, following: Sequence[Later]) -> Branch:
    """One continuation from the state before its decision; the run is left as it is."""
    return carry_out_each(run, (work,), following)[0]


def carry_out_each(
    run: Exercise,
    works: Sequence[Work],
    following: Sequence[Later],
    told: Callable[[float], object] = lambda value: None,
) -> list[Branch]:
    """The continuations of works that differ in the policy alone, from the state before their decision.

    Until the policies part they are carried out once. `told` hears ahead of the rest what the first is worth by its
    `early_tick`. The run is left as it is.
    """
    work = works[0]
    trial = None if work.trial == CLAIRVOYANT else work.trial + LUCKS_APART * work.luck
    fork = begin(run, trial, stride=work.stride)
    return follow_each(
        fork,
        work.order,
        [each.policy for each in works],
        following,
        Until(work.horizon_tick, work.stands_until),
        instructed=work.trial == CLAIRVOYANT,
        contrary=otherwise(run, fork),
        early=Early(work.early_tick, told) if work.early_tick else None,
    )


def review(
    playbook: Playbook,
    seed: int,
    entries: Sequence[Entry],
    *,
    effort: Effort | None = None,
    memory: Memory | None = None,
    pinned: Sequence[tuple[int, Order]] = (),
    keep_going: Callable[[Reviewing], bool] = lambda reviewing: True,
) -> Review:
    """The review of a run, carried out in this process, until it is complete or `keep_going` says no."""
    reviewing = Reviewing(playbook, seed, entries, effort or Effort(), memory, pinned)
    while (study := reviewing.open_next()) is not None:
        assert reviewing._trace is not None
        run = reviewing._trace.exercise
        while not study.settled:
            for works in together_carried(reviewing.batch_of(study)):
                if not keep_going(reviewing):
                    return reviewing.so_far()
                told = partial(reviewing.glimpse, works[0])
                branches = carry_out_each(run, works, study.decision.following, told)
                for work, branch in zip(works, branches, strict=True):
                    reviewing.take(work, branch)
    return reviewing.so_far()


def recorded_value(playbook: Playbook, entries: Sequence[Entry]) -> float:
    """What a recorded run is worth, 0..100, measured as its branches are; the cap of every gate that tripped counts."""
    return value_of(playbook, of_the_scene(entries), since_tick=0)[0]


def _next_best(study: Study) -> int | None:
    """The best alternative other than what was done."""
    others = [k for k in range(1, len(study.candidates)) if study.candidates[k].lawful and k in study.paths]
    return max(others, key=study.ahead_of_chosen, default=None)


def _alternative(study: Study, k: int, own: Policy, doctrine: Policy) -> Alternative:
    candidate, paths = study.candidates[k], study.paths.get(k)
    curve: tuple[tuple[float, ...], ...] = ()
    tried = 0
    if paths is not None and paths.whole is not None:
        tried = paths.trials
        curve = tuple(tuple(round(float(v), 3) for v in row) for row in paths.whole / paths.trials)
    gated = study.gates.get(k, 0)
    return Alternative(
        order=candidate.order,
        source=candidate.source,
        lawful=candidate.lawful,
        own=study.value(k, own),
        doctrine=study.value(k, doctrine),
        against_own=study.against_chosen(k, own),
        against_doctrine=study.against_chosen(k, doctrine),
        stopped=study.why_stopped(k),
        gates=gated / (len(study.effort.policies) * tried) if tried else 0.0,
        clairvoyant=study.values.get((k, "own"), {}).get(CLAIRVOYANT),
        curve=curve,
    )
