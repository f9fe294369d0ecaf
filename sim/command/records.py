"""`records`: what people and squads have done, under pseudonyms; entered, looked at, handed out, let go."""

import argparse
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.table import Table

from sim.command.entering import attended, enter, opened
from sim.command.setting import Setting
from sim.command.whose import add_records
from sim.core.errors import BadInput
from sim.core.phrase import LText, Phrase
from sim.core.speech import Speech
from sim.storage.records.register import Register
from sim.storage.records.result import Attendance

NAME = "records"
HELP = "results of people and squads, under pseudonyms"
EXAMPLE = "commonground records add run.jsonl --person T-17"
BARS = "▁▂▃▄▅▆▇█"


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    does = parser.add_subparsers(dest="does", metavar=say("WHAT"), required=True)

    def sub(name: str, help_: str) -> argparse.ArgumentParser:
        made = does.add_parser(name, help=help_, description=help_)
        add_records(made, say)
        for flag, what in (
            ("--quiet", "no progress, no notices"),
            ("--debug", "show a traceback when something fails"),
        ):
            made.add_argument(flag, action="store_true", default=argparse.SUPPRESS, help=say(what))
        made.add_argument("--lang", choices=("en", "zh"), default=argparse.SUPPRESS, help=say("language: en or zh"))
        made.add_argument("--json", action="store_true", help=say("print one JSON object"))
        return made

    add = sub("add", say("enter a finished run"))
    add.add_argument("journal", type=Path, help=say("journal file"))
    add.add_argument(
        "--person", action="append", default=[], metavar="ID[:SEAT]", help=say("who played (again for more)")
    )
    add.add_argument("--squad", default="", metavar="ID", help=say("squad they played as"))
    add.add_argument("--drill", default="", metavar="ID", help=say("drill it was"))
    for name, help_ in (
        ("list", say("list runs")),
        ("progress", say("results over time, as a chart")),
        ("csv", say("write runs as a table for a spreadsheet")),
        ("xapi", say("write runs as xAPI statements for a learning record store")),
    ):
        made = sub(name, help_)
        made.add_argument("--person", default="", metavar="ID", help=say("only this person"))
        if name != "xapi":
            made.add_argument("--squad", default="", metavar="ID", help=say("only this squad"))
        if name in {"csv", "xapi"}:
            made.add_argument("out", type=Path, metavar="FILE", help=say("file to write"))
        if name == "progress":
            made.add_argument("--html", type=Path, metavar="FILE", help=say("write it as a page"))
        if name == "xapi":
            made.add_argument("--home-page", default="", metavar="URL", help=say("address of your academy"))
    named = sub("name", say("keep the name behind a pseudonym, apart from everything else"))
    named.add_argument("person", metavar="ID", help=say("pseudonym"))
    named.add_argument("name", metavar="NAME", help=say("name"))
    kept = sub("retention", say("how long runs are kept"))
    kept.add_argument("days", nargs="?", type=int, metavar="DAYS", help=say("from now on, so many days"))
    sub("purge", say("let go of runs whose time is over"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Does what was asked for."""
    register = opened(args)
    try:
        DOES[args.does](args, setting, register)
    finally:
        register.close()
    return 0


def _say(args: argparse.Namespace, setting: Setting, data: Mapping[str, Any], line: str) -> None:
    if args.json:
        setting.json(dict(data))
    else:
        setting.out.print(line, markup=False, soft_wrap=True)


def _add(args: argparse.Namespace, setting: Setting, register: Register) -> None:
    seats = {}
    for each in args.person:
        person, _, seat = str(each).partition(":")
        seats[person] = seat or "commander"
    if not seats and not args.squad:
        raise BadInput.of("nobody-named", Phrase("say who played: --person ID, or --squad ID"))
    who, squad = tuple(sorted(seats.items())), args.squad or None
    if args.drill:
        attendance = Attendance(seats=who, squad=squad, drill=args.drill)
    else:
        attendance = attended(args.journal, seats=who, squad=squad)
    new = enter(register, args.journal, attendance)
    say = setting.say
    _say(
        args,
        setting,
        {"entered": new},
        say("Entered.") if new else say("This run was entered before; nothing changed."),
    )


def _list(args: argparse.Namespace, setting: Setting, register: Register) -> None:
    runs = register.runs(args.person, args.squad)
    if args.json:
        setting.json({"runs": runs})
        return
    say = setting.say
    table = Table()
    for title in ("When", "Scenario", "Who", "Squad", "Score", "Grade", "Gates"):
        table.add_column(say(title))
    for run in runs:
        table.add_row(
            str(run["ended"])[:16].replace("T", " "),
            say(_title(str(run["drill"] or run["scenario"]))),
            ", ".join(f"{s['person']} ({s['seat']})" for s in run["seats"]),
            str(run["squad"] or ""),
            "" if run["total"] is None else f"{run['total']:.1f}",
            str(run["grade"] or ""),
            str(run["gates"]).replace("+", ", "),
        )
    setting.out.print(table if runs else say("There are no runs."))


def _progress(args: argparse.Namespace, setting: Setting, register: Register) -> None:
    runs = [run for run in register.runs(args.person, args.squad) if run["total"] is not None]
    if args.html is not None:
        from sim.storage.records.page import write_progress

        write_progress(args.html, runs, args.person or args.squad, _title, setting.say)
    if args.json:
        keys = ("ended", "scenario", "drill", "total", "grade", "gates")
        setting.json({"runs": [{key: run[key] for key in keys} for run in runs]})
        return
    say = setting.say
    if not runs:
        setting.out.print(say("There are no runs."))
        return
    bars = "".join(BARS[min(7, int(float(run["total"]) / 12.5))] for run in runs)
    setting.out.print(f"{bars}  {runs[0]['total']:.1f} → {runs[-1]['total']:.1f}", markup=False)
    for run in runs:
        where = say(_title(str(run["drill"] or run["scenario"])))
        setting.out.print(f"{str(run['ended'])[:10]}  {run['total']:5.1f} {run['grade'] or '-'}  {where}", markup=False)
    if args.html is not None:
        setting.out.print(say("Written: {file}", file=str(args.html)), markup=False, soft_wrap=True)


def _csv(args: argparse.Namespace, setting: Setting, register: Register) -> None:
    from sim.storage.keepsake import write_whole
    from sim.storage.records.sheet import runs_sheet

    write_whole(args.out, runs_sheet(register, args.person, args.squad))
    _written(args, setting)


def _xapi(args: argparse.Namespace, setting: Setting, register: Register) -> None:
    from sim.storage.keepsake import write_whole
    from sim.storage.records.xapi import HOME_PAGE, statements

    found = statements(register, _titles(register), args.person, args.home_page or HOME_PAGE)
    write_whole(args.out, json.dumps(found, ensure_ascii=False, allow_nan=False, indent=1).encode())
    _written(args, setting)


def _written(args: argparse.Namespace, setting: Setting) -> None:
    _say(args, setting, {"file": str(args.out)}, setting.say("Written: {file}", file=str(args.out)))


def _name(args: argparse.Namespace, setting: Setting, register: Register) -> None:
    from sim.storage.records.register import check_pseudonym

    check_pseudonym(args.person)
    register.identity.keep(args.person, args.name)
    _say(args, setting, {"named": args.person}, setting.say("Kept, apart from the records."))


def _retention(args: argparse.Namespace, setting: Setting, register: Register) -> None:
    if args.days is not None:
        register.keep_for(args.days)
    days = register.retention_days()
    _say(args, setting, {"retention_days": days}, setting.say("Runs are kept for {days} days.", days=days))


def _purge(args: argparse.Namespace, setting: Setting, register: Register) -> None:
    gone = register.purge(datetime.now(UTC).date())
    _say(args, setting, {"purged": gone}, setting.say("Runs let go: {number}", number=gone))


def _titles(register: Register) -> dict[str, LText]:
    names = set()
    for run in register.runs():
        names |= {
            str(run["drill"] or run["scenario"]),
            *(str(d["response"]) for d in register.decisions(str(run["id"]))),
        }
    return {name: _title(name) for name in sorted(names)}


def _title(name: str) -> LText:
    """What a drill, a scenario or a response is called; its id where it is none of ours."""
    from sim.storage.titles import title_of

    return title_of(name)


DOES: dict[str, Callable[[argparse.Namespace, Setting, Register], None]] = {
    "add": _add,
    "list": _list,
    "progress": _progress,
    "csv": _csv,
    "xapi": _xapi,
    "name": _name,
    "retention": _retention,
    "purge": _purge,
}
