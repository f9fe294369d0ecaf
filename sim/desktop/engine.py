"""Engine: lets a run's time pass on a thread of its own, so that the window never waits for it.

Only the engine's thread moves the run. Between two slices of time it gives the orders that were handed in, writes what
happened to the disk and publishes what the seat can see; the window draws what was published last.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from sim.exercise.exercise import Outcome
from sim.exercise.option import Option
from sim.seat.run import SAVE_EVERY_S, STEP_TICKS, Run
from sim.world.message import Message
from sim.world.observation import Observation
from sim.world.order import Order, Ruling

LOOK_S = 0.1
"""Real time between two looks of the seat while time passes."""
OPTIONS_S = 0.5
"""Real time between two looks at what is open while time passes."""
SLEEP_S = 0.004
MOST_OWED_S = 0.25
"""A machine that cannot keep up falls behind; it does not run on by itself for longer than this."""

HURRIED_HOURS = 60.0
"""Hours of the days after that pass in a second when they are hurried: slow enough to be seen passing."""
MOST_HOURS = 2.0
"""A machine that cannot keep up owes no more hours than this."""

Flow = Literal["paused", "running", "hurrying"]


@dataclass(frozen=True, slots=True)
class View:
    """What the window may know: the seat's observation and what is open to it."""

    seen: Observation
    options: tuple[Option, ...]
    outcome: Outcome | None
    number: int
    """Grows with every look."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """An order was given and this came of it."""

    order: Order
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Needed:
    """The run stopped because something needs the commander: a message, or the crush alarm (None)."""

    message: Message | None


Event = Ruled | Needed


class Engine:
    """One run on its thread. Use `close` when done: everything is saved then."""

    def __init__(self, run: Run, save: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        """Paused at the run's present tick."""
        self._run = run
        self._save = save
        self._clock = clock
        self._lock = threading.RLock()
        self._wanted = 0
        self._orders: deque[Order] = deque()
        self._events: deque[Event] = deque()
        self._flow: Flow = "paused"
        self._resting = False
        self._speed = 1.0
        self._owed = 0.0
        self._until = 0
        """Tick at which a hurried run stops; 0 for none."""
        self._closing = False
        self._stopping = False
        self._changed = threading.Event()
        self.reached = 0.0
        """Simulated seconds a second that were really reached lately."""
        self.failure: BaseException | None = None
        """What went wrong on the thread, if anything did; the run stands still then."""
        self._saved_at = clock()
        self._options_at = 0.0
        self._calls = self._calls_of(run.observe())
        self._crush = False
        self.view = View(run.observe(), tuple(run.options()), run.outcome, 0)
        self._thread = threading.Thread(target=self._work, name="engine", daemon=True)
        self._thread.start()

    # ---- asked by the window

    @property
    def flow(self) -> Flow:
        """Whether time stands still, passes, or passes as fast as it can."""
        return self._flow

    @property
    def still(self) -> bool:
        """True once time stands still and the slice that was under way has ended: nothing moves the run then."""
        return self._flow == "paused" and self._resting

    @property
    def speed(self) -> float:
        """Simulated seconds a second that were asked for."""
        return self._speed

    def set_flow(self, flow: Flow, speed: float | None = None) -> None:
        """Stands still, runs, or runs on until something needs the commander; perhaps at another speed."""
        self._speed = self._speed if speed is None else speed
        if flow != self._flow:
            self._flow = flow
            # Only the thread says that it rests, once it has seen what is wanted now.
            self._resting = False
            self._owed = 0.0
            if flow != "hurrying":
                self._until = 0
        self._changed.set()

    def run_to(self, tick: int) -> None:
        """Runs on as fast as it can to that tick, or until something needs the commander."""
        self._until = tick
        self.set_flow("hurrying")

    def give(self, order: Order) -> None:
        """Hands an order in; a `Ruled` event says what came of it."""
        self._orders.append(order)
        self._changed.set()

    def stop(self) -> None:
        """Ends the run here and now."""
        self._stopping = True
        self._changed.set()

    def preview(self, order: Order) -> Ruling:
        """The ruling an order would get now; waits for the slice of time under way."""
        self._wanted += 1
        try:
            with self._lock:
                return self._run.preview(order)
        finally:
            self._wanted -= 1

    def events(self) -> Sequence[Event]:
        """What happened since this was asked last."""
        found = []
        while self._events:
            found.append(self._events.popleft())
        return found

    def close(self) -> None:
        """Gives what was handed in, saves, and ends the thread."""
        self._closing = True
        self._changed.set()
        self._thread.join()

    # ---- on the thread

    def _work(self) -> None:
        try:
            before = self._clock()
            while not self._closing:
                self._give_orders()
                if self._flow == "paused" or self._run.outcome is not None:
                    self._resting = True
                    self._changed.wait(0.5)
                    self._changed.clear()
                    before = self._clock()
                    self._save_now_and_then()
                    continue
                now = self._clock()
                self._pass(now - before)
                before = now
                self._save_now_and_then()
            self._give_orders()
            self._save()
        except BaseException as wrong:
            self.failure = wrong
            self._flow = "paused"

    def _give_orders(self) -> None:
        given = False
        while self._orders:
            order = self._orders.popleft()
            if self._run.outcome is not None:
                continue
            with self._lock:
                ruling = self._run.order(order)
                self._save()
            self._events.append(Ruled(order, ruling))
            given = True
        if self._stopping and self._run.outcome is None:
            with self._lock:
                self._run.stop()
                self._save()
            given = True
        if given:
            self._look(options=True)

    def _pass(self, real_s: float) -> None:
        """One slice of time, or a short rest when none is due."""
        if self._run.at_home():
            self._pass_hours(real_s)
            return
        hurrying = self._flow == "hurrying"
        self._owed = min(self._owed + real_s * self._speed * 10.0, MOST_OWED_S * max(1.0, self._speed) * 10.0)
        ticks = STEP_TICKS if hurrying else min(STEP_TICKS, int(self._owed))
        if not ticks:
            time.sleep(SLEEP_S)
            return
        start = self._clock()
        with self._lock:
            self._run.run_until(self._run.tick_now + ticks)
        if self._run.at_home():
            self._gone_home()
            return
        spent = max(1e-6, self._clock() - start)
        self._owed = max(0.0, self._owed - ticks)
        rate = ticks / 10.0 / (spent if hurrying else max(spent, real_s, 1e-6))
        self.reached += 0.1 * (rate - self.reached)
        if hurrying or self._clock() - self._looked_at >= LOOK_S or self._run.outcome is not None:
            self._look(options=self._clock() - self._options_at >= OPTIONS_S or self._run.outcome is not None)
        time.sleep(0.001 if self._wanted else 0.0)

    def _pass_hours(self, real_s: float) -> None:
        """An hour of the days after for each second, times the speed; as fast as can be watched when it is hurried."""
        hurrying = self._flow == "hurrying"
        self._owed = min(self._owed + real_s * (HURRIED_HOURS if hurrying else self._speed), MOST_HOURS)
        if self._owed < 1.0:
            time.sleep(SLEEP_S)
            return
        self._owed -= 1.0
        with self._lock:
            self._run.run_until(self._run.tick_now + 1)
        self._look(options=True)

    def _gone_home(self) -> None:
        """The part on the scene is over: time stands still until the commander goes on into the days after."""
        self._owed = 0.0
        self._look(options=True)
        if self._flow != "paused":
            self._stop_for(None)

    _looked_at = 0.0

    def _look(self, *, options: bool) -> None:
        """Publishes what the seat can see, and stops a hurrying run when something needs the commander."""
        self._looked_at = self._clock()
        with self._lock:
            seen = self._run.observe()
            calls, crush = self._calls_of(seen), seen.crush
            new = [m for m in seen.messages if m.serial in calls - self._calls]
            alarm = crush and not self._crush
            self._calls, self._crush = calls, crush
            reached = 0 < self._until <= seen.tick
            stops = (self._flow == "hurrying" and (bool(new) or alarm)) or reached
            if options or stops:
                opened = tuple(self._run.options())
                self._options_at = self._clock()
            else:
                opened = self.view.options
            self.view = View(seen, opened, self._run.outcome, self.view.number + 1)
        if stops:
            self._until = 0
            self._stop_for(new[-1] if new else None)
        if self._run.outcome is not None:
            self._flow = "paused"

    def _stop_for(self, message: Message | None) -> None:
        """Time stands still from now on. The window hears why before it sees that, or it would let time go on."""
        self._events.append(Needed(message))
        self._flow = "paused"

    @staticmethod
    def _calls_of(seen: Observation) -> frozenset[int]:
        return frozenset(m.serial for m in seen.messages if m.needs_answer)

    def _save_now_and_then(self) -> None:
        if self._clock() - self._saved_at >= SAVE_EVERY_S:
            self._saved_at = self._clock()
            self._save()
