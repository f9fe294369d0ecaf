"""Records elsewhere: the same tables on a real PostgreSQL, the statements in a real learning record store."""

import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from sim.storage.records.register import Register
from sim.storage.records.xapi import statements
from tests.storage.test_records import run_of

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


# ---------------------------------------------------------------------------------------------- PostgreSQL


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A cluster of its own, its URL; stopped afterwards."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [Path(shutil.which("initdb") or "/none").parent]
    tools = found[-1]
    if not (tools / "initdb").exists():
        pytest.skip("PostgreSQL is not installed here")
    # It refuses to run as root.
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    become = ["runuser", "-u", user, "--"] if os.geteuid() == 0 else []
    for each in (folder, *folder.parents[:2]):
        each.chmod(0o755)
    data = folder / "cluster"
    data.mkdir()
    if become:
        shutil.chown(data, user)
    port = free_port()
    settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={data}"
    subprocess.run([*become, tools / "initdb", "-D", data, "-A", "trust", "-U", "academy"], check=True, cwd="/")
    subprocess.run(
        [*become, tools / "pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", settings, "start"], check=True, cwd="/"
    )
    try:
        yield f"postgresql+psycopg://academy@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*become, tools / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=True, cwd="/")


def test_a_real_postgresql_keeps_finds_forgets_and_purges_like_the_file_does(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    with postgres(tmp_path) as url:
        here, there = Register(tmp_path / "here"), Register(tmp_path / "there", url)
        for register in (here, there):
            assert register.add(run_of(1, "T-1", "T-2", squad="blue"))
            assert register.add(run_of(2, "T-1"))
            assert not register.add(run_of(2, "T-1"))
            assert register.add(run_of(3, "T-3", ended="2024-01-01T10:00:00Z"))
        assert here.runs() == there.runs()
        assert here.export("T-1") == there.export("T-1")
        assert [1, 1] == [register.forget("T-1") for register in (here, there)]
        assert here.runs() == there.runs()
        assert ["T-2", "T-3"] == there.people()
        assert [1, 1] == [register.purge(date(2026, 4, 1)) for register in (here, there)]
        again = Register(tmp_path / "there", url)
        assert here.runs() == again.runs()
        for register in (here, there, again):
            register.close()


# ---------------------------------------------------------------------------------------------- a learning record store


@contextmanager
def record_store(folder: Path) -> Iterator[str]:
    """Ralph in an environment of its own, its statements' address; stopped afterwards."""
    home = folder / "store"
    subprocess.run([sys.executable, "-m", "venv", home], check=True)
    got = subprocess.run(
        [home / "bin" / "pip", "install", "-q", "ralph-malph[cli,lrs,backend-fs]", "requests"], check=False
    )
    if got.returncode:
        pytest.skip("ralph-malph cannot be installed here")
    lrs = folder / "lrs"
    lrs.mkdir()
    settings = {
        **os.environ,
        "RALPH_APP_DIR": str(folder),
        "RALPH_RUNSERVER_BACKEND": "fs",
        "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(lrs),
        "RALPH_AUTH_FILE": str(folder / "auth.json"),
    }
    who = ["-u", "academy", "-p", "secret", "-s", "all", "-M", "mailto:records@academy.example", "-N", "academy", "-w"]
    subprocess.run([home / "bin" / "ralph", "auth", *who], check=True, env=settings, cwd=folder)
    port = free_port()
    server = subprocess.Popen(
        [home / "bin" / "uvicorn", "ralph.api:app", "--port", str(port)], env=settings, cwd=folder
    )
    try:
        for _ in range(120):
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.5)
        yield f"http://127.0.0.1:{port}/xAPI/statements/"
    finally:
        server.terminate()
        server.wait(20)


def test_a_real_learning_record_store_takes_the_statements_in(tmp_path: Path) -> None:
    register = Register(tmp_path / "data")
    register.add(run_of(1, "T-1", "T-2"))
    told = statements(register, {}, home_page="https://academy.example")
    with record_store(tmp_path) as address:
        request = urllib.request.Request(
            address,
            json.dumps(told).encode(),
            {
                "Content-Type": "application/json",
                "X-Experience-API-Version": "1.0.3",
                "Authorization": "Basic " + b64encode(b"academy:secret").decode(),
            },
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            assert 200 == answer.status
            assert [each["id"] for each in told] == json.loads(answer.read())
