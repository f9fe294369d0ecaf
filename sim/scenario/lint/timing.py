"""Time: windows that outlast the run, deadlines before their inject, people and units who come too late."""

from collections.abc import Iterator

from sim.core.geometry import Point, Rect
from sim.core.phrase import Phrase
from sim.scenario.lint.case import Case, doubt
from sim.scenario.problem import Path, Problem
from sim.scenario.response import Response
from sim.world.setting import Region


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
        yield from _in_time(case, k)
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


def _in_time(case: Case, k: int) -> Iterator[Problem]:
    """What handles an inject by working or by being finished, but is neither before its window closes."""
    inject = case.scenario.injects[k]
    if inject.handled is None:
        return
    for path, part in inject.handled.parts():
        name = part.ordered
        if name is None or part.within_min is not None or not (part.finished or part.running):
            continue
        response = case.offered.get(name)
        if response is None or case.lacking(response):
            continue
        takes = response.setup_min.value + (response.run_min.value if part.finished else 0.0)
        way = _way_min(case, response, inject.place)
        if takes + way > inject.window_min:
            yield _not_in_time(case, k, (*path, "finished" if part.finished else "running"), name, takes, way)
    yield from _answers_in_time(case, k)


def _answers_in_time(case: Case, k: int) -> Iterator[Problem]:
    """A call that only a fact settles, none of whose answers makes it true before the window closes."""
    inject = case.scenario.injects[k]
    flag = inject.handled.flag if inject.handled is not None else None
    if flag is None or flag in case.told or not inject.answers or set(case.raising(flag)) - set(inject.answers):
        return
    able = [name for name in case.raising(flag) if not case.lacking(case.offered[name])]
    times = [(case.offered[n].setup_min.value + _way_min(case, case.offered[n], inject.place), n) for n in able]
    if times and min(times)[0] > inject.window_min:
        name = min(times)[1]
        takes = case.offered[name].setup_min.value
        yield _not_in_time(case, k, ("flag",), name, takes, min(times)[0] - takes)


def _not_in_time(case: Case, k: int, path: Path, name: str, takes: float, way: float) -> Problem:
    message = Phrase(
        "{response} takes {takes:g} minutes, and the window is {window:g}",
        response=name,
        takes=takes,
        window=case.scenario.injects[k].window_min,
    )
    if way >= 0.05:
        message = Phrase(
            "{response} takes {takes:g} minutes and the way there {way:.1f}, and the window is {window:g}",
            response=name,
            takes=takes,
            way=way,
            window=case.scenario.injects[k].window_min,
        )
    hint = Phrase("make the window longer, shorten it under durations, or ask only that it was ordered")
    return doubt(("injects", k, "handled", *path), "not-in-time", message, hint)


def _way_min(case: Case, response: Response, place: str) -> float:
    """Minutes the quickest unit needs from where it comes on scene; 0 for what needs nobody, no place or no way."""
    places = {each.id: each.area.region for each in case.scenario.site.places}
    if response.remote or response.target.kind != "place" or place not in places:
        return 0.0
    there = _middle(places[place])
    ways = [_middle(places[u.at]).distance(there) / u.speed_mps.value / 60.0 for u in case.able(response)]
    return min(ways, default=0.0)


def _middle(region: Region) -> Point:
    box = region if isinstance(region, Rect) else region.bounds
    return Point((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
