"""The office behind the window: scenarios, runs, results and preferences where the disk keeps them."""

import dataclasses
import secrets
import time
import webbrowser
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim import __version__
from sim.command.coming_back import come_back
from sim.command.drilling import results_file
from sim.command.replay import playbook_of
from sim.command.sitting import at_drill, sitting_of
from sim.core.errors import CommonGroundError
from sim.core.phrase import Language, LText
from sim.core.speech import Speech
from sim.core.tick import clock
from sim.desktop.office import (
    AtTable,
    Given,
    Hosted,
    OldRun,
    Past,
    Progress,
    Result,
    Saved,
    Sitting,
    Wish,
    Written,
)
from sim.desktop.preference import Preferences
from sim.drill import left
from sim.drill.drill import Drill
from sim.drill.progress import Played, played
from sim.drill.session import lead_in
from sim.exercise.exercise import Exercise
from sim.exercise.remember import community_of
from sim.exercise.replay import replay
from sim.exercise.warmup import warm_up
from sim.lab.comparing import Comparing
from sim.review import Moment, Review
from sim.review.futures import Futures, look_back, wanted
from sim.scenario.scenario import Playbook, Scenario
from sim.scenario.variant import reweighed
from sim.seat.trace import Tracer
from sim.storage.aside_file import keep_aside, read_aside
from sim.storage.campaign import memory_left, read_campaign, remember
from sim.storage.drills import drill_of, drills, find_drill, lasting_name, load_drill
from sim.storage.folder import begun, home, journals, own, reports
from sim.storage.held import turn
from sim.storage.journal_file import Header, JournalFile, Record, glance, read_journal
from sim.storage.keepsake import add_line, read_json, read_lines, write_json
from sim.storage.language import speech, system_language
from sim.storage.library import find_scenario, load_playbook, read_model, scenarios
from sim.storage.review_file import kept_beside
from sim.storage.shipped import data_root
from sim.world.memory import Memory

if TYPE_CHECKING:
    from sim.command.hosting import HostedRoom

LOOK_EVERY = 3000
"""Ticks between two looks at whether work under way is still wanted."""
FIRST = "first_steps"
"""The tutorial; it heads the list."""


