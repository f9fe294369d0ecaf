"""Messages by the hundred thousand: `python -m tests.squad.thrown`, random, mutated and out of order, into one host.

Each message begins as one that would fit somewhere; then bytes of it are changed, fields taken out, doubled, exchanged
or given other kinds of value, or it comes from the wrong person, again, or at the wrong time. A model knows which
phases may follow each other and that what was refused changes nothing; the log makes the same room in the end.
"""

import argparse
import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sim.drill.inputs import RULES
from sim.drill.refused import REASONS
from sim.squad.client import Client, Command
from sim.squad.gate import Gate
from sim.squad.host import Host
from sim.squad.protocol import ERRORS, TYPES, frame
from sim.squad.request import ROOM_KINDS
from sim.squad.room import Room
from sim.storage.language import speech
from sim.world.journal import Entry
from tests.squad.load import Luck
from tests.squad.lounge import CODE, LINK, TOKENS, Memo, new_room

FOLLOWS = {
    "lobby": {"lobby", "running", "over"},
    "running": {"running", "paused", "over"},
    "paused": {"paused", "running", "over"},
    "over": {"over"},
}
"""Which phase of a squad may come after which."""
WORDS = (
    "A", "B", "Z", "", "liaison", "observer", "commander", "instructor", "heron-1", "swift-1", "all", "radio", "later",
    "skip", "fire", "people", "anger", "hold", "first_contact", "<script>", "x" * 300, "\ud800", "\u202e", CODE, LINK,
)  # fmt: skip
ODD = (None, True, False, 0, 1, -1, 2**63, -0.0, 1e308, [], {}, [[]], {"response": "hold"}, {"a": {"b": {"c": []}}})
CHEAP = 400
"""Messages into one room; then a fresh one begins."""


class Dice(Luck):
    """Draws by lot."""

    def below(self, number: int) -> int:
        """A whole number from nought."""
        return int(self() * number)

    def choice(self, row: Sequence[Any]) -> Any:
        """One of these."""
        return row[self.below(len(row))]


