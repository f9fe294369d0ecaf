"""Days: what is owed after an incident in the words of a screen, and which responses do it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.core.phrase import Phrase
from sim.exercise.duties import DONE_BY
from sim.exercise.option import Option
from sim.world.aftermath import DAY, HOUR, Duty
from sim.world.observation import DaysView, Observation, TaskView
from sim.world.talks import Promise

EARLY = 6 * HOUR
"""Who runs on until something is due is called so long before it."""
TRACKED_DAYS = (1, 7, 30)
"""Days after which the public looks at the list of demands."""


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due, in words and how pressing that is."""

    says: Phrase
    tone: str
    """`good` (done), `bad` (late), `warn` (within a day) or `plain`."""


def due_of(task: TaskView, tick: int) -> Due:
    """How far a task is."""
    if task.status == "done":
        return Due(Phrase("done in time"), "good")
    if task.status == "done_late":
        return Due(Phrase("done late"), "warn")
    return _until(task.due_tick, tick, late=task.status == "late")


def due_of_promise(promise: Promise, tick: int, start_min: float) -> Due:
    """How far a promise is."""
    if promise.kept is not None:
        return Due(Phrase("kept"), "good") if promise.kept else Due(Phrase("broken"), "bad")
    if not promise.dated:
        return Due(Phrase("without a date"), "warn")
    return _until(round((promise.due_min - start_min) * 600.0), tick, late=False)


def _until(due_tick: int, tick: int, *, late: bool) -> Due:
    left = due_tick - tick
    if late or left < 0:
        return Due(Phrase("overdue"), "bad")
    if left < DAY:
        return Due(Phrase("due in {hours} h", hours=max(0, left // HOUR)), "warn")
    return Due(Phrase("due in {days} d", days=(left + HOUR - 1) // DAY), "plain")


def followed_up(seen: Observation, promise: Promise) -> bool:
    """True when whoever owes it was asked about this promise; a list of all for everybody to read is not that."""
    asked = ("demand", promise.demand)
    return any(o.catalogue == "CA5F" and asked in o.parameters and o.tick >= promise.given_tick for o in seen.orders)


def answers(duty: str, options: Sequence[Option]) -> list[Option]:
    """The responses on offer that do a duty, those that are open first."""
    codes = DONE_BY[Duty(duty)]
    found = [o for code in codes for o in options if o.response.catalogue == code]
    return sorted(found, key=lambda o: not o.open)


def coded(code: str, options: Sequence[Option]) -> Option | None:
    """The response with this catalogue code, None when none on offer has it."""
    return next((o for o in options if o.response.catalogue == code), None)


def open_tasks(days: DaysView) -> list[TaskView]:
    """What is not done, late or not, soonest due first."""
    return [task for task in days.tasks if task.status in {"open", "late"}]


def before_due(seen: Observation) -> int:
    """Tick some hours before the next thing falls due, while there is still time to do it; else that at which it does.

    The end of the last day where nothing is open.
    """
    days = seen.days
    assert days is not None
    coming = [t.due_tick for t in days.tasks if t.status == "open" and t.due_tick > seen.tick]
    due = min(coming, default=days.ends_tick)
    return due - EARLY if due - EARLY > seen.tick else due


def tracker(days: DaysView) -> list[tuple[int, str]]:
    """For each day on which the public looks: the day, and `done`, `late`, `open` or `coming`."""
    found = {t.due_tick: t.status for t in days.tasks if t.duty == Duty.TRACKER}
    states = [found[tick] for tick in sorted(found)]
    names = {"done": "done", "done_late": "late", "late": "late", "open": "open"}
    return [
        (day, names[states[k]] if k < len(states) else "coming")
        for k, day in enumerate(TRACKED_DAYS)
        if day * DAY <= days.ends_tick - days.began_tick
    ]


BAD_VICTORY = Phrase(
    "A bad victory: the street was empty, but people were hurt or driven off, or what they came for stood unsolved"
)
"""Said where the on-scene part ended so."""


def days_in_words(days: Mapping[str, Any]) -> Phrase:
    """What became of the days after, from the figures of a run."""
    return Phrase(
        "Days after: done in time {done}, late or not {missed}; promises kept {kept}, broken {broken}; "
        "risk that it happens again {risk:.0%}, and by chance {came}",
        done=int(days["done"]),
        missed=int(days["missed"]),
        kept=int(days["kept"]),
        broken=int(days["broken"]),
        risk=float(days["risk"]),
        came=Phrase("it did") if days["again"] else Phrase("it did not"),
    )


def band(risk: float) -> Phrase:
    """A risk as people say it; the judgement is too rough for figures after the point."""
    if risk < 0.25:
        return Phrase("low, about {risk:.0%}", risk=round(risk, 1))
    if risk < 0.45:
        return Phrase("to be taken seriously, about {risk:.0%}", risk=round(risk, 1))
    return Phrase("high, about {risk:.0%}", risk=round(risk, 1))
