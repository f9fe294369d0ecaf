"""Entering: a finished run goes into the records under the pseudonym of whoever played it."""

import argparse
import time
from pathlib import Path

from sim.command.replay import playbook_of
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.scoring import facts_of, score
from sim.storage.folder import home
from sim.storage.journal_file import read_journal
from sim.storage.records.register import Register, check_pseudonym
from sim.storage.records.result import Attendance, result_of


def opened(args: argparse.Namespace) -> Register:
    """The records that were asked for."""
    return Register(home(), args.records)


def enter(register: Register, journal: Path, attendance: Attendance) -> bool:
    """Enters the run in this journal; False when it had been entered before.

    Raises:
        BadInput: the journal cannot be read, the run is not over, or an id is no pseudonym.
    """
    for person, _ in attendance.seats:
        check_pseudonym(person)
    record = read_journal(journal)
    if not attendance.drill and not any(entry.kind == "outcome" for entry in record.entries):
        raise BadInput.of(
            "not-over",
            Phrase("the run in {file} is not over", file=journal.name),
            hint=Phrase("play it to its end, or end it"),
        )
    playbook = playbook_of(record)
    result = result_of(
        journal,
        record,
        score(record.entries, playbook.rubric, facts_of(playbook)),
        attendance,
        ended=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(journal.stat().st_mtime)),
        start_min=float(playbook.scenario.minutes[0]),
    )
    return register.add(result)


def enter_own(args: argparse.Namespace, journal: Path) -> bool:
    """Enters a run its player asked to have entered (`--person`), at its end."""
    register = opened(args)
    try:
        return enter(register, journal, Attendance(seats=((args.person, "commander"),)))
    finally:
        register.close()
