"""The same messages over sockets: `python -m tests.squad.thrown_over --rows FILE`, from twenty lines at once.

A real server on a loop whose time runs ten times as fast, so that the rates a room keeps to are kept ten times as
soon; everything else is as always. Whoever is closed comes back with the token. Nothing may be written to the log of
errors, no phase may follow another it may not follow, what was refused changes nothing, and the log makes the same room
again. A line is added to the file for each two thousand messages; those that stand there are left out.
"""

import argparse
import asyncio
import contextlib
import json
import logging
import selectors
import socket
import time
from collections import Counter
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from sim.squad.address import names
from sim.squad.client import Command
from sim.squad.gate import Gate
from sim.squad.host import Host
from sim.squad.opening import Opening
from sim.squad.server import Where, application, serve, server
from sim.storage.language import speech
from sim.storage.shipped import data_root
from sim.world.journal import Entry
from tests.squad.lounge import CODE, LINK, TOKENS, Memo, new_room
from tests.squad.thrown import FOLLOWS, Dice, Thrower, phases_of, same_again, state_of

FASTER = 10.0
PER_S = 5.0
"""Messages a second from each line, by the room's time: a little fewer than are taken."""
LINES = 20
EACH = 1000
"""Messages into one room."""
ROOMS = 2
"""Rooms for a row."""


class FastSelector(selectors.DefaultSelector):
    """Waits as much shorter as its loop's time is faster."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready."""
        return super().select(timeout / FASTER if timeout else timeout)


class FastLoop(asyncio.SelectorEventLoop):
    """A loop whose time runs faster."""

    def __init__(self) -> None:
        """New."""
        super().__init__(FastSelector())

    def time(self) -> float:
        """Seconds, of which ten pass in one."""
        return FASTER * super().time()


class Watched(Host):
    """A host that is held against a model at every message."""

    def __init__(self, *given: Any, **named: Any) -> None:
        """As a host."""
        super().__init__(*given, **named)
        self.said: Counter[str] = Counter()
        self.wrong: list[str] = []

    def _one(self, command: Command, entries: list[Entry]) -> dict[str, Any]:
        before, phases = state_of(self.room), phases_of(self.room)
        answer = super()._one(command, entries)
        self.said[str(answer["code"] if answer["type"] == "error" else answer["type"])] += 1
        if answer["type"] == "error" and before != state_of(self.room):
            self.wrong.append(f"changed though refused: {command.message}")
        for name, phase in phases_of(self.room).items():
            if phase not in FOLLOWS[phases.get(name, phase)]:
                self.wrong.append(f"{phases.get(name)} to {phase}: {command.message}")
        return answer


