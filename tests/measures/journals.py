"""Small journals made by hand, and the measures and gates of the rubric that ships."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sim.measures import Assessment, Facts, Gate, Line, Measure, Record
from sim.scenario.rubric import Rubric
from sim.world.journal import Entry

SHIPPED = Path(__file__).resolve().parents[2] / "scenarios" / "rubrics" / "default.yaml"
FAILURE = {
    "rule": "floor.necessary",
    "says": {"en": "Force is the last resort", "zh": "武力是最后手段"},
    "why": {"template": "the legal power was not named", "params": {}},
    "citation": "UN Basic Principles, principle 4",
}


@cache
def rubric() -> Rubric:
    """The rubric that ships."""
    return Rubric.model_validate(yaml.safe_load(SHIPPED.read_text(encoding="utf-8")))


def measure(name: str) -> Measure:
    """A measure with the numbers that ship."""
    return next(m for d in rubric().dimensions for m in d.measures if m.measure == name)


def gate(name: str) -> Gate:
    """A gate with the numbers that ship."""
    return next(g.gate for g in rubric().gates if g.id == name)


class Run:
    """A journal under construction; minutes are scenario minutes, and entries may be added in any order."""

    def __init__(self, start_min: float = 0.0) -> None:
        self.start_min = start_min
        self.added: list[Entry] = []

    def add(self, minute: float, kind: str, **data: Any) -> "Run":
        self.added.append(Entry(round((minute - self.start_min) * 600), kind, data))
        return self

    def what(self, minute: float, what: str, **data: Any) -> "Run":
        return self.add(minute, "consequence", what=what, **data)

    def order(
        self,
        minute: float,
        response: str,
        *,
        force: str = "none",
        group: str = "negotiation",
        catalogue: str = "",
        accepted: bool = True,
        lawful: bool = True,
        floor: bool | None = None,
        violent: float = 0.0,
        trigger: str = "",
        target: str = "",
        activity: int = 0,
        grounds: tuple[dict[str, object], ...] = (),
        **parameters: Any,
    ) -> "Run":
        meets = lawful if floor is None else floor
        return self.add(
            minute,
            "order",
            order={
                "response": response,
                "target": target,
                "units": [],
                "parameters": parameters,
                "seat": "commander",
                "reason": "because of signal:1",
                "go_ahead": accepted and not lawful,
            },
            ruling={
                "accepted": accepted,
                "lawful_domestic": lawful,
                "meets_baseline": meets,
                "marked": accepted and not (lawful and meets),
                "activity": activity,
                "reasons": [],
                "failures": [] if lawful and meets else [FAILURE],
            },
            response={
                "group": group,
                "force": force,
                "checks": [],
                "catalogue": catalogue,
                "coercive": force in {"hands_on", "line", "containment", "area"},
            },
            grounds=list(grounds),
            state=0,
            violent_share=violent,
            trigger=trigger,
        )

    def inject(
        self,
        identity: str,
        minute: float,
        about: str,
        *,
        truth: str = "true",
        status: str = "handled",
        after: float = 2.0,
        answered: float | None = None,
    ) -> "Run":
        shared = {
            "id": identity,
            "channel": "radio",
            "about": about,
            "truth": truth,
            "expert_min": 3.0,
            "window_min": 10.0,
            "answers": ["something"],
        }
        self.add(minute, "inject", **shared, event="fired", first_answer_s=None)
        if status in {"handled", "missed"}:
            answer = None if answered is None else answered * 60.0
            self.add(minute + after, "inject", **shared, event=status, first_answer_s=answer)
        return self

    def state(self, minute: float, before: int, after: int) -> "Run":
        return self.add(minute, "state", **{"from": before, "to": after})

    def reading(self, minute: float, **values: Any) -> "Run":
        calm = {
            "present": 120,
            "participants": 100,
            "came": 100,
            "anger": 0.3,
            "identity": 0.3,
            "legitimacy_all": 0.5,
            "legitimacy_start": 0.5,
            "legitimacy_min_group": 0.4,
            "violent_last_min": 0,
            "density_max": 1.0,
            "over5": 0,
            "public": 0.5,
            "bystanders": 0.5,
            "workers": 0.5,
            "left_voluntary": 0,
            "left_moved": 0,
            "detained": 0,
            "remaining": 100,
            "officers_visible": 10,
            "gear_max": 0,
            "tellers": {},
        }
        return self.add(minute, "reading", **{**calm, **values})

    def crowd(self, first: int, last: int, **values: Any) -> "Run":
        """A reading each minute from the first to the last."""
        for minute in range(first, last + 1):
            self.reading(minute, **values)
        return self

    def entries(self) -> list[Entry]:
        return sorted(self.added, key=lambda entry: entry.tick)

    def stored(self) -> list[Entry]:
        """The entries after they were written as JSON and read back."""
        rows = json.loads(json.dumps([[e.tick, e.kind, dict(e.data)] for e in self.entries()]))
        return [Entry(tick, kind, data) for tick, kind, data in rows]

    def record(self, **facts: Any) -> Record:
        return Record.of(self.entries(), Facts(start_min=self.start_min, **facts))

    def assess(self, name: str, **facts: Any) -> Assessment:
        return measure(name).assess(self.record(**facts))

    def share(self, name: str, **facts: Any) -> float:
        """The share of a measure that is assessed, to six digits."""
        share = self.assess(name, **facts).share
        assert share is not None, name
        return round(share, 6)

    def tripped(self, name: str) -> tuple[Line, ...]:
        return gate(name).tripped(self.record())
