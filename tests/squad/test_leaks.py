"""What leaks of a whole drill: nothing on the wire, in what the program says, or in its files that has no place there.

Thirty names, pseudonyms, folders and a user that the program has in hand, every token, and what people typed are looked
for: in a capture of the loopback, in the terminal's two streams, and in every file that is there afterwards.
"""

import asyncio
import os
import re
import shutil
import signal
import ssl
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sim.storage.journal_file import read_journal
from sim.storage.records.identity import Identity
from sim.storage.records.register import Register
from tests.squad.caller import Caller
from tests.squad.capture import Capture, may_capture, spoken
from tests.squad.served import ROOT, Served, free_port, write_drill
from tests.storage.inventory import room_log, stored
from tests.storage.test_records import run_of

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not may_capture(), reason="packets cannot be listened to here")]

NAMES = {f"PSEUDONYM-{k}": f"Name Of Somebody {k} 张三丰{k}" for k in range(13)}
USER, FOLDER, SQUAD, HOST = "canary-user", "canary-folder", "CANARY-SQUAD", "canary-host"
CANARIES = [*NAMES, *NAMES.values(), USER, FOLDER, SQUAD, HOST]
"""Thirty of them."""
TYPED = {each: f"canary-{each}" for each in ("said", "note", "reason", "dissent", "pause", "inject", "why")}
CALLSIGN = b"heron-1"


@dataclass
class Drill:
    """A drill that has been played, and all it left."""

    streams: dict[tuple[int, int], bytes]
    port: int
    boss: str
    screen: str
    said: str
    errors: str
    asked: list[str]
    home: Path
    room: Path
    tokens: dict[str, str] = field(default_factory=dict)

    def sent(self, *, by_server: bool) -> bytes:
        """Everything that went one way, as it was meant."""
        return b"\n".join(spoken(s) for way, s in self.streams.items() if (way[0] == self.port) == by_server)

    def files(self) -> Iterator[Path]:
        """Every file that is there afterwards."""
        for folder in (self.home, self.room):
            yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


async def _play(drill: Drill, code: str, trust: ssl.SSLContext | None) -> None:
    """A squad of two and somebody who looks on, through every kind of text, to what came of it."""
    base = f"{'https' if trust else 'http'}://127.0.0.1:{drill.port}"
    boss = await Caller(base, trust=trust, token=drill.boss).start().welcome()
    screen = await Caller(base, trust=trust, token=drill.screen).start().welcome()
    people = {}
    for role in ("commander", "liaison", "observer"):
        people[role] = await Caller(base, trust=trust, code=code).start().welcome()
        await boss.do("admit", {"who": people[role].who, "squad": "A", "role": role})
        drill.tokens[people[role].who] = people[role].token
    await boss.do("start")
    order = {"response": "first_contact", "reason": TYPED["reason"]}
    told = await people["liaison"].do("propose", {"order": order})
    number = told["result"]["proposal"]
    await people["commander"].do("call", {"proposal": number, "carry": True, "reason": TYPED["why"]})
    await people["commander"].do("dissent", {"proposal": number, "reason": TYPED["dissent"]})
    await people["liaison"].do("say", {"to": "all", "text": TYPED["said"]})
    await people["observer"].do("note", {"text": TYPED["note"]})
    add = {"channel": "radio", "en": TYPED["inject"], "zh": TYPED["inject"], "in_s": 0}
    await boss.do("add", add, squad="A")
    await boss.do("pause", {"text": TYPED["pause"]})
    await asyncio.sleep(1.2)
    await boss.do("resume")
    await asyncio.sleep(1.2)
    await boss.do("end")
    for one in (boss, screen, *people.values()):
        await one.until(lambda one=one: bool(one.view.get("report")))  # type: ignore[misc]
    # Somebody who asks for what there is not, with what must not be repeated in the question.
    for path in (drill.boss, CANARIES[13].replace(" ", "%20"), "%00", "part/" + drill.tokens[people["liaison"].who]):
        reader, writer = await asyncio.open_connection("127.0.0.1", drill.port, ssl=trust)
        writer.write(f"GET /{path} HTTP/1.1\r\nHost: 127.0.0.1:{drill.port}\r\nConnection: close\r\n\r\n\0".encode())
        await reader.read()
        writer.close()
    for one in (boss, screen, *people.values()):
        await one.stop()


def _played(folder: Path, *more: str, trust: ssl.SSLContext | None = None) -> Drill:
    """A drill over the loopback, captured from before its first byte."""
    os.umask(0o022)
    work = folder / FOLDER
    work.mkdir()
    home = work / "home"
    identity, register = Identity(home), Register(home)
    for k, (person, name) in enumerate(NAMES.items()):
        identity.keep(person, name)
        register.add(run_of(k, person))
    register.close()
    env = {
        "PYTHONPATH": os.pathsep.join([str(ROOT / "tests" / "squad" / "watch"), str(ROOT)]),
        "WATCHED": str(folder / "asked.txt"),
        **dict.fromkeys(("USER", "LOGNAME", "USERNAME"), USER),
        "HOSTNAME": HOST,
    }
    port, errors = free_port(), folder / "errors.txt"
    with Capture(port) as capture:
        more = ("--squad-id", SQUAD, *more)
        served = Served(work, write_drill(work), port, *more, env=env, errors=errors)
        screen = served.screen_link.partition("#")[2]
        drill = Drill({}, port, served.boss, screen, "", "", [], home, work / "room")
        try:
            asyncio.run(_play(drill, served.code, trust))
        finally:
            served.end(signal.SIGINT)
    assert capture.packets > 100
    drill.streams = capture.streams()
    drill.said, drill.errors = served.said, errors.read_text(encoding="utf-8")
    drill.asked = (folder / "asked.txt").read_text(encoding="utf-8").splitlines()
    return drill


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Drill:
    """A drill over a line that is not encrypted."""
    return _played(tmp_path_factory.mktemp("plain"))


