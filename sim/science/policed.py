"""A small incident made of nothing but people, units and a few responses, played on by the product's own tick.

Orders are carried out as in an exercise: units walk there, effects act on the world, and people learn of it by what
they perceive. Law, scores and a timeline have no part in it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.core.noise import Noise
from sim.core.tick import TICKS_PER_SECOND
from sim.effects import AnyEffect, Number
from sim.exercise.layout import Layout
from sim.exercise.opening import open_world
from sim.exercise.tick import advance
from sim.exercise.work import begin_work
from sim.scenario.pack import Pack
from sim.scenario.response import Response
from sim.scenario.rubric import Rubric
from sim.scenario.scenario import Playbook, Scenario
from sim.scenario.words import Words
from sim.world.activity import Activity
from sim.world.numbers import Numbers
from sim.world.order import Order, Value
from sim.world.world import World

_NONE = Words(en="none", zh="none")
_NO_LAW = Pack.model_construct(schema_version=1, id="none", title=_NONE, note=_NONE, rules=())
_NO_SCORE = Rubric.model_construct(
    schema_version=1,
    id="none",
    title=_NONE,
    dimensions=(),
    gates=(),
    caps={},
    bands={},
)


def assumed(value: float) -> Number:
    """A figure of an experiment."""
    return Number(assumed=value)


def response_of(name: str, effects: Sequence[AnyEffect], *, run_min: float, remote: bool = False) -> Response:
    """A response that begins as soon as its units are there; 0 minutes go on until stopped."""
    return Response(
        schema_version=1,
        id=name,
        catalogue="",
        group="command",
        title=Words(en=name, zh=name),
        says=Words(en=name, zh=name),
        setup_min=assumed(0.0),
        run_min=assumed(run_min),
        remote=remote,
        effects=tuple(effects),
        evidence="D",
    )


def scenario_of(
    *,
    width_m: float,
    height_m: float,
    places: Mapping[str, tuple[float, float, float, float]],
    groups: Sequence[Mapping[str, Any]],
    units: Sequence[Mapping[str, Any]],
    minutes: int,
    exits: Sequence[str] = (),
) -> Scenario:
    """An incident on open ground; `groups` and `units` as scenario files have them, names apart.

    The places named in `exits` are ways out.
    """
    site_places = [
        {"id": id_, "name": id_, "area": {"rect": list(rect)}, "exit_width_m": 10.0 if id_ in exits else 0.0}
        for id_, rect in places.items()
    ]
    return Scenario.model_validate(
        {
            "schema": 1,
            "id": "experiment",
            "title": "experiment",
            "summary": "experiment",
            "briefing": "experiment",
            "minutes": [0, minutes],
            "site": {
                "width_m": width_m,
                "height_m": height_m,
                "cell_m": 1.0,
                "places": site_places,
            },
            "groups": [
                {"name": group["id"], "arrives": {"from_min": 0, "to_min": 0}} | dict(group) for group in groups
            ],
            "units": [{"arrives_min": 0} | dict(unit) for unit in units],
            "injects": [],
        }
    )


class Policed:
    """One run of such an incident."""

    def __init__(self, playbook: Playbook, world: World) -> None:
        """A run at the tick its world is at."""
        self.playbook, self.world = playbook, world
        self._layout = Layout()

    @classmethod
    def opened(cls, scenario: Scenario, responses: Sequence[Response], noise: Noise, numbers: Numbers) -> "Policed":
        """A run at its first tick; people are drawn by the seed, whatever happens by seed and trial."""
        by_name = {response.id: response for response in responses}
        playbook = Playbook(scenario, by_name, _NO_LAW, _NO_LAW, _NO_SCORE, "")
        world = open_world(playbook, noise.seed, numbers)
        world.noise = noise
        return cls(playbook, world)

    def fork(self) -> "Policed":
        """A run that goes on by itself from here."""
        return Policed(self.playbook, self.world.fork())

    @property
    def second(self) -> int:
        """Seconds since the start."""
        return self.world.tick // TICKS_PER_SECOND

    def order(self, response: str, x: float, y: float, *units: str, **parameters: Value) -> Activity:
        """Send units to do something at a place, in the way the parameters say."""
        staff = [self.world.unit(unit) for unit in units]
        order = Order(response=response, units=units, parameters=parameters)
        return begin_work(self.world, self.playbook.responses[response], order, staff, x, y, marked=False)

    def advance(self, seconds: int = 1) -> None:
        """Let so many seconds pass."""
        end = self.world.tick + seconds * TICKS_PER_SECOND
        while self.world.tick < end:
            advance(self.world, self.playbook, self._layout, most=end - self.world.tick, sealed=False)
