"""Objectives: how the rating of each objective of an exercise is said, on any screen and on paper.

It stands beside the total and is no part of it; how it comes about is the business of `sim.scoring.objective`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sim.core.phrase import LText, Phrase
from sim.seat.voice import Say

TITLE = Phrase("Objectives (beside the score, no part of it)")
OBJECTIVE_WORDS = {
    "early_warning": "Early warning of trouble",
    "methods": "Methods on the scene",
    "capacity": "Capacity on the scene",
    "standardisation": "Lawful and even conduct",
    "aftermath": "Work afterwards",
}
"""What each objective is called."""
LETTER_WORDS = {
    "P": "performed",
    "S": "performed with some challenges",
    "M": "performed with major challenges",
    "U": "not performed",
}
"""What each letter means, best first."""
RULE = Phrase(
    "Each call that trains an objective is rated: P in the time an expert takes, S later but in its time, M after it or"
    " with coercion that made things worse, U not at all or unlawfully. Any M or U makes the objective M, more than"
    " half U make it U, any S makes it S."
)


@dataclass(frozen=True, slots=True)
class RatedTask:
    """One call the rating of an objective rests on, in words."""

    minute: float
    """Of the scenario."""
    letter: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Rating:
    """One objective in words."""

    name: str
    letter: str
    """"" where none of its calls came up."""
    means: str
    tasks: tuple[RatedTask, ...]
    """Every call it rests on, by time."""
    rests_on: str
    """How many of its calls were done as an expert does them; "" without any."""

    @property
    def challenges(self) -> tuple[RatedTask, ...]:
        """The calls that kept it from the best letter, or would have."""
        return tuple(task for task in self.tasks if task.letter != "P")


def ratings(objectives: Iterable[Mapping[str, Any]], say: Say) -> tuple[Rating, ...]:
    """Every objective in words, in the order given; `objectives` are as `Objective.as_dict` makes them."""
    return tuple(_rating(each, say) for each in objectives)


def _rating(objective: Mapping[str, Any], say: Say) -> Rating:
    letter = objective["letter"] or ""
    tasks = tuple(
        RatedTask(task["minute"], task["letter"], _name(task["name"], say), say(Phrase.from_dict(task["why"])))
        for task in sorted(objective["tasks"], key=lambda task: float(task["minute"]))
    )
    done = sum(task.letter == "P" for task in tasks)
    return Rating(
        say(OBJECTIVE_WORDS[objective["id"]]),
        letter,
        say(LETTER_WORDS[letter]) if letter else say("not assessed"),
        tasks,
        say("{done} of {number} calls settled in the time an expert takes", done=done, number=len(tasks))
        if tasks
        else "",
    )


def _name(name: Any, say: Say) -> str:  # noqa: ANN401 - a text in one language or in both
    return name if isinstance(name, str) else say(LText(en=name["en"], zh=name["zh"]))
