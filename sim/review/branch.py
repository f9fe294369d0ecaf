"""Branch: one continuation of a run from one decision, and what came of it.

Later orders come from one of two policies: `own`, the trainee's own later orders at their times, and `doctrine`, the
doctrine player, who takes over when the trainee next decided something. Until then the choice stands as it stood in the
run: a player who took over at once would do himself what was left out, and no omission would ever cost anything. What a
later order cannot do in this branch the rules refuse like any other; nothing is forced. What an instructor did later
nobody could know: it is repeated only where a branch is asked what nobody could know. What was said of a claim after a
check is said as the check turns out in the branch.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import BadInput
from sim.exercise.exercise import Exercise
from sim.exercise.player import Doctrine
from sim.exercise.player.player import DECIDE_EVERY, give_orders
from sim.exercise.replay import Input
from sim.review.decision import Later
from sim.review.hidden import draw_hidden
from sim.review.outlook import expected, prospect_of
from sim.scenario.scenario import Playbook
from sim.scoring import facts_of, score
from sim.world.journal import Entry
from sim.world.order import Order
from sim.world.world import World

Policy = Literal["own", "doctrine"]
POLICIES: tuple[Policy, ...] = ("own", "doctrine")
MINUTE = 600
STANDS_AT_MOST = 10 * MINUTE
"""Nobody competent looks away for longer: then the doctrine player takes over in any case (assumed)."""
FEELINGS = ("anger", "fear", "legitimacy", "identity", "hope", "exit_belief", "grievance", "fatigue")
"""What is followed minute by minute, as the mean of each group."""
UNTRUE = "untrue"
"""Stands for a statement that was not so: it is counted among the statements and by itself."""
COUNTED = ("injury", "deed", "talk", "statement", "announcement", "arrest", "defence", "promise", "area_force", UNTRUE)
"""Consequences that are counted."""


FOUND = {"true": "confirm", "false": "refute"}
"""What is said of a claim that was found to be so."""


@dataclass(frozen=True, slots=True)
class Course:
    """How a branch went, minute by minute."""

    groups: NDArray[np.float32]
    """Shape (minutes, groups, feelings + 1): means of who is present, last their number."""
    whole: NDArray[np.float32]
    """Shape (minutes, 4): people taking part, actives, people hurt so far, highest density (persons/m2)."""
    counts: tuple[int, ...]
    """How often each of `COUNTED` happened."""
    told: tuple[float, ...] = ()
    """Mean share of those present, 0..1, who passed each rumour on, in the scenario's order."""


@dataclass(frozen=True, slots=True)
class Branch:
    """What came of one continuation."""

    value: float
    """Resolution quality to be expected in the end, 0..100; see `value_of`."""
    gates: tuple[str, ...]
    """Gates that tripped after the decision."""
    course: Course


@dataclass(frozen=True, slots=True)
class Until:
    """How far a continuation goes."""

    horizon_tick: int
    stands_tick: int = 0
    """For so long the choice stands before the doctrine player takes over."""


@dataclass(frozen=True, slots=True)
class Early:
    """Whoever wants to know what a continuation is worth before it is through."""

    tick: int
    told: Callable[[float], object]


def begin(run: Exercise, trial: int | None, *, stride: int = 2) -> Exercise:
    """A fork to be continued: trial None has the run's own luck and truth, a number the luck and hidden state of that.

    Bodies move in steps of `stride` ticks; with 1 and no trial the fork is the run itself.
    """
    fork = run.fork(trial, sealed=False)
    fork.world.crowd.stride = stride
    if trial is not None:
        draw_hidden(fork, trial)
    return fork


def follow(
    fork: Exercise,
    first: Order | None,
    policy: Policy,
    later: Sequence[Later],
    horizon_tick: int,
    *,
    stands_until: int = 0,
    instructed: bool = False,
    contrary: Set[str] = frozenset(),
) -> Branch:
    """Gives the first order (None waits), goes on by the policy to the horizon or the end, and says what came of it.

    The doctrine player takes over at `stands_until`, or after `STANDS_AT_MOST` where that is sooner. With `instructed`
    what is `later` of the instructor's is done again, too, as far as it can be in this branch; else only the orders.
    `contrary` are the claims that are otherwise here than in the run (see `otherwise`).
    """
    found = follow_each(
        fork,
        first,
        (policy,),
        later,
        Until(horizon_tick, stands_until),
        instructed=instructed,
        contrary=contrary,
    )
    return found[0]


