"""Aside on disk: what people add to a run, in a file beside its journal, whole or as it was before.

The same run may be looked at in two programs at once; what is added in either of them is kept.
"""

from pathlib import Path

from sim.seat.aside import Aside
from sim.storage.held import turn
from sim.storage.keepsake import read_json, write_json


def aside_path(journal: Path) -> Path:
    """Where it lies: `run.jsonl` has `run.aside.json`."""
    return journal.with_suffix(".aside.json")


def read_aside(journal: Path) -> Aside:
    """What was added to the run of this journal; nothing where there is no such file."""
    found = Aside.from_dict(read_json(aside_path(journal)))
    found.before = Aside.from_dict(found.as_dict())
    return found


def keep_aside(journal: Path, aside: Aside) -> None:
    """Keeps it in one step, so that a machine that stops in the middle leaves the old one.

    What another program has kept there since it was read stays, and stands in `aside` from now on.

    Raises:
        BadInput: the disk does not take it.
    """
    path = aside_path(journal)
    with turn():
        there = read_json(path)
        if there:
            aside.take_over(Aside.from_dict(there))
        data = aside.as_dict()
        write_json(path, data)
    aside.before = Aside.from_dict(data)
