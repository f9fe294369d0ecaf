"""Refused: the orders of a written line that were not carried out, as a table for a terminal."""

from collections.abc import Iterable

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sim.core.speech import Speech
from sim.exercise.refusal import Refusal
from sim.scenario.scenario import Playbook


def refused_table(refusals: Iterable[Refusal], playbook: Playbook, say: Speech) -> RenderableType:
    """Each order with its minute and line, why it was refused, and what would make it possible."""
    table = Table(title=say("Orders that were refused"), title_justify="left", expand=True)
    table.add_column(say("Minute"), justify="right", no_wrap=True)
    table.add_column(say("Line"), justify="right", no_wrap=True)
    table.add_column(say("Order"), overflow="fold", ratio=2)
    table.add_column(say("Why"), overflow="fold", ratio=3)
    table.add_column(say("What puts it right"), overflow="fold", ratio=3)
    for each in refusals:
        response = playbook.responses.get(each.order.response)
        title = each.order.response if response is None else say(response.title.text)
        head = (f"{each.minute:.1f}", "" if each.line is None else str(each.line), title)
        for k, ground in enumerate(each.grounds):
            remedy = "" if ground.remedy is None else say(ground.remedy)
            table.add_row(*(head if k == 0 else ("", "", "")), Text(say(ground.why)), Text(remedy))
        table.add_section()
    return table
