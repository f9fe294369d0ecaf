"""Compare table: what each automatic player came to over the seeds."""

from collections.abc import Mapping

from rich.table import Table

from sim.core.speech import Speech
from sim.review.estimate import Estimate

SHOWN = ("score", "aims_met", "red_lines", "serious", "fatal", "trust_after", "driven_off")
"""The figures that are shown; the table file holds all of them."""


def compare_table(found: Mapping[str, Mapping[str, Estimate]], seeds: int, say: Speech) -> Table:
    """Means; of the score also half of its 95 % interval."""
    table = Table(title=say("Means over {seeds} seeds", seeds=seeds), title_justify="left")
    table.add_column(say("Player"))
    for words in (
        *(say("Score"), say("Aims"), say("Red lines"), say("Badly hurt"), say("Dead")),
        *(say("Trust"), say("Driven off")),
    ):
        table.add_column(words, justify="right")
    for player, figures in found.items():
        table.add_row(player, *(_said(name, figures[name]) for name in SHOWN))
    return table


def _said(name: str, estimate: Estimate) -> str:
    if name == "score":
        half = f" ± {estimate.half_width:.1f}" if estimate.trials > 1 else ""
        return f"{estimate.mean:.1f}{half}"
    return f"{estimate.mean:.2f}"
