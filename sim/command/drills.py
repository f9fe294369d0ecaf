"""`drills`: the shipped drills, a facilitator's guide, a drill card, a squad's progress, and drills cut from runs."""

import argparse
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from sim.command.drilling import keep_price, results_file
from sim.command.finite import finite
from sim.command.onlookers import onlookers
from sim.command.replay import playbook_of
from sim.command.setting import Setting
from sim.command.slicing import BOX_MIN, cut
from sim.console.progress import progress
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.drill.card import card_of
from sim.drill.cost import costs_of
from sim.drill.drill import Drill
from sim.drill.forecast import brier_of_picks, picks_of
from sim.drill.laid_out import pins_of, standings_of
from sim.drill.progress import played, trends
from sim.drill.roles import TITLES
from sim.review import Review
from sim.squad.room import LETTERS
from sim.storage.drills import drill_of, drills, find_drill, load_drill
from sim.storage.journal_file import Record, read_journal
from sim.storage.keepsake import read_lines
from sim.storage.library import read_model
from sim.world.order import Order

NAME = "drills"
HELP = "list the drills, print a facilitator's guide, a drill card, or a squad's progress, cut a drill from a run"
EXAMPLE = "commonground drills --guide two_sources"


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--guide", metavar="DRILL", help=say("print the facilitator's guide of this drill"))
    what.add_argument(
        "--card",
        type=Path,
        metavar="JOURNAL",
        help=say("card of a drill, with what each decision cost"),
    )
    what.add_argument(
        "--progress",
        metavar="SQUAD",
        nargs="?",
        const="",
        help=say("results over time with their trends, of one squad or of all"),
    )
    what.add_argument("--from", dest="run", type=Path, metavar="JOURNAL", help=say("cut a drill from this run"))
    parser.add_argument("--minute", type=finite, metavar="M", help=say("scenario minute of the run it begins at"))
    parser.add_argument(
        "--box", type=finite, default=BOX_MIN, metavar="MIN", help=say("how long it lasts (default 10)")
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help=say("file of the drill to write; its name is its id"))
    parser.add_argument("--budget", type=finite, default=60.0, metavar="SECONDS", help=say("time for a review"))
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Prints what was asked for."""
    if args.guide:
        return _guide(args, setting)
    if args.card:
        return _card(args, setting)
    if args.run:
        return _cut(args, setting)
    if args.progress is not None:
        return _progress(args, setting)
    return _list(args, setting)


def _list(args: argparse.Namespace, setting: Setting) -> int:
    say = setting.say
    found = [read_model(path, Drill)[0] for path in drills().values()]
    if args.json:
        setting.json({"drills": [_plain(drill) for drill in found]})
        return 0
    table = Table(expand=False)
    for heading in ("Drill", "Scenario", "Minutes", "Decisions", "Aim"):
        table.add_column(say(heading), overflow="fold")
    for drill in found:
        name = f"{say(drill.title.text)}\n{drill.id}"
        minutes, windows = f"{drill.time_box_min:g}", str(len(drill.windows))
        table.add_row(name, drill.scenario, minutes, windows, say(drill.aim.text))
    setting.out.print(table)
    return 0


def _plain(drill: Drill) -> dict[str, Any]:
    return {
        "id": drill.id,
        "title": drill.title.text,
        "aim": drill.aim.text,
        "scenario": drill.scenario,
        "time_box_min": drill.time_box_min,
        "seats": list(drill.seats),
        "windows": [w.id for w in drill.windows],
    }


def _guide(args: argparse.Namespace, setting: Setting) -> int:
    drill, say = read_model(find_drill(args.guide), Drill)[0], setting.say
    if args.json:
        setting.json({**_plain(drill), "guide": drill.guide.text, "debrief": [d.text for d in drill.debrief]})
        return 0
    lines = [
        say(drill.title.text),
        "",
        say("Aim: {aim}", aim=say(drill.aim.text)),
        say("Seats: {seats}", seats=say(", ").join(say(TITLES[seat]) for seat in drill.seats)),
        say("Time box: {minutes:g} min", minutes=drill.time_box_min),
        "",
        say(drill.guide.text),
        "",
        say("For the hot wash:"),
        *(f"- {say(question.text)}" for question in drill.debrief),
    ]
    setting.out.print("\n".join(lines), markup=False)
    return 0


def _card(args: argparse.Namespace, setting: Setting) -> int:
    from sim.console.drill_card import drill_card
    from sim.console.foresight import foresight

    record = read_journal(args.card)
    name = drill_of(record)
    if not name:
        raise BadInput.of("no-drill", Phrase("{file} is no journal of a drill", file=str(args.card)))
    drill, _ = load_drill(name)
    playbook = playbook_of(record)
    found = reviewed(record, args.budget, setting, tuple(pins_of(drill, record.entries)))
    card = card_of(drill, record.entries, costs_of(found, drill, record.entries, playbook.scenario))
    asked = onlookers(args.card, record, drill)
    stands = standings_of(found, drill, record.entries, playbook.responses)
    keep_price(record.link, card, brier_of_picks(asked, stands))
    if args.json:
        setting.json({**card.as_dict(), "picks": picks_of(asked, stands)})
    else:
        setting.out.print(drill_card(card, drill, playbook, setting.say))
        if any(question.picked for question in asked):
            setting.out.print(foresight(asked, stands, drill, playbook, setting.say))
    return 0


def _cut(args: argparse.Namespace, setting: Setting) -> int:
    if args.minute is None or args.out is None or not math.isfinite(args.minute) or not 1.0 <= args.box <= 120.0:
        raise BadInput.of(
            "bad-cut",
            Phrase("to cut a drill give --minute, --out and, where 10 minutes are not right, --box from 1 to 120"),
        )
    drill = cut(read_journal(args.run), args.minute, args.box, args.out, setting)
    if args.json:
        setting.json({"file": str(args.out), **_plain(drill)})
        return 0
    setting.out.print(setting.say("Written: {file}", file=str(args.out)), markup=False, soft_wrap=True)
    for step in ("check", "play --drill", "serve"):
        setting.out.print(f"  commonground {step} {args.out}", markup=False, soft_wrap=True)
    return 0


def reviewed(record: Record, budget_s: float, setting: Setting, pinned: Sequence[tuple[int, Order]] = ()) -> Review:
    """The review of a run, with what is `pinned` to its decisions, as far as it came within the time given."""
    import time

    from sim.lab.crew import lead
    from sim.lab.workers import cores
    from sim.review import Reviewing

    playbook, header = playbook_of(record), record.header
    reviewing = Reviewing(playbook, header.seed, record.entries, memory=header.memory, pinned=pinned)
    began = time.monotonic()
    with progress(setting.say("Reviewing decisions"), len(reviewing.decisions), quiet=setting.quiet) as show:

        def keep_going(now: Reviewing) -> bool:
            show(sum(study.settled for study in now.studies.values()))
            return time.monotonic() - began < budget_s

        return lead(reviewing, workers=cores(), keep_going=keep_going)


def _progress(args: argparse.Namespace, setting: Setting) -> int:
    from sim.console.drill_progress import drill_progress

    lines = read_lines(results_file())
    found = [each for each in played(lines) if args.progress in {"", each.squad}]
    course = trends(found)
    if args.json:
        told = [
            {"squad": squad, "drill": drill, **{name: each.as_dict() for name, each in measured.items()}}
            for (squad, drill), measured in course.items()
        ]
        kept = [line for line in lines if "of" not in line and args.progress in {"", line.get("squad")}]
        setting.json({"results": kept, "drills": [each.as_dict() for each in found], "trends": told})
        return 0
    if not found:
        setting.tell("No drill was kept yet.")
        return 0
    titles = {name: setting.say(read_model(path, Drill)[0].title.text) for name, path in drills().items()}
    setting.out.print(drill_progress(found, course, titles, LETTERS, setting.say))
    return 0
