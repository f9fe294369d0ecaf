"""A drill under every misfortune at once: `python -m tests.squad.nemesis`; the log is held against what phones saw.

The server is killed again and again and comes back on the same folder; now and then it is stopped for some seconds.
Between it and the phones lies a line that cuts, delays and stalls; phones send twice, late, in another order or not at
all the first time, fall asleep, are stopped for half a minute, and all come back at once. The time of day of both sides
jumps by an hour and by a day. At the end every acknowledged message stands in the log exactly once and in its phone's
order, everybody has the seat they had, and the room made again from its log shows what was said and scored last.
`--rows FILE` writes a line for each drill and leaves out those that stand there already.
"""

import argparse
import asyncio
import json
import os
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.storage.journal_file import read_journal
from tests.squad.caller import Caller
from tests.squad.line import Line
from tests.squad.load import Luck, fill
from tests.squad.moved_clock import JUMPS_S, MovedClock
from tests.squad.outage import Outage, Restart, Span, made_of, spread
from tests.squad.served import ROOT, Served, free_port, write_drill

POCKETS = 5
"""Processes the phones are spread over; one of them at a time is stopped."""


@dataclass(frozen=True)
class Plan:
    """How hard a drill is."""

    seed: int
    clients: int = 30
    decisions: int = 100
    kills: int = 10
    pause_s: float = 0.9
    """Real time between two decisions of a phone at most."""
    stopped_s: float = 30.0
    """How long a pocket of phones is stopped."""


