"""`serve` in a process of its own, with the short drill in files."""

import atexit
import contextlib
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import Any

import yaml

from tests.command.program import write_scenario
from tests.drill.table import CALL, drill_data

ROOT = Path(__file__).resolve().parents[2]


class Served:
    """`serve` in a process of its own."""

    def __init__(
        self,
        folder: Path,
        drill: Path,
        port: int,
        *more: str,
        env: Mapping[str, str] | None = None,
        errors: Path | None = None,
    ) -> None:
        """Returns once it can be entered; what it says of errors goes to a file where one is named."""
        env = {**os.environ, "COMMONGROUND_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT), **(env or {})}
        # As where the program is used: what was read once is kept read.
        env["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "main.py", "serve", str(drill), "--local", "--port", str(port), "--seed", "3"]
        command += ["--data-dir", str(folder / "room"), "--quiet", "--lang", "en", *more]
        with contextlib.ExitStack() as stack:
            to = stack.enter_context(errors.open("w")) if errors is not None else None
            self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=to, text=True)
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if line.startswith("Folder" if "--tls" in more else "Not encrypted"):
                break
        self.said = said
        """What it has said to the terminal."""
        self.code = re.search(r"Code:\s+(\S+)", said)[1]  # type: ignore[index]
        self.boss_link = re.search(r"Instructor:\s+(\S+)", said)[1]  # type: ignore[index]
        self.screen_link = re.search(r"Shared screen:\s+(\S+)", said)[1]  # type: ignore[index]
        self.boss = re.search(r"/control#(\S+)", said)[1]  # type: ignore[index]
        self._wait(port, tls="--tls" in more)

    def _wait(self, port: int, *, tls: bool) -> None:
        """Returns once the room is there; its doors are open before."""
        while self.process.poll() is None:
            trust = ssl._create_unverified_context() if tls else None
            line = HTTPSConnection("127.0.0.1", port, context=trust) if tls else HTTPConnection("127.0.0.1", port)
            with contextlib.suppress(OSError), contextlib.closing(line):
                line.request("GET", "/here")
                if line.getresponse().status == 204:
                    return
            time.sleep(0.1)

    def kill(self) -> None:
        self.end(signal.SIGKILL)

    def end(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        code = self.process.wait(60)
        assert self.process.stdout is not None
        self.said += self.process.stdout.read()
        self.process.stdout.close()
        return code


def write_drill(folder: Path, **changes: Any) -> Path:
    """The short drill and its scenario as files, with top-level keys of the drill replaced."""
    write_scenario(folder, injects=[{key: value for key, value in CALL.items() if value is not None}])
    path = folder / "short.yaml"
    path.write_text(yaml.safe_dump(drill_data(scenario="small.yaml", **changes), allow_unicode=True), encoding="utf-8")
    return path


_HELD = contextlib.ExitStack()
"""Ports that are bound and never listened at, to the end of this process."""
atexit.register(_HELD.close)


def free_port() -> int:
    """A port that is free, and that nobody is given again before this process ends.

    On Linux it stays bound here meanwhile: a server that names it may listen there all the same, and neither another
    process of the tests nor a connection on its way out is given it between two servers.
    """
    probe = socket.socket()
    if sys.platform == "linux":
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    probe.bind(("127.0.0.1", 0))
    if sys.platform == "linux":
        _HELD.enter_context(probe)
        return int(probe.getsockname()[1])
    with probe:
        return int(probe.getsockname()[1])
