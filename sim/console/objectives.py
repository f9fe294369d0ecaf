"""Objectives as a table for a terminal: one letter each, and what kept a task from the best one."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sim.core.speech import Speech
from sim.seat.objectives import TITLE, RatedTask, ratings


def objectives_table(objectives: Iterable[Mapping[str, Any]], say: Speech) -> RenderableType:
    """Each objective with its letter, and the tasks that were not P."""
    table = Table(title=say(TITLE), title_justify="left", expand=True)
    table.add_column(say("Objective"), overflow="fold", ratio=2)
    table.add_column(say("Rating"), overflow="fold", ratio=2)
    table.add_column(say("Observed"), overflow="fold", ratio=4)
    for rating in ratings(objectives, say):
        seen = [rating.rests_on] if rating.rests_on else []
        seen += [_task(task) for task in rating.challenges]
        table.add_row(rating.name, f"{rating.letter}  {rating.means}".strip(), Text("\n".join(seen)))
    return table


def _task(task: RatedTask) -> str:
    """One task: minute, letter, what it was, and why."""
    return f"{task.minute:.0f}  {task.letter}  {task.name}: {task.why}"
