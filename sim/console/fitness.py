"""Fitness: the card of a scenario as tables for a terminal."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from sim.core.speech import Speech
from sim.review.balance import Balance
from sim.scenario.scenario import Playbook
from sim.seat.fitness import Section, headline, sections, warnings

WIDE_TEXT, NARROW_TEXT = 44, 12
"""Texts share what figures leave by their length, up to the first; those up to the second keep their width."""
LONGEST_WORD, LEAST_TEXT = 11, 18
"""Columns a word of a heading may take before it is broken; less where a text would have fewer than the second."""
EDGE = 3
"""Columns that a rule and the blanks beside a cell take."""


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
        parts.append(_Tabled(section))
        if section.note:
            parts.append(Text(section.note, style="dim"))
    return parts


@dataclass(frozen=True, slots=True)
class _Tabled:
    """One section as a table of the width there is."""

    section: Section

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield _table(self.section, options.max_width)


def _table(section: Section, room: int) -> Table:
    """Figures are whole; a heading above them is broken where the texts beside them would have no room."""
    table = Table(title=section.title, title_justify="left", expand=True)
    figures = _figures(section, room)
    last = len(section.columns) - 1
    for k, column in enumerate(section.columns):
        if k in figures:
            table.add_column(column, justify="right", width=figures[k], overflow="fold")
        else:
            longest = max(map(cell_len, (column, *(row[k] for row in section.rows))))
            share = WIDE_TEXT if k == last and longest else max(1, min(longest, WIDE_TEXT))
            width = longest if longest <= NARROW_TEXT and k < last else None
            table.add_column(column, overflow="fold", width=width, ratio=share if width is None else None)
    for row in section.rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _figures(section: Section, room: int) -> dict[int, int]:
    """Widths of the columns of figures, by their place."""
    texts = sum(
        min(LEAST_TEXT, max(map(cell_len, (column, *(row[k] for row in section.rows)))))
        for k, column in enumerate(section.columns)
        if k not in section.numbers
    )
    found: dict[int, int] = {}
    for word in range(LONGEST_WORD, 0, -1):
        found = {k: _width(section.columns[k], [row[k] for row in section.rows], word) for k in sorted(section.numbers)}
        if sum(found.values()) + EDGE * len(section.columns) + texts <= room:
            break
    return found


def _width(heading: str, cells: Sequence[str], longest_word: int) -> int:
    """Columns for figures that are never cut; the heading above them may run over several lines."""
    words = heading.split() if heading.isascii() else [heading[:2]]
    return max(*map(cell_len, cells), *(min(longest_word, cell_len(word)) for word in words), 1)
