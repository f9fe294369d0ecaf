"""`msel`: the timeline of a scenario to a spreadsheet that planners know, and back into a scenario file."""

import argparse
from pathlib import Path

from sim.command.setting import Setting
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech

NAME = "msel"
HELP = "the injects of a scenario to a spreadsheet (xlsx, csv), and back"
EXAMPLE = "commonground msel export taxi_ring_square taxi.xlsx"


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("what", choices=("export", "import"), help=say("to a spreadsheet, or from one"))
    parser.add_argument("scenario", help=say("id or file of the scenario"))
    parser.add_argument("table", type=Path, metavar="TABLE", help=say("the spreadsheet, xlsx or csv"))
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help=say("import: the scenario file to write; it must not be there yet")
    )
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Writes the table, or the scenario file with the injects of the table; exit 2 with every fault and its cell."""
    from sim.storage.injects_in_out import export_injects, import_injects

    if args.what == "export":
        number = export_injects(args.scenario, args.table)
        written = args.table
    else:
        if args.out is None:
            raise BadInput.of("no-out", Phrase("say with --out which file to write"))
        number = import_injects(args.scenario, args.table, args.out)
        written = args.out
    if args.json:
        setting.json({"file": str(written), "injects": number})
    else:
        text = setting.say("Written: {file} with {number} injects", file=str(written), number=number)
        setting.out.print(text, markup=False, soft_wrap=True)
    return 0
