"""`check`: every fault of a scenario, response, pack or rubric file, at once, at each save if asked to."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from sim.command.setting import Setting
from sim.core.errors import BadInput, Fault
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.storage.library import check_file

NAME = "check"
HELP = "every fault of a scenario, response, pack or rubric file, at once"
EXAMPLE = "commonground check scenarios/taxi_ring_square.yaml --watch"


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help=say("files to check, or folders of them"))
    parser.add_argument("--strict", action="store_true", help=say("doubts count as faults: exit 1 when there is one"))
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--watch", action="store_true", help=say("check again at every save, until Ctrl+C"))
    how.add_argument("--play", action="store_true", help=say("also play what a scenario expects under `expect`"))
    how.add_argument("--migrate", action="store_true", help=say("show what changes in the newest version"))
    parser.add_argument("--write", action="store_true", help=say("with --migrate: write the changes into the files"))
    parser.add_argument("--seeds", type=int, metavar="N", help=say("with --play: at most so many seeds"))
    parser.add_argument("--workers", type=int, metavar="N", help=say("processes (default: one for each core)"))
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Checks them; exit 1 when one has an error, 2 when one cannot be read as a file at all."""
    if args.write and not args.migrate:
        raise BadInput.of("bad-usage", Phrase("{flag} goes with {other}", flag="--write", other="--migrate"))
    if (args.seeds is not None or args.workers is not None) and not args.play:
        raise BadInput.of("bad-usage", Phrase("{flag} goes with {other}", flag="--seeds, --workers", other="--play"))
    if (args.seeds or 1) < 1 or (args.workers or 1) < 1 or args.seeds == 0 or args.workers == 0:
        raise BadInput.of("bad-count", Phrase("numbers of seeds and of processes are at least 1"))
    args.files = [path for given in args.files for path in _files_of(given)]
    if args.migrate:
        from sim.command.migrating import migrate_files

        return migrate_files(args.files, setting, write=args.write, as_json=args.json)
    if args.watch:
        return _watch(args, setting)
    faults = [fault for path in args.files for fault in check_file(path)]
    found: dict[str, object] = {}
    if args.play and not _errors(faults):
        from sim.command.expecting import play_expectations

        told, found["expectations"] = play_expectations(args, setting)
        faults += told
    _show(faults, setting, as_json=args.json, files=len(args.files), strict=args.strict, more=found)
    return _code(faults, strict=args.strict)


def _files_of(given: Path) -> list[Path]:
    """The file, or the YAML files that lie in a folder itself."""
    if not given.is_dir():
        return [given]
    inside = sorted(path for path in given.iterdir() if path.suffix in {".yaml", ".yml"} and path.is_file())
    if not inside:
        raise BadInput.of("no-file", Phrase("no YAML file lies in the folder {folder}", folder=str(given)))
    return inside


def _errors(faults: Sequence[Fault], *, strict: bool = False) -> list[Fault]:
    return [fault for fault in faults if strict or fault.severity == "error"]


def _code(faults: Sequence[Fault], *, strict: bool) -> int:
    errors = _errors(faults, strict=strict)
    if any(fault.code in {"no-file", "unreadable"} for fault in errors):
        return 2
    return 1 if errors else 0


def _show(
    faults: Sequence[Fault],
    setting: Setting,
    *,
    as_json: bool,
    files: int,
    strict: bool,
    more: dict[str, object] | None = None,
) -> None:
    from sim.console.card import faults_table

    if as_json:
        ok = not _errors(faults, strict=strict)
        setting.json({"ok": ok, "faults": [f.as_dict(setting.say) for f in faults], **(more or {})})
    elif faults:
        setting.out.print(faults_table(faults, setting.say))
    else:
        setting.out.print(setting.say("No fault found; files checked: {number}", number=files), markup=False)


def _watch(args: argparse.Namespace, setting: Setting) -> int:
    """Checks what was saved, at once; with --json one object on each line."""
    from sim.storage.watch import saves

    known: dict[Path, tuple[Fault, ...]] = {}
    for changed in saves(args.files):
        begun = time.perf_counter()
        known |= {path: check_file(path) for path in changed}
        faults = [fault for path in args.files for fault in known.get(path, ())]
        took = round(1000 * (time.perf_counter() - begun))
        if args.json:
            told = {"ok": not _errors(faults, strict=args.strict), "faults": [f.as_dict(setting.say) for f in faults]}
            sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
            sys.stdout.flush()
            continue
        setting.out.rule(setting.say("{time}, checked in {took} ms", time=time.strftime("%H:%M:%S"), took=took))
        _show(faults, setting, as_json=False, files=len(args.files), strict=args.strict)
    return 0
