"""`new`: a commented scenario, response or doctrine pack to begin with; it passes `check` and plays at once."""

import argparse
from pathlib import Path

from sim.command.setting import Setting
from sim.core.speech import Speech

NAME = "new"
HELP = "write a commented scenario, response or pack to begin with"
EXAMPLE = "commonground new scenario my_square"
KINDS_OF_FILE = ("scenario", "response", "pack")


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("kind", choices=KINDS_OF_FILE, help=say("what to write"))
    parser.add_argument("name", help=say("its id: small letters, digits and _"))
    parser.add_argument(
        "--folder", type=Path, default=Path(), metavar="DIR", help=say("folder of your scenarios (default: here)")
    )
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Writes the file and says what can be done with it; what is there already is never overwritten."""
    from sim.storage.template import begin

    path = begin(args.kind, args.name, args.folder)
    if args.json:
        setting.json({"file": str(path)})
        return 0
    setting.out.print(setting.say("Written: {file}", file=str(path)), markup=False, soft_wrap=True)
    steps = ("check", "preview", "playtest", "play") if args.kind == "scenario" else ("check",)
    for step in steps:
        setting.out.print(f"  commonground {step} {path}", markup=False, soft_wrap=True)
    return 0