def follow_each(
    fork: Exercise,
    first: Order | None,
    policies: Sequence[Policy],
    later: Sequence[Later],
    until: Until,
    *,
    instructed: bool = False,
    contrary: Set[str] = frozenset(),
    early: Early | None = None,
) -> list[Branch]:
    """As `follow`, by each of the policies: until the first of them gives an order they are one and the same.

    `early` is told what the first of them is worth by its tick, where it gets so far before the horizon.
    """
    began, horizon_tick = fork.tick_now, until.horizon_tick
    before = _tripped_just_before(fork)
    if first is not None:
        fork.order(first)
    repeated = [each for each in later if each.tick <= horizon_tick and (instructed or isinstance(each.what, Order))]
    takes_over = max(began + DECIDE_EVERY, min(until.stands_tick, began + STANDS_AT_MOST))
    trunk = _Way(fork, _Watch(fork.world, began), horizon_tick)
    ways = [_way(trunk, policy, repeated, takes_over, contrary) for policy in policies]
    trunk.to(min([way.acts_at for way in ways] + ([early.tick] if early is not None else [])))
    for k, way in enumerate(ways):
        # The last goes on with the trunk itself, the others with a copy of it.
        way.exercise = fork if k == len(ways) - 1 else fork.fork()
        way.watch = trunk.watch.over(way.exercise.world)
    found = []
    for k, way in enumerate(ways):
        if k == 0 and early is not None and began < early.tick < horizon_tick:
            way.to(early.tick)
            early.told(value_of(fork.playbook, list(way.exercise.journal), since_tick=began, before=before)[0])
        way.to(horizon_tick)
        value, gates = value_of(fork.playbook, list(way.exercise.journal), since_tick=began, before=before)
        found.append(Branch(value, gates, way.watch.course(way.exercise, began)))
    return found


@dataclass(slots=True)
class _Way:
    """One way of going on; without orders of its own until it is given some."""

    exercise: Exercise
    watch: "_Watch"
    horizon_tick: int
    pending: list[Later] = field(default_factory=list)
    contrary: Set[str] = frozenset()
    player: Doctrine | None = None
    next_look: int = 0

    @property
    def acts_at(self) -> int:
        """When it gives its next order, the horizon when it gives none."""
        tick = self.pending[0].tick if self.pending else self.horizon_tick
        return min(tick, self.next_look) if self.player is not None else tick

    def to(self, tick: int) -> None:
        """Goes on to this tick or to the end."""
        run = self.exercise
        while run.outcome is None and not run.at_home() and run.tick_now < tick:
            run.run_until(min(tick, self.watch.next_tick, max(run.tick_now, self.acts_at)))
            self.watch.look(run.tick_now)
            while self.pending and self.pending[0].tick <= run.tick_now and run.outcome is None:
                _repeat(run, self.pending.pop(0).what, self.contrary)
            if self.player is not None and run.tick_now >= self.next_look and run.outcome is None:
                give_orders(run, self.player)
                self.next_look += DECIDE_EVERY


def _way(trunk: _Way, policy: Policy, repeated: Sequence[Later], takes_over: int, contrary: Set[str]) -> _Way:
    """The orders of one policy, to be given on the trunk or on a copy of it."""
    if policy == "own":
        return replace(trunk, pending=list(repeated), contrary=contrary)
    return replace(trunk, player=Doctrine(), next_look=takes_over)


def _repeat(fork: Exercise, what: Input, contrary: Set[str]) -> None:
    """Gives a later input; an act of the instructor that finds nothing left to be done here comes to nothing."""
    if isinstance(what, Order):
        fork.order(_as_found(fork, what) if what.target in contrary else what)
        return
    try:
        fork.control(what)
    except BadInput:
        return


