"""Sitting: one run in the window, and how it comes to the disk while it is played."""

from collections.abc import Sequence

from sim.command.coming_back import TRACE
from sim.command.drilling import keep_result
from sim.command.standing import RunState
from sim.desktop.office import Sitting
from sim.drill.card import card_of
from sim.drill.drill import Drill
from sim.drill.progress import ALONE
from sim.drill.session import Session
from sim.exercise.exercise import Exercise
from sim.scoring import facts_of, score
from sim.storage.aside_file import keep_aside, read_aside
from sim.storage.journal_file import JournalFile


def sitting_of(
    run: Exercise | Session,
    file: JournalFile,
    position: int,
    *,
    assessed: bool,
    trace: Sequence[tuple[float, ...]] = (),
) -> Sitting:
    """A run whose journal and curve are kept in files as it goes on; what came after `position` is kept at once.

    `trace` is the curve of what was computed again; without it that beside the journal goes on.
    """
    written = [position]
    aside = read_aside(file.path)
    if trace:
        # What was kept of the curve may end sooner than the journal, or be missing; what was computed again is whole.
        aside.trace = list(trace)

    # A drill alone is minutes long and is computed again where it was left, so only whole runs have a state.
    state = RunState(run, file, lambda: {TRACE: list(aside.trace)}) if isinstance(run, Exercise) else None

    def save() -> None:
        new = run.journal.since(written[0])
        if new:
            file.keep(new)
            written[0] += len(new)
        if state is not None:
            state.look()

    def close() -> None:
        if state is not None:
            state.close()
        file.close()

    save()
    return Sitting(
        run=run,
        path=file.path,
        save=save,
        close=close,
        keep_aside=lambda: keep_aside(file.path, aside),
        aside=aside,
        assessed=assessed,
    )


def at_drill(sitting: Sitting, drill: Drill, run: Session) -> Sitting:
    """The sitting as one at a drill: beside the run its drill card is kept, once it is over."""
    sitting.drill = drill
    shut = sitting.close

    def close() -> None:
        shut()
        if run.outcome is not None:
            total = score(run.journal, run.playbook.rubric, facts_of(run.playbook)).total
            keep_result(card_of(drill, list(run.journal)), run.seed, total, ALONE, sitting.path)

    sitting.close = close
    return sitting
