"""Onlookers: what those who looked on at a squad's drill had picked, from the log of its room beside its journal."""

import re
from collections.abc import Sequence
from pathlib import Path

from sim.core.errors import CommonGroundError
from sim.drill.drill import Drill
from sim.drill.forecast import Pick, Question
from sim.drill.session import of_the_drill
from sim.storage.journal_file import Record, read_journal
from sim.world.journal import Entry

LOG = "room.jsonl"


def onlookers(journal: Path, record: Record, drill: Drill) -> list[Question]:
    """The questions of a squad's drill with what was picked; none where the journal lies beside no room."""
    name = re.fullmatch(r"squad-(\w+)\.jsonl", journal.name)
    log = journal.with_name(LOG)
    if name is None or not log.exists():
        return []
    try:
        room = read_journal(log).entries
    except CommonGroundError:
        return []  # a damaged log of the room is no reason to show no card
    return picked(drill, record.entries, room, name[1])


def picked(drill: Drill, entries: Sequence[Entry], room: Sequence[Entry], squad: str) -> list[Question]:
    """The questions in the order they were asked, one with each window, each with the last word of everybody."""
    places = {window.id: k for k, window in enumerate(drill.windows)}
    opened = [e for e in of_the_drill(list(entries)) if e.kind == "drill" and e.data["event"] == "open"]
    opened.sort(key=lambda e: (e.tick, places.get(str(e.data["window"]), 0)))
    asked = [Question(n, str(e.data["window"]), e.tick, e.tick, e.tick) for n, e in enumerate(opened, start=1)]
    for entry in room:
        said = entry.data
        if entry.kind == "input" and said["input"] == "pick" and said["squad"] in _line(room, squad, entry.tick):
            number, choice, percent = (int(str(said[name])) for name in ("question", "choice", "percent"))
            if 1 <= number <= len(asked):
                asked[number - 1].picked[str(said["who"])] = Pick(choice, percent)
    return asked


def _line(room: Sequence[Entry], squad: str, tick: int) -> set[str]:
    """The squad, and whatever it was branched off from later than that tick."""
    line, name = {squad}, squad
    for entry in reversed(room):
        if entry.kind == "squad" and entry.data["squad"] == name and entry.data.get("parent") and tick <= entry.tick:
            name = str(entry.data["parent"])
            line.add(name)
    return line
