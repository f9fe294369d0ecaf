"""The command itself: a real process that is killed while a squad plays, and goes on as if nothing had happened."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from sim.storage.journal_file import read_journal
from tests.squad.lounge import Someone
from tests.squad.served import ROOT, Served, free_port, write_drill


@pytest.fixture
def drill(tmp_path: Path) -> Path:
    return write_drill(tmp_path)


@pytest.mark.slow
def test_a_server_killed_again_and_again_loses_and_doubles_nothing(tmp_path: Path, drill: Path) -> None:
    port, acked, tokens, there = free_port(), [], {}, []  # type: ignore[var-annotated]

    async def someone(**way: str) -> Someone:
        origin = f"http://127.0.0.1:{port}"
        found = Someone(await connect(f"ws://127.0.0.1:{port}/ws", origin=origin, compression=None))  # type: ignore[arg-type]
        there.append(found)
        await found.hello(**way)
        return found

    async def round_(served: Served, number: int) -> None:
        try:
            await played(served, number)
        finally:
            while there:
                there.pop().socket.transport.abort()

    async def played(served: Served, number: int) -> None:
        boss = await someone(token=served.boss)
        if not tokens:
            for seat in ("commander", "liaison"):
                phone = await someone(code=served.code)
                tokens[seat] = phone.welcome["token"]
                await boss.do("admit", {"who": phone.welcome["who"], "squad": "A", "role": seat})
            await boss.do("start")
        else:
            answer = await boss.do("resume", number=f"resume-{number}")
            assert "ack" == answer["type"], answer
        phone = await someone(token=tokens["liaison"])
        assert "liaison" == phone.welcome["role"]
        if acked:
            assert (await phone.do("say", {"to": "all", "text": acked[-1]}, number=acked[-1]))["again"]
        for k in range(10):
            name = f"m{number}-{k}"
            answer = await phone.do("say", {"to": "all", "text": name}, number=name)
            if answer["type"] == "ack":
                acked.append(name)
            await asyncio.sleep(0.2)
        served.kill()

    for number in range(4):
        asyncio.run(round_(Served(tmp_path, drill, port), number))
    record = read_journal(tmp_path / "room" / "room.jsonl")
    said = [str(e.data["text"]) for e in record.entries if e.data.get("input") == "say"]
    assert 40 == len(acked)
    assert acked == said


@pytest.mark.slow
def test_ctrl_c_closes_the_room_and_its_journal_replays(tmp_path: Path, drill: Path) -> None:
    port = free_port()
    served = Served(tmp_path, drill, port)

    async def play() -> None:
        origin = f"http://127.0.0.1:{port}"
        boss = Someone(await connect(f"ws://127.0.0.1:{port}/ws", origin=origin, compression=None))  # type: ignore[arg-type]
        await boss.hello(token=served.boss)
        await boss.do("speed", {"speed": 8})
        await boss.do("start")
        began = time.monotonic()
        while time.monotonic() - began < 4:
            await boss.wait("control")
        await boss.socket.close()

    asyncio.run(play())
    assert 0 == served.end(signal.SIGINT)
    journal = tmp_path / "room" / "squad-A.jsonl"
    env = {**os.environ, "COMMONGROUND_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "main.py", "replay", str(journal), "--verify", "--json", "--quiet"]
    said = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert 0 == said.returncode, said.stderr
    assert json.loads(said.stdout)["verified"]
