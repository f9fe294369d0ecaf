"""`forget`: erase a person from the records."""

import argparse

from sim.command.entering import opened
from sim.command.setting import Setting
from sim.command.whose import add_records
from sim.core.speech import Speech

NAME = "forget"
HELP = "erase a person from the records: name, pseudonym and results"
EXAMPLE = "commonground forget T-17"


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("person", metavar="ID", help=say("pseudonym"))
    add_records(parser, say)
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Erases them."""
    gone = opened(args).forget(args.person)
    if args.json:
        setting.json({"forgotten": args.person, "runs_erased": gone})
    else:
        setting.out.print(
            setting.say("{name} is forgotten. Runs erased with them: {number}", name=args.person, number=gone),
            markup=False,
        )
    return 0
