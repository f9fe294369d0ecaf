"""`replay`: compute a recorded run again, and hold it against the record."""

import argparse
from pathlib import Path

from sim import __version__
from sim.command.setting import Setting
from sim.core.errors import BadInput, OldJournal, ReplayDiffers
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.core.tick import clock, parse_clock
from sim.exercise.replay import replay
from sim.scenario.scenario import Playbook
from sim.storage.journal_file import FORMAT, Record, read_journal
from sim.storage.library import load_playbook

NAME = "replay"
HELP = "compute a recorded run again"
EXAMPLE = "commonground replay run.jsonl --verify"


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("journal", type=Path, help=say("journal file"))
    parser.add_argument("--verify", action="store_true", help=say("exit 1 at the first recorded digest that differs"))
    parser.add_argument("--at", metavar="MM:SS", help=say("show the situation at this time"))
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Replays; exit 1 when it differs."""
    from sim.console.progress import progress

    record = read_journal(args.journal)
    playbook = playbook_of(record)
    until = None
    if args.at is not None:
        until = parse_clock(args.at, playbook.scenario.start_min)
    last = max((e.tick for e in record.entries), default=0)
    differs: ReplayDiffers | None = None
    exercise = None
    with progress(setting.say("Replaying"), last if until is None else until, quiet=setting.quiet) as show:
        try:
            exercise = replay(
                playbook,
                record.header.seed,
                record.entries,
                until=until,
                verify=args.verify,
                progress=lambda tick, of: show(tick),
                memory=record.header.memory,
            )
        except ReplayDiffers as found:
            differs = found
    start = playbook.scenario.start_min
    recorded = [e for e in record.entries if e.kind == "digest"]
    result = {
        "journal": str(args.journal),
        "scenario": record.header.scenario,
        "seed": record.header.seed,
        "verified": bool(args.verify and differs is None),
        "digests": len(recorded),
        "recorded": recorded[-1].data["digest"] if recorded else "",
        "torn": record.torn,
        "differs_at": None if differs is None else {"tick": differs.tick, "clock": clock(differs.tick, start)},
        "digest": exercise.journal.running if exercise else "",
        "clock": clock(exercise.tick_now, start) if exercise else "",
        "observation": exercise.observe().summary() if exercise else {},
    }
    if args.json:
        setting.json(result)
    elif differs is not None:
        setting.out.print(
            setting.say(
                "Differs from the record at {clock} (tick {tick})",
                clock=clock(differs.tick, start),
                tick=differs.tick,
            ),
            markup=False,
        )
    else:
        from sim.console.card import situation_card

        assert exercise is not None
        if args.verify:
            setting.out.print(
                setting.say("Verified: all {number} recorded digests are reached", number=len(recorded)),
                markup=False,
            )
        setting.out.print(situation_card(exercise, setting.say))
    return 0 if differs is None else 1


def playbook_of(record: Record) -> Playbook:
    """What a journal's run was made from.

    Raises:
        OldJournal: another version of the program made it, or it has fewer digests than are taken now.
        BadInput: its scenario files have changed since.
    """
    made, ours = (record.header.version, record.header.format), (__version__, FORMAT)
    if made != ours:
        raise OldJournal("{} / {}".format(*made), "{} / {}".format(*ours))
    playbook = load_playbook(record.header.scenario)
    if playbook.digest != record.header.playbook:
        raise BadInput.of(
            "changed-scenario",
            Phrase(
                "the files of {scenario} have changed since this journal was written, so it cannot be run again",
                scenario=record.header.scenario,
            ),
            hint=Phrase("go back to the files it was made with, or look at its score with `score`"),
        )
    return playbook
