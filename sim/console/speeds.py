"""Speeds: what `bench` measured, as a table for a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sim.core.phrase import Phrase
from sim.core.speech import Speech


class Measured(Protocol):
    """A row of `bench`."""

    def as_dict(self) -> Mapping[str, Any]:
        """Its id, what it is, and its figures."""


UNITS = {"person-steps/s": Phrase("person-steps/s"), "x": Phrase("times")}
"""Units that are words."""


def speeds_table(rows: Sequence[Measured], machine: str, say: Speech) -> RenderableType:
    """Every row with its median, and between which repeats it lies."""
    table = Table(title=say("Speed of this machine: {machine}", machine=machine), title_justify="left", expand=True)
    table.add_column("", overflow="fold", ratio=3)
    table.add_column(say("Median"), no_wrap=True, justify="right")
    table.add_column(say("Lowest to highest"), no_wrap=True, justify="right")
    for row in (each.as_dict() for each in rows):
        unit = say(UNITS[row["unit"]]) if row["unit"] in UNITS else row["unit"]
        low, high = row["spread"]
        about = Text(row["id"], style="bold")
        about.append("\n" + say(row["what"]), style="not bold")
        table.add_row(about, f"{row['value']:,.4g} {unit}".strip(), f"{low:,.4g} – {high:,.4g}")
    return table
