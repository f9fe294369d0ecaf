"""`play`: command the police side of a scenario, in the window or in the terminal; every order is saved at once."""

import argparse
import secrets
import sys
import threading
from pathlib import Path

from sim.command.coming_back import come_back
from sim.command.drilling import drill_in_terminal
from sim.command.replay import playbook_of
from sim.command.run import add_campaign, entering, print_result
from sim.command.seed import check_seed
from sim.command.setting import Setting
from sim.command.standing import RunState
from sim.command.whose import add_person
from sim.console.progress import progress
from sim.core.errors import BadInput, CommonGroundError
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.core.tick import clock
from sim.exercise.exercise import Exercise
from sim.exercise.remember import community_of
from sim.exercise.warmup import warm_up
from sim.scenario.scenario import Playbook
from sim.storage.aside_file import keep_aside, read_aside
from sim.storage.campaign import Campaign, read_campaign, remember
from sim.storage.drills import drill_of, load_drill
from sim.storage.folder import unfinished
from sim.storage.journal_file import Header, JournalFile, read_journal
from sim.storage.language import speech
from sim.storage.library import load_playbook
from sim.storage.whereabouts import lasting

NAME = "play"
HELP = "play a scenario, in the window or in the terminal"
EXAMPLE = "commonground play taxi_ring_square"
DEFAULT = "taxi_ring_square"


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("scenario", nargs="?", help=say("id or file of the scenario"))
    parser.add_argument("--seed", type=int, help=say("seed of the random events (a new one each time unless given)"))
    parser.add_argument("--console", action="store_true", help=say("play in the terminal"))
    add_campaign(parser, say)
    add_person(parser, say)
    parser.add_argument(
        "--drill",
        metavar="DRILL",
        help=say("play this drill instead of a whole scenario; with --console alone, without seats and votes"),
    )
    parser.add_argument(
        "--assessed", action="store_true", help=say("an assessed drill: a reason with every order, own judgement first")
    )
    parser.add_argument("--resume", action="store_true", help=say("go on with the run of this scenario left last"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Plays it; exit 0 when it ended or was left."""
    if args.drill and (args.scenario or args.resume or args.campaign):
        raise BadInput.of(
            "drill-alone", Phrase("a drill names its own scenario: give --drill without one, and without --resume")
        )
    if args.assessed and not args.drill:
        raise BadInput.of(
            "assessed-drill", Phrase("--assessed goes with --drill; a scenario has a switch for it in the window")
        )
    return _in_terminal(args, setting) if args.console else _in_window(args, setting)


def _in_window(args: argparse.Namespace, setting: Setting) -> int:
    from sim.command.office import DiskOffice
    from sim.desktop.briefing import Briefing
    from sim.desktop.drill_page import DrillPage
    from sim.desktop.resuming import Resuming
    from sim.desktop.screen import Desk, Screen
    from sim.desktop.start import Start
    from sim.desktop.waiting import Waiting
    from sim.desktop.window import Window, can_open, is_whole

    if not is_whole():
        raise BadInput.of(
            "broken-pygame",
            Phrase("pygame is damaged: two editions of it were installed over each other"),
            hint=Phrase("run: {command}", command="pip uninstall pygame pygame-ce, then pip install pygame-ce"),
        )
    if not can_open():
        raise BadInput.of(
            "no-screen",
            Phrase("there is no screen to open a window on"),
            hint=Phrase("play in the terminal with --console"),
        )
    args.scenario = lasting(args.scenario) if args.scenario else None
    office = DiskOffice(
        args.scenario or "",
        campaign=args.campaign,
        enter=entering(args, setting),
        drill=args.drill or "",
        reviews_at_once=True,
    )
    if args.seed is not None:
        check_seed(args.seed)
        office.seed = lambda: args.seed  # type: ignore[method-assign]
    playbook = load_playbook(args.scenario) if args.scenario else None
    drill = load_drill(args.drill)[0] if args.drill else None

    def first(desk: Desk) -> list[Screen]:
        pages: list[Screen] = [Start()]
        unfinished = [s for s in office.saved() if not s.finished and args.scenario in {None, s.scenario}]
        if drill is not None:
            pages.append(DrillPage(drill, assessed=args.assessed))
        elif args.resume and unfinished:
            newest = unfinished[0]
            pages.append(
                Resuming(newest.clock, newest.title, Waiting(lambda progress: office.resume(newest, progress)))
            )
        elif playbook is not None:
            pages.append(Briefing.of(desk, playbook.scenario.id))
        return pages

    try:
        with Window(office, first=first) as window:
            if setting.language != window.desk.voice.language and args.lang:
                window.desk.voice.switch()
            window.run()
    finally:
        office.close_room()
    return 0


def _in_terminal(args: argparse.Namespace, setting: Setting) -> int:
    from sim.console.play import play_in_terminal

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInput.of(
            "no-terminal",
            Phrase("there is no terminal to play in"),
            hint=Phrase("run `commonground demo`, or `commonground run` with an order file"),
        )
    args.scenario = lasting(args.scenario or DEFAULT)
    enter = entering(args, setting)
    if args.drill:
        return drill_in_terminal(args.drill, args.seed, setting, enter, assessed=args.assessed)
    if args.resume:
        exercise, file, header, position = _resumed(args.scenario, setting)
    else:
        exercise, file, header, position = _fresh(load_playbook(args.scenario), args, setting)
    saved = [position]
    state = RunState(exercise, file)

    def save() -> None:
        new = exercise.journal.since(saved[0])
        if new:
            file.keep(new)
            saved[0] += len(new)
        state.look()

    # The trainee reads the briefing while this goes on; whoever is faster than the compiler waits for the rest of it.
    threading.Thread(target=warm_up, args=(exercise.fork(),), daemon=True).start()
    try:
        play_in_terminal(exercise, setting.say, save=save, voices={"en": speech("en"), "zh": speech("zh")})
    finally:
        save()
        state.close()
        file.close()
    if exercise.outcome is None:
        setting.out.print(
            setting.say(
                "Saved at {clock}. Go on with: commonground play {scenario} --resume",
                clock=clock(max((e.tick for e in exercise.journal), default=0), exercise.playbook.scenario.start_min),
                scenario=header.scenario,
            ),
            markup=False,
        )
    else:
        if args.campaign:
            remember(args.campaign, header, exercise.journal)
        if enter is not None:
            enter(file.path)
        _hot_wash(exercise, header, file.path, setting)
    setting.out.print(setting.say("Journal: {file}", file=str(file.path)), markup=False)
    return 0


def _hot_wash(exercise: Exercise, header: Header, journal: Path, setting: Setting) -> None:
    """First what whoever commanded says, then the score, then what a facilitator can ask."""
    from sim.console.asking import Asking

    aside = read_aside(journal)
    if not aside.asked:
        shown = Asking(setting.out, setting.say).ask(
            aside, exercise.playbook.rubric, assessed=header.mode == "assessed"
        )
        keep_aside(journal, aside)
        if not shown:
            setting.out.print(setting.say("Without own points an assessed run shows no score."), markup=False)
            return
    print_result(exercise, header, setting, as_json=False, aside=aside)


def _fresh(playbook: Playbook, args: argparse.Namespace, setting: Setting) -> tuple[Exercise, JournalFile, Header, int]:
    seed = args.seed if args.seed is not None else secrets.randbelow(1_000_000)
    check_seed(seed)
    with progress(setting.say("Laying out the site"), 1, quiet=setting.quiet) as show:
        campaign = read_campaign(args.campaign) if args.campaign else Campaign()
        exercise = Exercise(playbook, seed, memory=campaign.memory_for(community_of(playbook)))
        show(1)
    header = Header(
        scenario=args.scenario, playbook=playbook.digest, seed=seed, player="trainee", memory=exercise.memory
    )
    return exercise, JournalFile.begin(playbook.scenario.id, header), header, 0


def _resumed(scenario: str, setting: Setting) -> tuple[Exercise, JournalFile, Header, int]:
    found = _latest(scenario, setting)
    if found is None:
        raise BadInput.of(
            "nothing-to-resume",
            Phrase("no unfinished run of {scenario} is saved", scenario=scenario),
            hint=Phrase("start a new one without --resume"),
        )
    record = read_journal(found)
    playbook = playbook_of(record)
    last = max((e.tick for e in record.entries), default=0)
    with progress(setting.say("Resuming"), last, quiet=setting.quiet) as show:
        exercise = come_back(found, record, playbook, progress=lambda tick, of: show(tick))
    return exercise, JournalFile.append_to(found, record), record.header, len(record.entries)


def _latest(scenario: str, setting: Setting) -> Path | None:
    """The run of the scenario left last; a drill is gone on with in the window, as the drill it is."""
    for path in unfinished():
        try:
            record = read_journal(path)
            if record.header.scenario != scenario:
                continue
            if not drill_of(record):
                return path
            setting.tell("{file} is of a drill: go on with it in the window (commonground play)", file=path.name)
        except CommonGroundError as unreadable:
            setting.tell("Passing over {file}: {why}", file=path.name, why=setting.say(unreadable.phrase))
    return None
