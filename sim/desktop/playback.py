"""Playback: a recorded run computed again on a thread of its own, at any moment, forwards and back.

Copies of the run are kept every few minutes, so that going back costs no more than running on from the copy before.
While nothing is asked, the rest of the run is prepared.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.exercise.exercise import Exercise
from sim.exercise.perspective import Perspective, perspective_of
from sim.exercise.replay import Retrace, inputs_of
from sim.exercise.shared_view import SharedView, shared_view_of
from sim.exercise.snapshot import Snapshot, snapshot_of
from sim.scenario.scenario import Playbook
from sim.world.journal import Entry
from sim.world.memory import Memory
from sim.world.observation import Observation
from sim.world.order import Order

KEEP_TICKS = 3000
"""A copy every five minutes."""
SLICE = 300
"""Ticks computed between two looks at what is wanted."""
SHOW_S = 0.1
ALMOST = 0.99
"""How far a search has come at most while its moment is not shown yet."""
MOST_OWED_S = 0.3


@dataclass(frozen=True, slots=True)
class Moment:
    """The run at one tick: as it was, as the commander saw it, and as one person saw it."""

    tick: int
    snapshot: Snapshot
    seen: Observation
    person: Perspective | None
    number: int
    many: SharedView | None = None
    """What those asked for had before their eyes."""


@dataclass(frozen=True, slots=True)
class Given:
    """An order of the record."""

    tick: int
    order: Order
    accepted: bool
    marked: bool

    @property
    def ruling(self) -> str:
        """`lawful`, `marked` or `refused`."""
        return "refused" if not self.accepted else "marked" if self.marked else "lawful"


class Playback:
    """Use `close` when done."""

    def __init__(
        self,
        playbook: Playbook,
        seed: int,
        entries: Sequence[Entry],
        *,
        start: int = 0,
        clock: Callable[[], float] = time.monotonic,
        memory: Memory | None = None,
    ) -> None:
        """Begins to compute at once, standing still at `start`."""
        self._playbook, self._seed, self._clock, self._memory = playbook, seed, clock, memory
        self._inputs = inputs_of(entries)
        self.given = tuple(_given(e) for e in entries if e.kind == "order")
        home = [e.tick for e in entries if e.kind == "scene"]
        self.last = home[0] if home else max((e.tick for e in entries), default=0)
        self.moment: Moment | None = None
        self.failure: BaseException | None = None
        self.working = 0.0
        """How far a search for a moment has come, 0..1; 1 when nothing is searched for."""
        self.prepared = 0.0
        """How much of the run lies ready, 0..1."""
        self.speed = 1.0
        self.playing = False
        self._target: int | None = max(0, min(self.last, start))
        self._person = -1
        self._many = ""
        self._asked = False
        self._closing = False
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._copies: dict[int, Retrace] = {}
        self._number = 0
        self._thread = threading.Thread(target=self._work, name="playback", daemon=True)
        self._thread.start()

    # ---- asked by the page

    def seek(self, tick: int) -> None:
        """Goes to that tick."""
        with self._lock:
            self.working, self._target = 0.0, max(0, min(self.last, tick))
        self._wake.set()

    @property
    def tick(self) -> int:
        """Where it stands, or is going."""
        target = self._target
        if target is not None:
            return target
        return self.moment.tick if self.moment is not None else 0

    def play(self, speed: float) -> None:
        """Lets it run from here at so many seconds a second."""
        self.speed, self.playing = speed, True
        self._wake.set()

    def pause(self) -> None:
        """Stands still."""
        self.playing = False

    def ask(self, person: int, many: str = "") -> None:
        """Asks for the view of this person, -1 for nobody's; or for that of many, named as `shared_view_of` wants."""
        self._person, self._many, self._asked = person, many, True
        self._wake.set()

    def close(self) -> None:
        """Ends the thread."""
        self._closing = True
        self._wake.set()
        self._thread.join()
        self._copies.clear()

    # ---- on the thread

    def _work(self) -> None:
        try:
            start = Exercise(self._playbook, self._seed, sealed=False, memory=self._memory)
            run = Retrace(start, self._inputs)
            self._copies[0] = run.fork(sealed=False)
            scout = run.fork(sealed=False)
            before = self._clock()
            while not self._closing:
                if self._target is not None:
                    run = self._find(run)
                    before = self._clock()
                elif self.playing:
                    now = self._clock()
                    self._run_on(run, min(MOST_OWED_S, now - before))
                    before = now
                else:
                    if self._asked:
                        self._asked = False
                        self._show(run)
                    scout = self._prepare(scout)
                    before = self._clock()
        except BaseException as wrong:
            self.failure = wrong

    def _find(self, run: Retrace) -> Retrace:
        """The run at the tick asked for."""
        target = self._target
        assert target is not None
        nearest = max(tick for tick in self._copies if tick <= target)
        if not nearest <= run.exercise.tick_now <= target:
            run = self._copies[nearest].fork(sealed=False)
        start = run.exercise.tick_now
        while run.exercise.tick_now < target and self._target == target and not self._closing:
            self._slice(run, target)
            with self._lock:
                # Of what is asked for now, and whole only once it is shown.
                if self._target == target:
                    self.working = min(ALMOST, (run.exercise.tick_now - start) / max(1, target - start))
            if run.exercise.outcome is not None:
                break
        if self._target == target:
            run.to(target)
            self._show(run)
            with self._lock:
                # Somebody may have asked for another moment while this one was being shown.
                if self._target == target:
                    self._target, self.working = None, 1.0
        return run

    _owed = 0.0

    def _run_on(self, run: Retrace, real_s: float) -> None:
        self._owed = min(self._owed + real_s * self.speed * 10.0, self.speed * 10.0)
        ticks = int(self._owed)
        if ticks < min(10, max(1, round(self.speed))):
            time.sleep(0.01)
            return
        self._owed -= ticks
        run.to(min(self.last, run.exercise.tick_now + ticks))
        self._show(run)
        if run.exercise.tick_now >= self.last or run.exercise.outcome is not None:
            self.playing = False
        time.sleep(SHOW_S / 3)

    def _prepare(self, scout: Retrace) -> Retrace:
        """One slice further with what has not been computed yet, keeping copies on the way; else waits."""
        ready = max(self._copies)
        if scout.exercise.tick_now < ready:
            scout = self._copies[ready].fork(sealed=False)
        done = scout.exercise.tick_now >= self.last or scout.exercise.outcome is not None
        self.prepared = 1.0 if done else scout.exercise.tick_now / max(1, self.last)
        if done:
            self._wake.wait(0.5)
            self._wake.clear()
            return scout
        self._slice(scout, self.last)
        return scout

    def _slice(self, run: Retrace, until: int) -> None:
        """A little further, at most to `until`, keeping a copy wherever one is due."""
        now = run.exercise.tick_now
        due = (now // KEEP_TICKS + 1) * KEEP_TICKS
        run.to(min(due, until, now + SLICE))
        if run.exercise.tick_now == due and due not in self._copies:
            self._copies[due] = run.fork(sealed=False)

    def _show(self, run: Retrace) -> None:
        self._number += 1
        exercise = run.exercise
        self.moment = Moment(
            tick=exercise.tick_now,
            snapshot=snapshot_of(exercise),
            seen=exercise.observe(),
            person=perspective_of(exercise, self._person) if self._person >= 0 else None,
            number=self._number,
            many=shared_view_of(exercise, self._many) if self._many else None,
        )


def _given(entry: Entry) -> Given:
    given, ruling = entry.data["given"], entry.data["ruling"]
    assert isinstance(given, dict)
    assert isinstance(ruling, dict)
    return Given(entry.tick, Order.from_dict(given), bool(ruling["accepted"]), bool(ruling["marked"]))
