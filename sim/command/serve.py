"""`serve`: a room for one or more squads on the local network: phones as seats, a shared screen, an instructor."""

import argparse
import asyncio
import secrets
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.command.drilling import keep_result
from sim.command.enrolling import entering, squad_ids
from sim.command.run import check_seed
from sim.command.setting import Setting
from sim.command.whose import add_records
from sim.console.progress import progress
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.drill.card import card_of
from sim.drill.drill import Drill
from sim.drill.roles import CONTROLLER, SCREEN
from sim.drill.session import Session, lead_in
from sim.drill.squad import Absent, Squad
from sim.exercise.exercise import Exercise
from sim.exercise.warmup import warm_up
from sim.scenario.scenario import Playbook
from sim.scoring import facts_of, score
from sim.storage.drills import lasting_name, load_drill
from sim.storage.folder import home
from sim.storage.journal_file import Header, JournalFile, Record, read_journal
from sim.storage.language import speech
from sim.storage.library import data_root
from sim.world.journal import Entry

if TYPE_CHECKING:
    from sim.squad.room import Room

NAME = "serve"
HELP = "open a room on the local network: phones as seats, a shared screen, an instructor"
EXAMPLE = "commonground serve two_sources --squads 2"
DEFAULT = "two_sources"
PORT = 8765
LOG = "room.jsonl"


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
    parser.add_argument("--local", action="store_true", help=say("for this computer only"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Serves until interrupted; everything is saved as it happens."""
    if not 1 <= args.squads <= 12 or not 0 <= args.port < 65536:
        raise BadInput.of("bad-serve", Phrase("1 to 12 squads, and a port from 0 to 65535"))
    folder = args.data_dir or home() / "rooms" / time.strftime("%Y%m%d-%H%M%S")
    log = folder / LOG
    if log.exists():
        room, kept = _again(log, args, setting)
    else:
        room, kept = _afresh(folder, args, setting)
    try:
        asyncio.run(_open(room, kept, args, setting))
    except KeyboardInterrupt:
        setting.tell("The room is closed. Go on with: commonground serve --data-dir {folder}", folder=str(folder))
    except OSError as wrong:
        raise BadInput.of(
            "cannot-serve", Phrase("port {port} cannot be used: {why}", port=args.port, why=str(wrong.strerror))
        ) from wrong
    return 0


class Kept:
    """The room's log, and beside it the ordinary journal of each squad."""

    def __init__(self, folder: Path, file: JournalFile, drill: Drill, playbook: Playbook, name: str) -> None:
        """Writes into this folder; by `name` the drill is found again."""
        self.enter: Callable[[str, Path], object] = lambda squad, journal: None
        """Told of each squad that is over, with its journal."""
        self._name = name
        self.folder = folder
        self.file = file
        self._drill = drill
        self._playbook = playbook
        self._journals: dict[str, tuple[JournalFile, int]] = {}
        self._told: list[str] = []

    def write(self, entries: Sequence[Entry]) -> None:
        """Adds entries; they are on the disk when this returns."""
        self.file.write(entries)

    def keep(self, name: str, squad: Squad) -> None:
        """Brings the ordinary journal of a squad up to date, and its result once it is over."""
        file, position = self._journals.get(name) or (self._journal(name, squad), 0)
        new = squad.session.journal.since(position)
        if new:
            file.write(new)
        self._journals[name] = file, position + len(new)
        if squad.phase == "over" and name not in self._told:
            self._told.append(name)
            total = score(squad.session.journal, self._playbook.rubric, facts_of(self._playbook)).total
            card = card_of(self._drill, list(squad.session.journal))
            if not (self.folder / f"{name}.done").exists():
                keep_result(card, squad.session.seed, total, name, file.path)
                self.enter(name, file.path)
                (self.folder / f"{name}.done").touch()

    def _journal(self, name: str, squad: Squad) -> JournalFile:
        """Written anew: it follows from the log, and the older one is kept as `.bak`."""
        seed, digest = squad.session.seed, self._playbook.digest
        header = Header(
            scenario=self._drill.scenario, playbook=digest, seed=seed, player=f"squad {name}", drill=self._name
        )
        return JournalFile.create(self.folder / f"squad-{name}.jsonl", header)

    def close(self) -> None:
        """Forces everything to the disk and closes."""
        for file, _ in self._journals.values():
            file.close()
        self.file.close()


def _make(drill: Drill, playbook: Playbook, setting: Setting) -> "type[Session]":
    """Makes sessions, each seed's first one once: squads of one seed begin in the same state."""
    first: dict[int, Session] = {}

    def make(seed: int) -> Session:
        if seed not in first:
            exercise = Exercise(playbook, seed)
            warm_up(exercise.fork())
            start = max(1, exercise.world.setting.tick(drill.begins_min(playbook.scenario)))
            with progress(setting.say("Playing up to the drill"), start, quiet=setting.quiet) as show:
                first[seed] = lead_in(drill, exercise, lambda run: show(min(run.tick_now, start)))
        return first[seed].fork()

    return make  # type: ignore[return-value]


def _afresh(folder: Path, args: argparse.Namespace, setting: Setting) -> "tuple[Room, Kept]":
    from sim.squad.room import Room

    name = lasting_name(args.drill or DEFAULT)
    drill, playbook = load_drill(name)
    seed = args.seed if args.seed is not None else secrets.randbelow(1_000_000)
    check_seed(seed)
    ids = squad_ids(args, args.squad_id, args.squads)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    absent: Absent = "doctrine" if args.doctrine else "merge"
    header = Header(scenario=drill.scenario, playbook=playbook.digest, seed=seed, player="room", drill=name)
    file = JournalFile.create(folder / LOG, header)
    room = Room(drill, _make(drill, playbook, setting), absent=absent)
    about = {"drill": drill.id, "absent": absent, **({"squad_ids": ids} if ids else {})}
    entries = [Entry(0, "room", about), *room.begin([seed] * args.squads)]
    file.write(entries)
    kept = Kept(folder, file, drill, playbook, name)
    kept.enter = entering(args, ids, setting)
    return room, kept


def _again(log: Path, args: argparse.Namespace, setting: Setting) -> "tuple[Room, Kept]":
    from sim.squad.host import recovered
    from sim.squad.room import Room

    record = read_journal(log)
    first = next((entry for entry in record.entries if entry.kind == "room"), None)
    if first is None:
        raise BadInput.of("no-room", Phrase("{file} holds no room", file=str(log)))
    name = record.header.drill or str(first.data["drill"])
    drill, playbook = load_drill(name)
    squads = sum(entry.kind == "squad" and "parent" not in entry.data for entry in record.entries)
    known: Any = first.data.get("squad_ids", [])
    ids = squad_ids(args, args.squad_id or known, squads)
    _same(record, playbook, args, name)
    absent: Absent = "doctrine" if first.data["absent"] == "doctrine" else "merge"
    room = Room(drill, _make(drill, playbook, setting), absent=absent)
    new = recovered(room, record.entries)
    file = JournalFile.append_to(log, record)
    file.write(new)
    kept = Kept(log.parent, file, drill, playbook, name)
    kept.enter = entering(args, ids, setting)
    return room, kept


def _same(record: Record, playbook: Playbook, args: argparse.Namespace, name: str) -> None:
    if record.header.playbook != playbook.digest:
        raise BadInput.of(
            "changed-files", Phrase("the files this room was made from have changed since: it cannot go on")
        )
    if args.drill and lasting_name(args.drill) != lasting_name(name):
        raise BadInput.of("other-room", Phrase("this folder holds a room with the drill {name}", name=name))


async def _open(room: "Room", kept: Kept, args: argparse.Namespace, setting: Setting) -> None:
    from sim.squad.address import local_addresses, names
    from sim.squad.gate import Gate, hashed, new_code, new_token
    from sim.squad.host import Host
    from sim.squad.server import Where, application, serve, server

    port = args.port or _free_port()
    addresses = ["127.0.0.1"] if args.local else local_addresses()
    hosts, origins = names(addresses, port, tls=bool(args.tls), extra=args.name)
    gate = Gate(new_code(), new_token(), time.monotonic)
    tokens = {role: new_token() for role in (CONTROLLER, SCREEN)}
    kept.write([room.join(hashed(token), role)[1] for role, token in tokens.items()])
    reachable = [o for o in origins if "localhost" not in o]
    host = Host(room, kept, gate, speech("zh"), links=[f"{o}/" for o in reachable])
    app = application(host, Where(hosts, origins, tls=bool(args.tls)), data_root() / "assets" / "squad")
    certificate, key = args.tls or (None, None)
    bound = "127.0.0.1" if args.local else "0.0.0.0"
    running = server(app, port, address=bound, certificate=certificate, key=key)

    def ready() -> None:
        say, here = setting.say, origins[-1 if not args.name else -2]
        lines = [
            say("Shared screen: {link}", link=f"{here}/screen#{tokens[SCREEN]}"),
            say("Instructor:    {link}", link=f"{here}/control#{tokens[CONTROLLER]}"),
            say("Phones:        {link}", link="   ".join(reachable)),
            say("Code:          {code}", code=gate.code),
            say("Folder:        {folder}", folder=str(kept.folder)),
        ]
        if not args.tls:
            lines.append(
                say(
                    "Not encrypted: whoever is on this network can read along and tamper. Only callsigns go over it, "
                    "never names. Use a network of your own, or --tls."
                )
            )
        for line in lines:
            setting.out.print(line, markup=False, soft_wrap=True)

    await serve(host, running, ready)


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