class Thrower:
    """Makes messages, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        """The row of this seed."""
        self._dice = Dice(seed)
        self._last = "{}"

    def value(self, kind: type) -> Any:
        """A value that often is of this kind."""
        dice = self._dice
        if dice() < 0.08:
            return dice.choice(ODD)
        if kind is str:
            return dice.choice(WORDS)
        if kind is dict:
            return {"response": dice.choice(("hold", "first_contact", "area_effect", "nothing"))}
        return {int: dice.below(6) - 1, bool: dice() < 0.5, float: 4.0 * dice() - 2.0}.get(kind, 0)

    def text(self) -> str:
        """One message as it would come over a socket."""
        dice = self._dice
        if dice() < 0.05:
            return self._last
        self._last = said = json.dumps(self._mutated(self._fitting()))
        if dice() < 0.15:
            k = dice.below(len(said))
            said = (
                said[:k] + dice.choice(('"', "}", "[", "\\", "\0", "9", "", said[k:] * 2)) + said[k + dice.below(4) :]
            )
        return said

    def _fitting(self) -> dict[str, Any]:
        dice = self._dice
        kind = dice.choice((*RULES, *ROOM_KINDS, "judge", "wish", "cards", "hello", "here"))
        if kind == "here":
            return {"type": "here"}
        if kind == "cards":
            return {"type": "cards", "response": dice.choice(("hold", "first_contact", "x"))}
        if kind == "hello":
            way = dice.choice(("code", "link", "token"))
            return {"type": "hello", "protocol": 1, way: dice.choice((CODE, LINK, *TOKENS.values(), "x"))}
        if kind in RULES:
            data = {name: self.value(of) for name, of in RULES[kind].fields.items()}
        else:
            data = {name: self.value(of[-1]) for name, of in ROOM_KINDS.get(kind, {"answers": (dict,)}).items()}
        return {"type": "do", "id": f"m{dice.below(300)}", "kind": kind, "data": data, "squad": dice.choice("ABZ")}

    def _mutated(self, message: dict[str, Any]) -> dict[str, Any]:
        dice = self._dice
        inner = message.get("data")
        where = inner if isinstance(inner, dict) and inner and dice() < 0.5 else message
        if dice() < 0.3 and where:
            name = dice.choice([*where])
            how = dice.below(4)
            if how == 0:
                del where[name]
            elif how == 1:
                where[name] = dice.choice((*ODD, *WORDS))
            elif how == 2:
                where[dice.choice(("who", "role", "tick", "by", "id", "__proto__"))] = dice.choice(WORDS)
            else:
                where[name] = [where[name]]
        return message


def phases_of(room: Room) -> dict[str, str]:
    """By squad."""
    return {name: squad.phase for name, squad in room.squads.items()}


def state_of(room: Room) -> object:
    """What a refused message may not change."""
    squads = [
        (n, s.phase, len(s.proposals), len(s.said), len(s.notes), dict(s.sitting)) for n, s in room.squads.items()
    ]
    people = [(p.who, p.role, p.squad) for p in room.people.values()]
    return squads, people, room.locked, room.speed, room.round, room.ushered, len(room.done)


def _room(thrower: Thrower, number: int, said: Counter[str]) -> None:
    room, entries = new_room(2)
    now = [0.0]
    host = Host(room, Memo(), Gate(CODE, LINK, lambda: now[0]), speech("zh"), links=["http://x/"], clock=lambda: now[0])
    clients = [Client("10.0.0.1") for _ in range(7)]
    host.clients.update(clients)

    def tell(client: Client, message: dict[str, Any]) -> dict[str, Any]:
        return host._one(Command(client, message), entries)

    tell(clients[0], {"type": "hello", "protocol": 1, "token": TOKENS["controller"]})
    for k, role in ((1, "liaison"), (2, "commander"), (3, "observer")):
        tell(clients[k], {"type": "hello", "protocol": 1, "link": LINK})
        move = {"who": clients[k].person.who, "squad": "A", "role": role}  # type: ignore[union-attr]
        tell(clients[0], {"type": "do", "id": role, "kind": "admit", "data": move})
    tell(clients[0], {"type": "do", "id": "start", "kind": "start", "data": {}})
    for k in range(number):
        now[0] += 0.2
        message = frame(thrower.text())
        if message is None or message.get("type") not in TYPES:
            said["no message"] += 1
            continue
        # Half of it comes from the instructor, who may do the most.
        client = clients[0] if thrower.value(bool) is True else clients[k % 7]
        before, phases = state_of(room), phases_of(room)
        answer = tell(client, message)
        host.encoded(answer).encode()
        said[str(answer["code"] if answer["type"] == "error" else answer["type"])] += 1
        assert answer["type"] in {"ack", "error", "welcome", "cards", "card", "here"}
        assert answer["type"] != "error" or answer["code"] in {*REASONS, *ERRORS}
        if answer["type"] == "error":
            assert before == state_of(room), message
        for name, phase in phases_of(room).items():
            assert phase in FOLLOWS[phases.get(name, phase)], (message, name)
        if k % 40 == 39:
            entries.append(room.pass_time(5))
            asyncio.run(host._show(now[0]))
    assert same_again(room, entries)


def same_again(room: Room, entries: Sequence[Entry]) -> bool:
    """True when the entries alone make this room again."""
    again = new_room(2)[0]
    again.people.clear()
    again.squads.clear()
    for tick, kind, data in json.loads(json.dumps([(e.tick, e.kind, e.data) for e in entries])):
        again.take(Entry(tick, kind, data))
    ours, theirs = ({n: s.session.exercise.digest() for n, s in each.squads.items()} for each in (room, again))
    return ours == theirs and room.people == again.people


def thrown(messages: int, seed: int = 1) -> dict[str, Any]:
    """So many messages; how they were answered."""
    said: Counter[str] = Counter()
    rooms = 0
    while sum(said.values()) < messages:
        rooms += 1
        _room(Thrower(seed * 100_000 + rooms), min(CHEAP, messages - sum(said.values())), said)
    return {"messages": sum(said.values()), "rooms": rooms, "answers": dict(said.most_common())}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(json.dumps(thrown(given.messages, given.seed)), flush=True)  # noqa: T201