class Pocket:
    """A process of `tests.squad.pocket`, as the drill sees it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        """Started."""
        self.process = process
        self.done = asyncio.Event()
        """Set once every message of its phones is acknowledged."""

    @classmethod
    async def start(cls, plan: dict[str, Any], env: dict[str, str]) -> "Pocket":
        """Begins to come in."""
        pipe = asyncio.subprocess.PIPE
        found = cls(
            await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.squad.pocket", stdin=pipe, stdout=pipe, cwd=ROOT, limit=1 << 26,
                env={**os.environ, "PYTHONPATH": str(ROOT), **env},
            )
        )  # fmt: skip
        found.tell(json.dumps(plan))
        return found

    def tell(self, text: str) -> None:
        """One line."""
        assert self.process.stdin is not None
        self.process.stdin.write(text.encode() + b"\n")

    async def hear(self, what: str) -> Any:
        """What it says next, which has to be this."""
        assert self.process.stdout is not None
        said = json.loads(await self.process.stdout.readline())
        assert what == said["what"], said
        return said["said"]

    async def busy(self) -> None:
        """Returns once it is done."""
        await self.hear("done")
        self.done.set()


class Drill:
    """One drill, from the first phone to the last restart."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        """Not begun."""
        self.folder, self.plan, self.luck = folder, plan, Luck(plan.seed)
        self.file, self.port = write_drill(folder, time_box_min=10), free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        (folder / "far").mkdir()
        self.clocks = (MovedClock(folder), MovedClock(folder / "far"))
        """Of the server and of the phones."""
        self.line = Line(self.luck, self.port)
        self.digests: dict[tuple[str, int], str] = {}
        self.figures: dict[str, Any] = {
            "seed": plan.seed, "clients": plan.clients, "killed": 0, "server_stopped": 0, "phones_stopped": 0,
            "other_digests": 0,
        }  # fmt: skip
        self._restarts: list[Restart] = []
        self._stopped: list[Span] = []
        """When the server was stopped."""
        self._asleep: tuple[int, list[Span]] = (0, [])
        """Which pocket was stopped, and when."""
        self._killed = 0.0
        self._first_code = ""

    async def whole(self) -> None:
        """Plays it; `figures` holds what came of it."""
        await self._serve()
        listening = await self.line.open()
        await self._come_in()
        tasks = [asyncio.create_task(each) for each in (self._trouble(), self._stop_phones(), self._jump())]
        try:
            while self.figures["killed"] < self.plan.kills and not self._done:
                await asyncio.sleep(1.0 + 2.5 * self.luck())
                if self.luck() < 0.3:
                    await self._stop_server(1.0 + 5.0 * self.luck())
                await self._kill()
            await asyncio.wait_for(asyncio.gather(*self.ends), 240)
        finally:
            for task in tasks:
                task.cancel()
            for pocket in self.pockets:
                pocket.process.send_signal(signal.SIGCONT)
        await self._judge()
        listening.close()

    # ---- the server

    async def _serve(self) -> None:
        more = ("--squads", "2")
        began = time.monotonic()
        self.served = await asyncio.to_thread(Served, self.folder, self.file, self.port, *more, env=self.clocks[0].env)
        if self._killed:
            self._restarts.append(Restart(self._killed, began, time.monotonic()))
        self._first_code = self._first_code or self.served.code
        self.boss = Caller(self.base, token=self.served.boss).start()
        await self.boss.welcome()

    async def _kill(self, *, go_on: bool = True) -> None:
        await self.boss.stop()
        self._killed = time.monotonic()
        self.served.kill()
        self._read_digests()
        await self._serve()
        self.figures["killed"] += 1
        if go_on:
            await self.boss.do("resume")

    async def _stop_server(self, seconds: float) -> None:
        began = time.monotonic()
        self.served.process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(seconds)
        self.served.process.send_signal(signal.SIGCONT)
        self._stopped.append((began, time.monotonic()))
        self.figures["server_stopped"] += 1
        await asyncio.sleep(0.5)

    def _read_digests(self) -> None:
        """What the squads' journals say of their state; a tick whose digest was another before is counted."""
        for path in self.folder.glob("room/squad-?.jsonl"):
            for entry in read_journal(path).entries:
                if entry.kind == "digest":
                    before = self.digests.setdefault((path.stem, entry.tick), str(entry.data["digest"]))
                    self.figures["other_digests"] += before != entry.data["digest"]

    # ---- the phones

    async def _come_in(self) -> None:
        plan = self.plan
        shares = [plan.clients // POCKETS + (k < plan.clients % POCKETS) for k in range(POCKETS)]
        about = {"base": self.base, "code": self._first_code, "port": self.line.port, "decisions": plan.decisions,
                 "pause_s": plan.pause_s}  # fmt: skip
        self.pockets = [
            await Pocket.start({**about, "phones": share, "seed": 100 * plan.seed + k}, self.clocks[1].env)
            for k, share in enumerate(shares)
            if share
        ]
        self.who = [who for pocket in self.pockets for who in await pocket.hear("in")]
        await fill(self.boss, 2, plan.clients)
        await self.boss.do("start")
        await self.boss.do("speed", {"speed": 0.5})
        for pocket in self.pockets:
            pocket.tell("go")
        self.ends = [asyncio.create_task(pocket.busy()) for pocket in self.pockets]

    @property
    def _done(self) -> bool:
        return all(pocket.done.is_set() for pocket in self.pockets)

    # ---- the misfortunes

    async def _trouble(self) -> None:
        while True:
            await asyncio.sleep(0.5 + self.luck() * 2.5)
            dice = self.luck()
            if dice < 0.6:
                self.line.cut(0.2)
            elif dice < 0.7:
                self.line.cut(1.0)
            else:
                self.line.stalled_until = time.monotonic() + self.luck() * 3.0

    async def _stop_phones(self) -> None:
        await asyncio.sleep(2.0 + 4.0 * self.luck())
        which = int(self.luck() * len(self.pockets))
        pocket, began = self.pockets[which], time.monotonic()
        self._asleep = which, [(began, began + self.plan.stopped_s)]
        pocket.process.send_signal(signal.SIGSTOP)
        self.figures["phones_stopped"] += 1
        await asyncio.sleep(self.plan.stopped_s)
        pocket.process.send_signal(signal.SIGCONT)

    async def _jump(self) -> None:
        k = self.plan.seed
        while True:
            await asyncio.sleep(2.0 + self.luck() * 4.0)
            self.clocks[k % 2].jump(JUMPS_S[k // 2 % len(JUMPS_S)])
            k += 1

    # ---- the judgement

    async def _judge(self) -> None:
        boss = self.boss
        await boss.do("pause", {"text": "done"})
        await boss.until(lambda: boss.view["squads"]["A"]["phase"] == "paused")
        said = [entry["text"] for entry in boss.view["squads"]["A"]["said"]]
        await boss.do("end")
        await boss.until(lambda: bool(boss.view.get("report")), 60)
        scores = [each["total"] for each in boss.view["report"]]
        await self._kill(go_on=False)
        await self.boss.until(lambda: bool(self.boss.view.get("report")), 60)
        self.figures["other_score"] = int(scores != [each["total"] for each in self.boss.view["report"]])
        for pocket in self.pockets:
            pocket.tell("stop")
        told = [await pocket.hear("over") for pocket in self.pockets]
        for pocket in self.pockets:
            await pocket.process.wait()
        await self.boss.stop()
        self.served.end(signal.SIGINT)
        self._read_digests()
        self._hold_against([tuple(pair) for each in told for pair in each["acked"]], said)
        self.figures |= {
            "cut": self.line.cuts,
            "jumps": sum(clock.jumps for clock in self.clocks),
            "digests": len(self.digests),
            "sent_again": sum(each["sent_again"] for each in told),
            "other_seat": sum(each["other_seat"] for each in told),
            "restart_s": round(sum(r.answers - r.started for r in self._restarts) / len(self._restarts), 1),
            **self._outages([[Outage(**each) for each in pocket["outages"]] for pocket in told]),
        }

    def _outages(self, pockets: list[list[Outage]]) -> dict[str, Any]:
        """All, those in which the server or the phone itself was stopped, and the others."""
        everyone = [each for pocket in pockets for each in pocket]
        which, asleep = self._asleep
        stopped = [o for k, each in enumerate(pockets) for o in each if o.meets(self._stopped + asleep * (k == which))]
        others = [each for each in everyone if each not in stopped]
        whole = spread(everyone)
        return {
            "outages": whole[0],
            "outage_s": whole[1:3],
            "outages_stopped": spread(stopped),
            "outages_others": spread(others),
            "slowest_of_others": made_of(others, self._restarts),
        }

    def _hold_against(self, acked: list[tuple[str, ...]], said: list[str]) -> None:
        record = read_journal(self.folder / "room" / "room.jsonl")
        inputs = [(str(e.data["squad"]), str(e.data["id"])) for e in record.entries if e.kind == "input"]
        ids = {number for _, number in inputs}
        texts = [str(e.data["text"]) for e in record.entries if e.data.get("input") in {"say", "note"}]
        order = [[int(text.split("/")[1]) for text in texts if text.startswith(who + "/")] for who in self.who]
        kept = [str(e.data["text"]) for e in record.entries if e.data.get("input") == "say" and e.data["squad"] == "A"]
        self.figures |= {
            "acknowledged": len(acked),
            "lost": sum(number not in ids for _, number in acked),
            "doubled": len(inputs) - len(set(inputs)) + len(texts) - len(set(texts)),
            "out_of_order": sum(row != sorted(row) for row in order),
            "incomplete": sum(len(row) != self.plan.decisions for row in order),
            "shown_otherwise": int(said != kept[-40:]),
        }


WRONG = (
    "lost", "doubled", "out_of_order", "incomplete", "shown_otherwise", "other_seat", "other_score", "other_digests",
)  # fmt: skip
"""Figures that have to be nought."""


def drill(plan: Plan) -> dict[str, Any]:
    """One drill; what was lost, doubled or out of order, and how long phones were without the room."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        one = Drill(Path(name), plan)
        try:
            asyncio.run(one.whole())
        finally:
            if one.served.process.poll() is None:
                one.served.kill()
    return {**one.figures, "seconds": round(time.monotonic() - began)}


def together(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """All rows in one."""
    added = (*WRONG, "clients", "killed", "cut", "jumps", "server_stopped", "phones_stopped", "acknowledged",
             "sent_again", "digests", "outages")  # fmt: skip
    late = [row["outage_s"][1] for row in rows if row["outage_s"]]
    return {
        "drills": len(rows),
        **{name: sum(row[name] for row in rows) for name in added},
        "fewest_kills": min((row["killed"] for row in rows), default=0),
        "outage_p95_s": [min(late, default=0), max(late, default=0)],
    }


def _rows(path: Path | None) -> list[dict[str, Any]]:
    if path is None or not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--drills", type=int, default=1)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--clients", type=int, default=30)
    parser.add_argument("--decisions", type=int, default=100)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument(
        "--rows", type=Path, help="a line is written here for each drill; those that stand there are left out"
    )
    parser.add_argument("--minutes", type=float, default=1e9, help="no drill is begun after so long")
    given = parser.parse_args()
    until = time.monotonic() + 60.0 * given.minutes
    rows = _rows(given.rows)
    for seed in range(given.first, given.first + given.drills):
        if time.monotonic() > until or any(row["seed"] == seed for row in rows):
            continue
        row = drill(Plan(seed, given.clients, given.decisions, given.kills))
        rows.append(row)
        if given.rows is not None:
            with given.rows.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")
        print(json.dumps(row), flush=True)  # noqa: T201
    print(json.dumps(together(rows)), flush=True)  # noqa: T201
