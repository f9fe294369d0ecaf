"""`horizon`: how far ahead the review has to look, measured on continuations that are played on to their end."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from sim.command.seed import check_seed
from sim.command.setting import Setting
from sim.console.progress import progress
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.exercise.player import PLAYERS
from sim.lab.horizon import Sample, rows_of
from sim.lab.ranking import Found, found_of, read_rows
from sim.review.first_look import LOOK_MIN
from sim.storage.keepsake import add_line
from sim.storage.library import load_playbook

NAME = "horizon"
HELP = "how well values at the horizon of a review rank alternatives against playing on to the end"
EXAMPLE = "commonground horizon first_steps --player passive --rows rows.jsonl --write docs/review.md"
RULE = "---|"
BEGIN, END = "<!-- measured by `horizon` -->", "<!-- end -->"


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=say("scenarios to take decisions from"))
    parser.add_argument("--player", choices=sorted(PLAYERS), default="passive", help=say("whose decisions"))
    parser.add_argument("--seed", type=int, default=1, help=say("seed of the random events (default 1)"))
    for flag, usual, what in (
        ("--decisions", 3, "decisions of each run (default {number})"),
        ("--alternatives", 4, "alternatives of each decision (default {number})"),
        ("--trials", 2, "trials of each alternative (default {number})"),
    ):
        parser.add_argument(flag, type=int, default=usual, metavar="N", help=say(what, number=usual))
    parser.add_argument(
        "--rows", type=Path, metavar="FILE", help=say("keep the continuations in this file, and go on from it")
    )
    parser.add_argument(
        "--write", type=Path, metavar="PAGE", help=say("write the figures into this page, between its marks")
    )
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Measures; exit 1 when no horizon ranks well enough."""
    check_seed(args.seed)
    if min(args.decisions, args.trials) < 1 or args.alternatives < 2:
        raise BadInput.of("bad-count", Phrase("a ranking needs a decision, a trial and two alternatives at least"))
    rows = read_rows(args.rows) if args.rows and args.rows.exists() else []
    sample = Sample(args.decisions, args.alternatives, args.trials)
    with progress(setting.say("Scenarios"), len(args.scenarios), quiet=setting.quiet) as show:
        for k, name in enumerate(args.scenarios):
            done = {row.place for row in rows}
            playbook = load_playbook(name)
            here = (playbook.scenario.id, args.player, args.seed)
            found = rows_of(
                playbook,
                args.player,
                args.seed,
                sample,
                done=lambda d, h=here, n=done: (*h, d) in n,  # type: ignore[misc]
            )
            for row in found:
                rows.append(row)
                if args.rows:
                    add_line(args.rows, row.as_dict())
            show(k + 1)
    if not rows:
        raise BadInput.of("no-rows", Phrase("there is nothing to rank: name a scenario, or a file of continuations"))
    result = found_of(rows)
    if args.write:
        _write(args.write, result)
    if args.json:
        setting.json(result.as_dict())
    else:
        setting.out.print(
            "\n".join(setting.say(line) if line else "" for line in _lines(result)), markup=False, soft_wrap=True
        )
    return 0 if result.horizon is not None else 1


def _lines(result: Found) -> list[Phrase | str]:
    """The figures as the tables of a page."""
    lines: list[Phrase | str] = [
        Phrase(
            "{continuations} continuations of {decisions} decisions ({runs}), each played on to the end on the scene.",
            continuations=result.continuations,
            decisions=result.decisions,
            runs=", ".join(result.runs),
        ),
        "",
        Phrase(
            "| minutes ahead | tau of pairs 2 points apart, outlook fitted to the other half | pairs | tau of all"
            " | points lost | outlook as it is used | without outlook |"
        ),
        "|" + 7 * RULE,
    ]
    for own, used, bare in zip(result.refitted, result.with_outlook, result.score_alone, strict=True):
        cells = (f"{own.minutes:g}", f"{own.tau_apart:.2f}", str(own.pairs), f"{own.tau:.2f}", f"{own.lost:.2f}")
        lines.append(f"| {' | '.join((*cells, f'{used.tau_apart:.2f}', f'{bare.tau_apart:.2f}'))} |")
    minutes = " | ".join(f"{each.minutes:g}" for each in result.with_outlook)
    lines += [
        "",
        Phrase("| scenario alone, tau by minutes ahead | pairs | {minutes} | far enough |", minutes=minutes),
        "|" + (3 + len(result.with_outlook)) * RULE,
    ]
    for alone in result.by_scenario:
        taus = " | ".join(f"{each.tau_apart:.2f}" for each in alone.standings)
        enough = "–" if alone.horizon is None else f"{alone.horizon:g}"
        lines.append(f"| {alone.scenario} | {max(each.pairs for each in alone.standings)} | {taus} | {enough} |")
    lines += [
        "",
        Phrase(
            "| scenario | trials to be within 1.5 points, each its own luck | the same luck | times fewer"
            " | times fewer, middle decision |"
        ),
        "|" + 5 * RULE,
    ]
    for each in result.pairings:
        middle = "∞" if each.middle is None else f"{each.middle:.1f}"
        lines.append(f"| {each.scenario} | {each.independent:.1f} | {each.paired:.1f} | {each.gain:.1f} | {middle} |")
    lines += [
        "",
        Phrase("| first look, {minutes:g} min ahead | 19 of 20 within, points | cases |", minutes=LOOK_MIN),
        "|" + 3 * RULE,
    ]
    for name, near in result.near:
        figures = f"{'–' if near.off is None else f'{near.off:.1f}'} | {near.cases}"
        lines.append(f"| {name} | {figures} |" if name else Phrase("| all of them | {figures} |", figures=figures))
    return lines


def _english(lines: Sequence[Phrase | str]) -> str:
    return "\n".join(line if isinstance(line, str) else line.english() for line in lines)


def _write(page: Path, result: Found) -> None:
    """Puts the figures between the marks of a page.

    Raises:
        BadInput: the page has no marks, or cannot be read.
    """
    try:
        text = page.read_text(encoding="utf-8")
    except OSError as wrong:
        raise BadInput.of(
            "unreadable", Phrase("{file} cannot be read: {why}", file=str(page), why=str(wrong.strerror))
        ) from wrong
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise BadInput.of("no-marks", Phrase("{file} has no marks to write between", file=str(page)))
    page.write_text(before + BEGIN + "\n" + _english(_lines(result)) + "\n" + end + after, encoding="utf-8")
