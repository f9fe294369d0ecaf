"""What lies between phones and server in a drill under misfortune: bytes pass, unless it pleases it otherwise."""

import asyncio
import contextlib
import time
from dataclasses import dataclass, field

from tests.squad.load import Luck


@dataclass
class Line:
    """Listens where the phones connect to, and hands on to the server."""

    luck: Luck
    behind: int
    """Port of the server."""
    port: int = 0
    pairs: list[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = field(default_factory=list)
    stalled_until: float = 0.0
    cuts: int = 0

    async def open(self) -> asyncio.Server:
        """Begins to listen."""
        listening = await asyncio.start_server(self._pass, "127.0.0.1", 0)
        self.port = int(listening.sockets[0].getsockname()[1])
        return listening

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far = await asyncio.open_connection("127.0.0.1", self.behind)
        except OSError:
            writer.transport.abort()
            return
        pair = (writer, far)
        self.pairs.append(pair)
        tasks = [asyncio.create_task(self._copy(reader, far)), asyncio.create_task(self._copy(far_reader, writer))]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for each in pair:
            each.transport.abort()
        self.pairs.remove(pair)

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(4096):
                while time.monotonic() < self.stalled_until:
                    await asyncio.sleep(0.05)
                if self.luck() < 0.05:
                    await asyncio.sleep(self.luck() * 0.4)
                # Two pieces, so that no frame may count on coming whole.
                half = int(self.luck() * len(data))
                writer.write(data[:half])
                writer.write(data[half:])
                await writer.drain()

    def cut(self, share: float) -> None:
        """So many of the connections are gone from one moment to the next; 1.0 brings everybody back at once."""
        for pair in list(self.pairs):
            if self.luck() < share:
                self.cuts += 1
                for each in pair:
                    each.transport.abort()