class DiskOffice:
    """An office with its files in the data folder."""

    def __init__(
        self,
        extra: str = "",
        campaign: Path | None = None,
        enter: Callable[[Path], object] | None = None,
        drill: str = "",
        *,
        reviews_at_once: bool = False,
    ) -> None:
        """Offers the shipped scenarios, and the one of this path or id; keeps what a community remembers in a file.

        `drill` is the id or file of the drill that is to be played.
        """
        self.reviews_at_once = reviews_at_once
        self._drill = drill
        self._campaign = campaign
        self._enter = enter
        self._remembered: set[Path] = set()
        self._room: HostedRoom | None = None
        self.fonts = data_root() / "assets" / "font"
        self.home = home()
        self.version = __version__
        self._read: tuple[tuple[Path, int, int], Record] | None = None
        """The journal read last, and how its file stood then."""
        self._extra = extra
        self._wishes: Mapping[str, Any] = {}
        """The preferences as they were read or kept last."""

    def speech(self, language: Language) -> Speech:
        """A voice."""
        return speech(language)

    def system_language(self) -> Language:
        """The language of this computer."""
        return system_language()

    # ---- scenarios

    def scenarios(self) -> Sequence[Scenario]:
        """Every scenario that can be read, first steps first; one that cannot is left to `check`."""
        found = []
        names = [*scenarios()]
        if self._extra and self._extra not in names:
            names.append(self._extra)
        for name in sorted(names, key=lambda n: n != FIRST):
            try:
                found.append(_scenario(name))
            except CommonGroundError:
                continue
        return found

    def playbook(self, scenario: str) -> Playbook:
        """Everything a run is made from."""
        return _playbook(self._name(scenario))

    def _name(self, scenario: str) -> str:
        """A scenario outside the library goes by its path."""
        if self._extra and scenario not in scenarios():
            return self._extra
        return scenario

    def seed(self) -> int:
        """A seed nobody chose."""
        return secrets.randbelow(1_000_000)

    def memory(self, playbook: Playbook) -> Memory | None:
        """What the community brings along by the campaign file; None without one, or where it is about others."""
        if self._campaign is None:
            return None
        campaign = read_campaign(self._campaign)
        return campaign.memory if campaign.memory.community == community_of(playbook) else None

    # ---- runs

    def _record(self, path: Path) -> Record:
        """A journal, read once while its file stays as it is: who asks what a run is asks for the run next."""
        if not path.is_file():
            return read_journal(path)
        stat = path.stat()
        key = (path, stat.st_mtime_ns, stat.st_size)
        if self._read is None or self._read[0] != key:
            self._read = (key, read_journal(path))
        return self._read[1]

    def open(self, run: Exercise, *, assessed: bool) -> Sitting:
        """Begins to keep a new run."""
        header = Header(
            scenario=self._name(run.playbook.scenario.id),
            playbook=run.playbook.digest,
            seed=run.seed,
            player="trainee",
            mode="assessed" if assessed else "practice",
            memory=run.memory,
        )
        return sitting_of(run, JournalFile.begin(run.playbook.scenario.id, header), 0, assessed=assessed)

    def saved(self) -> Sequence[Saved]:
        """Every run on the disk, newest first; files that are no journals are passed over."""
        glances = [g for g in (glance(p) for p in journals().glob("*.jsonl")) if g is not None]
        found = []
        for each in sorted(glances, key=lambda g: (g.written, g.path.name), reverse=True):
            try:
                scenario = _scenario(each.header.scenario)
                title, start = scenario.title.text, scenario.start_min
            except CommonGroundError:
                title, start = LText(each.header.scenario, each.header.scenario), 0
            if each.header.drill:
                with suppress(CommonGroundError):
                    title = _drill_title(each.header.drill)
            found.append(
                Saved(
                    path=each.path,
                    scenario=each.header.scenario,
                    title=title,
                    clock=clock(each.tick, start),
                    when=time.strftime("%Y-%m-%d %H:%M", time.localtime(each.written)),
                    assessed=each.header.mode == "assessed",
                    finished=each.finished,
                )
            )
        return found

    def resume(self, saved: Saved, progress: Progress) -> Sitting:
        """Brings a run or a drill back to where it was left; raises `Given` when given up."""
        record = self._record(saved.path)
        playbook = playbook_of(record)

        def tell(tick: int, last: int) -> None:
            if not progress(tick / max(1, last)):
                raise Given

        tell(0, 1)
        tracer = Tracer()
        name = drill_of(record)
        if name:
            piece = load_drill(name)[0]
            exercise = Exercise(playbook, record.header.seed)
            session = left.come_back(piece, exercise, record.entries, progress=tell, watch=tracer.look)
            warm_up(session.exercise.fork())
            file = JournalFile.append_to(saved.path, record)
            sitting = sitting_of(session, file, len(record.entries), assessed=saved.assessed, trace=tracer.points)
            return at_drill(sitting, piece, session)
        run = come_back(saved.path, record, playbook, progress=tell, tracer=tracer)
        warm_up(run.fork())
        file = JournalFile.append_to(saved.path, record)
        return sitting_of(run, file, len(record.entries), assessed=saved.assessed, trace=tracer.points)

    def drills(self) -> Sequence[Drill]:
        """Every drill there is, and the one that was asked for."""
        found = []
        for name in [*drills(), *([self._drill] if self._drill and self._drill not in drills() else [])]:
            try:
                found.append(load_drill(name)[0])
            except CommonGroundError:
                continue
        return found

    def _drill_name(self, drill: str) -> str:
        """A drill outside the library goes by its path."""
        return self._drill if self._drill and drill not in drills() else drill

    def host(self, drill: Drill, squads: int, *, assessed: bool, called: str = "") -> Hosted:
        """Opens a room with phones, its first squad `called` so; one that was open before is closed."""
        from sim.command.doors import PORT, Wishes, free_port
        from sim.command.hosting import HostedRoom

        self.close_room()
        wishes = Wishes(
            self._drill_name(drill.id), squads=squads, port=free_port(PORT), assessed=assessed, names=(called,)
        )
        self._room = HostedRoom(drill, wishes)
        return self._room

    def hosted(self) -> Hosted | None:
        """The room that is open."""
        return self._room if self._room is not None and not self._room.closed else None

    def close_room(self) -> None:
        """Ends the room that is open; everything is on the disk when this returns."""
        if self._room is not None:
            self._room.close()
            self._room = None

    def table(
        self, drill: str, seats: Sequence[str], progress: Progress, *, assessed: bool, called: str = ""
    ) -> AtTable:
        """Seats a squad `called` so around this keyboard, once the lead-in was played; raises `Given` when given up."""
        from sim.command.doors import Wishes
        from sim.command.serving import opened
        from sim.command.tabling import Table

        @contextmanager
        def shown(ticks: int) -> Iterator[Callable[[int], None]]:
            def tell(tick: int) -> None:
                if not progress(tick / ticks):
                    raise Given

            yield tell

        wishes = Wishes(self._drill_name(drill), assessed=assessed, names=(called,))
        return Table(opened(wishes, shown), seats)

    def browse(self, link: str) -> bool:
        """Opens a page in the browser; False where there is none."""
        try:
            return webbrowser.open(link)
        except (webbrowser.Error, OSError):
            return False

    def played(self) -> Sequence[Played]:
        """The drills that were played, the oldest first."""
        return played(read_lines(results_file()))

    def begin_drill(self, drill: str, progress: Progress, *, assessed: bool = False) -> Sitting:
        """Begins to keep a drill, once its lead-in has been played; raises `Given` when given up."""
        name = self._drill_name(drill)
        piece, playbook = load_drill(name)
        exercise = Exercise(playbook, piece.seed if piece.seed is not None else self.seed())
        warm_up(exercise.fork())
        start = max(1, exercise.world.setting.tick(piece.begins_min(playbook.scenario)))

        def tell(run: Exercise) -> None:
            if not progress(min(1.0, run.tick_now / start)):
                raise Given

        tell(exercise)
        run = lead_in(piece, exercise, tell)
        mode = "assessed" if assessed else "practice"
        header = Header(piece.scenario, playbook.digest, run.seed, "trainee", mode, drill=lasting_name(name))
        file = JournalFile.begin(f"drill-{piece.id}", header)
        return at_drill(sitting_of(run, file, 0, assessed=assessed), piece, run)

    def retry(self, past: Past, tick: int, progress: Progress) -> Sitting:
        """Computes a run again up to this tick and begins a run of its own there; raises `Given` when given up."""
        first = read_journal(past.path)

        def tell(now: int, last: int) -> None:
            if not progress(now / max(1, last)):
                raise Given

        tell(0, 1)
        before = [entry for entry in past.entries if entry.kind != "order" or entry.tick < tick]
        tracer = Tracer()
        run = replay(
            past.playbook,
            past.seed,
            before,
            until=tick,
            verify=False,
            progress=tell,
            memory=past.memory,
            watch=tracer.look,
        )
        warm_up(run.fork())
        header = dataclasses.replace(first.header, mode="practice", parent=past.path.name, parent_tick=tick, drill="")
        file = JournalFile.begin(past.playbook.scenario.id, header)
        return sitting_of(run, file, 0, assessed=False, trace=tracer.points)

    def review(self, past: Past) -> Comparing:
        """Begins a review in processes of its own, or goes on with the one that was kept beside the journal."""
        keeping = partial(kept_beside, past.path)
        pinned = past.aside.pins
        return Comparing(past.playbook, past.seed, past.entries, memory=past.memory, pinned=pinned, keeping=keeping)

    def futures(self, past: Past, moment: Moment, other: int, progress: Progress) -> Futures:
        """One trial carried on with what was done and with another alternative; raises `Given` when given up."""

        def tell(tick: int, last: int) -> None:
            if not progress(tick / max(1, last)):
                raise Given

        tell(0, 1)
        # Stops on the way, so that it is seen how far it is and can be given up.
        stops = range(LOOK_EVERY, moment.tick, LOOK_EVERY)
        _, found = look_back(
            past.playbook,
            past.seed,
            past.entries,
            moments={moment.number: moment},
            ticks=stops,
            wishes=[wanted(moment, other)],
            memory=past.memory,
            tell=tell,
        )
        return found[moment.number]

    def past(self, saved: Saved) -> Past:
        """A saved run's record."""
        record = self._record(saved.path)
        return Past(
            playbook=playbook_of(record),
            seed=record.header.seed,
            entries=record.entries,
            memory=record.header.memory,
            aside=read_aside(saved.path),
            assessed=saved.assessed,
            path=saved.path,
            drill=_drill(record),
        )

    def as_recorded(self, saved: Saved) -> OldRun | None:
        """A saved run that cannot be computed again; None for one that can."""
        record = self._record(saved.path)
        try:
            playbook_of(record)
        except CommonGroundError as wrong:
            playbook = load_playbook(record.header.scenario)
            aside, version = read_aside(saved.path), record.header.version
            return OldRun(playbook, record.entries, aside, version, wrong.phrase)
        return None

    def keep_aside(self, past: Past) -> None:
        """Keeps what was added to a run that is being looked at."""
        keep_aside(past.path, past.aside)

    # ---- results

    def results(self) -> Sequence[Result]:
        """Results of finished runs, oldest first."""
        found = []
        for line in read_lines(self.home / "results.jsonl"):
            try:
                found.append(
                    Result(
                        scenario=str(line["scenario"]),
                        when=str(line["when"]),
                        total=float(line["total"]),
                        grade=str(line["grade"]),
                        assessed=bool(line["assessed"]),
                        journal=str(line["journal"]),
                    )
                )
            except (KeyError, TypeError, ValueError):
                continue
        return found

    def left_by(self, past: Past) -> Memory | None:
        """What a finished run leaves behind; None unless its days after were played."""
        return memory_left(past.entries)

    def remember(self, past: Past) -> None:
        """Enters a finished run in the campaign file, where there is one, once for each run."""
        if self._campaign is None or past.path in self._remembered:
            return
        self._remembered.add(past.path)
        remember(self._campaign, read_journal(past.path).header, past.entries)

    def keep_result(self, result: Result) -> None:
        """Adds a result, once for each run."""
        with turn():
            if any(result.journal == known.journal for known in self.results()):
                return
            add_line(self.home / "results.jsonl", dataclasses.asdict(result))
        if self._enter is not None:
            self._enter(journals() / result.journal)

    def seal(self, past: Past, figures: Mapping[str, Any]) -> Mapping[str, str]:
        """What an assessed result rests on, written beside the journal."""
        record = read_journal(past.path)
        digests = [str(e.data["digest"]) for e in record.entries if e.kind == "digest"]
        total = figures.get("score", figures).get("total")
        seal = {
            "version": record.header.version,
            "scenario": record.header.scenario,
            "files": record.header.playbook,
            "seed": str(record.header.seed),
            "state": digests[-1] if digests else "",
            "journal": record.link,
            "score": "" if total is None else f"{total:.1f}",
        }
        write_json(past.path.with_suffix(".seal.json"), seal)
        return seal

    def report(self, past: Past, language: Language, review: Review | None, progress: Progress, wish: Wish) -> Written:
        """Writes the report of a run with what a review has found so far; raises `Given` when given up."""
        from sim.command.story import story_of
        from sim.storage.paper import print_page
        from sim.storage.report import write_report

        def tell(tick: int, last: int) -> None:
            if not progress(tick / max(1, last)):
                raise Given

        path = reports() / f"{past.path.stem}.html"
        rubric = reweighed(past.playbook.rubric, wish.weights) if wish.weights else None
        story = story_of(
            past.path,
            self._record(past.path),
            past.playbook,
            aside=past.aside,
            review=review,
            rubric=rubric,
            tell=tell,
        )
        write_report(path, story, speech(language))
        if not wish.paper:
            return Written(path)
        paper = path.with_suffix(".pdf")
        try:
            print_page(path, paper)
        except CommonGroundError as wrong:
            return Written(path, not_printed=wrong.phrase)
        return Written(path, paper)

    def picture_file(self) -> Path:
        """A new empty file for a picture of the window; two may be taken in one second, in one window or in two."""
        folder = own(self.home / "screenshots")
        return begun(folder / f"{time.strftime('%Y%m%d-%H%M%S')}.png", lambda new: new.touch(exist_ok=False))

    # ---- preferences

    def preferences(self) -> Preferences:
        """As kept, the usual ones at first."""
        found = Preferences.from_dict(read_json(self.home / "preferences.json"))
        self._wishes = found.as_dict()
        return found

    def keep_preferences(self, preferences: Preferences) -> None:
        """Keeps what has changed since they were read or kept last; what another window has kept since stays."""
        path, wishes, before = self.home / "preferences.json", preferences.as_dict(), self._wishes
        changed = {name: wish for name, wish in wishes.items() if name not in before or wish != before[name]}
        with turn():
            write_json(path, {**wishes, **read_json(path), **changed})
        self._wishes = wishes


def _drill(record: Record) -> Drill | None:
    """The drill a journal is of, where it can still be read."""
    name = drill_of(record)
    try:
        return load_drill(name)[0] if name else None
    except CommonGroundError:
        return None


@lru_cache(maxsize=64)
def _scenario(name: str) -> Scenario:
    return read_model(find_scenario(name), Scenario)[0]


@lru_cache(maxsize=64)
def _drill_title(name: str) -> LText:
    return read_model(find_drill(name), Drill)[0].title.text


@lru_cache(maxsize=8)
def _playbook(name: str) -> Playbook:
    return load_playbook(name)
