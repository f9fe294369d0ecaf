"""Battery: random sessions, each gone through in every way; the first that does not come to the same is named."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from sim.core.phrase import Phrase
from sim.exercise.exercise import Exercise
from sim.exercise.save import load, save
from sim.lab.session import Session
from sim.lab.trace import Difference, Trace, difference
from sim.lab.ways import WAYS, Course, first_time, plain
from sim.lab.worker import Task, Worker
from sim.scenario.scenario import Playbook
from sim.world.order import Order

HERE = ("tick by tick", "forked", "saved", "replayed", "heavy")
"""Ways that need no other process."""
CALLED = {
    "tick by tick": Phrase("tick by tick"),
    "forked": Phrase("with a fork half way"),
    "saved": Phrase("saved and loaded"),
    "replayed": Phrase("from its journal"),
    "heavy": Phrase("saved and loaded at every tick"),
    "in a worker": Phrase("in a worker"),
    "two threads": Phrase("twice at once in two threads"),
    "compiled afresh": Phrase("compiled afresh"),
    "in a fresh process": Phrase("in a fresh process"),
}
"""What the ways are called in a sentence."""
LATER_TICKS = (0, 10, 50)
"""How long after the first digest that differs states are looked at: a way cut short may not have gone wrong yet."""
LONG_TICKS = 6000
"""Sessions longer than this are left out of the slowest way."""

Started = Callable[[], Worker]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A session that was not the same when it was gone through in another way."""

    session: int
    scenario: str
    way: str
    tick: int
    """The second at which the digests part, as its tick."""
    where: Difference | None
    """What is different there, as far as it can be told; None when the states are the same and the journals are not."""

    @property
    def phrase(self) -> Phrase:
        """The same in words."""
        said = Phrase(
            "session {session} of {scenario} is another when it is gone through {way}: from second {second} on",
            session=self.session,
            scenario=self.scenario,
            way=CALLED[self.way],
            second=self.tick // 10,
        )
        return said if self.where is None else Phrase("{said}; {where}", said=said, where=self.where.phrase)


@dataclass(slots=True)
class Battery:
    """Sessions by number, the scenarios they are drawn from, and the processes they are taken to."""

    playbooks: Mapping[str, Playbook]
    lasts_s: tuple[float, float] | None = None
    """How long every session lasts; None for the usual lengths."""
    standing: Mapping[str, Started] = field(default_factory=dict)
    """Processes kept for all sessions, by the name of the way; each goes through them `plain`, or as its name says."""
    now_and_then: Mapping[str, Started] = field(default_factory=dict)
    """Processes started anew for one session in so many."""
    every: int = 25
    """How many."""

    def run(self, first: int, count: int, done: Callable[[int], None] = lambda number: None) -> Iterator[Mismatch]:
        """Goes through the sessions from `first` on, in every way, and yields what is not the same."""
        with ExitStack() as open_ones:
            workers = {way: open_ones.enter_context(start()) for way, start in self.standing.items()}
            for number in range(first, first + count):
                yield from self._go_through(number, workers, anew=(number - first) % self.every == 0)
                done(number - first + 1)

    def ways(self) -> tuple[str, ...]:
        """The names of all ways but the first time."""
        return (*HERE, *self.standing, *self.now_and_then)

    def _go_through(self, number: int, workers: Mapping[str, Worker], *, anew: bool) -> Iterator[Mismatch]:
        session = Session.draw(number, self.playbooks, self.lasts_s)
        course, run = first_time(session, self.playbooks[session.scenario])
        reference = Trace.of(run)
        with ExitStack() as open_ones:
            fresh = {way: open_ones.enter_context(start()) for way, start in self.now_and_then.items() if anew}
            elsewhere = {**workers, **fresh}
            for way, worker in elsewhere.items():
                worker.give(_task(course, way))
            for way in HERE:
                if way != "tick by tick" or session.ticks <= LONG_TICKS:
                    trace = Trace.of(WAYS[way](course, session.ticks))
                    yield from self._judge(course, reference, trace, way, None)
            for way, worker in elsewhere.items():
                trace = Trace.from_dict(worker.take())
                yield from self._judge(course, reference, trace, way, worker)

    @staticmethod
    def _judge(course: Course, expected: Trace, found: Trace, way: str, worker: Worker | None) -> Iterator[Mismatch]:
        tick = expected.parts_from(found)
        if tick is None:
            return
        where = None
        for later in LATER_TICKS:
            at = min(tick + later, course.session.ticks)
            other = WAYS[way](course, at) if worker is None else _fetch(worker, course, way, at)
            where = where or difference(plain(course, at).world, other.world)
        yield Mismatch(course.session.number, course.session.scenario, way, tick, where)


def _task(course: Course, way: str, until: int | None = None) -> dict[str, Any]:
    return {
        "session": course.session.as_dict(),
        "orders": [order.as_dict() for order in course.orders],
        "way": way if way in WAYS else "plain",
        "until": until,
    }


def _fetch(worker: Worker, course: Course, way: str, at: int) -> Exercise:
    """The run as another process has it at that tick."""
    worker.give(_task(course, way, at))
    return load(course.opened(), bytes.fromhex(worker.take()["state"]))


def work_off(task: Task, playbook_of: Callable[[str], Playbook]) -> Task:
    """What a process does with a task: the trace of the session, or its exact state where the task says until when."""
    session = Session.from_dict(task["session"])
    orders = tuple(Order.from_dict(each) for each in task["orders"])
    course = Course(session, playbook_of(session.scenario), orders)
    until = session.ticks if task["until"] is None else int(task["until"])
    run = WAYS[task["way"]](course, until)
    if task["until"] is None:
        return Trace.of(run).as_dict()
    return {"state": save(run).hex()}
