"""`serve`: a room for one or more squads on the local network: phones as seats, a shared screen, an instructor."""

import argparse
import asyncio
import contextlib
import sys
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from sim.command.doors import DEFAULT, PORT, Doors, Entrance, Wishes, attended, entrance, new_folder
from sim.command.setting import Setting
from sim.command.whose import add_records
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.squad.opening import Opening
from sim.storage.shipped import data_root

if TYPE_CHECKING:
    from sim.squad.host import Host

NAME = "serve"
HELP = "open a room on the local network: phones as seats, a shared screen, an instructor"
EXAMPLE = "commonground serve two_sources --squads 2"
COMPILING = 0.9
"""Of the way to a room, the share that is the compiling, the first time on a computer (assumed)."""


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("drill", nargs="?", help=say("id or file of the drill"))
    parser.add_argument("--port", type=int, default=PORT, help=say("port (default {number})", number=PORT))
    parser.add_argument("--squads", type=int, default=1, metavar="N", help=say("squads in parallel (default 1)"))
    parser.add_argument("--seed", type=int, help=say("seed of every squad (a new one unless given)"))
    parser.add_argument(
        "--doctrine", action="store_true", help=say("empty seats are played by the doctrine player, not by the chief")
    )
    parser.add_argument(
        "--data-dir", type=Path, metavar="DIR", help=say("folder of the room; one that has a room goes on with it")
    )
    parser.add_argument(
        "--tls", type=Path, nargs=2, metavar=("CERTIFICATE", "KEY"), help=say("encrypt with this certificate")
    )
    parser.add_argument(
        "--squad-id",
        action="append",
        default=[],
        metavar="ID",
        help=say("enter the result of a squad in the records under this id (again for each squad)"),
    )
    add_records(parser, say)
    parser.add_argument("--name", default="", help=say("a further name or address the room is reached by"))
    parser.add_argument(
        "--assessed",
        action="store_true",
        help=say("no choices laid out, a reason with every proposal, own judgement before the result"),
    )
    parser.add_argument("--local", action="store_true", help=say("for this computer only"))
    parser.add_argument(
        "--open", action="store_true", help=say("open the shared screen and the instructor's page in the browser")
    )


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Serves until interrupted; everything is saved as it happens."""
    if not 1 <= args.squads <= 12 or not 0 <= args.port < 65536:
        raise BadInput.of("bad-serve", Phrase("1 to 12 squads, and a port from 0 to 65535"))
    shipped = data_root() / "scenarios" / "drills" / f"{args.drill}.yaml"
    if args.drill and not (Path(args.drill).is_file() or shipped.is_file()):
        from sim.storage.drills import load_drill

        load_drill(args.drill)  # says what is wrong before any door stands open
    wishes = Wishes(
        drill=args.drill or "",
        folder=args.data_dir or new_folder(),
        squads=args.squads,
        seed=args.seed,
        absent="doctrine" if args.doctrine else "merge",
        assessed=args.assessed,
        port=args.port,
        name=args.name,
        local=args.local,
        tls=tuple(args.tls) if args.tls else None,
    )
    opening = Opening(lambda known: _make(there, known, args, wishes, setting))
    try:
        there = entrance(wishes, opening)
    except OSError as wrong:
        if args.data_dir is None:
            with contextlib.suppress(OSError):
                wishes.folder.rmdir()
        raise BadInput.of(
            "cannot-serve",
            Phrase("port {port} cannot be used: {why}", port=args.port, why=str(wrong.strerror)),
            hint=Phrase("take another with --port, or 0 for any that is free"),
        ) from wrong

    def entered() -> None:
        _tell(there.doors, wishes.drill or DEFAULT, setting, local=wishes.local)
        if args.open:
            webbrowser.open(there.doors.screen)
            webbrowser.open(there.doors.control)

    def came() -> None:
        setting.tell("The room is open.")

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(attended(there, entered, came))
    if opening.host is None:
        raise KeyboardInterrupt
    setting.tell("The room is closed. Go on with: commonground serve --data-dir {folder}", folder=there.doors.folder)
    return 0


def _make(there: Entrance, opening: Opening, args: argparse.Namespace, wishes: Wishes, setting: Setting) -> "Host":
    """The room's host; everything that takes long is read here and not before."""
    from sim.command.enrolling import entering, squad_ids
    from sim.command.preparing import prepare_simulation, ready
    from sim.command.serving import hosted, opened
    from sim.console.progress import progress
    from sim.storage.drills import load_drill

    begun = 0.0

    def hear(share: float) -> None:
        opening.share = begun + (1.0 - begun) * share

    if not ready():
        prepare_simulation(load_drill(wishes.drill or DEFAULT)[1], setting, lambda share: hear(COMPILING * share))
        begun = COMPILING

    @contextmanager
    def shown(ticks: int) -> Iterator[Callable[[int], None]]:
        with progress(setting.say("Playing up to the drill"), ticks, quiet=setting.quiet) as show:

            def both(done: int) -> None:
                show(done)
                hear(done / ticks)

            yield both

    made = opened(wishes, shown, lambda known, squads: squad_ids(args, args.squad_id or known, squads))
    made.kept.enter = entering(args, made.ids, setting)
    return hosted(made.room, made.kept, there)


