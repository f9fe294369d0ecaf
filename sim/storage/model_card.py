"""Model cards on disk: which grades of a scenario turn when one number is moved, kept beside the scenario.

`playtest SCENARIO --matter --keep` makes one: `cards/ID.json` in the scenario's own folder. A report, `score` and `run`
mark a grade that such a card calls fragile. A card made with other files or another version marks nothing.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim import __version__
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.review.fragile import Fragility
from sim.scenario.scenario import Playbook
from sim.storage.library import find_scenario

CARDS = "cards"
NAMED = 4
"""So many numbers are named in a sentence."""


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is kept of it."""

    share: float
    """How far each number was moved, of itself."""
    runs: int
    turns: tuple[tuple[str, str, str], ...]
    """Fragile turns: the number, the grade as it is, and the one it turned into."""

    def remark(self, grade: str) -> Phrase | None:
        """What is to be said of a grade; None for one that no fragile turn leaves or reaches."""
        names = list(dict.fromkeys(name for name, *grades in self.turns if grade in grades))
        if not names:
            return None
        return Phrase(
            "this grade is fragile: in runs by automatic players it turned when one number was moved by {share:.0%} "
            "({numbers}); it rests on a guess",
            numbers=", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else ""),
            share=self.share,
        )


def card_file(scenario: str) -> Path:
    """Where the card of the scenario of that id or path is, or would be.

    Raises:
        BadInput: there is no such scenario.
    """
    path = find_scenario(scenario)
    return path.parent / CARDS / f"{path.stem}.json"


def keep_card(playbook: Playbook, scenario: str, found: Fragility) -> Path:
    """Keeps a complete card; returns where.

    Raises:
        BadInput: it cannot be written there.
    """
    path = card_file(scenario)
    data = {"playbook": playbook.digest, "version": __version__, **found.as_dict()}
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise BadInput.of(
            "unwritable", Phrase("{file} cannot be written: {why}", file=str(path), why=str(error.strerror))
        ) from error
    return path


def read_card(playbook: Playbook, scenario: str) -> ModelCard | None:
    """The card that is kept; None where there is none, or none of these files and this version."""
    try:
        data: Any = json.loads(card_file(scenario).read_text(encoding="utf-8"))
        if (data["playbook"], data["version"]) != (playbook.digest, __version__):
            return None
        turns = tuple((str(f["name"]), str(f["grade"]), str(f["turned"])) for f in data["flips"] if f["fragile"])
        return ModelCard(float(data["share"]), int(data["runs"]), turns)
    except (BadInput, OSError, ValueError, KeyError, TypeError):
        return None


def remark_on(playbook: Playbook, scenario: str, grade: str | None) -> Phrase | None:
    """What the kept card says of that grade, if there is one and it says something."""
    card = read_card(playbook, scenario)
    return card.remark(grade) if card is not None and grade else None
