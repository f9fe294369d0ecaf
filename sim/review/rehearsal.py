"""Rehearsal: one run of a scenario by an automatic player before anybody trains with it, and what came of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sim.core.phrase import Phrase
from sim.effects import Number
from sim.exercise.exercise import Exercise
from sim.exercise.player import PLAYERS, Options, Passive, Player, Without, play
from sim.exercise.refusal import Refusal, refusal
from sim.scenario.scenario import Playbook, Scenario
from sim.scoring import facts_of, score, summary
from sim.world.journal import Entry
from sim.world.numbers import Numbers
from sim.world.order import Order

LEFT_OUT = ("", "kind", "response", "inject")
"""What can be taken away for a run: nothing, every response of a kind, one response, or one inject."""
LOOK_EVERY = 1200
"""Ticks between two looks at what stands against the responses: two minutes."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one run does without, to see what it is worth: `what` is one of `LEFT_OUT`, `id` names it."""

    what: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One run to be made; it says everything, so that any process can make it."""

    playbook: Playbook
    player: str
    """Name of an automatic player; of anything else when the orders are written out."""
    seed: int
    without: Part = Part()
    numbers: Mapping[str, float] = field(default_factory=dict)
    """Numbers about people other than the usual, by full name."""
    cast: Mapping[str, float] = field(default_factory=dict)
    """Factors on the groups' own numbers, by field, such as `anger`."""
    orders: tuple[tuple[int, Order], ...] = ()
    """(tick, order) in order of time, given instead of a player's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One accepted order of a run."""

    minute: float
    response: str
    share: float
    """How much of the on-scene part had passed, 0..1 and more in the days after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What came of it."""

    player: str
    seed: int
    without: Part
    total: float
    """The score; 0 where nothing could be assessed."""
    grade: str
    won: tuple[str, ...]
    lost: tuple[str, ...]
    all_won: bool
    """Whether every aim was met."""
    minutes: float
    orders: tuple[Given, ...]
    refused: int
    turned_down: tuple[Refusal, ...] = ()
    """Of orders that somebody wrote down, those that were refused."""
    shut: Mapping[str, Phrase] = field(default_factory=dict)
    """Responses that were not open whenever it was looked, each with what stood against it most often."""
    opened: frozenset[str]
    """Responses that were open at some order."""
    injects: Mapping[str, str]
    """The last that happened to each inject: `fired`, `handled`, `missed` or `skipped`; absent before its time."""
    calls: tuple[float, ...]
    """Minutes at which something came that waits for an answer, ascending."""
    hurt: int
    """Seriously or fatally injured."""
    trust: float
    """Change of legitimacy over the run."""

    @property
    def is_win(self) -> bool:
        """True when every aim was met and no red line was crossed."""
        return self.all_won and not self.lost

    @property
    def used(self) -> frozenset[str]:
        """The responses that were ordered and accepted."""
        return frozenset(order.response for order in self.orders)


def rehearse(job: Rehearsal) -> Rehearsed:
    """Makes the run; the same job comes to the same in any process."""
    playbook = replace(job.playbook, scenario=changed(job.playbook.scenario, job.without, job.cast))
    numbers = Numbers().changed(job.numbers) if job.numbers else None
    exercise = Exercise(playbook, job.seed, sealed=False, numbers=numbers)
    turned_down, against = [], Against(exercise)
    for tick, order in job.orders:
        exercise.run_until(tick)
        if exercise.outcome is None:
            against.look()
            ruling = exercise.order(order)
            if not ruling.accepted:
                turned_down.append(refusal(playbook, exercise.minute, order, ruling))
    player: Player = Passive() if job.orders else PLAYERS[job.player]()
    if job.without.what in {"kind", "response"}:
        player = Without(player, hidden_by(playbook, job.without))
    against.look()
    play(exercise, player, progress=lambda run: against.look())
    if exercise.outcome is None:
        exercise.stop()
    found = _came_to(job, playbook, list(exercise.journal), exercise.minute)
    return replace(found, turned_down=tuple(turned_down), shut=against.most_often())


