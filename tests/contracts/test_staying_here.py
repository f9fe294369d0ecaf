"""No test reaches beyond this machine, whichever way it tries."""

import asyncio
import socket
import urllib.request
from collections.abc import Callable

import pytest

OUTSIDE = "192.0.2.1"
"""An address for documentation: nobody is there."""


def _datagram() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b"x", (OUTSIDE, 9))


def _silently() -> None:
    with socket.socket() as one:
        one.connect_ex((OUTSIDE, 80))


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.create_connection((OUTSIDE, 80), 1),
        lambda: socket.getaddrinfo("somewhere.example", 80),
        lambda: socket.gethostbyname("somewhere.example"),
        lambda: urllib.request.urlopen(f"http://{OUTSIDE}/", timeout=1),
        lambda: asyncio.run(asyncio.open_connection(OUTSIDE, 80)),
        _datagram,
        _silently,
    ],
    ids=["connection", "name", "old name", "page", "asyncio", "datagram", "without an error"],
)
def test_whatever_would_leave_this_machine_is_refused(reach: Callable[[], object]) -> None:
    with pytest.raises(OSError, match="a test tried to reach"):
        reach()
