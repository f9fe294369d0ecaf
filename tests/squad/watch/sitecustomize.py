"""On the path of a program, this writes down every address it asks for or connects to, and its children as well."""

import os
import sys

_OUT = os.open(os.environ["WATCHED"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
_ASKED = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}


def _watch(event: str, args: tuple[object, ...]) -> None:
    if event in _ASKED:
        os.write(_OUT, f"{event} {args[0] if event.startswith('socket.get') else args[-1]!r}\n".encode())


sys.addaudithook(_watch)
os.write(_OUT, b"begun\n")
