"""One run: give orders, let time pass, look, fork."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from sim.core.digest import digest
from sim.core.errors import NotFinite
from sim.core.phrase import Phrase
from sim.crowd.people import Act
from sim.doctrine import facts_named, gaps, judge
from sim.exercise.advice import advice
from sim.exercise.aftermath import begin_aftermath, close_aftermath
from sim.exercise.control import Control, carry_out
from sim.exercise.ending import is_bad_victory
from sim.exercise.layout import Layout
from sim.exercise.moment import Moment
from sim.exercise.opening import open_world
from sim.exercise.option import Option, make_plan, open_now, option, options
from sim.exercise.remember import memory_after
from sim.exercise.tick import SEAL_EVERY, SECOND, advance
from sim.exercise.timeline import note_answer, note_obedience
from sim.exercise.work import begin_work
from sim.scenario.inject import Ending
from sim.scenario.scenario import Playbook
from sim.world.journal import Journal
from sim.world.ledger import close
from sim.world.memory import Memory
from sim.world.message import Message
from sim.world.nearby import present_near
from sim.world.numbers import Numbers
from sim.world.observation import Observation, observe
from sim.world.order import HOLD, Failure, Order, Ruling

LOOK_EVERY = 100
"""Ticks between two looks at whether the run is over."""

SEATS = ("commander",)
"""Seats there are in this version; the field of a seat is carried everywhere."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Why and how a run ended."""

    reason: str
    """`resolved` (the crowd has gone), `bad_victory` (it has gone, hurt or with nothing solved), `time` (the last
    minute has passed) or `stopped`."""
    ended_by: str
    """`rules` or `clock`: the run's own end, or cut off."""
    minute: float
    won: tuple[str, ...]
    """Win conditions that hold."""
    lost: tuple[str, ...]
    """Lose conditions that hold."""
    aftermath: bool = False
    """True when the days after have been played to their end."""

    @property
    def is_win(self) -> bool:
        """True when nothing was lost; whether every win condition holds is for the caller who knows them all."""
        return not self.lost