def _as_found(fork: Exercise, order: Order) -> Order:
    """What is said of a claim that was found here to be otherwise than in the run: what was found.

    Whoever said there what the check had found would not say the contrary of it here. An answer that rested on no check
    stays as it was, and so does one that was untrue in the run.
    """
    claim, position = fork.world.claims[order.target], order.parameters.get("position")
    if not claim.verified or FOUND.get(claim.truth) is None or position not in FOUND.values():
        return order
    return replace(order, parameters={**order.parameters, "position": FOUND[claim.truth]})


def _tripped_just_before(fork: Exercise) -> Set[str]:
    """Gates that tripped by an order given at this very moment, before the decision; time alone cannot tell them."""
    entries = list(fork.journal)
    if not any(entry.kind == "order" and entry.tick == fork.tick_now for entry in entries):
        return frozenset()
    return frozenset(value_of(fork.playbook, entries, since_tick=fork.tick_now)[1])


def value_of(
    playbook: Playbook, entries: Sequence[Entry], *, since_tick: int, before: Set[str] = frozenset()
) -> tuple[float, tuple[str, ...]]:
    """What a run is worth as far as it has come, and the gates that tripped in it.

    It is the total of the rubric over the journal so far and the outlook from there. Of the caps only those of gates
    that tripped after `since_tick`, and not those in `before`, count: a run that had failed before would else make
    every later choice equally worthless. No outlook lifts it above a cap.
    """
    facts = facts_of(playbook)
    card = score(entries, playbook.rubric, facts)
    since_min = facts.start_min + since_tick / 600.0
    new = [gate for gate in card.gates if gate.id not in before and gate.evidence[0].minute >= since_min]
    total = card.uncapped if card.uncapped is not None else 0.0
    value = expected(total, prospect_of(entries, facts, playbook.scenario.minutes[1]))
    return min([value, *(gate.limit for gate in new)]), tuple(gate.id for gate in new)


class _Watch:
    """Looks at a world once a minute."""

    def __init__(self, world: World, tick: int) -> None:
        self._world = world
        self._groups: list[NDArray[np.float32]] = []
        self._whole: list[tuple[float, float, float, float]] = []
        self.next_tick = tick + MINUTE

    def over(self, world: World) -> "_Watch":
        """One that goes on over a copy of that world, with what was seen so far."""
        other = _Watch(world, 0)
        other._groups, other._whole = list(self._groups), list(self._whole)
        other.next_tick = self.next_tick
        return other

    def look(self, tick: int) -> None:
        """Takes the minute down when it is over."""
        if tick < self.next_tick:
            return
        self.next_tick += MINUTE
        people, world = self._world.crowd.people, self._world
        present = people.present
        feelings = [getattr(people, name) for name in FEELINGS]
        found = np.zeros((len(world.setting.groups), len(FEELINGS) + 1), np.float32)
        for group in range(len(found)):
            rows = np.flatnonzero(present & (people.group == group))
            number = found[group, -1] = len(rows)
            if number:
                found[group, :-1] = [np.add.reduce(feeling[rows]) / number for feeling in feelings]
        self._groups.append(found)
        here = present & world.crowd.participant
        densest = float(np.max(people.density[present])) if np.any(present) else 0.0
        hurt = float(len(world.casualties))
        self._whole.append((float(np.count_nonzero(here)), float(np.sum(people.active[here])), hurt, densest))

    def course(self, run: Exercise, began: int) -> Course:
        """Everything seen, and what was counted since the beginning."""
        groups = len(self._world.setting.groups)
        counts = dict.fromkeys(COUNTED, 0)
        tellers: list[Mapping[str, float]] = []
        for entry in run.journal:
            if entry.kind == "consequence" and entry.tick >= began and entry.data["what"] in counts:
                counts[str(entry.data["what"])] += 1
                counts[UNTRUE] += entry.data["what"] == "statement" and not entry.data["true"]
            elif entry.kind == "reading" and entry.tick > began:
                tellers.append(cast("Mapping[str, float]", entry.data["tellers"]))
        rumours = [topic.id for topic in self._world.setting.rumours]
        return Course(
            groups=np.array(self._groups, np.float32).reshape(-1, groups, len(FEELINGS) + 1),
            whole=np.array(self._whole, np.float32).reshape(-1, 4),
            counts=tuple(counts.values()),
            told=tuple(sum(each[name] for each in tellers) / max(1, len(tellers)) for name in rumours),
        )
