"""Load on a room: `python -m tests.squad.load` seats many clients, lets them talk, and prints how long answers took.

The clients share the processors with the server, so the figures say what this computer can do with both on it.
"""

import argparse
import asyncio
import json
import time
from typing import Any

from tests.squad.lounge import LINK, Lounge, Memo, Someone, new_room, visit


def percentile(values: list[float], share: float) -> float:
    """The value below which this share lies, in milliseconds."""
    ordered = sorted(values)
    return round(1000.0 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)


async def talk(one: Someone, every_s: float, until: float, took: list[float], missing: list[str]) -> None:
    """Writes a note now and then, and waits for each to be acknowledged."""
    while True:
        began = time.monotonic()
        answer = await one.do("note", {"text": "x"})
        took.append(time.monotonic() - began)
        if answer["type"] != "ack":
            missing.append(str(answer.get("code")))
        if time.monotonic() >= until:
            return
        await asyncio.sleep(max(0.0, every_s - (time.monotonic() - began)))


async def admitted(lounge: Lounge, boss: Someone, number: int) -> list[Someone]:
    """So many observers."""
    found = []
    for _ in range(number):
        one = await lounge.someone()
        await one.hello(link=LINK)
        found.append(one)
    for k, one in enumerate(found):
        boss.count += 1
        data = {"who": one.welcome["who"], "squad": "A", "role": "observer"}
        await boss.say(type="do", id=f"a{k}", kind="admit", data=data)
        await boss.wait("ack", number=f"a{k}")
        await asyncio.sleep(0.17)
    await asyncio.gather(*(one.wait("role") for one in found))
    return found


def measured(clients: int, seconds: float, stalled: int = 0, flood: bool = False) -> dict[str, Any]:
    """Percentiles of the time from a note to its acknowledgement; some clients may not read, one may flood."""
    figures: dict[str, Any] = {"clients": clients, "seconds": seconds, "stalled": stalled, "flood": flood}

    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        people = await admitted(lounge, boss, clients)
        await boss.do("start")
        deaf = [await lounge.someone() for _ in range(stalled)]
        for one in deaf:
            await one.hello(link=LINK)
            one.socket.transport.pause_reading()
        rude = asyncio.create_task(_flood(lounge)) if flood else None
        took: list[float] = []
        missing: list[str] = []
        until = time.monotonic() + seconds
        await asyncio.gather(*(talk(one, 2.0, until, took, missing) for one in people))
        burst: list[float] = []
        await asyncio.gather(*(talk(one, 0.0, 0.0, burst, missing) for one in people))
        if rude is not None:
            rude.cancel()
        for one in (boss, *people):
            await one.socket.close()
        for one in deaf:
            one.socket.transport.abort()
        figures["answers"], figures["unacknowledged"] = len(took) + len(burst), len(missing)
        figures["ms"] = {name: percentile(took, share) for name, share in (("p50", 0.5), ("p99", 0.99), ("max", 1.0))}
        figures["burst_ms"] = {"p50": percentile(burst, 0.5), "p99": percentile(burst, 0.99)}

    room, entries = new_room(time_box_min=10)
    visit(story, room, Memo(entries))
    return figures


async def _flood(lounge: Lounge) -> None:
    """Somebody who sends as fast as they can, and comes back each time they are thrown out."""
    text = json.dumps({"type": "do", "id": "x", "kind": "note", "data": {"text": "x" * 200}})
    while True:
        one = await lounge.someone()
        try:
            while True:
                await one.socket.send(text)
        except Exception:
            continue


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--stalled", type=int, default=0)
    parser.add_argument("--flood", action="store_true")
    given = parser.parse_args()
    print(json.dumps(measured(given.clients, given.seconds, given.stalled, given.flood)))  # noqa: T201
