"""`score`: grade a run from its journal alone."""

import argparse
from pathlib import Path

from sim.command.setting import Setting
from sim.core.speech import Speech
from sim.scenario.rubric import Rubric
from sim.scoring import facts_of, score, summary
from sim.storage.journal_file import read_journal
from sim.storage.library import load_playbook, read_model

NAME = "score"
HELP = "grade a run from its journal alone"
EXAMPLE = "commonground score run.jsonl"


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("journal", type=Path, help=say("journal file"))
    parser.add_argument(
        "--rubric", type=Path, metavar="FILE", help=say("grade by this rubric instead of the scenario's")
    )
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Grades it."""
    from sim.console.card import result_card

    record = read_journal(args.journal)
    playbook = load_playbook(record.header.scenario)
    rubric = read_model(args.rubric, Rubric)[0] if args.rubric else playbook.rubric
    result = score(record.entries, rubric, facts_of(playbook))
    figures = {
        "scenario": playbook.scenario.id,
        "seed": record.header.seed,
        "player": record.header.player,
        **summary(record.entries),
        "score": result.as_dict(),
    }
    if args.json:
        setting.json(figures)
    else:
        setting.out.print(result_card(figures, playbook, setting.say))
    return 0
