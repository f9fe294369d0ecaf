"""The drill card in a terminal: each decision with its answer, how late it was, and what it cost."""

import math

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sim.core.speech import Speech
from sim.core.tick import clock
from sim.drill.card import Card, Line
from sim.drill.cost import COSTS, LATER, NOTHING, Cost
from sim.drill.drill import Drill
from sim.drill.roles import TITLES
from sim.scenario.scenario import Playbook

STATUSES = {
    "answered": "answered",
    "expired": "ran out: the default was ordered",
    "open": "still open at the end",
    "never": "did not come up",
}


def drill_card(card: Card, drill: Drill, playbook: Playbook, say: Speech) -> RenderableType:
    """The whole card with the questions for the hot wash."""
    table = Table(title=say("Drill card: {title}", title=say(drill.title.text)), title_justify="left", expand=False)
    for heading in ("When", "Decision", "Answer", "Who", "After", "Late by", "Cost"):
        table.add_column(say(heading), overflow="fold")
    for line in card.lines:
        table.add_row(*_row(line, playbook, say))
    total = say(
        "{answered} of {came} decisions answered, {in_time} within the time somebody experienced needs",
        answered=card.answered,
        came=card.came,
        in_time=card.in_time,
    )
    questions = [Text(f"- {say(question.text)}") for question in drill.debrief]
    aim = Text(say("Aim: {aim}", aim=say(drill.aim.text)))
    return Group(table, Text(total), aim, *([Text(say("For the hot wash:")), *questions] if questions else []))


def _row(line: Line, playbook: Playbook, say: Speech) -> tuple[str, ...]:
    start = playbook.scenario.start_min
    response = playbook.responses.get(line.response)
    answer = say(response.title.text) if response is not None else line.response
    answer = say(line.says) if line.says is not None else answer
    late = line.late_s
    if line.status != "answered":
        answer = say(STATUSES[line.status]) + (f" ({answer})" if answer else "")
    if line.marked:
        answer += "\n" + say("unlawful by the rules")
    if line.untrue:
        answer += "\n" + say("what it said was not so")
    return (
        clock(line.tick, start) if line.tick >= 0 else "-",
        say(line.question),
        answer,
        say(TITLES[line.seat]) if line.seat in TITLES else "-",
        "-" if line.after_s is None else say("{seconds:.0f} s", seconds=line.after_s),
        "-" if late is None else say("in time") if late == 0.0 else say("{seconds:.0f} s", seconds=late),
        "-" if line.cost is None else _cost(line.cost, playbook, say),
    )


def _cost(cost: Cost, playbook: Playbook, say: Speech) -> str:
    points = f"{cost.points:.1f}" + (f" ± {cost.margin:.1f}" if math.isfinite(cost.margin) else "")
    if cost.standing == LATER:
        return say("{points} only with what was done later", points=points)
    if cost.standing == NOTHING:
        return say("about nothing")
    if cost.standing != COSTS:
        told = math.isfinite(cost.margin)
        return say("cannot be told: {points}", points=points) if told else say("cannot be told")
    better = playbook.responses.get(cost.better)
    if better is None:
        return points
    named = say(cost.says) if cost.says is not None else say(better.title.text)
    return points + "\n" + say("better: {response}", response=named)
