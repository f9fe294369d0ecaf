"""Inputs: everything that can come in from a seat, an observer or the instructor, who may send it, and when.

The table is the whole permission matrix: what does not stand in it is refused. A squad is a pure function of its drill,
its seed and its inputs with their ticks.
"""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from sim.core.phrase import Phrase
from sim.drill.refused import Refused
from sim.drill.roles import CONTROLLER, OBSERVER, SCREEN, SEATS

Phase = Literal["lobby", "running", "paused", "over"]
PHASES: tuple[Phase, ...] = get_args(Phase)
LIVE: tuple[Phase, ...] = ("running", "paused")
ROLES = (*SEATS, OBSERVER, CONTROLLER, SCREEN)

TEXT = 280
"""Longest text an input may carry, characters."""
MOST_KEYS = 16
"""Most parameters an order may carry."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may send one kind of input, when, and what it carries."""

    roles: tuple[str, ...]
    phases: tuple[Phase, ...]
    fields: Mapping[str, type]
    """Name and kind of every field; all must be there."""


_TEXT: Mapping[str, type] = {"text": str}
_PROPOSAL: Mapping[str, type] = {"proposal": int}
RULES: dict[str, Rule] = {
    "propose": Rule(SEATS, ("running",), {"order": dict}),
    "second": Rule(SEATS, ("running",), _PROPOSAL),
    "vote": Rule(SEATS, ("running",), {"proposal": int, "for": bool}),
    "call": Rule(SEATS, ("running",), {"proposal": int, "carry": bool}),
    "withdraw": Rule(SEATS, ("running",), _PROPOSAL),
    "dissent": Rule(SEATS, ("running", "paused", "over"), {"proposal": int, "reason": str}),
    "say": Rule((*SEATS, CONTROLLER), ("lobby", "running", "paused"), {"to": str, "text": str}),
    "predict": Rule((OBSERVER,), ("running",), {"question": int, "percent": int}),
    "pick": Rule((OBSERVER,), ("running",), {"question": int, "choice": int, "percent": int}),
    "note": Rule((OBSERVER, CONTROLLER), ("running", "paused", "over"), _TEXT),
    "sit": Rule((CONTROLLER,), ("lobby", "running", "paused"), {"seat": str, "who": str}),
    "stand": Rule((CONTROLLER,), ("lobby", "running", "paused"), {"seat": str}),
    "start": Rule((CONTROLLER,), ("lobby",), {}),
    "pause": Rule((CONTROLLER,), ("running",), _TEXT),
    "resume": Rule((CONTROLLER,), ("paused",), {}),
    "end": Rule((CONTROLLER,), LIVE, {}),
    "inject": Rule((CONTROLLER,), LIVE, {"inject": str, "do": str}),
    "edit": Rule((CONTROLLER,), LIVE, {"inject": str, "en": str, "zh": str}),
    "add": Rule((CONTROLLER,), LIVE, {"channel": str, "en": str, "zh": str, "in_s": int}),
    "nudge": Rule((CONTROLLER,), LIVE, {"group": str, "quantity": str, "by": float}),
}
"""By kind."""
OPTIONAL: dict[str, Mapping[str, type]] = {
    "inject": {"minutes": float},
    "call": {"reason": str},
    "end": {"only": str},
}
"""Fields that may be left out."""


@dataclass(frozen=True, slots=True)
class Input:
    """One thing that came in, with the tick at which it counts."""

    tick: int
    kind: str
    role: str
    who: str
    """Callsign of the person; never a name."""
    data: Mapping[str, object]

    def as_dict(self) -> dict[str, object]:
        """JSON-able form without the tick, which stands beside it in a log."""
        return {"input": self.kind, "role": self.role, "who": self.who, **self.data}

    @classmethod
    def from_dict(cls, tick: int, data: Mapping[str, object]) -> "Input":
        """The input that `as_dict` wrote."""
        rest = {key: value for key, value in data.items() if key not in {"input", "role", "who"}}
        return cls(tick, str(data["input"]), str(data["role"]), str(data["who"]), rest)


