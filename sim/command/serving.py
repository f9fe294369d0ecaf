"""Serving: a room made from a drill, or gone on with from its log, and served until it is asked to stop."""

import gc
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.command.doors import DEFAULT, Entrance, Wishes
from sim.command.drilling import drill_seed, keep_price, keep_result
from sim.command.seed import check_seed
from sim.command.standing import StateWriter
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.drill.card import card_of
from sim.drill.drill import Drill
from sim.drill.forecast import brier, brier_of_picks
from sim.drill.progress import pooled
from sim.drill.roles import CONTROLLER, SCREEN
from sim.drill.session import Session, lead_in
from sim.drill.squad import Absent, Squad
from sim.exercise.exercise import Exercise
from sim.exercise.warmup import warm_up
from sim.scenario.scenario import Playbook
from sim.scoring import facts_of, score
from sim.squad import save as rooms
from sim.squad.costs import Known
from sim.squad.room import LETTERS, Room, called, letter_of
from sim.storage.drills import lasting_name, load_drill
from sim.storage.folder import own
from sim.storage.journal_file import Header, JournalFile, Record, glance, read_journal
from sim.storage.keepsake import writing
from sim.storage.language import speech
from sim.storage.state_file import Standing, read_state
from sim.world.journal import Entry

if TYPE_CHECKING:
    from sim.squad.host import Host
    from sim.squad.room import Make

LOG = "room.jsonl"
WARM_S = 4.0
"""Real time until a room that is there again reads what its first tick needs: first everybody is let in."""
SWITCH_S = 0.0005
"""Until a thread that computes lets another one go on."""
STATE = "state"
"""Kind of an entry that says how the run of each squad stood: the digest of its exact state, by its name."""
Shown = Callable[[int], AbstractContextManager[Callable[[int], None]]]
"""Given the ticks up to the drill: what is told how far the way there has been played."""
Numbered = Callable[[Sequence[str], int], list[str]]
"""Given the ids a room's log names and the number of its squads: the ids its squads have."""


class Kept:
    """The room's log, and beside it the ordinary journal of each squad."""

    def __init__(
        self,
        folder: Path,
        file: JournalFile,
        drill: Drill,
        playbook: Playbook,
        name: str,
        ids: Sequence[str] = (),
        at: int | None = None,
    ) -> None:
        """Writes into this folder; by `name` the drill is found again, under `ids` squads go into the records.

        `at` is the tick of the state that is kept there, None where none is.
        """
        self.enter: Callable[[str, Path], object] = lambda squad, journal: None
        """Told of each squad that is over, with its journal."""
        self._ids = dict(zip(LETTERS, ids, strict=False))
        self._name = name
        self.folder = folder
        self.file = file
        self._drill = drill
        self._playbook = playbook
        self._journals: dict[str, tuple[JournalFile, int]] = {}
        self._told: list[str] = []
        self._state = StateWriter(file.path, at)
        self._room: Room | None = None

    def write(self, entries: Sequence[Entry]) -> None:
        """Adds entries; they are on the disk when this returns."""
        self.file.write(entries)

    def keep(self, name: str, squad: Squad) -> None:
        """Brings the ordinary journal of a squad up to date, and its result once it is over."""
        file, position = self._journals.get(name) or (self._journal(name, squad), 0)
        new = squad.session.journal.since(position)
        if new:
            file.write(new)
        self._journals[name] = file, position + len(new)
        if squad.phase == "over" and name not in self._told:
            self._told.append(name)
            total = score(squad.session.journal, self._playbook.rubric, facts_of(self._playbook)).total
            card = card_of(self._drill, list(squad.session.journal))
            if not (self.folder / f"{name}.done").exists():
                called, foreseen = self._called(letter_of(name)), pooled(brier(squad.questions))
                keep_result(card, squad.session.seed, total, called, file.path, foreseen)
                self.enter(name, file.path)
                (self.folder / f"{name}.done").touch(mode=0o600)

    def price(self, name: str, squad: Squad, known: Known) -> None:
        """Adds to the result of a squad that is over what the review has found."""
        if name not in self._journals:
            return  # the room was over before this program began: its results are those it had
        file, _ = self._journals[name]
        picks = brier_of_picks(squad.questions, known.standings)
        keep_price(file.place[1], card_of(self._drill, list(squad.session.journal), known.costs), picks)

    def _called(self, letter: str) -> str:
        """What the results of a squad are kept under: its id, else the name it was given, else its letter."""
        names = self._room.names if self._room is not None else {}
        return self._ids.get(letter) or names.get(letter) or letter

    def stand(self, room: Room) -> None:
        """Where it is time for that, has where the room stands written beside its log, and how it stands into it.

        Raises:
            OSError: the log does not grow. That the disk does not take the state is no matter.
        """
        self._room = room
        if not self._state.due(room.tick):
            return
        copy = rooms.copied(room)
        self.file.write([copy.clock(), Entry(copy.tick, STATE, rooms.digests(copy))])
        entries, link = self.file.place
        self._state.write(copy.tick, lambda: Standing(entries, link, rooms.save(copy)))

    def _journal(self, name: str, squad: Squad) -> JournalFile:
        """Written anew: it follows from the log, and the older one is kept as `.bak`."""
        seed, digest = squad.session.seed, self._playbook.digest
        header = Header(
            scenario=self._drill.scenario,
            playbook=digest,
            seed=seed,
            player=f"squad {name}",
            mode="assessed" if squad.assessed else "practice",
            drill=self._name,
        )
        return JournalFile.create(self.folder / f"squad-{name}.jsonl", header)

    def close(self) -> None:
        """Forces everything to the disk and closes; of a room that is over no state is left."""
        if self._room is not None and self._room.over:
            self._state.drop()
        self._state.wait()
        for file, _ in self._journals.values():
            file.close()
        self.file.close()


