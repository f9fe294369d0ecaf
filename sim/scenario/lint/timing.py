"""Time: windows that outlast the run, deadlines before their inject, people and units who come too late."""

from collections.abc import Iterator

from sim.core.phrase import Phrase
from sim.scenario.lint.case import Case, doubt
from sim.scenario.problem import Problem


def doubts(case: Case) -> Iterator[Problem]:
    """Every minute that does not go with the others."""
    scenario = case.scenario
    first, last = scenario.minutes
    for k, inject in enumerate(scenario.injects):
        closes, end = inject.minute + inject.window_min, case.end_for(inject.minute)
        if inject.handled is not None and closes > end + 1e-9:
            yield doubt(
                ("injects", k, "window_min"),
                "window-after-end",
                Phrase("its window closes at minute {closes:g}, after the end at {end:g}", closes=closes, end=end),
                Phrase("make the window {left:g} minutes at most, or let it come earlier", left=end - inject.minute),
            )
        if inject.handled is not None and inject.expert_min > inject.window_min:
            yield doubt(
                ("injects", k, "expert_min"),
                "too-short-window",
                Phrase(
                    "an expert needs {expert:g} minutes, and the window is {window:g}",
                    expert=inject.expert_min,
                    window=inject.window_min,
                ),
                Phrase("make the window longer, or say a shorter time for the expert"),
            )
        yield from _finished_in_time(case, k)
    for k, group in enumerate(scenario.groups):
        window = group.arrives
        if window is not None and (window.from_min > last or window.to_min < first - 1440):
            yield doubt(
                ("groups", k, "arrives"),
                "never-there",
                Phrase("this group comes outside the run from {first:g} to {last:g}", first=first, last=last),
                Phrase("change from_min and to_min"),
            )
    for k, unit in enumerate(scenario.units):
        if unit.arrives_min > last:
            yield doubt(
                ("units", k, "arrives_min"),
                "never-there",
                Phrase(
                    "this unit comes at minute {minute:g}, after the end at {end:g}", minute=unit.arrives_min, end=last
                ),
                Phrase("let it come earlier, or take it off the roster"),
            )


def _finished_in_time(case: Case, k: int) -> Iterator[Problem]:
    """What handles an inject by being finished, but takes longer than its window."""
    inject = case.scenario.injects[k]
    if inject.handled is None:
        return
    for path, part in inject.handled.parts():
        if part.ordered is None or not part.finished or part.within_min is not None:
            continue
        response = case.offered.get(part.ordered)
        if response is None:
            continue
        takes = response.setup_min.value + response.run_min.value
        if takes > inject.window_min:
            yield doubt(
                ("injects", k, "handled", *path, "finished"),
                "not-in-time",
                Phrase(
                    "{response} takes {takes:g} minutes, and the window is {window:g}",
                    response=part.ordered,
                    takes=takes,
                    window=inject.window_min,
                ),
                Phrase("make the window longer, or ask only that it was ordered"),
            )
