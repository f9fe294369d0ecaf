"""`--tls`: a client that checks the certificate plays over an encrypted line, and nothing is said in the clear."""

import asyncio
import contextlib
import shutil
import socket
import ssl
import subprocess
from pathlib import Path

import pytest

from tests.squad.caller import Caller
from tests.squad.served import Served, free_port, write_drill

OPENSSL = shutil.which("openssl")


@pytest.mark.slow
@pytest.mark.skipif(OPENSSL is None, reason="no openssl is installed on this computer to make a certificate with")
def test_a_squad_plays_over_an_encrypted_line_and_a_plain_one_gets_nothing(tmp_path: Path) -> None:
    certificate, key, port = tmp_path / "c.pem", tmp_path / "k.pem", free_port()
    subprocess.run(
        [str(OPENSSL), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "2", "-subj", "/CN=room", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    served = Served(tmp_path, write_drill(tmp_path), port, "--tls", str(certificate), str(key))
    trust = ssl.create_default_context(cafile=str(certificate))

    async def play() -> None:
        base = f"https://127.0.0.1:{port}"
        boss = await Caller(base, trust=trust, token=served.boss).start().welcome()
        phone = await Caller(base, trust=trust, code=served.code).start().welcome()
        await boss.do("admit", {"who": phone.who, "squad": "A", "role": "liaison"})
        await boss.do("start")
        answer = await phone.do("propose", {"order": {"response": "first_contact"}})
        assert {"proposal": 1} == answer["result"]
        plain = Caller(f"http://127.0.0.1:{port}", code=served.code).start()
        stranger = Caller(base, trust=ssl.create_default_context(), code=served.code).start()
        await asyncio.sleep(1.5)
        assert ("", "") == (plain.who, stranger.who)
        for one in (boss, phone, plain, stranger):
            await one.stop()

    try:
        assert served.boss_link.startswith("https://")
        asyncio.run(play())
        got = b""
        # What cannot be decrypted ends the line, with or without a word.
        with socket.create_connection(("127.0.0.1", port), 30) as raw, contextlib.suppress(ConnectionError):
            raw.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            got = raw.recv(4096)
        assert b"<html" not in got
    finally:
        served.kill()
