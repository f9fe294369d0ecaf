"""The doors of a room are open before the room is there: whoever comes too early waits, and is let in by itself."""

import asyncio
import json
import socket
import threading
from collections.abc import Awaitable, Callable
from http.client import HTTPConnection
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from sim.squad.address import names
from sim.squad.gate import Gate, hashed
from sim.squad.host import Host
from sim.squad.opening import Opening
from sim.squad.server import Where, application, serve, server
from sim.storage.language import speech
from sim.storage.shipped import data_root
from tests.chromium import CHROMIUM, visited
from tests.squad.lounge import CODE, LIMIT_S, LINK, TOKENS, Memo, Someone, new_room, visit


class Slow:
    """A room that is made when it is told to, or not at all."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.fails = False
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listening.getsockname()[1])
        self.opening = Opening(self._make)

    def _make(self, opening: Opening) -> Host:
        opening.share = 0.42
        self.go_on.wait(LIMIT_S)
        if self.fails:
            raise KeyError("no room")
        return Host(new_room()[0], Memo(), Gate(CODE, LINK, lambda: 0.0), speech("zh"))

    def line(self) -> "connect":
        return connect(
            f"ws://127.0.0.1:{self.port}/ws",
            origin=f"http://127.0.0.1:{self.port}",
            compression=None,
            open_timeout=LIMIT_S,
        )  # type: ignore[arg-type]

    def asked(self) -> int:
        line = HTTPConnection("127.0.0.1", self.port)
        line.request("GET", "/here")
        status = line.getresponse().status
        line.close()
        return status

    def visit(self, story: Callable[["Slow"], Awaitable[None]]) -> None:
        async def whole() -> None:
            hosts, origins = names(["127.0.0.1"], self.port, tls=False)
            app = application(self.opening, Where(hosts, origins), data_root() / "assets" / "squad")
            running = server(app, self.port, address="127.0.0.1")
            entered = asyncio.Event()
            task = asyncio.create_task(serve(self.opening, running, entered.set, sockets=[self.listening]))
            try:
                await asyncio.wait_for(entered.wait(), LIMIT_S)
                await asyncio.wait_for(story(self), 5 * LIMIT_S)
            finally:
                running.should_exit = True
                self.go_on.set()
                await task

        asyncio.run(whole())


async def _heard(line: ClientConnection, kind: str) -> dict[str, Any]:
    while True:
        message = json.loads(await asyncio.wait_for(line.recv(), LIMIT_S))
        if message["type"] == kind:
            return dict(message)


def test_who_comes_before_the_room_is_there_is_told_how_far_it_is_and_let_in_by_itself() -> None:
    async def story(slow: Slow) -> None:
        assert 202 == await asyncio.to_thread(slow.asked)
        async with slow.line() as line:
            await line.send(json.dumps({"type": "hello", "protocol": 1, "code": CODE}))
            assert {"type": "coming", "percent": 42} == await _heard(line, "coming")
            slow.go_on.set()
            assert "waiting" == (await _heard(line, "welcome"))["role"]
        assert 204 == await asyncio.to_thread(slow.asked)

    Slow().visit(story)


def test_the_shared_screen_shows_how_one_comes_in_before_the_room_is_there_and_nobody_else_is_told() -> None:
    async def story(slow: Slow) -> None:
        slow.opening.doors[hashed("the screen's")] = {"code": CODE, "links": []}
        async with slow.line() as screen, slow.line() as other:
            await screen.send(json.dumps({"type": "hello", "protocol": 1, "token": "the screen's"}))
            await other.send(json.dumps({"type": "hello", "protocol": 1, "token": "somebody else's"}))
            await _heard(screen, "coming")
            assert CODE == (await _heard(screen, "coming"))["code"]
            await _heard(other, "coming")
            assert "code" not in await _heard(other, "coming")

    Slow().visit(story)


def test_where_no_room_comes_those_who_wait_are_let_go_and_the_reason_is_raised() -> None:
    async def story(slow: Slow) -> None:
        async with slow.line() as line:
            await _heard(line, "coming")
            slow.fails = True
            slow.go_on.set()
            with pytest.raises(ConnectionClosed):
                await _heard(line, "welcome")
            assert line.close_code in {1001, 1012}

    with pytest.raises(KeyError, match="no room"):
        Slow().visit(story)


def test_a_server_asked_to_end_before_its_room_is_there_ends() -> None:
    async def story(slow: Slow) -> None:
        assert slow.opening.host is None

    Slow().visit(story)


def test_whoever_asks_whether_the_line_is_alive_is_answered_once_welcome() -> None:
    async def story(lounge: Any) -> None:
        found: Someone = await lounge.someone()
        await found.say(type="here")
        assert "not-yours" == (await found.wait("here", "error"))["code"]
        await found.hello(token=TOKENS["controller"])
        await found.say(type="here")
        assert {"type": "here"} == await found.wait("here", "error")

    visit(story)


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed on this computer")
def test_a_code_that_is_mended_before_the_room_is_there_is_the_one_that_counts() -> None:
    playwright = pytest.importorskip("playwright.async_api")

    async def story(slow: Slow) -> None:
        async with playwright.async_playwright() as chromium:
            browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            phone = await visited(browser, f"http://127.0.0.1:{slow.port}/", [], wait_s=20.0, locale="en-GB")
            for code in ("ZZZZZZ", CODE):
                await phone.fill("input.code-in", code)
                await phone.click("button.main")
                await phone.wait_for_selector("text=/being made ready: 42/")
            slow.go_on.set()
            await phone.wait_for_selector("text=/Your callsign/")
            await browser.close()

    Slow().visit(story)
