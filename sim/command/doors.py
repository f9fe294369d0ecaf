"""Doors: what kind of room is wished for and where it is entered; they are open before the room is there.

To make a room, or to bring one back, means reading the whole program, and the first time on a computer compiling it.
The address, the codes and the links need none of that: they stand within a second, and who comes too early is told.
"""

import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sim.squad.address import local_addresses, names
from sim.squad.gate import Gate, hashed, new_code, new_token
from sim.squad.lines import MOST_CONNECTIONS
from sim.squad.open_files import room_for
from sim.squad.opening import Opening
from sim.squad.pattern import qr
from sim.squad.server import Where, application, serve, server
from sim.storage.folder import begun, home, own
from sim.storage.keepsake import writing
from sim.storage.shipped import data_root

if TYPE_CHECKING:
    import uvicorn

    from sim.drill.squad import Absent

DEFAULT = "two_sources"
PORT = 8765
BACKLOG = 1024
"""Connections that may wait to be accepted: everybody at once, while the program reads itself."""


def new_folder() -> Path:
    """Where a room is kept unless somebody says otherwise: made, and no other room's.

    Raises:
        BadInput: it cannot be made.
    """
    path = home() / "rooms" / time.strftime("%Y%m%d-%H%M%S")
    with writing(path):
        own(path.parent)
        return begun(path, lambda new: new.mkdir(mode=0o700))


@dataclass(frozen=True, slots=True)
class Wishes:
    """What kind of room is wanted."""

    drill: str = ""
    """Id or file; "" for that of the folder's room, or the usual one."""
    folder: Path = field(default_factory=new_folder)
    squads: int = 1
    seed: int | None = None
    names: tuple[str, ...] = ()
    """What squads are called from the beginning, in their order."""
    absent: "Absent" = "merge"
    assessed: bool = False
    port: int = PORT
    """0 for any that is free."""
    name: str = ""
    """A further name or address the room is reached by."""
    local: bool = False
    """For this computer only."""
    tls: tuple[Path, Path] | None = None
    """Certificate and key."""


@dataclass(frozen=True, slots=True)
class Doors:
    """Where a room that is being served can be entered."""

    screen: str
    """Link of the shared screen, for this computer."""
    control: str
    """Link of the instructor's page, for this computer."""
    phones: tuple[str, ...]
    """Addresses phones can open, the likeliest first; only this computer's own where it is in no network."""
    code: str
    qr: tuple[tuple[str, ...], ...]
    """A QR code for each address, as rows of 0 and 1."""
    folder: str
    tls: bool

    @property
    def alone(self) -> bool:
        """True when no other device can come in."""
        return all("127.0.0.1" in each for each in self.phones)


@dataclass(frozen=True, slots=True)
class Entrance:
    """Somebody listens at the doors; the room behind them is made by `opening`."""

    doors: Doors
    gate: Gate
    control: str
    """The instructor's token."""
    screen: str
    """The token of the shared screen."""
    opening: Opening
    server: "uvicorn.Server"
    listening: socket.socket


def entrance(wishes: Wishes, opening: Opening) -> Entrance:
    """Listens where the room is wished for.

    Raises:
        OSError: nobody can listen there.
    """
    room_for(MOST_CONNECTIONS)
    bound = "127.0.0.1" if wishes.local else "0.0.0.0"
    listening = _listen(bound, wishes.port)
    port = int(listening.getsockname()[1])
    addresses = ["127.0.0.1"] if wishes.local else local_addresses()
    hosts, origins = names(addresses, port, tls=wishes.tls is not None, extra=wishes.name)
    gate = Gate(new_code(), new_token(), time.monotonic)
    reachable = [f"{o}/" for o in origins if "localhost" not in o]
    away = [link for link in reachable if "127.0.0.1" not in link] or reachable
    control, screen = new_token(), new_token()
    patterns = tuple(tuple(qr(f"{link}#{gate.link}")) for link in away)
    about = {"code": gate.code, "links": [{"link": one, "qr": each} for one, each in zip(away, patterns, strict=True)]}
    opening.doors.update({hashed(control): about, hashed(screen): about})
    app = application(opening, Where(hosts, origins, tls=wishes.tls is not None), data_root() / "assets" / "squad")
    certificate, key = wishes.tls or (None, None)
    here = origins[-1 if not wishes.name else -2]
    doors = Doors(
        screen=f"{here}/screen#{screen}",
        control=f"{here}/control#{control}",
        phones=tuple(away),
        code=gate.code,
        qr=patterns,
        folder=str(wishes.folder),
        tls=wishes.tls is not None,
    )
    made = server(app, port, address=bound, certificate=certificate, key=key)
    return Entrance(doors, gate, control, screen, opening, made, listening)


async def attended(there: Entrance, entered: Callable[[], None], came: Callable[[], None]) -> None:
    """Serves until it is asked to stop: `entered` is called once links can be opened, `came` once the room is there."""
    await serve(there.opening, there.server, entered, came, [there.listening])


def _listen(address: str, port: int) -> socket.socket:
    made = socket.socket()
    try:
        if os.name == "posix":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((address, port))
        made.listen(BACKLOG)
    except OSError:
        made.close()
        raise
    return made


def free_port(wanted: int) -> int:
    """The port that is wanted where it is free, else any that is."""
    with socket.socket() as probe:
        try:
            probe.bind(("0.0.0.0", wanted))
        except OSError:
            probe.bind(("0.0.0.0", 0))
        return int(probe.getsockname()[1])
