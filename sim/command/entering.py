"""Entering: a finished run goes into the records under the pseudonym of whoever played it."""

import argparse
import time
from pathlib import Path

from sim.command.replay import playbook_of
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.drill.card import card_of, latencies
from sim.scoring import facts_of, score
from sim.storage.drills import drill_of, load_drill
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


def attended(journal: Path, *, seats: tuple[tuple[str, str], ...] = (), squad: str | None = None) -> Attendance:
    """Who played this journal; of a drill, which it was and how long each decision's window had been open, too."""
    record = read_journal(journal)
    name = drill_of(record)
    if not name:
        return Attendance(seats=seats, squad=squad)
    drill, _ = load_drill(name)
    took = latencies(card_of(drill, record.entries), record.entries)
    return Attendance(seats=seats, squad=squad, drill=drill.id, latencies=took)


def enter_own(args: argparse.Namespace, journal: Path) -> bool:
    """Enters a run its player asked to have entered (`--person`), at its end."""
    return _enter(args, journal, attended(journal, seats=((args.person, "commander"),)))


def enter_squad(args: argparse.Namespace, journal: Path, squad: str) -> bool:
    """Enters the drill of a squad under the id it was given; nobody in it is named."""
    return _enter(args, journal, attended(journal, squad=squad))


def _enter(args: argparse.Namespace, journal: Path, attendance: Attendance) -> bool:
    register = opened(args)
    try:
        return enter(register, journal, attendance)
    finally:
        register.close()
