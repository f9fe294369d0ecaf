"""`pack`: a scenario with what lies beside it as one file for somebody else, and such a file let in."""

import argparse
from pathlib import Path

from sim.command.setting import Setting
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech

NAME = "pack"
HELP = "a scenario with its responses, law, pictures and sounds as one zip file, and such a file let in"
EXAMPLE = "commonground pack export lessons/my_square.yaml my_square.zip"


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("what", choices=("export", "import"), help=say("make such a file, or let one in"))
    parser.add_argument(
        "names", nargs="+", metavar="NAME", help=say("export: the scenario and the file; import: the file")
    )
    parser.add_argument("--into", type=Path, metavar="DIR", help=say("import: the folder (default: lessons, here)"))
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Writes the zip file, or a folder with what was in one; exit 2 when it is refused, with nothing left behind."""
    from sim.storage.parcel import pack_up, unpack

    needed = 2 if args.what == "export" else 1
    if len(args.names) != needed:
        raise BadInput.of(
            "bad-names",
            Phrase("export takes the scenario and the file to write, import takes the file"),
            hint=Phrase("run: {command}", command=EXAMPLE),
        )
    if args.what == "export":
        parts = pack_up(args.names[0], Path(args.names[1]))
        written = Path(args.names[1])
    else:
        written = unpack(Path(args.names[0]), args.into if args.into is not None else Path("lessons"))
        parts = []
    if args.json:
        setting.json({"file": str(written), **({"parts": parts} if parts else {})})
        return 0
    setting.out.print(setting.say("Written: {file}", file=str(written)), markup=False, soft_wrap=True)
    for part in parts:
        setting.out.print(f"  {part}", markup=False)
    return 0
