"""`run`: one headless exercise, by an automatic player or an order file."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from sim.command.finite import finite
from sim.command.preparing import prepare_simulation
from sim.command.seed import check_seed
from sim.command.setting import Setting
from sim.command.whose import add_person
from sim.console.progress import progress
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.exercise.exercise import Exercise
from sim.exercise.player import PLAYERS, play
from sim.exercise.refusal import Refusal, refusal
from sim.exercise.remember import community_of
from sim.measures.record import Record
from sim.scoring import facts_of, objectives, score, summary
from sim.seat.aside import Aside, own_total
from sim.seat.questions import all_questions
from sim.seat.words import Words
from sim.storage.campaign import Campaign, read_campaign, remember
from sim.storage.journal_file import Header, write_journal
from sim.storage.keepsake import see_it_can_be_written
from sim.storage.library import load_playbook
from sim.storage.model_card import remark_on
from sim.storage.orders import TimedOrder, read_orders

NAME = "run"
HELP = "run one exercise without a screen"
EXAMPLE = "commonground run taxi_ring_square --player doctrine --seed 7 --journal run.jsonl --json"


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("scenario", help=say("id or file of the scenario"))
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--player", choices=sorted(PLAYERS), help=say("automatic player"))
    who.add_argument("--orders", type=Path, metavar="FILE", help=say("YAML file with the orders to give"))
    parser.add_argument("--seed", type=int, default=1, help=say("seed of the random events (default 1)"))
    parser.add_argument("--journal", type=Path, metavar="FILE", help=say("write the journal here"))
    parser.add_argument(
        "--threads",
        type=int,
        default=1,
        metavar="N",
        help=say("threads the kernels may use; the result is the same for any number"),
    )
    parser.add_argument("--until", type=finite, metavar="MIN", help=say("stop at this scenario minute"))
    add_campaign(parser, say)
    add_person(parser, say)
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Runs it and prints the result."""
    check_seed(args.seed)
    if args.person and not args.journal:
        raise BadInput.of("no-journal", Phrase("to enter a result its journal is needed: add --journal FILE"))
    if args.threads < 1:
        raise BadInput.of("bad-threads", Phrase("at least one thread is needed"))
    see_it_can_be_written(args.journal, args.campaign)
    enter = entering(args, setting)
    playbook = load_playbook(args.scenario)
    orders = read_orders(args.orders, playbook) if args.orders else ()
    campaign = read_campaign(args.campaign) if args.campaign else Campaign()
    prepare_simulation(playbook, setting)
    exercise = Exercise(playbook, args.seed, memory=campaign.memory_for(community_of(playbook)))
    until = None if args.until is None else max(0, exercise.world.setting.tick(args.until))
    on_scene = exercise.world.setting
    last = on_scene.tick(on_scene.last_min) if until is None else until
    # The days after pass in hours: to the bar they are the end.
    whole = min(last, on_scene.tick(on_scene.end_min))
    with progress(setting.say("Simulating"), whole, quiet=setting.quiet) as show:
        if args.player:
            play(exercise, PLAYERS[args.player](), until=until, progress=lambda run: show(min(run.tick_now, whole)))
            refused: tuple[Refusal, ...] | None = None
        else:
            refused = follow(exercise, orders, last, lambda tick: show(min(tick, whole)))
    if exercise.outcome is None:
        exercise.stop()
    header = Header(
        scenario=args.scenario,
        playbook=playbook.digest,
        seed=args.seed,
        player=args.player or "orders",
        memory=exercise.memory,
    )
    if args.journal:
        write_journal(args.journal, header, exercise.journal)
    if args.campaign:
        remember(args.campaign, header, exercise.journal)
    if enter is not None:
        enter(args.journal)
    print_result(exercise, header, setting, as_json=args.json, refused=refused)
    return 0


def entering(args: argparse.Namespace, setting: Setting) -> Callable[[Path], None] | None:
    """What enters a finished run in the records, where somebody said under which pseudonym; raises as that does."""
    if not args.person:
        return None
    from sim.command.entering import own_entering

    return own_entering(args, setting)


def add_campaign(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds `--campaign FILE`."""
    parser.add_argument(
        "--campaign",
        type=Path,
        metavar="FILE",
        help=say("what the community remembers: read before the run if it is there, written after it"),
    )


def follow(
    exercise: Exercise, orders: tuple[TimedOrder, ...], last: int, show: Callable[[int], None]
) -> tuple[Refusal, ...]:
    """Gives each order at its tick and runs to the last tick or the end; returns what was refused, and why."""
    refused = []
    for each in (*orders, None):
        stop = last if each is None else min(each.tick, last)
        while exercise.outcome is None and exercise.tick_now < stop:
            exercise.run_until(min(stop, exercise.tick_now + 600))
            show(exercise.tick_now)
        if each is not None and exercise.outcome is None and each.tick <= last:
            ruling = exercise.order(each.order)
            if not ruling.accepted:
                refused.append(refusal(exercise.playbook, exercise.minute, each.order, ruling, each.line))
    return tuple(refused)


def print_result(
    exercise: Exercise,
    header: Header,
    setting: Setting,
    *,
    as_json: bool,
    aside: Aside | None = None,
    refused: Sequence[Refusal] | None = None,
) -> None:
    """The result of a finished run, as JSON or as a score card.

    With what people said of it, questions stand below; with the orders of a file, those that were `refused`.
    """
    from sim.console.card import result_card
    from sim.console.refused import refused_table

    playbook = exercise.playbook
    facts = facts_of(playbook)
    result = score(exercise.journal, playbook.rubric, facts)
    figures = {
        "scenario": playbook.scenario.id,
        "seed": exercise.seed,
        "player": header.player,
        **summary(exercise.journal),
        "score": result.as_dict(),
        "objectives": [each.as_dict() for each in objectives(exercise.journal, playbook.scenario, facts)],
    }
    figures["fragile"] = remark_on(playbook, header.scenario, result.grade)
    if refused is not None:
        figures["refused"] = [each.as_dict() for each in refused]
    if aside is not None:
        asked = all_questions(
            Record.of(exercise.journal, facts), Words(playbook, setting.say), result, None, aside.bookmarks
        )
        figures |= {"own_total": own_total(aside.own_score, result), "questions": asked}
    if as_json:
        setting.json(figures)
    else:
        setting.out.print(result_card(figures, playbook, setting.say))
        if refused:
            setting.out.print(refused_table(refused, playbook, setting.say))
