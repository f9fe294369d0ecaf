"""`battery`: random sessions gone through in every way there is; whatever the way, each must come to the same bits."""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from sim.command.finite import finite
from sim.command.seed import check_seed
from sim.command.setting import Setting
from sim.console.progress import progress
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.lab.battery import Battery, Mismatch, work_off
from sim.lab.plant import Found, find
from sim.lab.session import Session
from sim.lab.ways import first_time
from sim.lab.worker import Worker, serve
from sim.scenario.scenario import Playbook
from sim.storage.library import load_playbook, scenarios

NAME = "battery"
HELP = "go through random sessions in every way, and find the first that is not the same to the last bit"
EXAMPLE = "commonground battery --sessions 20"
HOUSE = Path(__file__).resolve().parent.parent


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("--sessions", type=int, default=20, metavar="N", help=say("how many sessions (default 20)"))
    parser.add_argument("--first", type=int, default=0, metavar="K", help=say("number of the first one (default 0)"))
    parser.add_argument("--lasts", type=finite, metavar="S", help=say("seconds every session lasts"))
    parser.add_argument(
        "--plants", type=int, default=0, metavar="N", help=say("also change a last digit N times and look for it")
    )
    parser.add_argument(
        "--here", action="store_true", help=say("start no other process: leave out the ways that need one")
    )
    parser.add_argument(
        "--no-cold", action="store_true", help=say("leave out the process that has to compile everything, a minute")
    )
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Goes through them; exit 1 when one differs or a planted fault is not found."""
    if args.serve:
        playbook_of = lru_cache(maxsize=None)(load_playbook)
        serve(lambda task: work_off(task, playbook_of), sys.stdin, sys.stdout)
        return 0
    if args.sessions < 0 or args.plants < 0 or (args.lasts is not None and args.lasts < 1):
        raise BadInput.of("bad-count", Phrase("numbers of sessions, plants and seconds are not negative"))
    check_seed(args.first)
    playbooks = {name: load_playbook(name) for name in scenarios()}
    lasts = None if args.lasts is None else (args.lasts, args.lasts)
    with tempfile.TemporaryDirectory(prefix="commonground-") as empty:
        battery = _battery(args, playbooks, lasts, Path(empty))
        with progress(setting.say("Sessions"), args.sessions, quiet=setting.quiet) as show:
            mismatches = list(battery.run(args.first, args.sessions, show))
    with progress(setting.say("Planted faults"), args.plants, quiet=setting.quiet) as show:
        found = _plants(args, playbooks, lasts, show)
    _print(args, setting, battery, mismatches, found)
    return 1 if mismatches or not all(each.named for each in found) else 0


def _battery(
    args: argparse.Namespace, playbooks: dict[str, Playbook], lasts: tuple[float, float] | None, empty: Path
) -> Battery:
    """Every way there is, or those that need no other process."""
    if args.here:
        return Battery(playbooks, lasts)

    def start(**environment: str) -> Worker:
        where = os.pathsep.join([str(HOUSE.parent), os.environ.get("PYTHONPATH", "")]).strip(os.pathsep)
        command = [sys.executable, "-m", "sim.app", NAME, "--serve", "--quiet"]
        return Worker(command, {"PYTHONPATH": where, **environment})

    standing = {"in a worker": start, "two threads": lambda: start(NUMBA_NUM_THREADS="2")}
    if not args.no_cold:
        standing["compiled afresh"] = lambda: start(COMMONGROUND_HOME=str(empty), NUMBA_CACHE_DIR="")
    return Battery(playbooks, lasts, standing=standing, now_and_then={"in a fresh process": start})


def _plants(
    args: argparse.Namespace,
    playbooks: dict[str, Playbook],
    lasts: tuple[float, float] | None,
    show: Callable[[float], None],
) -> list[Found]:
    """As many planted faults as were asked for; sessions in which nobody is there are passed over."""
    found: list[Found] = []
    number = args.first
    while len(found) < args.plants:
        session = Session.draw(number, playbooks, lasts or (60.0, 60.0))
        each = find(first_time(session, playbooks[session.scenario])[0])
        number += 1
        if each is not None:
            found.append(each)
            show(len(found))
    return found


def _print(
    args: argparse.Namespace, setting: Setting, battery: Battery, mismatches: list[Mismatch], found: list[Found]
) -> None:
    named = sum(each.named for each in found)
    if args.json:
        setting.json(
            {
                "sessions": args.sessions,
                "first": args.first,
                "ways": list(battery.ways()),
                "mismatches": [
                    {
                        "session": each.session,
                        "scenario": each.scenario,
                        "way": each.way,
                        "tick": each.tick,
                        "part": each.where.part if each.where else "",
                        "row": each.where.row if each.where else None,
                    }
                    for each in mismatches
                ],
                "plants": len(found),
                "plants_named": named,
                "plants_recorded": sum(each.recorded for each in found),
            }
        )
        return
    for each in mismatches:
        setting.out.print(setting.say(each.phrase), markup=False)
    setting.out.print(
        setting.say(
            "{sessions} sessions, {ways} ways each: {different} differ",
            sessions=args.sessions,
            ways=len(battery.ways()),
            different=len({each.session for each in mismatches}),
        ),
        markup=False,
    )
    if found:
        setting.out.print(
            setting.say("{named} of {planted} planted faults were found and named", named=named, planted=len(found)),
            markup=False,
        )
