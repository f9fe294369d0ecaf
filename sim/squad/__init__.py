"""A network of seats: one room on a local network, several squads on one clock, phones as seats.

- `address`: where the room can be reached.
- `callsign`: what people are called on the wire; never by name.
- `client`: one connection, with what waits to be sent.
- `costs`: what a host asks of the review of a squad that is over.
- `gate`: who is let in: exact hosts and origins, codes with a failure limit, rates.
- `host`: the room on a real clock: everything is on the disk before it is acknowledged.
- `log`: what a host asks of the place where its log is kept.
- `protocol`: the protocol's version, its messages and their limits.
- `result`: what a squad came to, as everybody is shown it.
- `room`: people, squads and clock as a function of the log.
- `server`: pages and sockets.
- `terms`: what a phone can set about an order before it proposes it.
- `views`: what everybody is shown, in pieces that are kept.
"""

__all__ = ["address", "callsign", "costs", "gate", "host", "log", "protocol", "room", "server"]
