"""Addresses: where phones in the room can reach this computer."""

import contextlib
import socket


def local_addresses() -> list[str]:
    """IPv4 addresses of this computer, the one that leads out of the network first, loopback last; nothing is sent."""
    found: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        # Connecting a datagram socket sends nothing; it only asks which of our addresses would be used.
        probe.connect(("192.0.2.1", 9))
        found.append(probe.getsockname()[0])
    with contextlib.suppress(OSError):
        found.extend(str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET))
    return [*dict.fromkeys(a for a in found if not a.startswith(("127.", "0."))), "127.0.0.1"]


def names(addresses: list[str], port: int, *, tls: bool, extra: str = "") -> tuple[list[str], list[str]]:
    """Host headers and origins under which the room may be asked for, letter for letter."""
    usual = 443 if tls else 80
    tail = "" if port == usual else f":{port}"
    hosts = [f"{name}{tail}" for name in dict.fromkeys([*addresses, "localhost", *([extra] if extra else [])])]
    return hosts, [f"{'https' if tls else 'http'}://{host}" for host in hosts]