class Against:
    """What stands against responses, looked at every two minutes of the on-scene part."""

    def __init__(self, exercise: Exercise) -> None:
        """Nothing looked at yet."""
        self._exercise = exercise
        self._next = 0
        self._counts = {response.id: Counter[str]() for response in exercise.playbook.offered}
        self._said: dict[tuple[str, str], Phrase] = {}

    def look(self) -> None:
        """Notes the reasons, if it is time; a response once seen open is not looked at again."""
        run = self._exercise
        if run.tick_now < self._next or run.outcome is not None or run.at_home():
            return
        self._next = run.tick_now + LOOK_EVERY
        options = Options(run)
        for name in list(self._counts):
            option = options[name]
            if option.open:
                del self._counts[name]
            for reason in option.reasons:
                self._counts[name][_kind(reason)] += 1
                self._said.setdefault((name, _kind(reason)), reason)

    def most_often(self) -> dict[str, Phrase]:
        """What stood against each response that was never seen open most often."""
        found = ((name, count.most_common(1)) for name, count in self._counts.items())
        return {name: self._said[name, most[0][0]] for name, most in found if most}


def _kind(reason: Phrase) -> str:
    """What makes two reasons the same: their sentence, whatever the minutes in it; for needs, what they say."""
    return reason.template if reason.template != "{why}" else reason.english()


def changed(scenario: Scenario, without: Part = Part(), cast: Mapping[str, float] | None = None) -> Scenario:
    """The scenario without an inject, and with its groups' numbers multiplied by the factors in `cast`."""
    injects = tuple(i for i in scenario.injects if without.what != "inject" or i.id != without.id)
    groups = []
    for group in scenario.groups:
        values = {name: getattr(group, name) for name in cast or ()}
        moved = {
            name: Number(assumed=_within(name, value.value * (cast or {})[name]))
            for name, value in values.items()
            if value is not None
        }
        groups.append(group.model_copy(update=moved))
    return scenario.model_copy(update={"injects": injects, "groups": tuple(groups)})


def _within(name: str, value: float) -> float:
    """Shares stay between 0 and 1; minutes and speeds stay as they are."""
    return value if name.endswith(("_min", "_mps")) else min(1.0, max(0.0, value))


def hidden_by(playbook: Playbook, part: Part) -> frozenset[str]:
    """The responses a run without this part does not have."""
    return frozenset(
        name
        for name, response in playbook.responses.items()
        if (part.what == "response" and name == part.id) or (part.what == "kind" and response.group == part.id)
    )


def _came_to(job: Rehearsal, playbook: Playbook, entries: list[Entry], minute: float) -> Rehearsed:
    result = score(entries, playbook.rubric, facts_of(playbook))
    figures = summary(entries)
    scenario = playbook.scenario
    waits = {i.id for i in scenario.injects if i.handled is not None and i.text is not None and i.needs_answer}
    first, last = scenario.minutes
    injects, calls, orders, refused, opened = {}, [], [], 0, set()
    for entry in entries:
        now = first + entry.tick / 600.0
        if entry.kind == "inject":
            injects[str(entry.data["id"])] = str(entry.data["event"])
            if entry.data["event"] == "fired" and entry.data["id"] in waits:
                calls.append(now)
        elif entry.kind == "order":
            order, ruling, options = entry.data["order"], entry.data["ruling"], entry.data["options"]
            assert isinstance(order, Mapping)
            assert isinstance(ruling, Mapping)
            assert isinstance(options, list)
            opened.update(options)
            if ruling["accepted"]:
                orders.append(Given(minute=now, response=order["response"], share=(now - first) / (last - first)))
            refused += not ruling["accepted"]
    outcome, hurt, trust = figures["outcome"], figures["injuries"], figures["legitimacy"]
    assert isinstance(outcome, Mapping)
    assert isinstance(hurt, Mapping)
    assert isinstance(trust, Mapping)
    return Rehearsed(
        player=job.player,
        seed=job.seed,
        without=job.without,
        total=result.total or 0.0,
        grade=result.grade or "F",
        won=tuple(outcome["won"]),
        lost=tuple(outcome["lost"]),
        all_won=bool(outcome["all_won"]),
        minutes=minute - first,
        orders=tuple(orders),
        refused=refused,
        opened=frozenset(opened),
        injects=injects,
        calls=tuple(calls),
        hurt=int(hurt["serious"]) + int(hurt["fatal"]),
        trust=float(trust["end"]) - float(trust["start"]),
    )
