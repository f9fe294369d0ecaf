"""`playtest`: automatic players play a scenario before a class does; what the scenario rewards, on one card."""

import argparse
from pathlib import Path

from sim.command.setting import Setting
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech

NAME = "playtest"
HELP = "let automatic players play a scenario many times: is it winnable, by more than one way, and what matters"
EXAMPLE = "commonground playtest first_steps --seeds 2"
INTERRUPTED = 130


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("scenario", help=say("id or file of the scenario"))
    parser.add_argument("--players", metavar="A,B,C", help=say("automatic players, with commas between (default: all)"))
    parser.add_argument("--seeds", type=int, default=3, metavar="N", help=say("seeds each of them plays (default 3)"))
    parser.add_argument("--workers", type=int, metavar="N", help=say("processes (default: one for each core)"))
    parser.add_argument("--quick", action="store_true", help=say("leave out which decisions matter"))
    parser.add_argument("--injects", action="store_true", help=say("also play without each inject"))
    parser.add_argument("--html", type=Path, metavar="FILE", help=say("write the card as a page"))
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Plays and prints the card; exit 1 when the scenario fails it, 130 with what is known when broken off."""
    from sim.console.fitness import fitness_card
    from sim.console.progress import progress
    from sim.lab.playtest import PLAYERS, playtest
    from sim.lab.workers import cores
    from sim.storage.library import load_playbook

    players = _players(args.players, PLAYERS)
    if args.seeds < 1 or (args.workers is not None and args.workers < 1):
        raise BadInput.of("bad-count", Phrase("numbers of seeds and of processes are at least 1"))
    playbook = load_playbook(args.scenario)
    with progress(setting.say("Playing"), 1.0, quiet=setting.quiet) as show:
        card = playtest(
            playbook,
            players=players,
            seeds=args.seeds,
            workers=args.workers or cores(),
            levers=not args.quick,
            injects=args.injects,
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


def _players(named: str | None, usual: tuple[str, ...]) -> tuple[str, ...]:
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
