"""`export`: everything the records keep about a person, for that person."""

import argparse
import json
from pathlib import Path

from sim.command.entering import opened
from sim.command.setting import Setting
from sim.command.whose import add_records
from sim.core.speech import Speech

NAME = "export"
HELP = "hand out everything that is kept about a person"
EXAMPLE = "commonground export T-17 --out T-17.json"


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("person", metavar="ID", help=say("pseudonym"))
    parser.add_argument("--out", type=Path, metavar="FILE", help=say("write it here (default: print it)"))
    add_records(parser, say)
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Prints or writes it."""
    from sim.storage.keepsake import write_whole

    found = opened(args).export(args.person)
    if args.out is None:
        setting.json(found)
        return 0
    write_whole(args.out, json.dumps(found, ensure_ascii=False, allow_nan=False, indent=2).encode())
    if args.json:
        setting.json({"file": str(args.out), "runs": len(found["runs"])})
    else:
        setting.out.print(setting.say("Written: {file}", file=str(args.out)), markup=False, soft_wrap=True)
    return 0
