"""`review`: every decision tried again with its alternatives, and what each was worth."""

import argparse
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from sim.command.finite import finite
from sim.command.replay import playbook_of
from sim.command.setting import Setting
from sim.command.weighing import add_weights, weights_in
from sim.console.progress import progress
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.core.tick import clock
from sim.lab.crew import lead
from sim.lab.workers import cores
from sim.review import Effort, Review, Reviewing, Work
from sim.review.branch import Branch
from sim.review.decision import decisions_of
from sim.review.futures import Futures, look_back
from sim.review.plain import moments_of, plain
from sim.scenario.rubric import Rubric
from sim.scenario.scenario import Playbook
from sim.scenario.variant import reweighed
from sim.storage.aside_file import keep_aside, read_aside
from sim.storage.journal_file import Record, read_journal
from sim.storage.keepsake import see_it_can_be_written
from sim.storage.pins import read_pins
from sim.storage.review_file import ReviewFile
from sim.world.order import Order

NAME = "review"
HELP = "run each decision again with its alternatives and compare"
EXAMPLE = "commonground review run.jsonl --budget 120 --report report.html"
USUAL = Effort()


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("journal", type=Path, help=say("journal file"))
    parser.add_argument(
        "--trials",
        type=int,
        default=USUAL.most,
        metavar="N",
        help=say("paired trials per alternative at most (default {number})", number=USUAL.most),
    )
    parser.add_argument(
        "--horizon",
        type=finite,
        default=USUAL.horizon_min,
        metavar="MIN",
        help=say("minutes each continuation runs on (default {number:g})", number=USUAL.horizon_min),
    )
    parser.add_argument(
        "--alternatives",
        type=int,
        default=USUAL.alternatives,
        metavar="N",
        help=say("alternatives per decision at most (default {number})", number=USUAL.alternatives),
    )
    parser.add_argument(
        "--luck",
        type=int,
        default=0,
        metavar="N",
        help=say("another set of trials, to see whether the verdicts stay (default 0)"),
    )
    parser.add_argument(
        "--pin",
        type=Path,
        metavar="FILE",
        help=say("compare these orders as well, each at the decision nearest to its time; kept beside the journal"),
    )
    parser.add_argument("--workers", type=int, metavar="N", help=say("processes; one per processor if left out"))
    parser.add_argument(
        "--budget",
        type=finite,
        metavar="SECONDS",
        help=say("stop after about this long and say what is missing"),
    )
    parser.add_argument(
        "--fresh",
        action="store_true",
        help=say("begin anew; else what an earlier review of this journal has carried out is taken over"),
    )
    parser.add_argument("--report", type=Path, metavar="FILE", help=say("write a page to read and print"))
    parser.add_argument("--pdf", type=Path, metavar="FILE", help=say("print that page to a PDF file"))
    parser.add_argument(
        "--where",
        action="store_true",
        help=say("of the decisions that count most: where the futures part, and what people there saw"),
    )
    add_weights(parser, say)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=say("print one JSON object"))
    form.add_argument(
        "--stream",
        action="store_true",
        help=say("print one JSON object a line, each decision when something new is known of it; the whole at the end"),
    )


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Reviews it and writes what was asked for; exit 1 when the same order did not reproduce the original."""
    from sim.console.card import review_table

    if args.trials < 2 or args.horizon <= 0 or args.alternatives < 2:
        raise BadInput.of(
            "bad-review", Phrase("a review needs at least two trials, two alternatives and a horizon above 0")
        )
    if not 0 <= args.luck < 1_000_000:
        raise BadInput.of("bad-review", Phrase("a set of trials has a number from 0 to 999999"))
    record = read_journal(args.journal)
    playbook = playbook_of(record)
    # What cannot be is said before anything is computed.
    see_it_can_be_written(args.report, args.pdf)
    rubric = reweighed(playbook.rubric, weights_in(args.weights)) if args.weights else None
    effort = Effort(
        batch=min(USUAL.batch, args.trials),
        most=args.trials,
        horizon_min=args.horizon,
        alternatives=args.alternatives,
        luck=args.luck,
    )
    aside = read_aside(args.journal)
    if args.pin is not None:
        aside.pins = read_pins(args.pin, playbook, decisions_of(record.entries))
        keep_aside(args.journal, aside)
    kept = ReviewFile(args.journal, record)
    reviewing = Reviewing(
        playbook,
        record.header.seed,
        record.entries,
        effort,
        record.header.memory,
        aside.pins,
        known={} if args.fresh else dict(kept.known),
        kept=_keeping(kept, setting),
    )
    began, interrupted = time.monotonic(), False
    with progress(setting.say("Reviewing decisions"), len(reviewing.decisions), quiet=setting.quiet) as show:

        def keep_going(now: Reviewing) -> bool:
            show(sum(study.settled for study in now.studies.values()))
            return args.budget is None or time.monotonic() - began < args.budget

        tell = _telling(args, setting, playbook, began)
        try:
            result = lead(reviewing, workers=args.workers or cores(), found=tell, keep_going=keep_going)
        except KeyboardInterrupt:
            # What is known is worth having, and what was carried out is kept.
            result, interrupted = reviewing.so_far(), True
    seconds = time.monotonic() - began
    override = aside.override
    _tell_pins(aside.pins, result, playbook, setting)
    figures = {
        "journal": str(args.journal),
        "scenario": record.header.scenario,
        "seed": record.header.seed,
        "wall_s": round(seconds, 2),
        "seconds_per_continuation": round(seconds / result.continuations, 4) if result.continuations else None,
        "override": None if override is None else asdict(override),
        **plain(result),
    }
    if args.json:
        setting.json(figures)
    elif args.stream:
        setting.json_line({"news": "review", **figures})
    else:
        setting.out.print(review_table(result, setting.say, playbook, seconds))
        if override is not None:
            setting.out.print(setting.say(override.beside(override.machine)), markup=False)
    if interrupted:
        return 130
    _draw(args, setting, record, playbook, result, rubric)
    return 0 if all(m.reproduces for m in result.moments) else 1


def _tell_pins(pins: Sequence[tuple[int, Order]], review: Review, playbook: Playbook, setting: Setting) -> None:
    """Says how many of what was pinned does not stand among the alternatives, where that is not plain."""
    for moment in review.moments:
        wanted = sum(number == moment.number for number, _ in pins)
        there = sum(each.source in {"pinned", "unlawful"} for each in moment.alternatives[1:])
        if wanted > there:
            setting.tell(
                "At {clock} not compared although pinned: {number} orders, not possible then or in the list already",
                clock=clock(moment.tick, playbook.scenario.start_min),
                number=wanted - there,
            )


def _telling(
    args: argparse.Namespace, setting: Setting, playbook: Playbook, began: float
) -> Callable[[Review], object]:
    """Says what is new while the review goes on: as lines of JSON, or in words beside the progress."""
    from sim.console.news import News
    from sim.seat.words import Words

    if not args.stream:
        news = News(Words(playbook, setting.say))

        def say(review: Review) -> None:
            for line in news.of(review):
                setting.err.print(line, markup=False, soft_wrap=True)

        return say
    sent: dict[int, object] = {}

    def send(review: Review) -> None:
        for number, moment in moments_of(review).items():
            known = (moment["verdict"], moment["trials"], moment["first_look"], moment["settled"])
            if sent.get(number) != known:
                sent[number] = known
                setting.json_line({"news": "decision", "after_s": round(time.monotonic() - began, 2), **moment})

    return send


def _keeping(kept: ReviewFile, setting: Setting) -> Callable[[Work, Branch], None]:
    """Keeps what comes back beside the journal, as long as something can be written there."""
    able = True

    def keep(work: Work, branch: Branch) -> None:
        nonlocal able
        if not able:
            return
        try:
            kept.keep(work, branch)
        except OSError as wrong:
            able = False
            why = str(wrong.strerror)
            setting.tell("What is carried out cannot be kept in {file}: {why}", file=str(kept.path), why=why)

    return keep


def _draw(
    args: argparse.Namespace,
    setting: Setting,
    record: Record,
    playbook: Playbook,
    result: Review,
    rubric: Rubric | None,
) -> None:
    """What takes the run to be gone through once more: the report, and where the futures part."""
    from sim.console.parting import parting_lines
    from sim.seat.words import Words

    futures: Mapping[int, Futures] = {}
    told = args.where and not (args.json or args.stream)
    if args.report is not None or args.pdf is not None:
        futures = _write(args, setting, record, playbook, result, rubric)
    elif told:
        futures = _carried_on(setting, record, playbook, result)
    if told:
        setting.out.print(parting_lines(result, futures, Words(playbook, setting.say)))


def _write(
    args: argparse.Namespace,
    setting: Setting,
    record: Record,
    playbook: Playbook,
    result: Review,
    rubric: Rubric | None,
) -> Mapping[int, Futures]:
    """The report as a page, on paper, or both; the page first, since it stays when there is nothing to print with.

    Returns the futures that were drawn for it.
    """
    from sim.command.story import story_of
    from sim.storage.paper import print_page
    from sim.storage.report import write_report

    last = max((entry.tick for entry in record.entries), default=0)
    with progress(setting.say("Drawing the pictures"), last, quiet=setting.quiet) as show:
        story = story_of(
            args.journal, record, playbook, review=result, rubric=rubric, tell=lambda tick, of: show(min(tick, last))
        )
    with tempfile.TemporaryDirectory(prefix="commonground-") as folder:
        page = args.report if args.report is not None else Path(folder) / "report.html"
        try:
            page.parent.mkdir(parents=True, exist_ok=True)
            write_report(page, story, setting.say)
        except OSError as wrong:
            raise BadInput.of(
                "cannot-write", Phrase("{file} cannot be written: {why}", file=str(page), why=str(wrong.strerror))
            ) from wrong
        if args.report is not None and not (args.json or args.stream):
            setting.out.print(setting.say("Report:  {file}", file=str(page)), markup=False)
        if args.pdf is not None:
            print_page(page, args.pdf)
            if not (args.json or args.stream):
                setting.out.print(setting.say("Printed: {file}", file=str(args.pdf)), markup=False)
    return story.futures


def _carried_on(setting: Setting, record: Record, playbook: Playbook, result: Review) -> Mapping[int, Futures]:
    """The futures a report would draw, without the report."""
    from sim.command.story import worth_two_maps

    last = max((entry.tick for entry in record.entries), default=0)
    with progress(setting.say("Carrying one trial on twice"), last, quiet=setting.quiet) as show:
        _, futures = look_back(
            playbook,
            record.header.seed,
            record.entries,
            moments={moment.number: moment for moment in result.moments},
            wishes=worth_two_maps(result),
            memory=record.header.memory,
            tell=lambda tick, of: show(min(tick, last)),
        )
    return futures
