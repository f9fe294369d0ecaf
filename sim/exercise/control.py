"""Control: what the instructor does to a run while it goes on: an input that stands in the journal and is replayed.

Injects can be fired now, delayed, skipped or reworded while they wait, and new messages added. A hidden quantity of a
group can be moved: that is no act of anybody on the scene, and the review shows it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.scenario.inject import Inject
from sim.scenario.scenario import Playbook
from sim.scenario.words import Words
from sim.world.message import About, Via
from sim.world.timeline import InjectState
from sim.world.world import World

QUANTITIES = ("anger", "fear", "legitimacy", "hope", "grievance", "identity")
"""Of people, 0..1 each, that can be moved."""
DEEDS = ("fire", "delay", "skip", "edit", "add", "nudge")


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One act of the instructor."""

    what: str
    """One of `DEEDS`."""
    inject: str = ""
    minutes: float = 0.0
    """Of `delay`: how much later; of `add`: how long from now."""
    channel: str = ""
    en: str = ""
    zh: str = ""
    group: str = ""
    quantity: str = ""
    by: float = 0.0

    def as_dict(self) -> dict[str, object]:
        """JSON-able form: what it says, and nothing it does not."""
        data = {name: getattr(self, name) for name in Control.__slots__}
        return {name: value for name, value in data.items() if name == "what" or value}

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> "Control":
        """The act that `as_dict` wrote."""
        return cls(**{name: data[name] for name in cls.__slots__ if name in data})  # type: ignore[arg-type]


def carry_out(world: World, playbook: Playbook, act: Control) -> Playbook:
    """Does it to the world and returns the playbook the run goes on with; the files it was made from stay as they are.

    Raises:
        BadInput: there is nothing it could be done to; nothing has changed then.
    """
    if act.what == "nudge":
        _nudge(world, act)
        return playbook
    if act.what == "add":
        changed = _added(playbook, act, world.minute)
        world.injects[changed.scenario.injects[-1].id] = InjectState()
        return changed
    if act.what in DEEDS:
        return _move(world, playbook, act)
    raise _wrong(Phrase("there is no {kind} called {name}", kind="act", name=act.what))


def playbook_after(playbook: Playbook, acts: Iterable[tuple[float, Control]]) -> Playbook:
    """The playbook a run goes on with once these acts were carried out, each at its scenario minute, oldest first."""
    for minute, act in acts:
        if act.what == "add":
            playbook = _added(playbook, act, minute)
        elif act.what == "edit":
            playbook = _reworded(playbook, act)
    return playbook


def _wrong(why: Phrase) -> BadInput:
    return BadInput.of("bad-control", why)


def _move(world: World, playbook: Playbook, act: Control) -> Playbook:
    inject = next((each for each in playbook.scenario.injects if each.id == act.inject), None)
    if inject is None:
        raise _wrong(Phrase("there is no {kind} called {name}", kind="inject", name=act.inject))
    state = world.injects[inject.id]
    if state.status != "waiting":
        raise _wrong(Phrase("this inject has come already, or never will"))
    if act.what == "skip":
        state.status = "skipped"
    elif act.what == "fire":
        state.shift_min = world.minute - inject.minute
    elif act.what == "delay":
        state.shift_min = max(state.shift_min + act.minutes, world.minute - inject.minute)
    else:
        return _reworded(playbook, act)
    return playbook


def _reworded(playbook: Playbook, act: Control) -> Playbook:
    text = {"text": _words(act)}
    injects = (each.model_copy(update=text) if each.id == act.inject else each for each in playbook.scenario.injects)
    return _with(playbook, tuple(injects))


def _added(playbook: Playbook, act: Control, minute: float) -> Playbook:
    if act.channel not in tuple(Via):
        raise _wrong(Phrase("there is no {kind} called {name}", kind="channel", name=act.channel))
    injects = playbook.scenario.injects
    inject = Inject(
        id=f"added_{sum(1 for each in injects if each.id.startswith('added_')) + 1}",
        minute=minute + max(0.0, act.minutes),
        channel=Via(act.channel),
        about=About.REPORT,
        truth="unclear",
        text=_words(act),
    )
    return _with(playbook, (*injects, inject))


def _words(act: Control) -> Words:
    """Its text, in one language for both where the other is missing."""
    if not (act.en.strip() or act.zh.strip()):
        raise _wrong(Phrase("a message needs words"))
    return Words(en=act.en or act.zh, zh=act.zh or act.en)


def _with(playbook: Playbook, injects: tuple[Inject, ...]) -> Playbook:
    return replace(playbook, scenario=playbook.scenario.model_copy(update={"injects": injects}))


def _nudge(world: World, act: Control) -> None:
    groups = list(world.setting.groups)
    if act.group not in groups or act.quantity not in QUANTITIES:
        raise _wrong(Phrase("there is no such group or quantity to move"))
    rows = world.crowd.people.group == groups.index(act.group)
    values = getattr(world.crowd.people, act.quantity)
    values[rows] = np.minimum(1.0, np.maximum(0.0, values[rows] + act.by))
