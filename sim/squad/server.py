"""The server: pages and sockets of a room. Who asks for it by another name is refused before anything is accepted."""

import asyncio
import contextlib
import socket as plain
from asyncio import constants
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from sim.squad.client import Client, Command
from sim.squad.gate import Bucket, host_allowed, origin_allowed
from sim.squad.lines import CLOSING_S, MOST_CONNECTIONS, Impatient, Stubborn
from sim.squad.opening import Opening
from sim.squad.protocol import (
    BURST,
    CLOSE_BIG,
    CLOSE_POLICY,
    HELLO_S,
    MOST_BYTES,
    MOST_FAULTS,
    MOST_SOCKETS,
    MOST_STRANGERS,
    PER_S,
    PING_S,
    PONG_S,
    TYPES,
    frame,
)
from sim.squad.turn import Turns

if TYPE_CHECKING:
    from sim.squad.host import Host

PAGES = {"/": "phone", "/control": "control", "/screen": "screen"}
"""What each address shows; all stand in one frame, `page.html`, each with a script of its own."""
TROUBLE = (RuntimeError, WebSocketDisconnect, TimeoutError, OSError)
"""What a line that breaks raises; anything else is a fault of the program, and is said in the terminal."""
KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}


@dataclass(frozen=True, slots=True)
class Where:
    """Under which names the room may be asked for, and whether the line is encrypted."""

    hosts: Sequence[str]
    origins: Sequence[str]
    tls: bool = False


