"""`lab`: a plan carried out over many seeds on every core, into a table that a later run goes on with."""

import argparse
import time
from pathlib import Path

from sim.command.setting import Setting
from sim.console.progress import progress
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.lab.sweep import Finding, judge, means, sweep
from sim.lab.trial import Given, Row, Trials
from sim.lab.workers import cores
from sim.scenario.plan import Plan
from sim.storage.orders import TimedOrder
from sim.storage.plans import read_plan, shipped_plans
from sim.storage.trial_table import TrialTable

NAME = "lab"
HELP = "try one scenario in several ways over many seeds, and hold what was expected against it"
EXAMPLE = "commonground lab petition_clearing --seeds 20 --out petition.csv"


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    known = ", ".join(shipped_plans())
    parser.add_argument("plan", metavar="PLAN", help=say("file of the plan, or one of: {known}", known=known))
    parser.add_argument(
        "--out", type=Path, required=True, metavar="TABLE", help=say("CSV table; a sweep that was cut short goes on")
    )
    parser.add_argument("--workers", type=int, metavar="N", help=say("processes (default: one for each core)"))
    parser.add_argument("--seeds", type=int, metavar="N", help=say("so many seeds instead of the plan's number"))
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Carries it out; exit 1 when a claim of the plan does not hold on these seeds."""
    workers = cores() if args.workers is None else args.workers
    if workers < 1 or (args.seeds is not None and args.seeds < 1):
        raise BadInput.of("bad-count", Phrase("at least one worker and one seed are needed"))
    read = read_plan(args.plan)
    plan = read.plan
    table = TrialTable(args.out, read.digest, [a.id for a in plan.arms], [m.id for m in plan.measures])
    wanted = range(plan.first_seed, plan.first_seed + (args.seeds or plan.seeds))
    missing = [seed for seed in wanted if seed not in table.seeds]
    there = len(wanted) - len(missing)
    if there:
        setting.tell("{number} of {seeds} seeds are in the table already", number=there, seeds=len(wanted))
    began = time.monotonic()
    with progress(setting.say("Seeds"), len(missing), quiet=setting.quiet) as show:
        sweep(
            Trials(plan, read.playbook, read.moment, _given(read.before), tuple(map(_given, read.after))),
            missing,
            workers=workers,
            came=lambda rows: table.add((r.seed, r.arm, r.refused, r.values, r.digest) for r in rows),
            done=show,
        )
    table.close()
    rows = [Row(*row) for row in table.rows if row[0] in wanted]
    findings = judge(plan, rows)
    if args.json:
        setting.json(_figures(plan, rows, findings, time.monotonic() - began))
    else:
        from sim.console.lab_table import lab_tables

        judged = [(each.claim, each.estimate, each.verdict) for each in findings]
        for part in lab_tables(plan, means(plan, rows), judged, _refused(plan, rows), len(wanted), setting.say):
            setting.out.print(part)
    return 0 if all(finding.verdict == "holds" for finding in findings) else 1


def _given(orders: tuple[TimedOrder, ...]) -> Given:
    return tuple((each.tick, each.order) for each in orders)


def _refused(plan: Plan, rows: list[Row]) -> dict[str, int]:
    """By arm: seeds in which an order of the plan was not carried out."""
    return {arm.id: sum(1 for row in rows if row.arm == arm.id and row.refused) for arm in plan.arms}


def _figures(plan: Plan, rows: list[Row], findings: list[Finding], seconds: float) -> dict[str, object]:
    refused = _refused(plan, rows)
    found = means(plan, rows)
    return {
        "plan": plan.id,
        "scenario": plan.scenario,
        "seeds": len({row.seed for row in rows}),
        "seconds": round(seconds, 1),
        "arms": [
            {
                "id": arm.id,
                "seeds_with_a_refused_order": refused[arm.id],
                "measures": {m.id: e.as_dict() for m, e in zip(plan.measures, found[arm.id], strict=True)},
            }
            for arm in plan.arms
        ],
        "claims": [
            {
                "id": each.claim.id,
                "says": each.claim.says.text,
                "measure": each.claim.measure,
                "above": each.claim.above,
                "below": each.claim.below,
                "contrast": each.estimate.as_dict(),
                "verdict": each.verdict,
            }
            for each in findings
        ],
    }