def test_thirty_names_and_the_like_never_travel_though_everything_can_be_read(plain: Drill) -> None:
    assert 30 == len(set(CANARIES))
    both = plain.sent(by_server=True) + plain.sent(by_server=False)
    # That the capture reads everything is shown by what has to be there.
    assert {*TYPED} == {name for name, text in TYPED.items() if text.encode() in both}
    assert CALLSIGN in both
    assert [] == [name for name in CANARIES if name.encode() in both]


def test_a_token_travels_to_its_owner_once_and_the_instructors_only_to_come_in(plain: Drill) -> None:
    down, up = plain.sent(by_server=True), plain.sent(by_server=False)
    for token in plain.tokens.values():
        assert 1 == down.count(token.encode())
    for token in (plain.boss, plain.screen):
        assert token.encode() not in down
        hello = b'"token": "' + token.encode()
        asked = up.count(b"GET /" + token.encode())
        assert (1, 1) == (up.count(hello), up.count(token.encode()) - asked)


def test_what_the_program_says_holds_no_name_no_token_and_nothing_that_was_typed(plain: Drill) -> None:
    doors = re.sub(r"https?://\S+#\S+", "", plain.said)
    secrets = [*NAMES, *NAMES.values(), *TYPED.values(), *plain.tokens.values(), plain.boss, plain.screen]
    for said in (doors, plain.errors):
        assert [] == [each for each in secrets if each in said]
        assert "Traceback" not in said


def test_files_hold_names_words_and_tokens_only_where_they_belong(plain: Drill) -> None:
    places = {"names": set(), "pseudonyms": set(), "typed": set(), "tokens": set()}  # type: dict[str, set[str]]
    looked_for = {
        "names": list(NAMES.values()),
        "pseudonyms": list(NAMES),
        "typed": list(TYPED.values()),
        "tokens": [plain.boss, plain.screen, *plain.tokens.values()],
    }
    for path in plain.files():
        data = path.read_bytes()
        for what, words in looked_for.items():
            if any(word.encode() in data for word in words):
                places[what].add(path.name)
    assert {"identity.db"} == places["names"]
    assert {"identity.db", "records.sqlite"} >= places["pseudonyms"] - {"records.sqlite-wal"}
    assert {"room.jsonl", "squad-A.jsonl"} == places["typed"]
    assert set() == places["tokens"]


def test_every_entry_of_the_logs_has_the_fields_that_are_listed(plain: Drill) -> None:
    squads = {"A"}
    for entry in read_journal(plain.room / "room.jsonl").entries:
        assert set(entry.data) <= (squads if entry.kind in {"clock", "state"} else room_log()[entry.kind]), entry.kind
    for entry in read_journal(plain.room / "squad-A.jsonl").entries:
        assert set(entry.data) <= stored()[f"journal {entry.kind}"], entry.kind


def test_all_that_is_there_afterwards_is_for_its_user_alone(plain: Drill) -> None:
    for path in plain.files():
        if "kernels" not in path.parts:
            assert 0o600 == stat.S_IMODE(path.stat().st_mode), path
    for folder in (plain.home, plain.room, *plain.home.rglob("*/")):
        assert 0o700 == stat.S_IMODE(folder.stat().st_mode), folder


def test_nobody_outside_was_asked_for_anything(plain: Drill) -> None:
    assert plain.asked.count("begun") >= 1
    here = re.compile(r"begun|socket\.\w+ (\(?'(127\.0\.0\.1|::1|localhost)'|'/|b'|'\\x00)")
    assert [] == [line for line in plain.asked if not here.match(line)]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here to make a certificate with")
def test_over_an_encrypted_line_nothing_can_be_read_at_all(tmp_path: Path) -> None:
    certificate, key = tmp_path / "c.pem", tmp_path / "k.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "2", "-subj", "/CN=room", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    drill = _played(
        tmp_path, "--tls", str(certificate), str(key), trust=ssl.create_default_context(cafile=str(certificate))
    )
    wire = b"".join(drill.streams.values())
    assert len(wire) > 50_000
    secrets = [*CANARIES, *TYPED.values(), *drill.tokens.values(), drill.boss, drill.screen]
    assert [] == [each for each in secrets if each.encode() in wire]
    for known in (CALLSIGN, b"HTTP/1.1", b"GET /", b"websocket", b'"type"', b"hello", b"Content-Security-Policy"):
        assert known not in wire, known
    # Every stream begins as TLS does: a handshake record.
    assert {b"\x16\x03"} == {stream[:2] for stream in drill.streams.values() if stream}
