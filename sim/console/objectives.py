"""Objectives as a table for a terminal: one letter each, and what kept a task from the best one."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sim.core.phrase import Phrase
from sim.core.speech import Speech

OBJECTIVE_WORDS = {
    "early_warning": "Early warning of trouble",
    "methods": "Methods on the scene",
    "capacity": "Capacity on the scene",
    "standardisation": "Lawful and even conduct",
    "aftermath": "Work afterwards",
}
"""What each objective is called."""
LETTER_WORDS = {
    "P": "performed",
    "S": "performed with some challenges",
    "M": "performed with major challenges",
    "U": "not performed",
}
"""What each letter means."""


def objectives_table(objectives: Iterable[Mapping[str, Any]], say: Speech) -> RenderableType:
    """Each objective with its letter, and the tasks that were not P."""
    table = Table(title=say("Objectives (beside the score, no part of it)"), title_justify="left", expand=True)
    table.add_column(say("Objective"), overflow="fold", ratio=2)
    table.add_column(say("Rating"), overflow="fold", ratio=2)
    table.add_column(say("Observed"), overflow="fold", ratio=4)
    for objective in objectives:
        letter = objective["letter"]
        words = say("not assessed") if letter is None else f"{letter}  {say(LETTER_WORDS[letter])}"
        seen = [_task(task, say) for task in objective["tasks"] if task["letter"] != "P"]
        table.add_row(say(OBJECTIVE_WORDS[objective["id"]]), words, Text("\n".join(seen)))
    return table


def _task(task: Mapping[str, Any], say: Speech) -> str:
    """One task: minute, letter, what it was, and why."""
    name = task["name"]
    if not isinstance(name, str):
        name = name["zh" if say.language == "zh" else "en"]
    return f"{task['minute']:.0f}  {task['letter']}  {name}: {say(Phrase.from_dict(task['why']))}"
