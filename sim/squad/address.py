"""Addresses: where phones in the room can reach this computer."""

import contextlib
import socket
import struct
import sys

VIRTUAL = ("docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "tun", "utun")
"""Beginnings of the names of interfaces that lead to no phone."""
SIOCGIFADDR = 0x8915
"""Linux: the address of an interface."""


def local_addresses() -> list[str]:
    """IPv4 addresses of this computer, the one that leads out of the network first, loopback last; nothing is sent."""
    found: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        # Connecting a datagram socket sends nothing; it only asks which of our addresses would be used.
        probe.connect(("192.0.2.1", 9))
        found.append(probe.getsockname()[0])
    found.extend(_of_interfaces())
    if sys.platform != "linux":
        # Where interfaces say it themselves, a resolver need not be asked: it could ask the network.
        with contextlib.suppress(OSError):
            found.extend(str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET))
    return [*dict.fromkeys(a for a in found if not a.startswith(("127.", "0."))), "127.0.0.1"]


def _of_interfaces() -> list[str]:
    """An address of each interface, where the system says so: a hotspot of this computer is one beside the way out."""
    if sys.platform != "linux":
        return []
    import fcntl

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            if name.startswith(VIRTUAL):
                continue
            with contextlib.suppress(OSError):
                wanted = struct.pack("256s", name.encode()[:15])
                found.append(socket.inet_ntoa(fcntl.ioctl(probe.fileno(), SIOCGIFADDR, wanted)[20:24]))
    return found


def names(addresses: list[str], port: int, *, tls: bool, extra: str = "") -> tuple[list[str], list[str]]:
    """Host headers and origins under which the room may be asked for, letter for letter."""
    usual = 443 if tls else 80
    tail = "" if port == usual else f":{port}"
    hosts = [f"{name}{tail}" for name in dict.fromkeys([*addresses, "localhost", *([extra] if extra else [])])]
    return hosts, [f"{'https' if tls else 'http'}://{host}" for host in hosts]
