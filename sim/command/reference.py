"""`reference`: what doing nothing and the author's line score in a scenario, over some seeds."""

import argparse
from pathlib import Path

from sim.command.preparing import prepare_simulation
from sim.command.run import follow
from sim.command.setting import Setting
from sim.console.progress import progress
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.exercise.exercise import Exercise
from sim.exercise.refusal import Refusal
from sim.scenario.scenario import Playbook
from sim.scoring import facts_of, score
from sim.storage.library import load_playbook
from sim.storage.orders import TimedOrder, read_orders
from sim.storage.yardstick import line_of, write_reference

NAME = "reference"
HELP = "what doing nothing and the author's line score in a scenario"
EXAMPLE = "commonground reference first_steps --seeds 5"


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("scenario", help=say("id or file of the scenario"))
    parser.add_argument("--orders", type=Path, metavar="FILE", help=say("the author's line, if it is elsewhere"))
    parser.add_argument("--seeds", type=int, default=5, metavar="N", help=say("so many seeds, from 1 on (default 5)"))
    parser.add_argument("--keep", action="store_true", help=say("keep the figures beside the author's line"))
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Plays both over the seeds; exit 1 when the author's line does not beat doing nothing."""
    if args.seeds < 1:
        raise BadInput.of("bad-count", Phrase("at least one seed is needed"))
    playbook = load_playbook(args.scenario)
    path = args.orders or line_of(playbook.scenario.id)
    orders = read_orders(path, playbook)
    seeds = range(1, args.seeds + 1)
    prepare_simulation(playbook, setting)
    totals: dict[str, list[float]] = {"passive": [], "expert": []}
    refused: dict[tuple[int, str], Refusal] = {}
    with progress(setting.say("Simulating"), 2 * args.seeds, quiet=setting.quiet) as show:
        for seed in seeds:
            totals["passive"].append(_total(playbook, seed, ())[0])
            total, turned_down = _total(playbook, seed, orders)
            totals["expert"].append(total)
            refused |= {(each.line or 0, each.order.response): each for each in turned_down}
            show(2 * seed)
    if args.keep:
        write_reference(playbook, list(seeds), totals["passive"], totals["expert"], path.parent)
    means = {name: round(sum(each) / len(each), 1) for name, each in totals.items()}
    if args.json:
        told = {**totals, "means": means, "refused": [each.as_dict() for each in refused.values()]}
        setting.json({"scenario": playbook.scenario.id, "seeds": list(seeds), **told})
    else:
        setting.out.print(
            setting.say(
                "Doing nothing scores {passive:.1f}, the author's line {expert:.1f}, over {number} seeds",
                passive=means["passive"],
                expert=means["expert"],
                number=args.seeds,
            )
        )
        if refused:
            from sim.console.refused import refused_table

            setting.out.print(refused_table(refused.values(), playbook, setting.say))
    return 0 if means["expert"] > means["passive"] else 1


def _total(playbook: Playbook, seed: int, orders: tuple[TimedOrder, ...]) -> tuple[float, tuple[Refusal, ...]]:
    """The total of one run, the days after with it where there are some, and the orders that were refused."""
    exercise = Exercise(playbook, seed, sealed=False)
    setting = exercise.world.setting
    refused = follow(exercise, orders, setting.tick(setting.last_min), lambda tick: None)
    if exercise.outcome is None:
        exercise.stop()
    return score(exercise.journal, playbook.rubric, facts_of(playbook)).total or 0.0, refused
