"""Load on a room: `python -m tests.squad.load` lets many phones decide, and prints how long their answers took.

The server is the real command in a process of its own, with its log on the disk. The phones are in other processes and
speak by docs/protocol.md alone. All share this computer's processors, so the figures hold for both on it. With
`--apart` rude phones have a processor to themselves and the room shares the first with the others, as if the rude ones
were other computers: what they do to it is then what they send, and not what they take away here.
"""

import argparse
import asyncio
import contextlib
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.squad.caller import Caller
from tests.squad.served import ROOT, Served, free_port, write_drill

TICKS_S = os.sysconf("SC_CLK_TCK")


def percentile(values: list[float], share: float) -> float:
    """The value below which this share lies, in milliseconds."""
    ordered = sorted(values) or [0.0]
    return round(1000.0 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)


def summary(values: list[float]) -> dict[str, float]:
    """Milliseconds at p50, p99 and the worst, and how many there are."""
    named = {name: percentile(values, share) for name, share in (("p50", 0.5), ("p99", 0.99), ("max", 1.0))}
    return {**named, "number": len(values)}


class Process:
    """What a process of this computer has used so far."""

    def __init__(self, pid: int) -> None:
        """Of this process."""
        self._folder = Path(f"/proc/{pid}")

    @property
    def cpu_s(self) -> float:
        """Processor time, s."""
        fields = (self._folder / "stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_S

    def memory_mb(self, name: str = "VmRSS") -> float:
        """Memory held now, or at the most (`VmHWM`), MB."""
        lines = (self._folder / "status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024.0 for line in lines if line.startswith(name + ":"))


class Luck:
    """Numbers between 0 and 1, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        """The row of this seed."""
        self._seed, self._count = seed, 0

    def __call__(self) -> float:
        """The next one."""
        self._count += 1
        digest = hashlib.blake2b(f"{self._seed}/{self._count}".encode(), digest_size=6).digest()
        return int.from_bytes(digest) / 2.0**48


# ---- phones, in processes of their own


async def _phone(one: Caller, plan: dict[str, Any], luck: Luck) -> None:
    """Decides something every two seconds or so, as its role allows."""
    until = time.monotonic() + plan["seconds"]
    mine = 0
    await asyncio.sleep(luck() * plan["every_s"])
    while time.monotonic() < until:
        began = time.monotonic()
        if one.role == "observer":
            await one.do("note", {"text": "the left side is filling up"})
        elif mine:
            await one.do("withdraw", {"proposal": mine})
            mine = 0
        elif luck() < 0.5:
            answer = await one.do("propose", {"order": {"response": "hold", "reason": "first see what comes"}})
            mine = answer.get("result", {}).get("proposal", 0)
        else:
            await one.do("say", {"to": "all", "text": "what do we know about the doors?"})
        await asyncio.sleep(max(0.0, plan["every_s"] - (time.monotonic() - began)))


async def work(plan: dict[str, Any]) -> dict[str, Any]:
    """Comes in with so many phones, waits for seats, decides for a while, and all at once at the end."""
    luck = Luck(plan["seed"])
    began = time.monotonic()
    phones = [
        Caller(plan["base"], code=plan["code"], read_views=False, port=plan.get("port", 0)).start()
        for _ in range(plan["clients"])
    ]
    await asyncio.gather(*(one.welcome() for one in phones))
    joined = time.monotonic() - began
    print(json.dumps({"joined_s": round(joined, 3)}), flush=True)  # noqa: T201
    line = await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    assert line.strip() == "go"
    deciding = [asyncio.create_task(_phone(one, plan, luck)) for one in phones]
    await asyncio.wait(deciding)
    steady = [deed.took_s for one in phones for deed in one.deeds]
    before = [len(one.deeds) for one in phones]
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    text = {"text": "all at once"}
    at_once = [one.do("note" if one.role == "observer" else "say",
                      text if one.role == "observer" else {"to": "all", **text}) for one in phones]  # fmt: skip
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.gather(*at_once), 20)
    burst = [deed.took_s for one, k in zip(phones, before, strict=True) for deed in one.deeds[k:]]
    await asyncio.gather(*(one.stop() for one in phones))
    codes: dict[str, int] = {}
    for deed in (deed for one in phones for deed in one.deeds):
        code = deed.answer.get("code", deed.answer.get("type", "none"))
        codes[code] = codes.get(code, 0) + 1
    return {
        "joined_s": joined,
        "steady": steady,
        "burst": burst,
        "codes": codes,
        "acked": [deed.id for one in phones for deed in one.deeds if deed.answer.get("type") == "ack"],
        "tries": max((deed.tries for one in phones for deed in one.deeds), default=0),
        "closed": sum(len(one.codes) for one in phones),
        "views": sum(one.views for one in phones),
        "view_mb": sum(one.view_bytes for one in phones) / 1e6,
    }


# ---- the whole


async def fill(boss: Caller, squads: int, number: int, per_s: float = 5.5) -> None:
    """The instructor seats whoever waits: seats first, observers when there are none left."""
    await boss.until(lambda: sum(p["role"] == "waiting" for p in boss.view.get("people", ())) >= number)
    waiting = [p["who"] for p in boss.view["people"] if p["role"] == "waiting"]
    names = sorted(boss.view["squads"])[:squads]
    places = [(name, seat["seat"]) for name in names for seat in boss.view["squads"][name]["seats"] if not seat["who"]]
    places += [(names[k % len(names)], "observer") for k in range(len(waiting))]
    for who, (name, role) in zip(waiting, places, strict=False):
        answer = await boss.do("admit", {"who": who, "squad": name, "role": role})
        assert answer["type"] == "ack", answer
        await asyncio.sleep(1.0 / per_s)


def measured(
    clients: int,
    seconds: float,
    *,
    squads: int = 2,
    workers: int = 2,
    drill: str = "",
    every_s: float = 2.0,
    rude: dict[str, int] | None = None,
    apart: bool = False,
) -> dict[str, Any]:
    """Figures of a room with so many phones deciding for so many seconds; a short drill unless another is named."""
    processors = sorted(os.sched_getaffinity(0))
    first, last = processors[0], processors[-1]
    if apart:
        os.sched_setaffinity(0, {first})
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        file = drill or str(write_drill(folder, time_box_min=10))
        served = Served(folder, Path(file), port, "--squads", str(squads))
        try:
            figures = asyncio.run(
                _measured(served, port, clients, seconds, squads, workers, every_s, rude or {}, last if apart else None)
            )
        finally:
            served.end(signal.SIGINT)
        log = (folder / "room" / "room.jsonl").read_text(encoding="utf-8")
        acked = figures.pop("acked")
        figures["log_mb"] = round(len(log) / 1e6, 2)
        written = Counter(re.findall(r'"id":"([^"]*)"', log))
        figures["lost"] = sum(written[each] == 0 for each in acked)
        figures["doubled"] = sum(written[each] > 1 for each in acked)
        return {"clients": clients, "squads": squads, "seconds": seconds, **figures}


async def _measured(
    served: Served,
    port: int,
    clients: int,
    seconds: float,
    squads: int,
    workers: int,
    every_s: float,
    rude: dict[str, int],
    processor: int | None,
) -> dict[str, Any]:
    server = Process(served.process.pid)
    boss = Caller(f"http://127.0.0.1:{port}", token=served.boss).start()
    await (await boss.welcome()).until(lambda: bool(boss.view))
    shares = [clients // workers + (k < clients % workers) for k in range(workers)]
    began, cpu_before = time.monotonic(), server.cpu_s
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.squad.load", "--work", stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT,
            limit=1 << 26, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for _ in shares
    ]  # fmt: skip
    for k, (process, share) in enumerate(zip(processes, shares, strict=True)):
        plan = {"base": f"http://127.0.0.1:{port}", "code": served.code, "clients": share, "seconds": seconds,
                "every_s": every_s, "seed": k}  # fmt: skip
        await _tell(process, json.dumps(plan))
    joins = [json.loads(await _heard(process))["joined_s"] for process in processes]
    joined = server.cpu_s - cpu_before
    # Who never reads is given a seat first; who comes in again and again must not be counted in their place.
    others = {
        kind: await _rude(port, served.code, kind, rude[kind], seconds, processor) for kind in rude if kind == "deaf"
    }
    await fill(boss, squads, clients + rude.get("deaf", 0))
    others |= {
        kind: await _rude(port, served.code, kind, rude[kind], seconds, processor) for kind in rude if kind != "deaf"
    }
    await boss.do("start")
    memory, cpu_before, began = server.memory_mb(), server.cpu_s, time.monotonic()
    for process in processes:
        await _tell(process, "go")
    await asyncio.sleep(seconds + every_s)
    cpu, wall = server.cpu_s - cpu_before, time.monotonic() - began
    for process in processes:
        await _tell(process, "all")
    found = [json.loads(await _heard(process)) for process in processes]
    for process in processes:
        await process.wait()
    await boss.stop()
    became = {kind: json.loads(await _heard(process) or b"null") for kind, process in others.items()}
    steady = [took for each in found for took in each["steady"]]
    burst = [took for each in found for took in each["burst"]]
    codes: dict[str, int] = {}
    for each in found:
        for code, number in each["codes"].items():
            codes[code] = codes.get(code, 0) + number
    return {
        "join_s": max(joins),
        "join_cpu_s": round(joined, 2),
        "ack_ms": summary([took for took in steady if took is not None]),
        "all_at_once_ms": summary([took for took in burst if took is not None]),
        "unacknowledged": sum(took is None for took in (*steady, *burst)),
        "answers": codes,
        "sent_at_most": max(each["tries"] for each in found),
        "closed": sum(each["closed"] for each in found),
        "server_cpu": round(cpu / wall, 3),
        "server_mb": [round(memory, 1), round(server.memory_mb(), 1), round(server.memory_mb("VmHWM"), 1)],
        "views_per_s": round(sum(each["views"] for each in found) / wall, 1),
        "view_mb_per_s": round(sum(each["view_mb"] for each in found) / wall, 2),
        "rude": became,
        "acked": [each for one in found for each in one["acked"]],
    }


async def _rude(
    port: int, code: str, kind: str, number: int, seconds: float, processor: int | None
) -> asyncio.subprocess.Process:
    more = [kind, str(port), code, str(number), str(seconds), *([] if processor is None else [str(processor)])]
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.squad.rude", *more, stdout=subprocess.PIPE, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


async def _tell(process: asyncio.subprocess.Process, text: str) -> None:
    assert process.stdin is not None
    process.stdin.write(text.encode() + b"\n")
    await process.stdin.drain()


async def _heard(process: asyncio.subprocess.Process) -> bytes:
    assert process.stdout is not None
    return await process.stdout.readline()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", action="store_true")
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--squads", type=int, default=12)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--drill", default="", help="id or file; a short one unless given")
    parser.add_argument("--rude", nargs="*", default=[], metavar="KIND=N", help="kinds of tests.squad.rude")
    parser.add_argument("--apart", action="store_true", help="rude phones on a processor of their own")
    given = parser.parse_args()
    if given.work:
        said = asyncio.run(work(json.loads(sys.stdin.readline())))
    else:
        rude = {kind: int(number) for kind, _, number in (each.partition("=") for each in given.rude)}
        said = measured(
            given.clients,
            given.seconds,
            squads=given.squads,
            workers=given.workers,
            drill=given.drill,
            rude=rude,
            apart=given.apart,
        )
    print(json.dumps(said), flush=True)  # noqa: T201
