"""A room that was left or killed is there again at once, and computed from its log where its state is no use."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from sim.command.serving import LOG, Opened, Wishes, opened
from sim.squad import save as rooms
from sim.squad.gate import hashed
from sim.squad.request import ask
from sim.squad.room import INSTRUCTOR
from sim.storage.journal_file import read_journal
from sim.storage.state_file import read_state, state_path, write_state
from tests.command.test_coming_back import AtOnce
from tests.squad.served import write_drill


@dataclass
class Lodge:
    """A folder with a room, and how often a run had to be computed from its beginning to open it."""

    folder: Path
    drill: Path
    computed: int = 0
    steps: list[int] = field(default_factory=list)

    @contextmanager
    def _shown(self, ticks: int) -> Iterator[Callable[[int], None]]:
        self.computed += 1
        yield self.steps.append

    def open(self) -> Opened:
        self.computed = 0
        return opened(Wishes(str(self.drill), folder=self.folder, squads=2, seed=3), self._shown)

    @property
    def log(self) -> Path:
        return self.folder / LOG


class Never(threading.Timer):
    """A timer whose time does not come."""

    def start(self) -> None:
        pass


@pytest.fixture
def lodge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lodge:
    monkeypatch.setenv("COMMONGROUND_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("sim.command.standing.threading", SimpleNamespace(Thread=AtOnce))
    monkeypatch.setattr("sim.command.standing.time", SimpleNamespace(monotonic=lambda: 0.0, thread_time=lambda: 0.0))
    # What a room reads once it has been there for some seconds would be read in the middle of other tests.
    monkeypatch.setattr("sim.command.serving.threading", SimpleNamespace(Timer=Never))
    return Lodge(tmp_path / "room", write_drill(tmp_path))


def does(made: Opened, kind: str, **data: object) -> None:
    room = made.room
    number = f"{kind}-{len(room.done)}"
    made.kept.write(ask(room, room.people[INSTRUCTOR], {"id": number, "kind": kind, "data": data, "squad": "A"})[1])


def played(made: Opened, seconds: int) -> Opened:
    """So long it goes on as a host lets it: time, the log, where it stands."""
    if INSTRUCTOR not in made.room.people:
        made.kept.write([made.room.join(hashed("boss"), "controller")[1]])
        does(made, "start")
    else:
        does(made, "resume")
    for second in range(seconds):
        made.kept.write([made.room.pass_time(10)])
        for name, squad in made.room.squads.items():
            made.kept.keep(name, squad)
        if second % 20 == 7:
            does(made, "say", to="all", text=f"second {second}")
        made.kept.stand(made.room)
    return made


@pytest.fixture
def left(lodge: Lodge) -> Lodge:
    """A room that was left after forty seconds."""
    played(lodge.open(), 40).kept.close()
    return lodge


def whole(made: Opened) -> bytes:
    return rooms.save(made.room)


def test_a_room_is_there_again_without_a_run_that_is_computed_anew(left: Lodge) -> None:
    made = left.open()
    assert 0 == left.computed
    assert {"A": 400, "B": 400} == {name: squad.tick_now for name, squad in made.room.squads.items()}
    assert not made.room.running
    made.kept.close()


def test_a_room_that_came_back_by_its_state_is_the_one_its_log_makes(left: Lodge) -> None:
    log = left.log.read_bytes()
    by_state = left.open()
    by_state.kept.close()
    left.log.write_bytes(log)
    state_path(left.log).unlink()
    by_log = left.open()
    by_log.kept.close()
    assert 1 == left.computed
    assert whole(by_log) == whole(by_state)


def test_a_room_killed_in_its_lobby_is_there_again_without_the_way_to_the_drill(lodge: Lodge) -> None:
    lodge.open().kept.close()
    again = lodge.open()
    assert 0 == lodge.computed
    assert ["lobby", "lobby"] == [squad.phase for squad in again.room.squads.values()]
    again.kept.close()


def _truncated(log: Path) -> None:
    state_path(log).write_bytes(state_path(log).read_bytes()[:-7])


def _altered(log: Path) -> None:
    data = bytearray(state_path(log).read_bytes())
    data[len(data) // 2] ^= 1
    state_path(log).write_bytes(data)


def _gone(log: Path) -> None:
    state_path(log).unlink()


def _unreadable(log: Path) -> None:
    state_path(log).unlink()
    state_path(log).mkdir()


def _ahead(log: Path) -> None:
    """The disk lost the end of the log, and left half a line."""
    lines = log.read_bytes().splitlines(keepends=True)
    last = max(k for k, line in enumerate(lines) if b'"kind":"state"' in line)
    log.write_bytes(b"".join(lines[:last]) + lines[last][:20])


def _without_proof(log: Path) -> None:
    """The state says it stands for another beginning of the log than one that ends with how each squad stood."""
    record = read_journal(log)
    standing = read_state(log, record)
    assert standing is not None
    entries = standing.entries - 1
    write_state(log, type(standing)(entries, record.links[entries], standing.state, {}))


def _nothing_in_it(log: Path) -> None:
    standing = read_state(log, read_journal(log))
    assert standing is not None
    write_state(log, type(standing)(standing.entries, standing.link, b"nothing", {}))


def _head(head: object) -> Callable[[Path], None]:
    def forged(log: Path) -> None:
        content = json.dumps(head).encode() + b"\n"
        state_path(log).write_bytes(hashlib.sha256(content).hexdigest()[:32].encode() + b" " + content)

    return forged


def _counted_in_words(log: Path) -> None:
    standing = read_state(log, read_journal(log))
    assert standing is not None
    write_state(log, replace(standing, entries="some"))  # type: ignore[arg-type]


SPOILT = [_truncated, _altered, _gone, _unreadable, _ahead, _without_proof, _nothing_in_it, _counted_in_words]


@pytest.mark.parametrize("spoil", [*SPOILT, _head([1, 2]), _head("state"), _head(None)])
def test_a_room_whose_state_is_no_use_is_computed_from_its_log(left: Lodge, spoil: Callable[[Path], None]) -> None:
    spoil(left.log)
    made = left.open()
    assert 1 == left.computed
    assert {"A", "B"} == set(made.room.squads)
    assert made.room.tick >= 300
    made.kept.close()


def test_a_room_whose_squads_do_not_stand_as_the_log_says_is_computed_from_its_log(
    left: Lodge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.squad.save.digests", lambda room: {"A": "other", "B": "other"})
    left.open().kept.close()
    assert 1 == left.computed


def test_a_room_made_by_another_program_is_computed_from_its_log(left: Lodge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.storage.state_file._program", lambda: {"format": 1, "version": "0", "program": "other"})
    left.open().kept.close()
    assert 1 == left.computed


def test_a_room_whose_drill_was_edited_meanwhile_is_computed_from_its_log(left: Lodge) -> None:
    left.drill.write_text(left.drill.read_text(encoding="utf-8").replace("Short", "Shorter"), encoding="utf-8")
    left.open().kept.close()
    assert 1 == left.computed


def test_a_state_far_behind_its_log_is_gone_on_from(left: Lodge) -> None:
    old = state_path(left.log).read_bytes()
    made = played(left.open(), 50)
    made.kept.close()
    state_path(left.log).write_bytes(old)
    again = left.open()
    assert 0 == left.computed
    assert made.room.tick == again.room.tick
    assert made.room.squads["A"].session.exercise.digest() == again.room.squads["A"].session.exercise.digest()
    assert made.room.done.keys() <= again.room.done.keys()
    again.kept.close()


def test_of_a_room_that_is_over_and_closed_no_state_is_left(left: Lodge) -> None:
    made = left.open()
    does(made, "resume")
    does(made, "end")
    made.kept.stand(made.room)
    assert state_path(left.log).exists()
    made.kept.close()
    assert not list(left.folder.glob("*.state*"))


def test_the_log_of_a_room_says_how_each_squad_stood_when_it_was_put_away(left: Lodge) -> None:
    record = read_journal(left.log)
    standing = read_state(left.log, record)
    assert standing is not None
    said = record.entries[standing.entries - 1]
    assert "state" == said.kind
    assert {"A", "B"} == set(said.data)
    assert json.dumps(said.data)
