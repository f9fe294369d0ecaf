"""`schema`: JSON Schema of the files an instructor writes, for editors."""

import argparse
import sys
from pathlib import Path

from sim.command.setting import Setting
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech

NAME = "schema"
HELP = "print the JSON Schema of the files an instructor writes, for editors"
EXAMPLE = "commonground schema scenario --out scenario.schema.json"

FILES = ("scenario", "response", "pack", "rubric", "drill", "plan")


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument(
        "kind",
        nargs="?",
        default="scenario",
        choices=("scenario", "response", "pack", "rubric"),
        help=say("kind of file"),
    )
    parser.add_argument(
        "--of",
        type=Path,
        metavar="FILE",
        help=say("a scenario file whose own ids are completed too"),
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help=say("write it to this file"))
    parser.add_argument(
        "--refresh", action="store_true", help=say("write the shipped schemas and the pages of reference again")
    )
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Prints or writes it."""
    if args.refresh:
        return _refresh(setting)
    import json

    from sim.scenario.scenario import Scenario
    from sim.storage.library import read_model
    from sim.storage.schema import MODELINE, scenario_ids, schema_of

    ids = None
    if args.of is not None:
        if args.kind != "scenario":
            raise BadInput.of("bad-usage", Phrase("--of is for scenario files"))
        ids = scenario_ids(read_model(args.of, Scenario)[0])
    text = json.dumps(schema_of(args.kind, ids), ensure_ascii=False, indent=1) + "\n"
    if args.out is None:
        sys.stdout.write(text)
        return 0
    try:
        args.out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput.of(
            "unwritable", Phrase("{file} cannot be written: {why}", file=str(args.out), why=str(error.strerror))
        ) from error
    line = MODELINE.format(where=f"./{args.out.name}")
    setting.tell("Written to {file}. First line of a file beside it: {line}", file=str(args.out), line=line)
    return 0


def _refresh(setting: Setting) -> int:
    """Writes what is made from the models: for those who change them."""
    from sim.storage.library import KINDS
    from sim.storage.reference import PAGES, page
    from sim.storage.schema import schema_folder, written
    from sim.storage.shipped import data_root

    pages = {data_root() / "docs" / name: page(language) for language, name in PAGES.items()}
    schemas = {schema_folder() / f"{kind}.json": written(kind) for kind in KINDS}
    for path, text in (schemas | pages).items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        setting.tell("Written to {file}", file=str(path))
    return 0
