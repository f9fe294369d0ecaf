"""A session: a run with the decision windows of a drill, driven from one keyboard or by a whole squad.

It is a `Run` like any exercise: whoever can play one can play the other. Windows open, are answered and run out by the
run's own ticks, so the same orders at the same ticks give the same journal, whoever gave them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sim.drill.beginning import go_to
from sim.drill.drill import DEFAULT_SEAT, Drill, Window
from sim.exercise.exercise import Exercise, Outcome
from sim.exercise.option import Option
from sim.exercise.player import PLAYERS, play
from sim.exercise.tick import SECOND
from sim.scenario.scenario import Playbook
from sim.world.journal import Entry, Journal
from sim.world.memory import Memory
from sim.world.message import About, Message, Via
from sim.world.observation import Observation
from sim.world.order import Order, Ruling

SERIAL = 1_000_000
"""Serials of the windows' own messages begin here, far above those of a run."""


@dataclass(slots=True)
class Decision:
    """One window and what became of it."""

    window: Window
    status: str = "coming"
    """`coming`, `open`, `answered` or `expired`."""
    opened_tick: int = -1
    closed_tick: int = -1
    order: Order | None = None
    """What answered it; the default where it ran out."""

    @property
    def until_tick(self) -> int:
        """Tick at which the countdown of an open window runs out."""
        return self.opened_tick + self.window.countdown_s * SECOND

    @property
    def latency_s(self) -> float | None:
        """Simulated seconds from opening to answer; None while unanswered or where it ran out."""
        return (self.closed_tick - self.opened_tick) / 10.0 if self.status == "answered" else None


