"""A squad's progress in a terminal: every drill with its figures, and how they went from one to the next, as bars."""

from collections.abc import Mapping, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.drill.progress import BETTER, LEAST, NONE, Played, Trend

BARS = "▁▂▃▄▅▆▇█"
MEASURES: Mapping[str, Phrase] = {
    "late_s": Phrase("Late by"),
    "score": Phrase("Score"),
    "cost": Phrase("Cost"),
    "brier": Phrase("Brier, crowd"),
    "picks": Phrase("Brier, best answer"),
}
"""What each is called, by name."""


def drill_progress(
    drills: Sequence[Played],
    trends: Mapping[tuple[str, str], Mapping[str, Trend]],
    titles: Mapping[str, str],
    letters: Sequence[str],
    say: Speech,
) -> RenderableType:
    """The whole of it; `titles` are those of the drills by id, `letters` what squads are called nobody has named."""
    table = Table(expand=False, box=SIMPLE_HEAD, padding=0, collapse_padding=True)
    # A day and its time stand below each other: in a terminal of 80 signs neither they nor a figure may be broken.
    table.add_column(say("When"), no_wrap=True)
    for heading in ("Squad", "Drill", "Answered", "In time"):
        table.add_column(say(heading), overflow="fold")
    for name in MEASURES.values():
        table.add_column(say(name), justify="right", overflow="fold")
    for each in drills:
        figures = (_value(name, getattr(each, name), say) for name in MEASURES)
        about = (each.when.replace(" ", "\n"), each.squad, titles.get(each.drill, each.drill))
        table.add_row(*about, f"{each.answered} / {each.came}", str(each.in_time), *figures)
    parts: list[RenderableType] = [table]
    for (squad, drill), measured in trends.items():
        times = max(len(each.values) for each in measured.values())
        if times > 1:
            parts.append(_course(squad, titles.get(drill, drill), times, measured, say))
    parts += [Text(say(note)) for note in _notes(drills, letters)]
    return Group(*parts)


def _course(squad: str, drill: str, times: int, measured: Mapping[str, Trend], say: Speech) -> RenderableType:
    heading = say("Squad {squad}, {drill}, {times} times", squad=squad, drill=drill, times=times)
    table = Table(title=heading, title_justify="left", expand=False, show_header=False)
    for name, called in MEASURES.items():
        found = measured.get(name)
        if found is not None and len(found.values) > 1:
            ends = say("{first} to {last}", first=_value(name, found.values[0], say),
                       last=_value(name, found.values[-1], say))  # fmt: skip
            table.add_row(say(called), bars(found.values), ends, _says(name, found, say))
    return table


def bars(values: Sequence[float]) -> str:
    """One bar for each value, the lowest the shortest."""
    low, high = min(values), max(values)
    step = (high - low) / (len(BARS) - 1)
    return "".join(BARS[round((value - low) / step) if step > 0.0 else 0] for value in values)


def _says(name: str, found: Trend, say: Speech) -> str:
    if found.says == NONE:
        few = len(found.values) < LEAST
        return say("too few for a trend") if few else say("no clear trend")
    each = _value(name, abs(found.slope), say)
    more = found.slope > 0.0
    change = say("{change} more each time", change=each) if more else say("{change} less each time", change=each)
    return say("better: {change}", change=change) if found.says == BETTER else say("worse: {change}", change=change)


def _value(name: str, value: float | None, say: Speech) -> str:
    if value is None:
        return "-"
    if name == "late_s":
        return say("{seconds:.0f} s", seconds=value)
    return f"{value:.3f}" if name in {"brier", "picks"} else f"{value:.1f}"


def _notes(drills: Sequence[Played], letters: Sequence[str]) -> list[Phrase]:
    found = [
        Phrase(
            "Late by: mean beyond the time somebody experienced needs; what ran out counts with its whole countdown."
        )
    ]
    if any(each.cost is None for each in drills):
        found.append(
            Phrase("A cost stands there once a review has told it: after a drill with phones, or with drills --card.")
        )
    if any(each.squad in letters for each in drills):
        found.append(
            Phrase(
                "What stands under a letter alone may be of different people: name squads on the instructor's page, or "
                "with serve --squad-id."
            )
        )
    return found