def opened(wishes: Wishes, shown: Shown, numbered: Numbered = lambda known, squads: list(known)) -> "Opened":
    """The room of a folder, gone on with where it holds one; everything in it is on the disk.

    Raises:
        BadInput: the drill or the log cannot be used, or the wishes do not fit the room that is there.
    """
    log = wishes.folder / LOG
    if not log.exists():
        return _afresh(wishes, shown, numbered)
    if _begun(log):
        return _again(wishes, shown, numbered)
    # Its program ended before anybody could come in; what was wished for then is wished for still.
    found = glance(log)
    drill = wishes.drill or (found.header.drill if found is not None else "")
    return _afresh(replace(wishes, drill=drill), shown, numbered)


def _begun(log: Path) -> bool:
    """True when a whole line stands behind the header."""
    with log.open("rb") as file:
        return bool(file.readline().endswith(b"\n") and file.readline().endswith(b"\n"))


@dataclass(frozen=True, slots=True)
class Opened:
    """A room and what keeps it."""

    room: "Room"
    kept: Kept
    ids: Sequence[str]
    """Under which its squads go into the records, in their order; none where nothing is entered."""


def _make(drill: Drill, playbook: Playbook, shown: Shown) -> "Make":
    """Makes sessions, each seed's first one once: squads of one seed begin in the same state."""
    first: dict[int, Session] = {}

    def make(seed: int, tell: Callable[[float], None] | None = None) -> Session:
        if seed not in first:
            first.clear()
            exercise = Exercise(playbook, seed)
            warm_up(exercise.fork())
            start = max(1, exercise.world.setting.tick(drill.begins_min(playbook.scenario)))
            with shown(start) as show:

                def at(run: Exercise) -> None:
                    done = min(run.tick_now, start)
                    show(done)
                    if tell is not None:
                        tell(done / start)

                first[seed] = lead_in(drill, exercise, at)
        return first[seed].fork()

    return make


def _afresh(wishes: Wishes, shown: Shown, numbered: Numbered) -> Opened:
    name = lasting_name(wishes.drill or DEFAULT)
    drill, playbook = load_drill(name)
    seed = wishes.seed if wishes.seed is not None else drill_seed(drill)
    check_seed(seed)
    ids = numbered([], wishes.squads)
    own(wishes.folder)
    header = Header(scenario=drill.scenario, playbook=playbook.digest, seed=seed, player="room", drill=name)
    make = _make(drill, playbook, shown)
    room = Room(drill, make, absent=wishes.absent, assessed=wishes.assessed, enrolled=bool(ids))
    begun = room.begin([seed] * wishes.squads)
    # Only now: up to here it takes as long as the way to the drill, and may be given up.
    file = JournalFile.create(wishes.folder / LOG, header)
    about = {
        "drill": drill.id,
        "absent": wishes.absent,
        **({"assessed": True} if wishes.assessed else {}),
        **({"squad_ids": ids} if ids else {}),
    }
    # Ids of the records stay here: what a squad is called is shown to everybody and travels.
    names = [Entry(0, "name", {"squad": LETTERS[k], "name": called(each)}) for k, each in enumerate(wishes.names)]
    for entry in names:
        room.take(entry)
    with _unless_broken(file):
        file.keep([Entry(0, "room", about), *begun, *names])
        return _standing(Opened(room, Kept(wishes.folder, file, drill, playbook, name, ids), ids))