class Session:
    """A drill being played."""

    def __init__(self, drill: Drill, exercise: Exercise) -> None:
        """The drill on a run that stands at its first tick (see `lead_in`); windows that are due open at once."""
        self.drill = drill
        self.exercise = exercise
        self.decisions = [Decision(window) for window in drill.windows]
        self.begin_tick = exercise.tick_now
        self.end_tick = self.begin_tick + round(drill.time_box_min * 600)
        scenario = exercise.playbook.scenario
        self._answers = {w.id: drill.answered_by(w, scenario) for w in drill.windows}
        self._read = len(exercise.journal)
        exercise.journal.append(exercise.tick_now, "drill", event="begin", drill=drill.id, until=self.end_tick)
        self._look()

    def fork(self) -> "Session":
        """A session that goes on by itself from this exact moment; given the same orders it writes the same journal."""
        other = object.__new__(Session)
        other.drill = self.drill
        other.exercise = self.exercise.fork()
        other.decisions = [replace(decision) for decision in self.decisions]
        other.begin_tick, other.end_tick = self.begin_tick, self.end_tick
        other._answers, other._read = self._answers, self._read
        return other

    def standing(self) -> dict[str, object]:
        """What there is of it beside its run, as plain values for `standing_at`."""
        rows = [(d.window.id, d.status, d.opened_tick, d.closed_tick, d.order) for d in self.decisions]
        return {"decisions": rows, "begin": self.begin_tick, "end": self.end_tick, "read": self._read}

    @classmethod
    def standing_at(cls, drill: Drill, exercise: Exercise, standing: Mapping[str, Any]) -> "Session":
        """The session on this run of which `standing` said so much; KeyError where it is of another drill."""
        session = object.__new__(cls)
        session.drill, session.exercise = drill, exercise
        windows = {window.id: window for window in drill.windows}
        session.decisions = [Decision(windows[name], *rest) for name, *rest in standing["decisions"]]
        session.begin_tick, session.end_tick = standing["begin"], standing["end"]
        session._answers = {w.id: drill.answered_by(w, exercise.playbook.scenario) for w in drill.windows}
        session._read = standing["read"]
        return session

    # ---- a run like any other

    @property
    def playbook(self) -> Playbook:
        """What the run is made from."""
        return self.exercise.playbook

    @property
    def outcome(self) -> Outcome | None:
        """How it ended; None while it lasts."""
        return self.exercise.outcome

    @property
    def tick_now(self) -> int:
        """The tick the run is at."""
        return self.exercise.tick_now

    @property
    def journal(self) -> Journal:
        """The record so far."""
        return self.exercise.journal

    @property
    def seed(self) -> int:
        """Of the run."""
        return self.exercise.seed

    @property
    def memory(self) -> Memory | None:
        """What the community brought along."""
        return self.exercise.memory

    def at_home(self) -> bool:
        """False: a drill is over before the days after."""
        return False

    def observe(self, seat: str = "commander") -> Observation:
        """What a seat can know now, the open windows among its messages; nothing of what the drill keeps quiet."""
        seen = self.exercise.observe(seat)
        heard = [m for m in seen.messages if m.sender not in self.drill.quiet]
        own = [self._message(k, d) for k, d in enumerate(self.decisions) if d.opened_tick >= 0]
        messages = sorted((*heard, *own), key=lambda m: (m.tick, m.serial))
        return replace(seen, messages=tuple(messages))

    def options(self, seat: str = "commander") -> list[Option]:
        """Every response on offer."""
        return self.exercise.options(seat)

    def preview(self, order: Order) -> Ruling:
        """The ruling an order would get now."""
        return self.exercise.preview(order)

    def order(self, order: Order) -> Ruling:
        """Gives an order; an accepted one answers the oldest open window it fits."""
        ruling = self.exercise.order(order)
        if ruling.accepted:
            decision = self.fits(order.response)
            if decision is not None:
                self._close(decision, "answered", order)
        return ruling

    def run_until(self, tick: int) -> None:
        """Lets time pass to that tick or the end of the drill; windows open and run out on the way."""
        while self.outcome is None and self.tick_now < tick:
            self.exercise.run_until(min(tick, self.tick_now - self.tick_now % SECOND + SECOND))
            if self.tick_now % SECOND == 0:
                self._look()
            if self.tick_now >= self.end_tick or self.exercise.at_home():
                self.stop()

    def stop(self) -> None:
        """Ends the drill here and now."""
        if self.outcome is None:
            self.exercise.stop()

    # ---- windows

    @property
    def open_decisions(self) -> list[Decision]:
        """Windows that are open, the oldest first."""
        return sorted((d for d in self.decisions if d.status == "open"), key=lambda d: d.opened_tick)

    def fits(self, response: str) -> Decision | None:
        """The oldest open window this response answers."""
        return next((d for d in self.open_decisions if response in self._answers[d.window.id]), None)

    def answers(self, window: str) -> tuple[str, ...]:
        """Responses that answer a window."""
        return self._answers[window]

    def _look(self) -> None:
        fired = self._fired()
        tick, minute = self.tick_now, self.exercise.minute
        for decision in self.decisions:
            opens = decision.window.opens
            due = opens.inject in fired if opens.inject else opens.minute is not None and minute >= opens.minute
            if decision.status == "coming" and due:
                decision.status, decision.opened_tick = "open", tick
                self._note("open", window=decision.window.id, until=decision.until_tick)
        for decision in self.open_decisions:
            if self.outcome is None and tick >= decision.until_tick:
                self._expire(decision)

    def _fired(self) -> list[str]:
        """Injects that have fired since the last look."""
        new = self.exercise.journal.since(self._read)
        self._read += len(new)
        return [str(e.data["id"]) for e in new if e.kind == "inject" and e.data["event"] == "fired"]

    def _expire(self, decision: Decision) -> None:
        """Orders the declared default; where that cannot be ordered any more, nothing is."""
        order = decision.window.default.order(DEFAULT_SEAT, f"default of window:{decision.window.id}")
        self._close(decision, "expired", order)
        self.exercise.order(order)

    def _close(self, decision: Decision, status: str, order: Order) -> None:
        decision.status, decision.closed_tick, decision.order = status, self.tick_now, order
        late = (self.tick_now - decision.opened_tick) / 10.0
        self._note(status, window=decision.window.id, response=order.response, after_s=late)

    def _note(self, event: str, **data: object) -> None:
        self.exercise.journal.append(self.tick_now, "drill", event=event, **data)

    def _message(self, number: int, decision: Decision) -> Message:
        is_open = decision.status == "open"
        return Message(
            serial=SERIAL + number,
            tick=decision.opened_tick,
            via=Via.CLOCK,
            about=About.REPORT,
            text=decision.window.question.text,
            sender=decision.window.id,
            grade="A",
            needs_answer=is_open,
            answer_by_tick=decision.until_tick if is_open else 0,
        )


def lead_in(drill: Drill, exercise: Exercise, progress: Callable[[Exercise], None] | None = None) -> Session:
    """The session of a drill on a fresh run: the automatic player commands until the drill begins.

    Where it begins in the middle of a saved run, what was done there is done again.

    Raises:
        ReplayDiffers: the state of that run is not come to.
    """
    if drill.beginning is not None:
        go_to(drill.beginning, exercise, progress)
        return Session(drill, exercise)
    start = exercise.world.setting.tick(drill.begins_min(exercise.playbook.scenario))
    if exercise.tick_now < start:
        play(exercise, PLAYERS[drill.lead_in](), until=start, progress=progress)
    return Session(drill, exercise)


def of_the_drill(entries: tuple[Entry, ...] | list[Entry]) -> list[Entry]:
    """The entries from the moment a drill began; all where none did."""
    begun = next((k for k, e in enumerate(entries) if e.kind == "drill" and e.data["event"] == "begin"), 0)
    return list(entries[begun:])
