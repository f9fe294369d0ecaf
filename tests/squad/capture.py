"""A capture: everything that goes over this computer's loopback to or from one port, as the network sees it.

Needs the right to open a packet socket (root on Linux). Streams are put together again by their sequence numbers, and a
hole in one is a failure of the capture, never a silence. What a browser sends is masked; `spoken` takes the mask off,
as anybody who listens can.
"""

import socket
import struct
import threading
from collections import defaultdict

ALL = 0x0003
"""ETH_P_ALL."""
FORCED = 33
"""SO_RCVBUFFORCE: more than the system's usual limit, for those who may."""
SYN = 0x02
Way = tuple[int, int]
"""Port it comes from, port it goes to."""


def may_capture() -> bool:
    """True where packets can be listened to."""
    try:
        socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL)).close()
    except (OSError, AttributeError):
        return False
    return True


class Capture:
    """Listens from `with` to its end; then the streams are there."""

    def __init__(self, port: int) -> None:
        """Of this port alone."""
        self.port = port
        self.packets = 0
        self._pieces: dict[Way, dict[int, bytes]] = defaultdict(dict)
        self._first: dict[Way, int] = {}
        self._on = True
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL))
        self._socket.setsockopt(socket.SOL_SOCKET, FORCED, 256_000_000)
        self._socket.bind(("lo", 0))
        self._socket.settimeout(0.2)
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> "Capture":
        """Begins to listen."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Ends, once what has come is taken in."""
        self._on = False
        self._thread.join()
        self._socket.close()

    def streams(self) -> dict[Way, bytes]:
        """What was sent each way of each connection, from its first byte to its last."""
        return {way: self._joined(way) for way in self._pieces if way in self._first}

    def _listen(self) -> None:
        while True:
            try:
                self._take(self._socket.recv(300_000))
            except TimeoutError:
                if not self._on:
                    return

    def _take(self, packet: bytes) -> None:
        if packet[12:14] != b"\x08\x00" or packet[23] != socket.IPPROTO_TCP:
            return
        head = 14 + 4 * (packet[14] & 15)
        end = 14 + struct.unpack("!H", packet[16:18])[0]
        source, to, number = struct.unpack("!HHI", packet[head : head + 8])
        if self.port not in {source, to}:
            return
        self.packets += 1
        if packet[head + 13] & SYN:
            self._first[source, to] = number + 1
            return
        # A packet larger than its length field can say was joined by the system and says nothing there.
        data = packet[head + 4 * (packet[head + 12] >> 4) : end if end > head else len(packet)]
        if data:
            known = self._pieces[source, to].get(number, b"")
            self._pieces[source, to][number] = max(known, data, key=len)

    def _joined(self, way: Way) -> bytes:
        first, found = self._first[way], b""
        for number, data in sorted(self._pieces[way].items(), key=lambda piece: (piece[0] - first) % 2**32):
            at = (number - first) % 2**32
            if at == 2**32 - 1:
                continue  # a probe of an idle connection sends the byte before the next one again
            assert at <= len(found), f"the capture has a hole in {way} at {len(found)}"
            found += data[len(found) - at :]
        return found


def spoken(stream: bytes) -> bytes:
    """One way of a connection as it was meant: HTTP as it is, and behind an upgrade the content of its frames."""
    head, blank, rest = stream.partition(b"\r\n\r\n")
    if b"upgrade: websocket" not in head.lower():
        return stream
    found = [head, blank]
    while len(rest) >= 2:
        size, at = rest[1] & 127, 2
        if size > 125:
            wide = 2 if size == 126 else 8
            size, at = int.from_bytes(rest[at : at + wide], "big"), at + wide
        mask = rest[at : at + 4] if rest[1] & 128 else b""
        at += len(mask)
        data = rest[at : at + size]
        if mask:
            whole = (mask * (len(data) // 4 + 1))[: len(data)]
            data = (int.from_bytes(data, "big") ^ int.from_bytes(whole, "big")).to_bytes(len(data), "big")
        found.append(data)
        rest = rest[at + size :]
    return b"\n".join(found)