class Exercise:
    """A scenario being played. `tick` is the only way time passes; `order` the only way to act."""

    def __init__(
        self,
        playbook: Playbook,
        seed: int,
        *,
        sealed: bool = True,
        numbers: Numbers | None = None,
        memory: Memory | None = None,
    ) -> None:
        """A run at its first tick. With `sealed` a digest is recorded each simulated second.

        `numbers` are those about people; other than the usual ones belong to experiments, and no journal says so.
        `memory` is what the community brings along from earlier incidents; it belongs into the journal's header.
        """
        self.playbook = playbook
        self.begun_with = playbook
        """What it was opened with, before an instructor added or reworded anything."""
        self.seed = seed
        self.sealed = sealed
        self.world = open_world(playbook, seed, numbers, memory)
        self.outcome: Outcome | None = None
        self.scene: Outcome | None = None
        """How the on-scene part ended, once the days after are being played."""
        self.layout = Layout()
        """Bodies as laid out last; worked out from the world, not part of its state."""

    # ---- looking

    @property
    def tick_now(self) -> int:
        """The tick the run is at."""
        return self.world.tick

    @property
    def minute(self) -> float:
        """The scenario minute the run is at."""
        return self.world.minute

    def at_home(self) -> bool:
        """True once the part on the scene is over and the days after are being played: time then passes by the hour."""
        return self.world.aftermath.on

    @property
    def journal(self) -> Journal:
        """The record so far."""
        return self.world.journal

    @property
    def memory(self) -> Memory | None:
        """What the community brought along; None where it brought nothing. The journal's header keeps it."""
        return self.world.memory if self.world.memory != Memory() else None

    def observe(self, seat: str = "commander") -> Observation:
        """What a seat can know now."""
        return observe(self.world, seat)

    def options(self, seat: str = "commander") -> list[Option]:
        """Every response on offer, open or not, and why not."""
        return options(self.world, self.playbook)

    def option(self, name: str, now: Moment | None = None) -> Option:
        """One response on offer, open or not; KeyError when it is not on offer. `now` is that of this world."""
        response = self.playbook.responses[name]
        if not any(response is each for each in self.playbook.offered):
            raise KeyError(name)
        return option(now or Moment(self.world), self.playbook, response)

    # ---- acting

    def preview(self, order: Order) -> Ruling:
        """The ruling this order would get now; nothing changes."""
        plan = make_plan(self.world, self.playbook, order)
        if order.response not in self.playbook.responses:
            return _ruling(plan.reasons, (), order, may_mark=False)
        failures = judge(self.world, self.playbook, plan.order, plan.x, plan.y)
        ruling = _ruling(plan.reasons, failures, order, may_mark=self._may_mark and not plan.reasons)
        if failures:
            ruling = replace(ruling, gaps=gaps(self.world, self.playbook, plan.order, plan.x, plan.y))
        if plan.reasons:
            return ruling
        return replace(
            ruling,
            advice=advice(
                self.world,
                self.playbook.responses[order.response],
                plan.order,
                facts_named(self.world, self.playbook, plan.order),
            ),
        )

    @property
    def _may_mark(self) -> bool:
        return self.playbook.scenario.doctrine.unlawful_orders == "mark"

    def order(self, order: Order) -> Ruling:
        """Gives an order: the ruling says whether it was accepted; a refused order leaves the world unchanged.

        The order, its ruling, the responses that were open and a digest of what the seat could see go into the journal.
        """
        world = self.world
        plan = make_plan(world, self.playbook, order)
        ruling = self.preview(order)
        opened = open_now(world, self.playbook) if ruling.accepted else []
        response = self.playbook.responses.get(order.response)
        seen = digest(self.observe(order.seat).summary())
        trigger = ""
        if ruling.accepted and response is not None:
            trigger = note_answer(world, self.playbook, response.id)
            if response.id != HOLD:
                activity = begin_work(
                    world, response, plan.order, list(plan.units), plan.x, plan.y, marked=ruling.marked
                )
                ruling = replace(ruling, activity=activity.number)
            if ruling.marked:
                note_obedience(world, self.playbook, plan.order)
        world.journal.append(
            world.tick,
            "order",
            given=order.as_dict(),
            order=plan.order.as_dict(),
            ruling=ruling.as_dict(),
            response={
                "group": response.group if response else "",
                "force": response.force if response else "",
                "catalogue": response.catalogue if response else "",
                "checks": list(response.checks) if response else [],
                "coercive": response.coercive if response else False,
            },
            grounds=[fact.as_dict() for fact in facts_named(world, self.playbook, plan.order)],
            options=opened,
            saw=seen,
            trigger=trigger,
            state=int(world.readout.overall),
            violent_share=self._violent_share(plan.x, plan.y),
        )
        return ruling

    def control(self, act: Control) -> None:
        """Does what the instructor wants and puts it in the journal: an input like an order, and replayed like one.

        Raises:
            BadInput: there is nothing it could be done to; nothing has changed then.
        """
        self.playbook = carry_out(self.world, self.playbook, act)
        self.world.journal.append(self.world.tick, "nudge", **act.as_dict())

    def _violent_share(self, x: float, y: float) -> float:
        rows = present_near(self.world, x, y, 60.0)
        acts = self.world.crowd.people.act
        violent = sum(1 for i in rows if self.world.is_offender(int(i)) and acts[i] <= int(Act.ATTACK))
        return round(violent / len(rows), 4) if len(rows) else 0.0

    # ---- time

    def tick(self) -> None:
        """Lets 0.1 s pass. Does nothing once the run is over.

        Raises:
            NotFinite: a number of the state stopped being one; tick, array and person are named.
        """
        self.run_until(self.world.tick + 1)

    def run_until(self, tick: int) -> None:
        """Ticks until that tick or the end; raises as `tick` does."""
        while self.outcome is None and self.world.tick < tick:
            try:
                advance(self.world, self.playbook, self.layout, most=tick - self.world.tick, sealed=self.sealed)
            except NotFinite as wrong:
                raise wrong.at(self.world.tick) from wrong
            if self.world.tick % LOOK_EVERY == 0:
                self._look_for_the_end()

    def step(self, order: Order) -> tuple[Ruling, Sequence[Message]]:
        """Gives an order, then ticks until the next decision is due: a message that needs an answer, or ten minutes."""
        ruling = self.order(order)
        return ruling, self.run_until_needed()

    def run_until_needed(self, at_most_s: float = 600.0) -> Sequence[Message]:
        """Ticks until a message needs an answer, that much time has passed, or the end; returns what arrived."""
        start = self.world.tick
        limit = start + round(at_most_s * 10)
        while self.outcome is None and self.world.tick < limit:
            self.run_until(min(limit, self.world.tick - self.world.tick % SECOND + SECOND))
            due = [m for m in self.world.messages if start < m.tick <= self.world.tick and m.needs_answer]
            if due:
                break
        return [m for m in self.world.messages if start < m.tick <= self.world.tick]

    def stop(self) -> None:
        """Ends the run here and now."""
        if self.outcome is None:
            self._end("stopped", "clock")

    def go_home(self) -> None:
        """Ends the on-scene part here and now, as if its last minute had passed; the days after follow, if any."""
        if self.outcome is None and not self.at_home():
            self._end_scene("time", "clock")

    def _look_for_the_end(self) -> None:
        scenario, world = self.playbook.scenario, self.world
        if world.aftermath.on:
            if world.tick >= world.aftermath.ends_tick:
                self._end_aftermath()
        elif scenario.over_when is not None and scenario.over_when.holds(world):
            bad = scenario.aftermath is not None and is_bad_victory(world)
            self._end_scene("bad_victory" if bad else "resolved", "rules")
        elif world.minute >= world.setting.end_min:
            self._end_scene("time", "clock")

    def _end_scene(self, reason: str, ended_by: str) -> None:
        """The on-scene part is over: the run ends, or goes on into the days after where the scenario has some."""
        if self.playbook.scenario.aftermath is None:
            self._end(reason, ended_by)
            return
        close(self.world)
        self.scene = self._judged(reason, ended_by)
        self._record("scene", self.scene)
        begin_aftermath(self.world, self.playbook)

    def _end_aftermath(self) -> None:
        assert self.scene is not None
        close_aftermath(self.world)
        left = memory_after(self.world, self.playbook, self.seed)
        self.world.journal.append(self.world.tick, "memory", **left.as_dict())
        self._end(self.scene.reason, self.scene.ended_by, played=True)
        if self.sealed:
            self.world.journal.seal(self.world.tick, self.world.digest())

    def _end(self, reason: str, ended_by: str, *, played: bool = False) -> None:
        if not played:
            close(self.world)
        self.outcome = self._judged(reason, ended_by, played=played)
        self._record("outcome", self.outcome)

    def _judged(self, reason: str, ended_by: str, *, played: bool = False) -> Outcome:
        """The outcome now: what held on the scene was settled there, the days after add their own."""
        scenario, world = self.playbook.scenario, self.world

        def holding(endings: tuple[Ending, ...]) -> tuple[str, ...]:
            return tuple(e.id for e in endings if e.when.holds(world))

        won = holding(scenario.win) if self.scene is None else self.scene.won
        lost = holding(scenario.lose) if self.scene is None else self.scene.lost
        if played and scenario.aftermath is not None:
            won, lost = (*won, *holding(scenario.aftermath.win)), (*lost, *holding(scenario.aftermath.lose))
        return Outcome(reason, ended_by, world.minute, won, lost, played)

    def _record(self, kind: str, outcome: Outcome) -> None:
        scenario = self.playbook.scenario
        aims = len(scenario.win) + (len(scenario.aftermath.win) if kind == "outcome" and scenario.aftermath else 0)
        self.world.journal.append(
            self.world.tick,
            kind,
            reason=outcome.reason,
            ended_by=outcome.ended_by,
            won=list(outcome.won),
            lost=list(outcome.lost),
            all_won=len(outcome.won) == aims,
            **({"aftermath": True} if outcome.aftermath else {}),
        )
        if kind == "outcome" and self.sealed and self.world.tick % SEAL_EVERY:
            self.world.journal.seal(self.world.tick, self.world.digest())

    # ---- identity

    def digest(self) -> str:
        """Digest of the exact state."""
        return self.world.digest()

    def fork(self, trial: int | None = None, *, sealed: bool | None = None) -> Self:
        """A run that goes on by itself from this exact state; given the same orders it writes the same journal.

        With a trial number its further noise is that trial's: the same for every fork with that number.
        """
        other = object.__new__(type(self))
        other.playbook = self.playbook
        other.begun_with = self.begun_with
        other.seed = self.seed
        other.sealed = self.sealed if sealed is None else sealed
        other.world = self.world.fork(trial)
        other.outcome = self.outcome
        other.scene = self.scene
        other.layout = Layout()
        return other

    def offered(self) -> list[str]:
        """Ids of the responses this scenario offers."""
        return [response.id for response in self.playbook.offered]


def _ruling(reasons: tuple[Phrase, ...], failures: tuple[Failure, ...], order: Order, *, may_mark: bool) -> Ruling:
    domestic = not any(f.domestic for f in failures)
    baseline = not any(f.baseline for f in failures)
    lawful = domestic and baseline
    accepted = not reasons and (lawful or (may_mark and order.go_ahead))
    return Ruling(
        accepted=accepted,
        lawful_domestic=domestic,
        meets_baseline=baseline,
        reasons=reasons,
        failures=failures,
        marked=accepted and not lawful,
    )
