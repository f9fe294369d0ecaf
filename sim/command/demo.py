"""`demo`: the taxi blockade with the doctrine player, nobody at the keyboard, and a report to read."""

import argparse
from pathlib import Path

from sim.command.preparing import prepare_simulation
from sim.command.run import print_result
from sim.command.seed import check_seed
from sim.command.setting import Setting
from sim.console.progress import progress
from sim.core.speech import Speech
from sim.exercise.exercise import Exercise
from sim.exercise.player import Doctrine, play
from sim.scoring import facts_of, score
from sim.storage.folder import reports
from sim.storage.journal_file import Header, write_journal
from sim.storage.keepsake import see_it_can_be_written
from sim.storage.library import load_playbook
from sim.storage.model_card import remark_on

NAME = "demo"
HELP = "play the taxi blockade with the doctrine player and write a report"
EXAMPLE = "commonground demo --out demo"
SCENARIO = "taxi_ring_square"
SEED = 1
PICTURES_MIN = (10.0, 45.0, 110.0)
"""Scenario minutes at which the report shows the map."""


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("--out", type=Path, metavar="DIR", help=say("folder for journal and report"))
    parser.add_argument("--seed", type=int, default=SEED, help=say("seed of the random events (default 1)"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Plays it, writes journal and report, prints the score card and where they are."""
    from sim.storage.report import Snapshot, Story, snapshot_of, write_report

    check_seed(args.seed)
    folder = args.out or reports()
    journal, report = folder / "demo.jsonl", folder / "demo.html"
    see_it_can_be_written(journal, report)
    playbook = load_playbook(SCENARIO)
    prepare_simulation(playbook, setting)
    exercise = Exercise(playbook, args.seed)
    run_setting = exercise.world.setting
    snapshots: list[Snapshot] = []
    last = run_setting.tick(run_setting.end_min)
    with progress(setting.say("Playing the demonstration"), last, quiet=setting.quiet) as show:
        for minute in (*PICTURES_MIN, None):
            until = None if minute is None else run_setting.tick(minute)
            # The days after pass in hours: to the bar they are the end.
            play(exercise, Doctrine(), until=until, progress=lambda each: show(min(each.tick_now, last)))
            if minute is not None:
                snapshots.append(snapshot_of(exercise))
    header = Header(scenario=SCENARIO, playbook=playbook.digest, seed=args.seed, player="doctrine")
    folder.mkdir(parents=True, exist_ok=True)
    write_journal(journal, header, exercise.journal)
    result = score(exercise.journal, playbook.rubric, facts_of(playbook))
    write_report(
        report,
        Story(
            playbook=playbook,
            header=header,
            entries=list(exercise.journal),
            score=result,
            fragile=remark_on(playbook, SCENARIO, result.grade),
            snapshots=snapshots,
        ),
        setting.say,
    )
    print_result(exercise, header, setting, as_json=False)
    setting.out.print(setting.say("Journal: {file}", file=str(journal)), markup=False)
    setting.out.print(setting.say("Report:  {file}", file=str(report)), markup=False)
    return 0
