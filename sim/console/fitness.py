"""Fitness: the card of a scenario as tables for a terminal."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sim.core.speech import Speech
from sim.review.balance import Balance
from sim.scenario.scenario import Playbook
from sim.seat.fitness import Section, headline, sections, warnings

WIDE_TEXT, NARROW_TEXT = 44, 12
"""Texts share what figures leave by their length, up to the first; those up to the second keep their width."""
LONGEST_WORD = 11
"""So many columns a word of a heading may take before it is broken."""


def fitness_card(card: Balance, playbook: Playbook, say: Speech) -> RenderableType:
    """The whole card: what to look at first, then the tables."""
    parts: list[RenderableType] = [Text(say(playbook.scenario.title.text), style="bold")]
    parts += [Text(line) for line in headline(card, say)]
    told = warnings(card, say)
    parts += [Text(f"! {line}", style="yellow") for line in told] or [Text(say("nothing to look into"), style="green")]
    parts += section_tables(sections(card, playbook, say))
    parts.append(Text(say("Training only: figures hold in this model, they are no prediction."), style="dim"))
    return Group(*parts)


def section_tables(found: Sequence[Section]) -> list[RenderableType]:
    """Each section as a table with its note below."""
    parts: list[RenderableType] = []
    for section in found:
        table = Table(title=section.title, title_justify="left", expand=True)
        last = len(section.columns) - 1
        for k, column in enumerate(section.columns):
            if k in section.numbers:
                table.add_column(
                    column, justify="right", width=_width(column, [row[k] for row in section.rows]), overflow="fold"
                )
            else:
                longest = max(map(cell_len, (column, *(row[k] for row in section.rows))))
                share = min(longest, WIDE_TEXT) if k < last else WIDE_TEXT
                width = longest if longest <= NARROW_TEXT and k < last else None
                table.add_column(column, overflow="fold", width=width, ratio=share if width is None else None)
        for row in section.rows:
            table.add_row(*(Text(cell) for cell in row))
        parts.append(table)
        if section.note:
            parts.append(Text(section.note, style="dim"))
    return parts


def _width(heading: str, cells: Sequence[str]) -> int:
    """Columns for figures that are never cut; the heading above them may run over several lines."""
    words = heading.split() if heading.isascii() else [heading[:2]]
    return max(*map(cell_len, cells), *(min(LONGEST_WORD, cell_len(word)) for word in words), 1)