@contextmanager
def _unless_broken(file: JournalFile) -> Iterator[None]:
    """The log stays open, but where this fails: who tries again would find it held by nobody they could end."""
    try:
        yield
    except BaseException:
        file.close()
        raise


def _standing(made: Opened) -> Opened:
    """The room, with where it stands kept from now on."""
    with writing(made.kept.file.path):
        made.kept.stand(made.room)
    return made


def _again(wishes: Wishes, shown: Shown, numbered: Numbered) -> Opened:
    from sim.squad.host import recovered

    log = wishes.folder / LOG
    record = read_journal(log)
    first = next((entry for entry in record.entries if entry.kind == "room"), None)
    if first is None:
        raise BadInput.of("no-room", Phrase("{file} holds no room", file=str(log)))
    name = record.header.drill or str(first.data["drill"])
    drill, playbook = load_drill(name)
    squads = sum(entry.kind == "squad" and "parent" not in entry.data for entry in record.entries)
    known: Any = first.data.get("squad_ids", [])
    ids = numbered(known, squads)
    _same(record, playbook, wishes.drill, name)
    absent: Absent = "doctrine" if first.data["absent"] == "doctrine" else "merge"
    assessed = bool(first.data.get("assessed"))
    fresh = Room(drill, _make(drill, playbook, shown), absent=absent, assessed=assessed, enrolled=bool(ids))
    room, after = _come_back(fresh, log, record, playbook)
    at = room.tick if after else None
    new = recovered(room, record.entries, after)
    file = JournalFile.append_to(log, record)
    with _unless_broken(file):
        file.keep(new)
        return _standing(Opened(room, Kept(log.parent, file, drill, playbook, name, ids, at), ids))


def _come_back(fresh: Room, log: Path, record: Record, playbook: Playbook) -> tuple[Room, int]:
    """The room as its state says, and how many entries had brought it there: the fresh one and 0 where none fits.

    The last of those entries says how each squad stood, and each has to stand like that.
    """
    standing = read_state(log, record)
    if standing is None or not standing.entries or record.entries[standing.entries - 1].kind != STATE:
        return fresh, 0
    try:
        room = rooms.load(fresh, standing.state, cache(lambda seed: Exercise(playbook, seed)))
    except BadInput:
        return fresh, 0
    if rooms.digests(room) != record.entries[standing.entries - 1].data:
        return fresh, 0
    # Everybody comes in again meanwhile; time stands still until the instructor goes on.
    copy = next(iter(room.squads.values())).session.exercise.fork()
    later = threading.Timer(WARM_S, warm_up, (copy,))
    later.daemon = True
    later.start()
    return room, standing.entries


def _same(record: Record, playbook: Playbook, wanted: str, name: str) -> None:
    if record.header.playbook != playbook.digest:
        raise BadInput.of(
            "changed-files", Phrase("the files this room was made from have changed since: it cannot go on")
        )
    if wanted and lasting_name(wanted) != lasting_name(name):
        raise BadInput.of("other-room", Phrase("this folder holds a room with the drill {name}", name=name))


def hosted(room: Room, kept: Kept, there: Entrance) -> "Host":
    """The host of this room behind its doors, not begun yet."""
    from sim.command.pricing import Pricing
    from sim.squad.gate import hashed
    from sim.squad.host import Host

    roles = {CONTROLLER: there.control, SCREEN: there.screen}
    with _unless_broken(kept.file):
        kept.file.keep([room.join(hashed(token), role)[1] for role, token in roles.items()])
    host = Host(room, kept, there.gate, speech("zh"), links=there.doors.phones, costs=Pricing())
    # Looking through all that is loaded by now for garbage would hold up everybody's answers for a tenth of a second.
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    # A state is made into bytes beside the room; whoever answers should not wait 5 ms for each step of it.
    sys.setswitchinterval(SWITCH_S)
    return host
