"""Stability: the same run reviewed with one set of trials after another, and how often a verdict comes out the same.

`python -m tests.review.stable RUN.jsonl --lucks 10 --decisions 3` prints the verdicts of each decision. A verdict is
graded when the review commits itself; "between", "contested" and "cannot tell" are abstentions. Agreement is the share
of graded verdicts that are the most frequent one of their decision.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sim.command.replay import playbook_of
from sim.exercise.exercise import Exercise
from sim.exercise.save import load
from sim.review import Effort, Reviewing, Study, carry_out
from sim.review.verdict import NAMES
from sim.storage.journal_file import read_journal

GRADED = {*NAMES, "great", "unlawful", "forced"}


def agreement(by_decision: Sequence[Sequence[str]]) -> float:
    """Share of graded verdicts that are the most frequent one of their decision; 1 where nothing is graded.

    Args:
        by_decision: for each decision its verdicts, one a set of trials.
    """
    graded = [Counter(verdict for verdict in verdicts if verdict in GRADED) for verdicts in by_decision]
    whole = sum(sum(each.values()) for each in graded)
    return sum(max(each.values()) for each in graded if each) / whole if whole else 1.0


def chosen(number: int, wanted: int) -> set[int]:
    """So many of 1 .. number, evenly, each from the middle of its stretch."""
    wanted = min(number, wanted)
    return {1 + int((k + 0.5) * number / wanted) for k in range(wanted)}


def verdict_of(run: Exercise, study: Study, luck: int) -> Study:
    """The decision judged by one set of trials; `study` is left as it is."""
    again = Study(
        study.decision,
        study.candidates,
        replace(study.effort, luck=luck),
        study.horizon_tick,
        study.reproduces,
    )
    while not again.decided:
        for work in list(again.batch()):
            again.take(work, carry_out(run, work, study.decision.following))
    return again


def main() -> int:
    """Prints a line for each decision and the agreement of all; 1 below nine of ten."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("journals", nargs="+", type=Path)
    parser.add_argument("--lucks", type=int, default=10)
    parser.add_argument("--decisions", type=int, default=3)
    parser.add_argument("--alternatives", type=int, default=4)
    parser.add_argument("--trials", type=int, default=8)
    parser.add_argument("--horizon", type=float, default=Effort().horizon_min)
    parser.add_argument("--rows", type=Path)
    args = parser.parse_args()
    effort = Effort(most=args.trials, horizon_min=args.horizon, alternatives=args.alternatives)
    found: list[list[str]] = []
    for path in args.journals:
        record = read_journal(path)
        reviewing = Reviewing(playbook_of(record), record.header.seed, record.entries, effort, record.header.memory)
        wanted = chosen(len(reviewing.decisions), args.decisions)
        opened = Exercise(reviewing.playbook, record.header.seed, sealed=False, memory=record.header.memory)
        while (study := reviewing.open_next()) is not None:
            state = reviewing.states.pop(study.decision.number)
            if study.decision.number not in wanted:
                continue
            began, run = time.monotonic(), load(opened, state)
            ends = [verdict_of(run, study, luck) for luck in range(args.lucks)]
            found.append([each.verdict for each in ends])
            row = {
                "journal": path.name,
                "decision": study.decision.number,
                "order": study.candidates[0].response,
                "reproduces": study.reproduces,
                "verdicts": found[-1],
                "regret": [round(each.regret("doctrine").mean, 2) for each in ends],
                "best": [each.candidates[each.best].response for each in ends],
                "seconds": round(time.monotonic() - began, 1),
            }
            sys.stdout.write(json.dumps(row) + "\n")
            sys.stdout.flush()
            if args.rows:
                with args.rows.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(row) + "\n")
    graded = sum(verdict in GRADED for verdicts in found for verdict in verdicts)
    share = agreement(found)
    sys.stdout.write(f"{len(found)} decisions, {graded} graded verdicts, {share:.3f} the most frequent of theirs\n")
    return 0 if share >= 0.9 else 1


if __name__ == "__main__":
    sys.exit(main())
