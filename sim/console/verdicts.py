"""Verdicts: published facts, set-ups of one's own and the numbers of the model, as tables for a terminal."""

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.crowd.quantity import Quantity
from sim.science.enquiry import Answer
from sim.science.experiment import Experiment
from sim.science.probe import Leverage
from sim.science.row import Check, Row
from sim.science.verdict import Verdict, range_phrase

STANDINGS = {"sourced": Phrase("sourced"), "fitted": Phrase("fitted"), "assumed": Phrase("assumed")}
"""How far a number may be doubted."""


def verdicts_table(verdicts: Sequence[Verdict], say: Speech) -> RenderableType:
    """Every row with each thing demanded of it, what was measured, and whether its control fails as it should."""
    table = Table(title=say("The model against published facts"), title_justify="left", expand=True)
    table.add_column("", no_wrap=True)
    table.add_column(say("Fact and what is demanded"), overflow="fold", ratio=4)
    table.add_column(say("Measured"), no_wrap=True, justify="right")
    table.add_column(say("Demanded"), no_wrap=True, justify="right")
    for verdict in verdicts:
        row = verdict.row
        mark = "✓" if verdict.holds and verdict.control_fails else "✗"
        fact = Text(say(row.fact), style="bold")
        fact.append(say(" ({source})", source=row.source), style="dim not bold")
        table.add_row(f"{mark} {row.id}", fact, "", "")
        for check in verdict.checks:
            table.add_row("", *_cells(check, say))
        if verdict.failures:
            without = say("without {mechanism}, which has to fail:", mechanism=row.mechanism)
            table.add_row("", Text(without, style="italic"), "", "")
        for check in verdict.failures:
            table.add_row("", *_cells(check, say))
        table.add_section()
    held = sum(v.holds for v in verdicts)
    controls = [v for v in verdicts if v.failures]
    summary = say(
        "{held} of {rows} rows hold; {failing} of {controls} controls fail as they should; {trials} trials",
        held=held,
        rows=len(verdicts),
        failing=sum(v.control_fails for v in controls),
        controls=len(controls),
        trials=sum(v.trials for v in verdicts),
    )
    return Group(table, Text(summary))


def _cells(check: Check, say: Speech) -> tuple[Text, Text, Text]:
    """One check as three cells, red where it does not hold."""
    style = "" if check.holds else "red"
    what = Text(f"{'·' if check.holds else '✗'} {say(check.what)}", style=style)
    return what, Text(figure_of(check), style=style), Text(say(range_phrase(check)))


def figure_of(check: Check) -> str:
    """A check's figure with its interval and unit."""
    unit = "" if check.unit == "1" else f" {check.unit}"
    if check.interval is None or check.interval[0] == check.interval[1]:
        return f"{check.measured:.3g}{unit}"
    return f"{check.measured:.3g} [{check.interval[0]:.3g}, {check.interval[1]:.3g}]{unit}"


def answers_table(answers: Sequence[Answer], say: Speech) -> RenderableType:
    """Every figure of every set-up: mean, spread and interval over seeds, and whether it is as expected."""
    table = Table(title=say("What these set-ups measured"), title_justify="left", expand=True)
    table.add_column(say("Set-up"), overflow="fold", ratio=3)
    table.add_column(say("Figure"), overflow="fold", ratio=2)
    table.add_column(say("Mean"), justify="right", no_wrap=True)
    table.add_column(say("Spread"), justify="right", no_wrap=True)
    table.add_column(say("Interval, 95 %"), justify="right", no_wrap=True)
    table.add_column(say("Seeds"), justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for answer in answers:
        for k, figure in enumerate(answer.figures()):
            mark = {True: "✓", False: "✗", None: ""}[figure["holds"]]
            if figure["n"]:
                low, high = figure["interval"]
                cells = [f"{figure['mean']:.4g}", f"{figure['sd']:.3g}", f"{low:.4g} .. {high:.4g}"]
            else:
                cells = [say("not measured"), "", ""]
            table.add_row(answer.name if k == 0 else "", figure["figure"], *cells, str(figure["n"]), mark)
    return table


def numbers_table(numbers: Iterable[tuple[str, Quantity]], say: Speech) -> RenderableType:
    """Numbers about people with unit, range, standing and source."""
    table = Table(title=say("Every number about people"), title_justify="left", expand=True)
    table.add_column(say("Name"), no_wrap=True)
    table.add_column(say("Value"), justify="right", no_wrap=True)
    table.add_column(say("Unit"), no_wrap=True)
    table.add_column(say("Worth trying"), justify="right", no_wrap=True)
    table.add_column(say("Standing"), no_wrap=True)
    table.add_column(say("Source or reason"), overflow="fold", ratio=1)
    for name, number in numbers:
        table.add_row(
            name,
            f"{number.value:g}",
            number.unit,
            f"{number.low:g} .. {number.high:g}",
            say(STANDINGS[number.status]),
            Text(say(Phrase.literal(number.source))),
        )
    return table


def catalogue(rows: Iterable[Row], experiments: Mapping[str, type[Experiment]], say: Speech) -> RenderableType:
    """Every row in one sentence, and every experiment with its parameters."""
    facts = Table(title=say("Rows"), title_justify="left", expand=True)
    facts.add_column("", no_wrap=True)
    facts.add_column(say("Fact"), overflow="fold", ratio=3)
    facts.add_column(say("Expected"), overflow="fold", ratio=3)
    facts.add_column(say("Source"), overflow="fold", ratio=2)
    for row in rows:
        facts.add_row(row.id, Text(say(row.fact)), Text(say(row.expected)), Text(row.source))
    parts: list[RenderableType] = [facts]
    for name, kind in experiments.items():
        title = Text(say("{text}: {why}", text=name, why=kind.purpose()))
        table = Table(title=title, title_justify="left", expand=True)
        table.add_column(say("Parameter"), no_wrap=True)
        table.add_column(say("Usual"), no_wrap=True)
        table.add_column(say("Meaning"), overflow="fold", ratio=1)
        for parameter in kind.parameters():
            usual = say("must be given") if parameter.usual is None else parameter.usual
            table.add_row(parameter.name, Text(usual), Text(say(parameter.meaning)))
        parts.append(table)
    return Group(*parts)


def leverage_table(found: Iterable[Leverage], say: Speech) -> RenderableType:
    """What changing each number does, the largest change first; changes that may be luck are left to the end."""
    table = Table(title=say("Which numbers matter"), title_justify="left", expand=True)
    table.add_column(say("Name"), no_wrap=True)
    table.add_column(say("Outcome"), overflow="fold", ratio=1)
    table.add_column(say("Usual"), justify="right", no_wrap=True)
    table.add_column(say("Lower"), justify="right", no_wrap=True)
    table.add_column(say("Higher"), justify="right", no_wrap=True)
    table.add_column(say("Change"), justify="right", no_wrap=True)
    for each in sorted(found, key=lambda one: not one.clear):
        style = "" if each.clear else "dim"
        table.add_row(
            each.name,
            Text(say(each.outcome)),
            f"{each.usual:.3g}",
            f"{each.lower:.3g}",
            f"{each.higher:.3g}",
            f"{each.change:.0%}",
            style=style,
        )
    note = say("Faint rows: the change is less than twice its own standard error and may be luck.")
    return Group(table, Text(note))
