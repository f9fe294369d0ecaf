"""A drill under every misfortune at once: `python -m tests.squad.nemesis`; the log is held against what phones saw.

The server is killed again and again and comes back on the same folder. Between it and the phones lies a line that cuts,
delays and stalls; phones send twice, late, in another order or not at all the first time, fall asleep, and all come
back at once. At the end every acknowledged message stands in the log exactly once and in its phone's order, everybody
has the seat they had, and the room made again from its log is the one that was shown last.
"""

import argparse
import asyncio
import contextlib
import json
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.storage.journal_file import read_journal
from tests.squad.caller import Caller
from tests.squad.load import Luck, fill
from tests.squad.served import Served, free_port, write_drill


@dataclass
class Line:
    """What lies between phones and server: bytes pass, unless it pleases it otherwise."""

    luck: Luck
    behind: int
    """Port of the server."""
    port: int = 0
    pairs: list[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = field(default_factory=list)
    stalled_until: float = 0.0
    cuts: int = 0

    async def open(self) -> asyncio.Server:
        """Begins to listen."""
        self.port = free_port()
        return await asyncio.start_server(self._pass, "127.0.0.1", self.port)

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


class Unlucky(Caller):
    """A phone whose messages go missing, go twice, or overtake each other."""

    luck: Luck
    asleep_until = 0.0

    async def _send(self, deed: Any) -> None:
        if time.monotonic() < self.asleep_until:
            return
        dice = self.luck()
        if dice < 0.05 and deed.tries == 0:
            deed.tries, deed.last = 1, time.monotonic()  # lost on the way; it will be sent again
            return
        if dice < 0.10:
            await asyncio.sleep(self.luck() * 0.3)
        await super()._send(deed)
        if dice > 0.90:
            await super()._send(deed)

    async def sleep(self, seconds: float) -> None:
        """The screen goes dark: nothing is read and nothing is sent."""
        self.asleep_until = time.monotonic() + seconds
        if self._socket is not None:
            with contextlib.suppress(RuntimeError):
                self._socket.transport.pause_reading()
        socket = self._socket
        await asyncio.sleep(seconds)
        if socket is not None:
            with contextlib.suppress(RuntimeError):
                socket.transport.resume_reading()


async def _talk(phone: Unlucky, decisions: int, pause_s: float) -> None:
    for k in range(decisions):
        text = f"{phone.who}/{k}"
        while True:
            observer = phone.role == "observer"
            data = {"text": text} if observer else {"to": "all", "text": text}
            answer = await phone.do("note" if observer else "say", data)
            if answer["type"] == "ack":
                break
            await asyncio.sleep(0.3)  # stopped after a restart, or still in the lobby
        await asyncio.sleep(pause_s * phone.luck())


async def _trouble(line: Line, phones: list[Unlucky], luck: Luck, busy: list[asyncio.Task[None]]) -> None:
    while any(not task.done() for task in busy):
        await asyncio.sleep(0.5 + luck() * 2.0)
        dice = luck()
        if dice < 0.5:
            line.cut(0.2)
        elif dice < 0.6:
            line.cut(1.0)
        elif dice < 0.8:
            line.stalled_until = time.monotonic() + luck() * 3.0
        else:
            phone = phones[int(luck() * len(phones))]
            busy_with = asyncio.create_task(phone.sleep(2.0 + luck() * 14.0))
            busy_with.add_done_callback(lambda _: None)


def drill(seed: int, clients: int, decisions: int, kills: int, pause_s: float = 0.6) -> dict[str, Any]:
    """One drill; what was lost, doubled or out of order, and how long phones were without the room."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file, port = write_drill(folder, time_box_min=10), free_port()
        figures, phones, last = asyncio.run(_drill(folder, file, port, seed, clients, decisions, kills, pause_s))
        record = read_journal(folder / "room" / "room.jsonl")
        inputs = [(str(e.data["squad"]), str(e.data["id"])) for e in record.entries if e.kind == "input"]
        ids = [number for _, number in inputs]
        texts = [str(e.data["text"]) for e in record.entries if e.data.get("input") in {"say", "note"}]
        acked = [deed for phone in phones for deed in phone.deeds if deed.answer.get("type") == "ack"]
        figures["acknowledged"] = len(acked)
        figures["lost"] = sum(deed.id not in set(ids) for deed in acked)
        figures["doubled"] = len(inputs) - len(set(inputs)) + len(texts) - len(set(texts))
        order = [[int(text.split("/")[1]) for text in texts if text.startswith(phone.who + "/")] for phone in phones]
        figures["out_of_order"] = sum(row != sorted(row) for row in order)
        figures["incomplete"] = sum(len(row) != decisions for row in order)
        kept = [str(e.data["text"]) for e in record.entries if e.data.get("input") == "say" and e.data["squad"] == "A"]
        figures["shown_otherwise"] = int(last != kept[-40:])
        return figures


async def _drill(
    folder: Path, file: Path, port: int, seed: int, clients: int, decisions: int, kills: int, pause_s: float
) -> tuple[dict[str, Any], list[Unlucky], list[str]]:
    luck, base = Luck(seed), f"http://127.0.0.1:{port}"
    served = await asyncio.to_thread(Served, folder, file, port, "--squads", "2")
    line = Line(luck, port)
    listening = await line.open()
    boss = Caller(base, token=served.boss).start()
    phones: list[Unlucky] = []
    for k in range(clients):
        phone = Unlucky(base, code=served.code, port=line.port)
        phone.luck = Luck(seed * 1000 + k)
        phones.append(phone)
        phone.start()
    await asyncio.gather(*(phone.welcome() for phone in phones))
    await boss.welcome()
    await fill(boss, 2, clients)
    await boss.do("start")
    await boss.do("speed", {"speed": 0.5})
    seats = {phone.who: phone.role for phone in phones}
    busy = [asyncio.create_task(_talk(phone, decisions, pause_s)) for phone in phones]
    trouble = asyncio.create_task(_trouble(line, phones, luck, busy))
    killed, away = 0, []
    while killed < kills and any(not task.done() for task in busy):
        await asyncio.sleep(2.0 + 4.0 * luck())
        await boss.stop()
        served.kill()
        began = time.monotonic()
        served = await asyncio.to_thread(Served, folder, file, port, "--squads", "2")
        away.append(time.monotonic() - began)
        killed += 1
        boss = Caller(base, token=served.boss).start()
        await boss.welcome()
        await boss.do("resume")
    await asyncio.wait(busy, timeout=240)
    trouble.cancel()
    await boss.do("pause", {"text": "done"})
    await boss.until(lambda: boss.view["squads"]["A"]["phase"] == "paused")
    said = [entry["text"] for entry in boss.view["squads"]["A"]["said"]]
    await asyncio.gather(*(phone.stop() for phone in phones), return_exceptions=True)
    await boss.stop()
    served.kill()
    listening.close()
    outages = sorted(s for phone in phones for s in phone.outages)
    figures = {
        "seed": seed,
        "clients": clients,
        "killed": killed,
        "cut": line.cuts,
        "sent_again": sum(deed.tries > 1 for phone in phones for deed in phone.deeds),
        "unanswered": sum(deed.took_s is None for phone in phones for deed in phone.deeds),
        "other_seat": sum(seats[phone.who] != phone.role for phone in phones),
        "outage_s": [round(outages[int(len(outages) * share)], 1) for share in (0.5, 0.95)] if outages else [],
        "restart_s": round(sum(away) / max(1, len(away)), 1),
    }
    return figures, phones, said


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--drills", type=int, default=1)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--clients", type=int, default=30)
    parser.add_argument("--decisions", type=int, default=100)
    parser.add_argument("--kills", type=int, default=10)
    given = parser.parse_args()
    for seed in range(given.first, given.first + given.drills):
        print(json.dumps(drill(seed, given.clients, given.decisions, given.kills)), flush=True)  # noqa: T201