class Errors(logging.Handler):
    """What is written to the log of errors."""

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Kept."""
        self.lines.append(record.getMessage())


class Rude:
    """Somebody who sends whatever comes out, and comes back whenever the line is closed."""

    def __init__(self, port: int, seed: int, token: str = "") -> None:
        """Not there yet."""
        self._port, self._token = port, token
        self._thrower, self._dice = Thrower(seed), Dice(seed)
        self.sent = self.closed = 0
        self.who = ""

    async def throw(self, messages: int) -> None:
        """Sends so many."""
        origin = f"http://127.0.0.1:{self._port}"
        while self.sent < messages:
            with contextlib.suppress(WebSocketException, OSError, TimeoutError):
                async with connect(
                    f"ws://127.0.0.1:{self._port}/ws", origin=origin, compression=None, open_timeout=100,  # type: ignore[arg-type]
                ) as line:  # fmt: skip
                    reading = asyncio.create_task(self._read(line))
                    try:
                        await self._say(line, messages)
                    finally:
                        reading.cancel()
                        await asyncio.gather(reading, return_exceptions=True)
            self.closed += self.sent < messages

    async def _say(self, line: ClientConnection, messages: int) -> None:
        if self._dice() < 0.9:
            way = {"token": self._token} if self._token else {"link": LINK}
            await line.send(json.dumps({"type": "hello", "protocol": 1, **way}))
            await asyncio.sleep(2.0 * self._dice())
        while self.sent < messages:
            text = self._thrower.text()
            self.sent += 1
            await line.send(text.encode("utf-8", "surrogatepass") if self._dice() < 0.02 else _sendable(text))
            await asyncio.sleep(self._dice() * 2.0 / PER_S)

    async def _read(self, line: ClientConnection) -> None:
        async for text in line:
            if '"type":"welcome"' in str(text)[:40]:
                welcome = json.loads(text)
                self._token, self.who = welcome.get("token", self._token), welcome["who"]


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


async def _begin(port: int) -> None:
    """Whoever comes in is seated, and the drill has begun; a line that was closed on the way is opened anew."""
    async with asyncio.timeout(300):
        while True:
            with contextlib.suppress(WebSocketException, OSError, TimeoutError):
                return await _begin_now(port)


async def _begin_now(port: int) -> None:
    async with connect(f"ws://127.0.0.1:{port}/ws", origin=f"http://127.0.0.1:{port}", open_timeout=100) as line:  # type: ignore[arg-type]
        await line.send(json.dumps({"type": "hello", "protocol": 1, "token": TOKENS["controller"]}))
        while '"type":"welcome"' not in str(await line.recv()):
            continue
        for kind, data in (("usher", {"on": True}), ("start", {})):
            await line.send(json.dumps({"type": "do", "id": kind, "kind": kind, "data": data}))
        while '"id":"start"' not in str(await line.recv()):
            continue


async def _room(seed: int, errors: Errors) -> dict[str, Any]:
    loop = asyncio.get_running_loop()
    room, entries = new_room(2)
    log, listening = Memo(entries), socket.create_server(("127.0.0.1", 0))
    port = int(listening.getsockname()[1])
    host = Watched(room, log, Gate(CODE, LINK, loop.time), speech("zh"), links=["http://x/"], clock=loop.time)
    hosts, origins = names(["127.0.0.1"], port, tls=False)
    opening = Opening.of(host)
    app = application(opening, Where(hosts, origins), data_root() / "assets" / "squad")
    running, there = server(app, port, address="127.0.0.1"), asyncio.Event()
    # To end is no part of what is tried, and a server that is given up while it ends says so as an error.
    running.config.timeout_graceful_shutdown = round(60 * FASTER)
    logging.getLogger("uvicorn").addHandler(errors)
    loop.set_exception_handler(lambda _, about: errors.lines.append(str(about.get("exception") or about["message"])))
    serving = asyncio.create_task(serve(opening, running, there.set, sockets=[listening]))
    await there.wait()
    await _begin(port)
    people = [Rude(port, seed * 1000 + k, TOKENS["controller"] if k < LINES // 3 else "") for k in range(LINES)]
    throwing = asyncio.gather(*(each.throw(EACH // LINES) for each in people))
    await asyncio.wait((throwing, serving), return_when=asyncio.FIRST_COMPLETED)
    throwing.cancel()
    running.should_exit = True
    ended = (await asyncio.gather(serving, throwing, return_exceptions=True))[0]
    wrong = [*host.wrong, *([f"the host ended: {ended!r}"] if ended is not None else [])]
    if not same_again(room, log.entries):
        wrong.append("the log made another room")
    return {
        "sent": sum(each.sent for each in people),
        "closed": sum(each.closed for each in people),
        "answers": host.said,
        "wrong": wrong,
        "ended": {name: squad.phase for name, squad in room.squads.items()},
    }


def row(seed: int, rooms: int = ROOMS) -> dict[str, Any]:
    """A row of rooms; what was sent, how it was answered, what was wrong and what stood in the log of errors."""
    began, errors, answers = time.monotonic(), Errors(), Counter()  # type: ignore[var-annotated]
    logging.getLogger().addHandler(errors)
    found: dict[str, Any] = {"seed": seed, "sent": 0, "closed": 0, "wrong": []}
    try:
        for k in range(rooms):
            with asyncio.Runner(loop_factory=FastLoop) as runner:
                one = runner.run(_room(seed * 10 + k, errors))
            answers.update(one["answers"])
            for name in ("sent", "closed", "wrong"):
                found[name] += one[name]
    finally:
        logging.getLogger().removeHandler(errors)
    answers = Counter(dict(answers.most_common()))
    return {**found, "errors": errors.lines, "answers": answers, "seconds": round(time.monotonic() - began)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument(
        "--rows", type=Path, help="a line is written here for each 2,000; those that stand are left out"
    )
    given = parser.parse_args()
    said = given.rows.read_text(encoding="utf-8").splitlines() if given.rows and given.rows.exists() else []
    rows = [json.loads(line) for line in said]
    for number in range(1, given.messages // (EACH * ROOMS) + 1):
        if any(each["seed"] == number for each in rows):
            continue
        rows.append(row(number))
        if given.rows:
            with given.rows.open("a", encoding="utf-8") as file:
                file.write(json.dumps(rows[-1]) + "\n")
        print(json.dumps(rows[-1]), flush=True)  # noqa: T201
    whole = {name: sum(len(r[name]) if isinstance(r[name], list) else r[name] for r in rows)
             for name in ("sent", "closed", "wrong", "errors")}  # fmt: skip
    answers = sum((Counter(r["answers"]) for r in rows), Counter())  # type: ignore[var-annotated]
    print(json.dumps({**whole, "answers": answers}), flush=True)  # noqa: T201
