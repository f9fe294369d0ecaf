"""`playtest`: automatic players play a scenario before a class does; what the scenario rewards, on one card."""

import argparse
from pathlib import Path

from sim.command.finite import finite
from sim.command.setting import Setting
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.scenario.scenario import Playbook
from sim.world.order import Order

NAME = "playtest"
HELP = "let automatic players play a scenario many times: is it winnable, by more than one way, and what matters"
EXAMPLE = "commonground playtest first_steps --seeds 2"
INTERRUPTED = 130


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("scenario", help=say("id or file of the scenario"))
    parser.add_argument("--players", metavar="A,B,C", help=say("automatic players, with commas between (default: all)"))
    parser.add_argument(
        "--orders", type=Path, nargs="*", metavar="FILE", help=say("order files, each played as it stands as well")
    )
    parser.add_argument("--seeds", type=int, default=3, metavar="N", help=say("seeds each of them plays (default 3)"))
    parser.add_argument("--workers", type=int, metavar="N", help=say("processes (default: one for each core)"))
    parser.add_argument("--quick", action="store_true", help=say("leave out which decisions matter"))
    parser.add_argument("--injects", action="store_true", help=say("also play without each inject"))
    parser.add_argument(
        "--matter",
        nargs="*",
        metavar="NUMBER",
        help=say(
            "instead: the model card. Which grades turn when a number is moved (all numbers unless some are named)"
        ),
    )
    parser.add_argument(
        "--keep", action="store_true", help=say("with --matter: keep the model card beside the scenario, for reports")
    )
    parser.add_argument(
        "--by", type=finite, default=0.2, metavar="SHARE", help=say("how far to change it (default 0.2)")
    )
    parser.add_argument("--html", type=Path, metavar="FILE", help=say("write the card as a page"))
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Plays and prints the card; exit 1 when the scenario fails it, 130 with what is known when broken off."""
    from sim.command.preparing import prepare_simulation
    from sim.console.fitness import fitness_card
    from sim.console.progress import progress
    from sim.lab.playtest import PLAYERS, playtest
    from sim.lab.workers import cores
    from sim.storage.keepsake import see_it_can_be_written
    from sim.storage.library import find_scenario, load_playbook
    from sim.storage.orders import read_orders
    from sim.storage.yardstick import LINES, lines_of

    players = named_players(args.players, PLAYERS)
    if args.seeds < 1 or (args.workers is not None and args.workers < 1):
        raise BadInput.of("bad-count", Phrase("numbers of seeds and of processes are at least 1"))
    if args.keep and args.matter is None:
        raise BadInput.of("bad-usage", Phrase("{flag} goes with {other}", flag="--keep", other="--matter"))
    see_it_can_be_written(args.html)
    playbook = load_playbook(args.scenario)
    if args.matter is not None:
        return _model_card(args, setting, playbook)

    beside = find_scenario(args.scenario).parent / LINES
    lines = lines_of(playbook.scenario.id, beside) | {path.stem: path for path in args.orders or ()}

    def written(path: Path) -> tuple[tuple[int, Order], ...]:
        return tuple((each.tick, each.order) for each in read_orders(path, playbook))

    prepare_simulation(playbook, setting)
    with progress(setting.say("Playing"), 1.0, quiet=setting.quiet) as show:
        card = playtest(
            playbook,
            players=players,
            seeds=args.seeds,
            workers=args.workers or cores(),
            levers=not args.quick,
            injects=args.injects,
            lines={name: written(path) for name, path in lines.items()},
            done=lambda number, of: show(number / of),
        )
    if args.html is not None:
        from sim.storage.fitness_page import write_fitness_page

        write_fitness_page(args.html, card, playbook, setting.say)
    if args.json:
        setting.json(card.as_dict())
    else:
        setting.out.print(fitness_card(card, playbook, setting.say))
    if not card.complete:
        return INTERRUPTED
    return 1 if card.fails else 0


def _model_card(args: argparse.Namespace, setting: Setting, playbook: Playbook) -> int:
    """Exit 0, whatever turns: a fragile grade is something to know, no fault."""
    from sim.command.preparing import prepare_simulation
    from sim.console.fitness import section_tables
    from sim.console.progress import progress
    from sim.lab.flips import flips
    from sim.lab.workers import cores
    from sim.seat.fitness import model_section

    if not 0.0 < args.by < 1.0:
        raise BadInput.of("bad-share", Phrase("--by is above 0 and below 1"))
    _mind_names(args.matter, playbook)
    prepare_simulation(playbook, setting)
    with progress(setting.say("Changing numbers"), 1.0, quiet=setting.quiet) as show:
        found = flips(
            playbook,
            args.matter,
            share=args.by,
            players=named_players(args.players, ("doctrine",)),
            workers=args.workers or cores(),
            done=lambda number, of: show(number / of),
        )
    section = model_section(found, setting.say)
    if args.html is not None:
        from sim.storage.fitness_page import write_model_page

        write_model_page(args.html, section, playbook, setting.say)
    if args.json:
        setting.json(found.as_dict())
    else:
        for part in section_tables([section]):
            setting.out.print(part)
    if args.keep and found.complete:
        from sim.storage.model_card import keep_card

        setting.tell("Written to {file}", file=str(keep_card(playbook, args.scenario, found)))
    return 0 if found.complete else INTERRUPTED


def _mind_names(names: list[str], playbook: Playbook) -> None:
    """Raises BadInput for a number that does not exist, with the nearest one that does."""
    from sim.review.fragile import own_numbers
    from sim.storage.faults import nearest
    from sim.world.numbers import Numbers

    known = [*own_numbers(playbook.scenario), *(name for name, _ in Numbers().listed())]
    known += [name.partition(".")[0] for name in known]
    for name in names:
        if name not in known:
            close = nearest(name, known)
            raise BadInput.of(
                "unknown-number",
                Phrase("there is no number called {name}", name=name),
                hint=Phrase("did you mean {name}?", name=close) if close else None,
            )


def named_players(named: str | None, usual: tuple[str, ...]) -> tuple[str, ...]:
    """The players asked for, each once.

    Raises:
        BadInput: one of them does not exist; the nearest that does is named.
    """
    from sim.exercise.player import PLAYERS
    from sim.storage.faults import nearest

    if named is None:
        return usual
    asked = tuple(dict.fromkeys(name.strip() for name in named.split(",") if name.strip()))
    for name in asked or ("",):
        if name not in PLAYERS:
            close = nearest(name, PLAYERS)
            raise BadInput.of(
                "unknown-player",
                Phrase("there is no player called {name}", name=name),
                hint=Phrase("did you mean {name}?", name=close)
                if close
                else Phrase("there are: {known}", known=", ".join(PLAYERS)),
            )
    return asked
