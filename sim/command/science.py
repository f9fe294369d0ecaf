"""`science`: the model against published facts, and set-ups of one's own through the same experiments."""

import argparse
from pathlib import Path
from typing import Any

from sim.command.setting import Setting
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech

NAME = "science"
HELP = "the model against published facts: fact, source, expected, measured, verdict"
EXAMPLE = "commonground science --only O2 --only O12"


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("--only", action="append", metavar="ID", help=say("only this row; may be given again"))
    parser.add_argument("--fast", action="store_true", help=say("fewer seeds and set-ups, enough to notice a break"))
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help=say("measure the set-ups of this file instead (docs/science.md)")
    )
    parser.add_argument("--list", action="store_true", help=say("list rows and experiments with their parameters"))
    parser.add_argument("--page", type=Path, metavar="DIR", help=say("write the page with figures into this folder"))
    parser.add_argument("--workers", type=int, metavar="N", help=say("processes (default: one for each core)"))
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Measures; exit 1 when a row does not hold, a control does not fail, or a figure is not as expected."""
    if args.config is not None:
        if args.only or args.page or args.fast:
            raise BadInput.of("bad-science", Phrase("--config goes without --only, --fast and --page"))
        return _enquire(args, setting)
    if args.list:
        return _list(args, setting)
    return _judge(args, setting)


def _workers(args: argparse.Namespace) -> int:
    from sim.lab.workers import cores

    return args.workers if args.workers and args.workers > 0 else cores()


def _judge(args: argparse.Namespace, setting: Setting) -> int:
    from sim.console.progress import progress
    from sim.console.verdicts import verdicts_table
    from sim.lab.trials import judge_rows
    from sim.science.row import ROWS
    from sim.storage.faults import nearest
    from sim.storage.keepsake import see_it_can_be_written
    from sim.storage.science_page import need_plots, write_science_page

    unknown = [name for name in args.only or () if name not in ROWS]
    if unknown:
        close = nearest(unknown[0].upper(), ROWS)
        raise BadInput.of(
            "unknown-row",
            Phrase("there is no row called {name}", name=unknown[0]),
            hint=Phrase("did you mean {name}?", name=close)
            if close
            else Phrase("there are: {known}", known=", ".join(ROWS)),
        )
    if args.page is not None:
        need_plots()
        see_it_can_be_written(args.page / "science.md")
    rows = [ROWS[name] for name in ROWS if not args.only or name in args.only]
    trials = sum(
        len(case.seeds)
        for row in rows
        for part in (row.cases(fast=args.fast), row.control(fast=args.fast))
        for case in part.values()
    )
    with progress(setting.say("Trying {rows} rows", rows=len(rows)), trials, quiet=setting.quiet) as show:
        verdicts = judge_rows(rows, fast=args.fast, workers=_workers(args), done=lambda number, of: show(number))
    if args.page is not None:
        for path in write_science_page(args.page, verdicts, fast=args.fast):
            setting.tell("Written: {file}", file=str(path))
    if args.json:
        setting.json({"fast": args.fast, "rows": [verdict.as_dict() for verdict in verdicts]})
    else:
        setting.out.print(verdicts_table(verdicts, setting.say))
    return 0 if all(verdict.holds and verdict.control_fails for verdict in verdicts) else 1


def _enquire(args: argparse.Namespace, setting: Setting) -> int:
    from sim.console.progress import progress
    from sim.console.verdicts import answers_table
    from sim.lab.trials import answer
    from sim.science.enquiry import Enquiry
    from sim.storage.library import read_model

    enquiry, _, _ = read_model(args.config, Enquiry)
    trials = sum(len(case.seeds) for _, case, _ in enquiry.cases())
    with progress(setting.say("Measuring"), trials, quiet=setting.quiet) as show:
        answers = answer(enquiry, workers=_workers(args), done=lambda number, of: show(number))
    if args.json:
        setting.json(
            {
                "experiments": [
                    {
                        "name": each.name,
                        "setup": each.case.experiment.model_dump(),
                        "seeds": list(each.case.seeds),
                        "figures": each.figures(),
                        "series": each.series(),
                    }
                    for each in answers
                ]
            }
        )
    else:
        setting.out.print(answers_table(answers, setting.say))
    return 0 if all(figure["holds"] is not False for each in answers for figure in each.figures()) else 1


def _list(args: argparse.Namespace, setting: Setting) -> int:
    from sim.console.verdicts import catalogue
    from sim.science.experiment import EXPERIMENTS
    from sim.science.row import ROWS

    if args.json:
        rows: list[dict[str, Any]] = [
            {"id": row.id, "fact": row.fact, "source": row.source, "expected": row.expected, "standing": row.standing}
            for row in ROWS.values()
        ]
        experiments = {name: kind.model_json_schema() for name, kind in EXPERIMENTS.items()}
        setting.json({"rows": rows, "experiments": experiments})
    else:
        setting.out.print(catalogue(ROWS.values(), EXPERIMENTS, setting.say))
    return 0
