"""Aside on disk: what people add to a run, in a file beside its journal, whole or as it was before."""

from pathlib import Path

from sim.seat.aside import Aside
from sim.storage.keepsake import read_json, write_json


def aside_path(journal: Path) -> Path:
    """Where it lies: `run.jsonl` has `run.aside.json`."""
    return journal.with_suffix(".aside.json")


def read_aside(journal: Path) -> Aside:
    """What was added to the run of this journal; nothing where there is no such file."""
    return Aside.from_dict(read_json(aside_path(journal)))


def keep_aside(journal: Path, aside: Aside) -> None:
    """Keeps it in one step, so that a machine that stops in the middle leaves the old one.

    Raises:
        BadInput: the disk does not take it.
    """
    write_json(aside_path(journal), aside.as_dict())
