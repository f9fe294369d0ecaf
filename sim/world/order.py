"""An order as a seat gives it, and the ruling it gets before anything happens."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.core.phrase import LText, Phrase

Value = str | int | float | bool
"""What a parameter of an order can hold."""

HOLD = "hold"
"""The response of waiting and observing: always open, needs nobody, changes nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One response given at one moment by one seat."""

    response: str
    """Id of the response."""
    target: str = ""
    """Id of what it is aimed at (a place, group, claim or lane, as the response says); "" for its default."""
    units: tuple[str, ...] = ()
    """Ids of the units to send; empty lets the nearest free suitable ones go."""
    parameters: Mapping[str, Value] = field(default_factory=dict)
    """Further choices the response offers: tone, terms, message ..."""
    seat: str = "commander"
    reason: str = ""
    """Why, in the commander's own words; a fact id (`signal:...`, `message:...`) may be named in it."""
    go_ahead: bool = False
    """True to carry on although the order was ruled unlawful, where the scenario lets a trainee do so."""

    def as_dict(self) -> dict[str, object]:
        """JSON-able form, parameters in name order."""
        return {
            "response": self.response,
            "target": self.target,
            "units": list(self.units),
            "parameters": {name: self.parameters[name] for name in sorted(self.parameters)},
            "seat": self.seat,
            "reason": self.reason,
            "go_ahead": self.go_ahead,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> "Order":
        """The order that `as_dict` wrote."""
        parameters = data["parameters"]
        units = data["units"]
        assert isinstance(parameters, Mapping)
        assert isinstance(units, list)
        return cls(
            response=str(data["response"]),
            target=str(data["target"]),
            units=tuple(str(u) for u in units),
            parameters=dict(parameters),
            seat=str(data["seat"]),
            reason=str(data["reason"]),
            go_ahead=bool(data["go_ahead"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a rule stands."""

    instrument: LText
    article: LText | None
    status: str
    """`verified` (read in the text), `known` (from common knowledge of the field) or `assumed`."""

    @property
    def text(self) -> LText:
        """Instrument and article as a reader expects them."""
        if self.article is None:
            return self.instrument
        return LText(f"{self.instrument.en}, {self.article.en}", f"{self.instrument.zh}，{self.article.zh}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One legal check an order did not pass."""

    rule: str
    """Id of the rule in its pack."""
    says: LText
    """The rule in plain words."""
    why: Phrase
    """What was missing here."""
    citation: Citation
    domestic: bool
    """True when the domestic pack forbids it, not only the human-rights floor."""
    baseline: bool
    """True when the human-rights floor forbids it."""
    requirement: str = ""
    """What the rule asks for that was missing; a rule that asks for several fails once for each."""
    remedy: Phrase | None = None
    """What would put it right; None when nothing would."""
    steps: tuple[str, ...] = ()
    """Ids of the responses on offer that would help to put it right."""

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {
            "rule": self.rule,
            "requirement": self.requirement,
            "says": {"en": self.says.en, "zh": self.says.zh},
            "why": self.why.as_dict(),
            "remedy": self.remedy.as_dict() if self.remedy is not None else None,
            "steps": list(self.steps),
            "citation": self.citation.text.en,
            "citation_zh": self.citation.text.zh,
            "citation_status": self.citation.status,
            "domestic": self.domestic,
            "baseline": self.baseline,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Where the law of the place permits what the human-rights floor forbids."""

    rule: str
    """Id of the rule that permits it."""
    says: LText
    """That rule in plain words."""
    parts: LText
    """Where the two part."""
    citation: Citation
    against: tuple[str, ...]
    """Ids of the rules of the floor that the order fails all the same."""

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {
            "rule": self.rule,
            "says": {"en": self.says.en, "zh": self.says.zh},
            "parts": {"en": self.parts.en, "zh": self.parts.zh},
            "citation": self.citation.text.en,
            "citation_zh": self.citation.text.zh,
            "citation_status": self.citation.status,
            "against": list(self.against),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What became of an order: accepted, or refused with every reason."""

    accepted: bool
    lawful_domestic: bool
    meets_baseline: bool
    reasons: tuple[Phrase, ...] = ()
    """Every practical reason against it (no unit, not yet possible, unknown target)."""
    failures: tuple[Failure, ...] = ()
    """Every legal check that failed, with its citation."""
    gaps: tuple[Gap, ...] = ()
    """Where domestic law would let through what the floor forbids; it opens nothing."""
    advice: tuple[Phrase, ...] = ()
    """What else speaks against it; never a ground to refuse it, and no part of the record."""
    marked: bool = False
    """True when the order went ahead although it was ruled unlawful."""
    activity: int = 0
    """Number of the activity it started, 0 for none."""

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {
            "accepted": self.accepted,
            "lawful_domestic": self.lawful_domestic,
            "meets_baseline": self.meets_baseline,
            "marked": self.marked,
            "activity": self.activity,
            "reasons": [reason.as_dict() for reason in self.reasons],
            "failures": [failure.as_dict() for failure in self.failures],
            "gaps": [gap.as_dict() for gap in self.gaps],
        }