def headers(where: Where) -> dict[str, str]:
    """What every answer carries: nothing from elsewhere, nothing inline, nothing kept."""
    sockets = " ".join(origin.replace("http", "ws", 1) for origin in where.origins)
    found = {
        "Content-Security-Policy": (
            f"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' {sockets}; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    if where.tls:
        found["Strict-Transport-Security"] = "max-age=31536000"
    return found


class Doorkeeper:
    """Stands before everything: an unknown Host, or a socket from an unknown Origin, gets no further."""

    def __init__(self, app: ASGIApp, where: Where) -> None:
        """Guards this application."""
        self._app = app
        self._where = where
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers(where).items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets through or refuses; whatever is answered carries the headers."""
        if scope["type"] in {"http", "websocket"}:
            host, origin = _only(scope, b"host"), _only(scope, b"origin")
            good = host_allowed(host, self._where.hosts)
            if scope["type"] == "websocket" or origin is not None:
                good = good and origin_allowed(origin, self._where.origins)
            if scope["type"] == "http":
                send = self._with_headers(send)
            if not good:
                await _refuse(scope, send)
                return
        await self._app(scope, receive, send)

    def _with_headers(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", []), *self._headers]}
            await send(message)

        return sending


def _only(scope: Scope, name: bytes) -> str | None:
    """A header's value where it stands exactly once."""
    found = [value for key, value in scope["headers"] if key == name]
    return found[0].decode("latin-1") if len(found) == 1 else None


async def _refuse(scope: Scope, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": CLOSE_POLICY})
        return
    await send({"type": "http.response.start", "status": 421, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"not here\n"})


def application(opening: Opening, where: Where, folder: Path) -> ASGIApp:
    """The pages of `folder` and the socket, of a room that may still be on its way."""
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in KINDS}

    def answer(name: str) -> Response:
        if name not in files:
            return PlainTextResponse("there is nothing here\n", 404)
        return Response(files[name], media_type=KINDS[Path(name).suffix])

    async def page(request: Request) -> Response:
        framed = files["page.html"].replace(b"PAGE", PAGES[request.url.path].encode())
        return Response(framed, media_type=KINDS[".html"])

    async def part(request: Request) -> Response:
        return answer(str(request.path_params["name"]))

    async def here(request: Request) -> Response:
        return Response(status_code=204 if opening.host is not None else 202)

    async def socket(connection: WebSocket) -> None:
        if opening.host is not None:
            await Connection(opening.host, connection).serve()
        elif (early := await opening.wait(connection)) is not None:
            await Connection(early.host, connection).serve(early.first)

    routes: list[Route | WebSocketRoute] = [Route(path, page, methods=["GET"]) for path in PAGES]
    routes += [Route("/part/{name}", part, methods=["GET"]), Route("/here", here, methods=["GET"])]
    routes.append(WebSocketRoute("/ws", socket))
    inside = Starlette(routes=routes)
    # There is one address for each page, and no answer that sends anybody to another.
    inside.router.redirect_slashes = False
    return Doorkeeper(inside, where)


class Connection:
    """One socket: reads, keeps to the rates, and sends what the host puts in line."""

    def __init__(self, host: "Host", socket: WebSocket) -> None:
        """Of this room."""
        self._host = host
        self._socket = socket
        address = socket.client.host if socket.client is not None else ""
        self._client = Client(address)
        self._bucket = Bucket(BURST, PER_S)
        self._faults = 0

    async def serve(self, first: asyncio.Task[Message] | None = None) -> None:
        """Until either side has had enough.

        Of a line that was accepted before the room was there, `first` is what comes first.
        """
        host, client = self._host, self._client
        strangers = sum(c.person is None and c.address == client.address for c in host.clients)
        if len(host.clients) >= MOST_SOCKETS or strangers >= MOST_STRANGERS:
            await self._socket.close(CLOSE_POLICY)
            return
        if first is None:
            await self._socket.accept()
        host.clients.add(client)
        writer = asyncio.create_task(self._write())
        tasks = (writer, asyncio.create_task(self._read(first)), asyncio.create_task(client.gone.wait()))
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            client.gone.set()
            host.leave(client)
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            with contextlib.suppress(*TROUBLE):
                await asyncio.wait_for(self._socket.close(client.close_code), CLOSING_S)
        for wrong in ended:
            if isinstance(wrong, Exception) and not isinstance(wrong, TROUBLE):
                raise wrong

    async def _write(self) -> None:
        while True:
            text = await self._client.next()
            try:
                await self._socket.send_text(text)
            except (RuntimeError, WebSocketDisconnect, OSError):
                return

    async def _read(self, first: asyncio.Task[Message] | None) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        while True:
            left = began + HELLO_S - loop.time() if self._client.person is None else None
            try:
                message = await asyncio.wait_for(first or self._socket.receive(), left)
                first = None
            except TimeoutError:
                if self._client.person is not None:
                    continue  # the hello was still with the host when this wait began
                self._client.close_code = CLOSE_POLICY
                return
            if message["type"] != "websocket.receive":
                return
            if not self._one(message.get("text"), loop.time()):
                return

    def _one(self, text: str | None, now: float) -> bool:
        """Takes one message; False when the connection is to be closed."""
        if text is not None and len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
            self._client.close_code = CLOSE_BIG
            return False
        if not (self._host.bucket(self._client) or self._bucket).take(now):
            return self._fault("slow-down")
        message = frame(text) if text is not None else None
        if message is None or message.get("type") not in TYPES:
            return self._fault("bad-message")
        if self._client.person is None and message["type"] != "hello":
            return self._fault("not-yours")
        self._faults = 0
        self._host.give(Command(self._client, message))
        return True

    def _fault(self, code: str) -> bool:
        self._faults += 1
        if self._faults > MOST_FAULTS:
            self._client.close_code = CLOSE_POLICY
            return False
        if self._faults == 1 or code != "slow-down":
            self._client.send(self._host.encoded(self._host.refusal(code)))
        return True


def server(
    app: ASGIApp, port: int, *, address: str = "0.0.0.0", certificate: Path | None = None, key: Path | None = None
) -> uvicorn.Server:
    """A server for this application; it binds when it is started."""
    options: dict[str, Any] = {}
    if certificate is not None:
        options = {"ssl_certfile": str(certificate), "ssl_keyfile": str(key) if key is not None else None}
        # Until its handshake is done a connection is counted nowhere; it gets no more time than one on a plain line.
        setattr(constants, "SSL_HANDSHAKE_TIMEOUT", HELLO_S)  # noqa: B010 - declared to be final
    config = uvicorn.Config(
        app,
        host=address,
        port=port,
        # Lines are made by uvicorn, so what those of one server share hangs on their class.
        http=type("Patient", (Impatient,), {"turns": Turns()}),
        ws=Stubborn,
        ws_max_size=MOST_BYTES,
        ws_per_message_deflate=False,
        ws_ping_interval=PING_S,
        ws_ping_timeout=PONG_S,
        h11_max_incomplete_event_size=MOST_BYTES,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=3,
        lifespan="off",
        access_log=False,
        log_level="warning",
        server_header=False,
        date_header=False,
        proxy_headers=False,
        **options,
    )
    return uvicorn.Server(config)


async def serve(
    opening: Opening,
    server: uvicorn.Server,
    entered: Callable[[], None],
    came: Callable[[], None] = lambda: None,
    sockets: list[plain.socket] | None = None,
) -> None:
    """Serves until the server is asked to end; the room is saved then, also where Ctrl+C cancels this meanwhile.

    `entered` is called once pages can be opened, `came` once the room is there. What kept it from coming is raised.
    """
    task = asyncio.create_task(_run(opening, came))
    # Should the host ever end by itself, a server that goes on taking messages nobody answers would be worse.
    task.add_done_callback(lambda _: setattr(server, "should_exit", True))
    watching = asyncio.create_task(_tell(server, entered))
    try:
        await server.serve(sockets)
    finally:
        watching.cancel()
        if opening.host is not None:
            opening.host.stop()
        else:
            task.cancel()
        while not task.done():
            # The room takes its last turn to its end: what is cancelled here is the waiting for it.
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.shield(task)
        if not task.cancelled():
            task.result()


async def _run(opening: Opening, came: Callable[[], None]) -> None:
    try:
        host = await opening.open()
    finally:
        opening.give_up()
    came()
    await host.run()


async def _tell(server: uvicorn.Server, entered: Callable[[], None]) -> None:
    while not server.started:
        await asyncio.sleep(0.02)
    entered()
