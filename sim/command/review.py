"""`review`: what each decision was worth against holding and against the doctrine player's choice."""

import argparse
import time
from pathlib import Path

from sim.command.replay import playbook_of
from sim.command.setting import Setting
from sim.console.progress import progress
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.review import review
from sim.review.review import HORIZON_MIN, TRIALS
from sim.storage.journal_file import read_journal

NAME = "review"
HELP = "run each decision again with its alternatives and compare"
EXAMPLE = "commonground review run.jsonl --trials 8 --budget 120 --json"


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("journal", type=Path, help=say("journal file"))
    parser.add_argument(
        "--trials",
        type=int,
        default=TRIALS,
        metavar="N",
        help=say("paired trials per alternative (default 8)"),
    )
    parser.add_argument(
        "--horizon",
        type=float,
        default=HORIZON_MIN,
        metavar="MIN",
        help=say("minutes each continuation runs on (default 20)"),
    )
    parser.add_argument(
        "--budget",
        type=float,
        metavar="SECONDS",
        help=say("stop after about this long and say what is missing"),
    )
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Reviews it; exit 1 when continuing with the same order did not reproduce the original."""
    from sim.console.card import review_table

    if args.trials < 2 or args.horizon <= 0:
        raise BadInput.of("bad-review", Phrase("a review needs at least two trials and a horizon above 0"))
    record = read_journal(args.journal)
    playbook = playbook_of(record)
    began = time.monotonic()
    decisions = sum(1 for e in record.entries if e.kind == "order")
    with progress(setting.say("Reviewing decisions"), decisions, quiet=setting.quiet) as show:

        def keep_going(done: int, of: int) -> bool:
            show(done)
            return args.budget is None or time.monotonic() - began < args.budget

        result = review(
            playbook,
            record.header.seed,
            record.entries,
            trials=args.trials,
            horizon_min=args.horizon,
            keep_going=keep_going,
            memory=record.header.memory,
        )
    seconds = time.monotonic() - began
    figures = {
        "journal": str(args.journal),
        "scenario": record.header.scenario,
        "seed": record.header.seed,
        "wall_s": round(seconds, 2),
        "seconds_per_continuation": round(seconds / result.continuations, 4) if result.continuations else None,
        **result.as_dict(),
    }
    if args.json:
        setting.json(figures)
    else:
        setting.out.print(review_table(figures, setting.say, playbook))
    return 0 if all(m.same_reproduces for m in result.moments) else 1