def well_formed(kind: object, data: Mapping[str, object]) -> dict[str, object]:
    """The fields of an input, each of its kind and length.

    Raises:
        Refused: a field is missing, of another kind, too long, or unknown; a delay is by no minutes at all.
    """
    if not isinstance(kind, str) or kind not in RULES:
        raise Refused("bad-message", "kind")
    wanted, extra = RULES[kind].fields, OPTIONAL.get(kind, {})
    named(data, wanted, extra)
    found = {name: _checked(name, value, wanted.get(name) or extra[name]) for name, value in data.items()}
    if found.get("do") == "delay" and "minutes" not in found:
        raise Refused("bad-message", "minutes")
    if found.get("do") == "delay" and not found["minutes"]:
        raise Refused("no-such", "minutes", Phrase("say by how many minutes; below 0 it comes sooner"))
    return found


def named(data: Mapping[str, object], wanted: Collection[str], extra: Collection[str] = ()) -> None:
    """Returns when every field that is wanted is there and no other is but those that may be.

    Raises:
        Refused: it names the first that is missing, else the first that is unknown.
    """
    wrong = [name for name in wanted if name not in data] or [n for n in data if n not in wanted and n not in extra]
    if wrong:
        raise Refused("bad-message", wrong[0])


def written(name: str, text: str) -> None:
    """Returns when a text is one that may be sent: not too long, of signs that can be seen, blanks and line feeds.

    Keyboards make blanks of several widths, and join pictures of people with a sign that is not seen by itself. Signs
    that turn the direction of what follows are not among them.

    Raises:
        Refused: it is too long or holds something else.
    """
    if len(text) > TEXT:
        raise Refused("too-long", name)
    if any(not (c.isprintable() or c in "\n\u200d" or unicodedata.category(c) == "Zs") for c in text):
        raise Refused("bad-message", name)


def _checked(name: str, value: object, kind: type) -> object:
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value) if abs(value) <= 1_000_000 else value
    if type(value) is not kind:
        raise Refused("bad-message", name)
    if isinstance(value, str):
        written(name, value)
    if isinstance(value, int | float) and not -1_000_000 <= value <= 1_000_000:
        raise Refused("bad-message", name)
    if isinstance(value, dict):
        return _order(value)
    return value


def _order(value: Mapping[object, object]) -> dict[str, object]:
    """An order as it comes over the wire: response, target, units, parameters, reason, go_ahead."""
    plain: dict[str, object] = {
        "response": "",
        "target": "",
        "units": [],
        "parameters": {},
        "reason": "",
        "go_ahead": False,
    }
    for key, given in value.items():
        if not isinstance(key, str) or key not in plain:
            raise Refused("bad-message", f"order.{key}")
        plain[key] = given
    for key in ("response", "target", "reason"):
        _checked(f"order.{key}", plain[key], str)
    units, parameters = plain["units"], plain["parameters"]
    fits = {
        "response": bool(plain["response"]),
        "units": isinstance(units, list) and len(units) <= MOST_KEYS,
        "parameters": isinstance(parameters, dict) and len(parameters) <= MOST_KEYS,
        "go_ahead": type(plain["go_ahead"]) is bool,
    }
    for key, fit in fits.items():
        if not fit:
            raise Refused("bad-message", f"order.{key}")
    assert isinstance(units, list)
    assert isinstance(parameters, dict)
    for each in units:
        _checked("order.units", each, str)
    for key, each in parameters.items():
        _checked("order.parameters", key, str)
        if isinstance(each, str):
            written(f"order.parameters.{key}", each)
        elif not isinstance(each, int | float) or not -1e9 <= each <= 1e9:
            raise Refused("bad-message", f"order.parameters.{key}")
    return plain


def permitted(kind: str, role: str, phase: Phase) -> None:
    """Returns when this role may send this kind in this phase.

    Raises:
        Refused: it may not, ever (`not-yours`) or now (`not-now`).
    """
    rule = RULES[kind]
    if role not in rule.roles:
        raise Refused("not-yours")
    if phase not in rule.phases:
        raise Refused("not-now")
