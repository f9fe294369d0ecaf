"""Entering: a finished run goes into the records under the pseudonym of whoever played it."""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from sim.command.replay import playbook_of
from sim.command.setting import Setting
from sim.core.errors import BadInput, CommonGroundError
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


def own_entering(args: argparse.Namespace, setting: Setting) -> Callable[[Path], None]:
    """What enters a run under the `--person` it was asked for; what goes wrong then is said and stops nobody.

    Raises:
        BadInput: now, before anything is played: the id is no pseudonym, or the records cannot be used.
    """
    check_pseudonym(args.person)
    opened(args).close()

    def enter_own(journal: Path) -> None:
        try:
            _enter(args, journal, attended(journal, seats=((args.person, "commander"),)))
        except CommonGroundError as wrong:
            setting.tell(
                "The run was not entered in the records: {why}. Enter it with: commonground records add {file}",
                why=setting.say(wrong.phrase),
                file=f"{journal} --person {args.person}",
            )

    return enter_own


def enter_squad(args: argparse.Namespace, journal: Path, squad: str) -> bool:
    """Enters the drill of a squad under the id it was given; nobody in it is named."""
    return _enter(args, journal, attended(journal, squad=squad))


def _enter(args: argparse.Namespace, journal: Path, attendance: Attendance) -> bool:
    register = opened(args)
    try:
        return enter(register, journal, attendance)
    finally:
        register.close()