def _tell(doors: Doors, drill: str, setting: Setting, *, local: bool) -> None:
    """What is to be done next, with the links; a QR code where there is a terminal to show it."""
    say = setting.say
    lines = [
        say("On this computer, in a browser:"),
        say("Shared screen: {link}", link=doors.screen),
        say("Instructor:    {link}", link=doors.control),
        say("On each phone, in the same network:"),
        say("Phones:        {link}", link="   ".join(doors.phones)),
        say("Code:          {code}", code=doors.code),
    ]
    for line in lines:
        setting.out.print(line, markup=False, soft_wrap=True, highlight=False)
    if not doors.alone and sys.stdout.isatty() and not setting.quiet:
        setting.out.print(Text("\n".join(blocks(doors.qr[0])), style="#000000 on #ffffff"))
    lines = [
        say(
            "Then, on the instructor's page: name the squads, so that their progress is kept apart; Seat all, Start. "
            "Ctrl+C here closes the room; all is saved."
        )
    ]
    if local:
        lines.append(say("For this computer only, as was asked for: no phone can come in."))
    elif doors.alone:
        lines.append(
            say(
                "This computer is in no network, so no phone can come in. Turn on a hotspot, here or on a phone, and "
                "start again; or play at one keyboard: commonground play --drill {drill}",
                drill=drill,
            )
        )
    else:
        lines.append(
            say(
                "If a phone does not get there: the same network? Allow this program in the firewall (private "
                "networks). Guest networks often keep devices apart: use a hotspot of this computer or of a phone."
            )
        )
    lines.append(say("Folder:        {folder}", folder=doors.folder))
    if not doors.tls:
        lines.append(
            say(
                "Not encrypted: whoever is on this network can read along and tamper. Only callsigns go over it, "
                "never names. Use a network of your own, or --tls."
            )
        )
    for line in lines:
        setting.out.print(line, markup=False, soft_wrap=True, highlight=False)


def blocks(rows: tuple[str, ...]) -> list[str]:
    """A QR code in characters, two rows in a line, dark on light with its margin."""
    margin = 2
    wide = len(rows[0]) + 2 * margin
    edge = ["0" * wide] * margin
    cells = [*edge, *("0" * margin + row + "0" * margin for row in rows), *edge]
    cells += ["0" * wide] * (len(cells) % 2)
    marks = {"00": " ", "01": "\u2584", "10": "\u2580", "11": "\u2588"}
    return [
        "".join(marks[up + down] for up, down in zip(above, below, strict=True))
        for above, below in zip(cells[::2], cells[1::2], strict=True)
    ]
