"""Drilling: one drill at one keyboard, and what is kept of it."""

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from sim.command.preparing import prepare_simulation
from sim.command.seed import check_seed
from sim.command.setting import Setting
from sim.drill.card import Card, card_of
from sim.drill.drill import Drill
from sim.drill.progress import ALONE, priced
from sim.drill.session import Session, lead_in
from sim.exercise.exercise import Exercise
from sim.exercise.warmup import warm_up
from sim.scenario.scenario import Playbook
from sim.scoring import facts_of, score
from sim.storage.aside_file import keep_aside, read_aside
from sim.storage.drills import lasting_name, load_drill
from sim.storage.folder import home
from sim.storage.journal_file import Header, JournalFile, read_journal
from sim.storage.keepsake import add_line, read_lines
from sim.storage.language import speech

NOBODY: Mapping[str, tuple[float, int]] = {}
"""Scores where nobody looked on."""


def results_file() -> Path:
    """Where the results of drills are kept, one line each."""
    return home() / "drills.jsonl"


def keep_result(
    card: Card, seed: int, total: float | None, squad: str, journal: Path, brier: float | None = None
) -> None:
    """Adds one result: figures and a squad's callsign, never a name; `brier` is that of those who looked on."""
    line = {
        "when": time.strftime("%Y-%m-%d %H:%M"),
        "squad": squad,
        "seed": seed,
        "score": total,
        "journal": journal.name,
        "link": read_journal(journal).link,
        "brier": brier,
        **card.as_dict(),
    }
    add_line(results_file(), line)


def keep_price(link: str, card: Card, picks: Mapping[str, tuple[float, int]] = NOBODY) -> None:
    """Adds to the result of the journal that ends with this link what a review has found, where it says anything new.

    What was not kept as a result, such as a run copied from elsewhere, stays out.
    """
    lines = read_lines(results_file())
    if not any(line.get("link") == link for line in lines):
        return
    found = {"of": link, **priced(card, picks)}
    before: Mapping[str, object] = next((line for line in reversed(lines) if line.get("of") == link), {})
    if found["picks"] is None:
        found["picks"] = before.get("picks")
    if found != before:
        add_line(results_file(), found)


def drill_seed(drill: Drill) -> int:
    """The seed where nobody has given one: that of the run a drill was cut from, else any."""
    return drill.seed if drill.seed is not None else secrets.randbelow(1_000_000)


def opened(drill: Drill, playbook: Playbook, seed: int, setting: Setting) -> Session:
    """A session at its first tick: the run laid out, compiled, and commanded by the automatic player until then."""
    from sim.console.progress import progress

    prepare_simulation(playbook, setting)
    exercise = Exercise(playbook, seed)
    start = max(1, exercise.world.setting.tick(drill.begins_min(playbook.scenario)))
    with progress(setting.say("Playing up to the drill"), start, quiet=setting.quiet) as show:
        return lead_in(drill, exercise, lambda run: show(min(run.tick_now, start)))


def drill_in_terminal(
    name: str,
    seed: int | None,
    setting: Setting,
    enter: Callable[[Path], object] | None = None,
    *,
    assessed: bool = False,
) -> int:
    """Plays it in the terminal; the drill card follows, and `enter` is told its journal.

    An assessed one asks whoever commanded for their own judgement before the card is shown.
    """
    from sim.console.asking import Asking
    from sim.console.drill_card import drill_card
    from sim.console.play import play_in_terminal

    drill, playbook = load_drill(name)
    seed = drill_seed(drill) if seed is None else seed
    check_seed(seed)
    session = opened(drill, playbook, seed, setting)
    threading.Thread(target=warm_up, args=(session.exercise.fork(),), daemon=True).start()
    header = Header(
        drill.scenario,
        playbook.digest,
        seed,
        "trainee",
        "assessed" if assessed else "practice",
        drill=lasting_name(name),
    )
    file = JournalFile.begin(f"drill-{drill.id}", header)
    saved = [0]

    def save() -> None:
        new = session.journal.since(saved[0])
        if new:
            file.keep(new)
            saved[0] += len(new)

    try:
        play_in_terminal(
            session, setting.say, save=save, voices={"en": speech("en"), "zh": speech("zh")}, assessed=assessed
        )
    finally:
        session.stop()
        save()
        file.close()
    card = card_of(drill, list(session.journal))
    total = score(session.journal, playbook.rubric, facts_of(playbook)).total
    keep_result(card, seed, total, ALONE, file.path)
    if enter is not None:
        enter(file.path)
    if assessed:
        aside = read_aside(file.path)
        shown = Asking(setting.out, setting.say).ask(aside, playbook.rubric, assessed=True)
        keep_aside(file.path, aside)
        if not shown:
            setting.out.print(setting.say("Without own points an assessed run shows no score."), markup=False)
            return 0
    setting.out.print(drill_card(card, drill, playbook, setting.say))
    setting.out.print(setting.say("Journal: {file}", file=str(file.path)), markup=False)
    setting.out.print(
        setting.say("What each decision cost: commonground drills --card {file}", file=str(file.path)), markup=False
    )
    return 0
