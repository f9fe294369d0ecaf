"""`check`: every fault of a scenario, response, pack or rubric file, at once."""

import argparse
from pathlib import Path

from sim.command.setting import Setting
from sim.core.speech import Speech
from sim.storage.library import check_file

NAME = "check"
HELP = "every fault of a scenario, response, pack or rubric file, at once"
EXAMPLE = "commonground check scenarios/taxi_ring_square.yaml"


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help=say("files to check"))
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Checks them; exit 1 when one has an error, 2 when one cannot be read as a file at all."""
    from sim.console.card import faults_table

    faults = [fault for path in args.files for fault in check_file(path)]
    errors = [fault for fault in faults if fault.severity == "error"]
    if args.json:
        setting.json({"ok": not errors, "faults": [f.as_dict(setting.say) for f in faults]})
    elif faults:
        setting.out.print(faults_table(faults, setting.say))
    else:
        setting.out.print(setting.say("No fault found; files checked: {number}", number=len(args.files)), markup=False)
    if any(fault.code in {"no-file", "unreadable"} for fault in errors):
        return 2
    return 1 if errors else 0
