"""Injects back into a scenario file: what was not changed keeps its lines and comments, the rest is written anew."""

from collections.abc import Sequence
from typing import Any

import yaml

from sim.scenario.scenario import Scenario
from sim.storage.reader import Document

WIDTH = 120


def with_injects(
    source: str, document: Document, old: Scenario, new: Scenario, written: Sequence[dict[str, Any]]
) -> str:
    """The text of the file with other injects.

    Args:
        source: the text of the scenario file.
        document: what was read from it.
        old: the scenario it says.
        new: the same scenario with the other injects.
        written: those injects as plain data, in their order.
    """
    lines = source.splitlines()
    top = sorted(mark.line for path, mark in document.key_marks.items() if len(path) == 1)
    begins = document.key_mark(("injects",)).line
    later = [line for line in top if line > begins]
    ends = min(later) - 1 if later else len(lines)
    while later and ends > begins and lines[ends - 1].lstrip()[:1] in {"", "#"} and not lines[ends - 1].startswith(" "):
        # What stands right before the next part belongs to it.
        ends -= 1
    kept = _kept(lines, document, old, ends)
    body: list[str] = []
    for inject, data in zip(new.injects, written, strict=True):
        same = next((text for each, text in kept if each == inject), None)
        body += same if same is not None else _spelt(data)
    head = ["injects:" if body else "injects: []"]
    return "\n".join([*lines[: begins - 1], *head, *body, *lines[ends:]]) + "\n"


def _kept(lines: list[str], document: Document, old: Scenario, ends: int) -> list[tuple[object, list[str]]]:
    """Each inject of the file with its own lines; none where the list is not one entry below the other."""
    starts = [document.mark(("injects", k)).line for k in range(len(old.injects))]
    if (
        not starts
        or any(not lines[line - 1].lstrip().startswith("- ") for line in starts)
        or len(set(starts)) < len(starts)
    ):
        return []
    stops = [*(line - 1 for line in starts[1:]), ends]
    return [(inject, lines[a - 1 : b]) for inject, a, b in zip(old.injects, starts, stops, strict=True)]


def _spelt(data: dict[str, Any]) -> list[str]:
    """An inject as an entry of the list, two columns in."""
    text = yaml.safe_dump([data], allow_unicode=True, sort_keys=False, width=WIDTH)
    return ["  " + line for line in text.rstrip("\n").splitlines()]
