"""The command itself: a real process that is killed while a squad plays, and goes on as if nothing had happened."""

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from websockets.asyncio.client import connect

from sim.storage.journal_file import read_journal
from tests.command.program import write_scenario
from tests.drill.table import CALL, drill_data
from tests.squad.lounge import Someone

ROOT = Path(__file__).resolve().parents[2]


class Served:
    """`serve` in a process of its own."""

    def __init__(self, folder: Path, drill: Path, port: int) -> None:
        env = {**os.environ, "COMMONGROUND_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "main.py", "serve", str(drill), "--local", "--port", str(port), "--seed", "3"]
        command += ["--data-dir", str(folder / "room"), "--quiet", "--lang", "en"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if line.startswith("Not encrypted"):
                break
        self.code = re.search(r"Code:\s+(\S+)", said)[1]  # type: ignore[index]
        self.boss = re.search(r"/control#(\S+)", said)[1]  # type: ignore[index]

    def kill(self) -> None:
        self.end(signal.SIGKILL)

    def end(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        code = self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


@pytest.fixture
def drill(tmp_path: Path) -> Path:
    write_scenario(tmp_path, injects=[{key: value for key, value in CALL.items() if value is not None}])
    path = tmp_path / "short.yaml"
    path.write_text(yaml.safe_dump(drill_data(scenario="small.yaml"), allow_unicode=True), encoding="utf-8")
    return path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.slow
def test_a_server_killed_again_and_again_loses_and_doubles_nothing(tmp_path: Path, drill: Path) -> None:
    port, acked, tokens = free_port(), [], {}  # type: ignore[var-annotated]

    async def someone(**way: str) -> Someone:
        origin = f"http://127.0.0.1:{port}"
        found = Someone(await connect(f"ws://127.0.0.1:{port}/ws", origin=origin, compression=None))  # type: ignore[arg-type]
        await found.hello(**way)
        return found

    async def round_(served: Served, number: int) -> None:
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

    asyncio.run(play())
    assert 0 == served.end(signal.SIGINT)
    journal = tmp_path / "room" / "squad-A.jsonl"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "main.py", "replay", str(journal), "--verify", "--json", "--quiet"]
    said = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert 0 == said.returncode, said.stderr
    assert json.loads(said.stdout)["verified"]
