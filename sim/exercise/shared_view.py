"""Shared view: what the people of one group, or at one place, saw and made of it, as shares and means.

Only so many of them are asked, evenly chosen: what a few dozen see is what there is to be seen there.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.core.geometry import Point
from sim.core.phrase import LText
from sim.crowd.people import Act, Knows
from sim.exercise.exercise import Exercise
from sim.exercise.perspective import Perspective, perspective_of

GROUP, PLACE = "group:", "place:"
"""Before the id of whom is asked for."""
MOST_ASKED = 30


@dataclass(frozen=True, slots=True)
class SharedView:
    """In this model; never of real people."""

    whom: str
    """`group:` or `place:` and the id."""
    people: int
    """How many of them are there."""
    asked: int
    rows: tuple[int, ...]
    """Rows of those who were asked."""
    acts: tuple[tuple[Act, float], ...]
    """What they do, as shares, most first."""
    sees_officers: float
    sees_line: float
    """Share before whose eyes a line or ring stands that nobody may pass, or one that moves."""
    gear: int
    """Heaviest gear in sight of any of them (`Gear`), -1 where no officer is."""
    anger: float
    fear: float
    legitimacy: float
    identity: float
    hope: float
    exit_belief: float
    knows: tuple[tuple[Knows, float], ...]
    believes: tuple[tuple[LText, float], ...]
    """Rumours and the share that believes them."""


def shared_view_of(exercise: Exercise, whom: str) -> SharedView | None:
    """The view of these people now; None where nobody is there."""
    there = _rows(exercise, whom)
    if not there:
        return None
    step = max(1, len(there) // MOST_ASKED)
    rows = tuple(there[::step][:MOST_ASKED])
    views = [view for row in rows if (view := perspective_of(exercise, row)) is not None]
    number = len(views)
    acts, knows, claims = Counter(v.act for v in views), Counter(k for v in views for k in v.knows), Counter[LText]()
    for view in views:
        claims.update(view.believes)
    seen = [view.gear for view in views if view.officers]
    return SharedView(
        whom=whom,
        people=len(there),
        asked=number,
        rows=rows,
        acts=tuple((act, count / number) for act, count in acts.most_common()),
        sees_officers=len(seen) / number,
        sees_line=sum(view.closed or view.advancing for view in views) / number,
        gear=max(seen, default=-1),
        anger=_mean(views, "anger"),
        fear=_mean(views, "fear"),
        legitimacy=_mean(views, "legitimacy"),
        identity=_mean(views, "identity"),
        hope=_mean(views, "hope"),
        exit_belief=_mean(views, "exit_belief"),
        knows=tuple((fact, count / number) for fact, count in knows.most_common()),
        believes=tuple((claim, count / number) for claim, count in claims.most_common()),
    )


def _mean(views: Sequence[Perspective], name: str) -> float:
    return sum(float(getattr(view, name)) for view in views) / len(views)


def _rows(exercise: Exercise, whom: str) -> list[int]:
    """Rows of everybody meant who is on the ground."""
    people, scenario = exercise.world.crowd.people, exercise.playbook.scenario
    present = people.present
    if whom.startswith(GROUP):
        number = next((k for k, group in enumerate(scenario.groups) if group.id == whom.removeprefix(GROUP)), -1)
        return [int(row) for row in np.flatnonzero(present & (people.group == number))]
    region = next((p.area.region for p in scenario.site.places if p.id == whom.removeprefix(PLACE)), None)
    if region is None:
        return []
    return [
        int(row)
        for row in np.flatnonzero(present)
        if region.contains(Point(float(people.x[row]), float(people.y[row])))
    ]
