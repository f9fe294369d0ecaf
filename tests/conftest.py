"""What every test shares: no screen, sound or network, kernels compiled once, the same examples each run."""

import os
import socket
import sys
from pathlib import Path

from hypothesis import settings

from sim.storage.kernels import prepare

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"

ROOT = Path(__file__).resolve().parent.parent
prepare(ROOT / ".cache")

# No deadline: the first call of a kernel compiles it, and no test asserts on the wall clock.
settings.register_profile("house", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("house")


HERE = ("127.", "::1", "localhost", "0.0.0.0")
"""How an address of this machine begins."""
OUTWARD = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
}
"""Which argument of an event of the interpreter says where to."""


def _stay_here(event: str, args: tuple[object, ...]) -> None:
    """Refuses every connection and every question for an address that would leave this machine, however it is made."""
    if event not in OUTWARD:
        return
    to = args[OUTWARD[event]]
    host = to[0] if isinstance(to, tuple) else to if OUTWARD[event] == 0 else ""
    name = host.decode("latin-1") if isinstance(host, bytes) else str(host or "")
    if name and not name.startswith(HERE) and name != socket.gethostname():
        message = f"a test tried to reach {name}"
        raise ConnectionRefusedError(message)


sys.addaudithook(_stay_here)
