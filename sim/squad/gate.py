"""The gate: exact hosts and origins, room codes with a failure limit, tokens kept as hashes, and rates.

A code has 6 of 31 symbols (29.7 bits) and leads to a waiting list only. Wrong codes are counted for the whole room and
for each address; beyond the limit no code is looked at, right or wrong. The link in the QR code carries 128 bits of its
own and is not behind that limit, so nobody can lock a class out by guessing.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

SYMBOLS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 of them: no 0 O 1 I L."""
LENGTH = 6
TOKEN_BYTES = 16
ROOM_PER_MIN = 10
"""Wrong codes a minute the whole room looks at."""
ADDRESS_PER_MIN = 5
"""Wrong codes a minute from one address."""
MOST_ADDRESSES = 1024
"""Addresses kept track of; beyond it the oldest are forgotten, and the room's own limit still holds."""


def new_code() -> str:
    """A room code."""
    return "".join(secrets.choice(SYMBOLS) for _ in range(LENGTH))


def new_token() -> str:
    """128 bits nobody can guess, safe in a URL fragment."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hashed(token: str) -> str:
    """What is kept of a token. It is long and random, so a plain digest is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def normal(code: str) -> str:
    """A code as people type it: without spaces and dashes, in capitals."""
    return "".join(c for c in code.upper() if not c.isspace() and c != "-")


@dataclass(slots=True)
class Bucket:
    """Tokens that refill with time; one is taken for each thing done."""

    most: float
    per_s: float
    level: float = field(init=False)
    at: float = 0.0

    def __post_init__(self) -> None:
        """Full at first."""
        self.level = self.most

    def _refill(self, now: float) -> None:
        self.level = min(self.most, self.level + max(0.0, now - self.at) * self.per_s)
        self.at = now

    def take(self, now: float) -> bool:
        """True when there was one left."""
        self._refill(now)
        if self.level < 1.0:
            return False
        self.level -= 1.0
        return True

    def empty(self, now: float) -> bool:
        """True when there is none left; none is taken."""
        self._refill(now)
        return self.level < 1.0


class Gate:
    """Looks at codes and links."""

    def __init__(self, code: str, link: str, clock: Callable[[], float]) -> None:
        """Open for this code and this link."""
        self.code = code
        self.link = link
        self._link_hash = hashed(link)
        self._clock = clock
        self._room = Bucket(ROOM_PER_MIN, ROOM_PER_MIN / 60.0)
        self._addresses: dict[str, Bucket] = {}
        self.looked_at = 0
        """Codes that were compared at all."""

    def by_code(self, code: str, address: str) -> str:
        """`ok`, `bad-code`, or `slow-down` when the limit is reached and the code was not looked at."""
        now = self._clock()
        own = self._addresses.pop(address, None) or Bucket(ADDRESS_PER_MIN, ADDRESS_PER_MIN / 60.0)
        self._addresses[address] = own
        while len(self._addresses) > MOST_ADDRESSES:
            del self._addresses[next(iter(self._addresses))]
        if self._room.empty(now) or own.empty(now):
            return "slow-down"
        self.looked_at += 1
        if hmac.compare_digest(normal(code).encode(), self.code.encode()):
            return "ok"
        self._room.take(now)
        own.take(now)
        return "bad-code"

    def by_link(self, link: str) -> str:
        """`ok` or `bad-code`."""
        return "ok" if hmac.compare_digest(hashed(link), self._link_hash) else "bad-code"


def host_allowed(host: str | None, allowed: Collection[str]) -> bool:
    """True when a Host header is, letter for letter, one of ours."""
    return host is not None and host in allowed


def origin_allowed(origin: str | None, allowed: Collection[str]) -> bool:
    """True when an Origin header is, letter for letter, one of ours; a missing one is not."""
    return origin is not None and origin in allowed
