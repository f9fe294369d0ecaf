"""Coming back: the run of a journal where it was left, at once where its state is kept, else computed again."""

from pathlib import Path

from sim.core.errors import BadInput, ReplayDiffers
from sim.exercise.exercise import Exercise
from sim.exercise.replay import Progress, go_on, replay
from sim.exercise.save import load
from sim.scenario.scenario import Playbook
from sim.seat.trace import Tracer
from sim.storage.journal_file import Record
from sim.storage.state_file import Standing, read_state

TRACE = "trace"
"""What is kept with a state: the curve so far."""


def come_back(
    journal: Path, record: Record, playbook: Playbook, *, progress: Progress, tracer: Tracer | None = None
) -> Exercise:
    """The run this journal records, at its last tick and held against every digest behind the place it begins at.

    `tracer` has the curve of the whole run afterwards.

    Raises:
        ReplayDiffers: the run that is computed again does not reach a digest of the journal.
    """
    watch = None if tracer is None else tracer.look
    standing = read_state(journal, record)
    start = None if standing is None else _standing_at(standing, record, playbook)
    if standing is not None and start is not None and (tracer is None or TRACE in standing.more):
        if tracer is not None:
            tracer.points = [tuple(point) for point in standing.more[TRACE]]
        try:
            return go_on(start, record.entries, progress=progress, watch=watch)
        except ReplayDiffers:
            pass
    if tracer is not None:
        tracer.points = []
    header = record.header
    return replay(playbook, header.seed, record.entries, progress=progress, memory=header.memory, watch=watch)


def _standing_at(standing: Standing, record: Record, playbook: Playbook) -> Exercise | None:
    """The run as it stood; None unless a digest of the journal can show that it did."""
    entries = record.entries[: standing.entries]
    if not any(entry.kind == "digest" for entry in record.entries[standing.entries :]):
        return None
    opened = Exercise(playbook, record.header.seed, memory=record.header.memory)
    try:
        return load(opened, standing.state, entries)
    except BadInput:
        return None
