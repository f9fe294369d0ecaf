"""Objectives: each objective of an exercise rated P, S, M or U by its tasks, beside the score and never part of it.

After the exercise evaluation guides of HSEEP (United States, FEMA): performed without challenges, with some, with major
ones, or unable to be performed. A task is a call of the timeline that trains the objective. What counts as a challenge
is a judgement of this program:

| letter | a task |
|---|---|
| P | was done in the time an expert takes |
| S | was done later, within its window |
| M | was done after its window, or made things worse within ten minutes |
| U | was not done, or by an unlawful order |

An objective is U when more than half of its tasks are, M when any is M or U, S when any is S, else P.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sim.core.phrase import LText, Phrase
from sim.measures import Facts, Record
from sim.measures.record import InjectRecord, OrderRecord
from sim.scenario.scenario import Scenario
from sim.world.journal import Entry

Letter = Literal["P", "S", "M", "U"]
WORSE_WITHIN_MIN = 10.0
"""A crowd that gets worse so soon after a coercive order got worse by it (assumed)."""
COERCIVE = ("hands_on", "line", "containment", "area")


@dataclass(frozen=True, slots=True)
class Task:
    """One call and how it was answered."""

    inject: str
    name: LText | str
    minute: float
    letter: Letter
    why: Phrase

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        name = {"en": self.name.en, "zh": self.name.zh} if isinstance(self.name, LText) else self.name
        return {
            "inject": self.inject,
            "name": name,
            "minute": round(self.minute, 2),
            "letter": self.letter,
            "why": self.why.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class Objective:
    """One objective with its tasks."""

    id: str
    """One of the five common shortcomings: what the scenario says it trains."""
    letter: Letter | None
    """None when none of its tasks came up."""
    tasks: tuple[Task, ...]

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {"id": self.id, "letter": self.letter, "tasks": [task.as_dict() for task in self.tasks]}


def objectives(entries: Iterable[Entry], scenario: Scenario, facts: Facts) -> tuple[Objective, ...]:
    """Every objective the scenario names, in its order, rated from the journal."""
    record = Record.of(entries, facts)
    trained = {inject.id: inject.trains for inject in scenario.injects}
    rated = [(inject, task) for inject in record.injects if (task := _task(inject, record)) is not None]
    found = []
    for objective in scenario.trains:
        tasks = tuple(task for inject, task in rated if objective in trained.get(inject.id, ()))
        found.append(Objective(objective, _of_all([task.letter for task in tasks]), tasks))
    return tuple(found)


def _of_all(letters: list[Letter]) -> Letter | None:
    if not letters:
        return None
    if 2 * letters.count("U") > len(letters):
        return "U"
    if "M" in letters or "U" in letters:
        return "M"
    return "S" if "S" in letters else "P"


def _task(inject: InjectRecord, record: Record) -> Task | None:
    """None while the call is open, and for what wants no answer."""
    if inject.status not in {"handled", "missed"}:
        return None
    letter, why = _judged(inject, [o for o in record.orders if o.accepted and o.trigger == inject.id], record)
    return Task(inject.id, record.name(inject.id), inject.minute, letter, why)


def _judged(inject: InjectRecord, answers: list[OrderRecord], record: Record) -> tuple[Letter, Phrase]:
    took = inject.first_answer_min
    if any(order.marked for order in answers):
        return "U", Phrase("answered by an unlawful order")
    if inject.status == "missed" and took is None:
        return "U", Phrase("not answered")
    if any(order.force in COERCIVE and _worse_after(order, record) for order in answers):
        return "M", Phrase("answered by coercion, and things got worse within ten minutes")
    if inject.status == "missed":
        return "M", Phrase("answered, but not settled in its time")
    if took is not None and took > inject.expert_min:
        return "S", Phrase(
            "answered after {took:.1f} min; an expert needs {expert:g}", took=took, expert=inject.expert_min
        )
    return "P", Phrase("settled in the time an expert takes")


def _worse_after(order: OrderRecord, record: Record) -> bool:
    return any(0.0 <= each.minute - order.minute <= WORSE_WITHIN_MIN for each in record.worsenings())
