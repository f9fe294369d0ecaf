"""Fitness: what rehearsals say about a scenario, in words and rows, for a terminal and a page alike."""

from collections.abc import Iterator
from dataclasses import dataclass

from sim.core.phrase import LText, Phrase
from sim.review.balance import Balance, Came, Lever, Line
from sim.review.fragile import Fragility
from sim.review.rehearsal import Part
from sim.scenario.scenario import Playbook
from sim.seat.voice import Say
from sim.seat.words import KINDS

MOST_LEVERS = 20
"""So many decisions are listed; the full list is in the plain data."""
PLAYERS_CALLED = {
    "doctrine": Phrase("doctrine: a competent commander"),
    "varied": Phrase("varied: sensible, with its own taste"),
    "facilitate": Phrase("facilitate: talks and helps in turn"),
    "force": Phrase("force: clears the place"),
    "passive": Phrase("passive: does nothing"),
    "random": Phrase("random: whatever is open"),
}
BANDS_CALLED = {
    "very hard": Phrase("very hard"),
    "hard": Phrase("hard"),
    "medium": Phrase("medium"),
    "easy": Phrase("easy"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a card, said in one language."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    numbers: frozenset[int] = frozenset()
    """Columns that hold figures."""


def headline(card: Balance, say: Say) -> tuple[str, ...]:
    """The sentences at the top of the card."""
    return tuple(_headline(card, say))


def warnings(card: Balance, say: Say) -> tuple[str, ...]:
    """What should be looked at before a class plays it."""
    return tuple(say(phrase) for phrase in card.warnings())


def sections(card: Balance, playbook: Playbook, say: Say) -> tuple[Section, ...]:
    """The tables of the card; empty ones are left out."""
    names = _names(playbook)
    found = (
        _players(card, say),
        _aims(card, names, say),
        _lines(card, names, say),
        _levers(card, names, say),
        _injects(card, names, say),
        _unused(card, names, say),
        _refused(card, names, say),
    )
    return tuple(section for section in found if section.rows)


SIDES = {"lower": Phrase("lower"), "higher": Phrase("higher")}


def model_section(found: Fragility, say: Say) -> Section:
    """The model card: which grades turn when one number is moved."""
    rows = tuple(
        (
            each.name,
            say(SIDES[each.side]),
            each.player,
            f"{each.grade} → {each.turned}",
            f"{each.points:+.1f}",
            say("fragile") if each.fragile else say("luck alone does as much"),
        )
        for each in found.flips
    )
    note = say(
        "{numbers} numbers, each moved by {share:.0%} to both sides; {turned} of {runs} runs got another grade.",
        numbers=found.numbers,
        share=found.share,
        turned=len(found.flips),
        runs=found.runs,
    )
    if not found.complete:
        broken = say("broken off: {runs} of {asked} runs were made", runs=found.runs, asked=found.asked)
        note = f"{broken}. {note}"
    columns = (say("Number"), say("Moved"), say("Player"), say("Grade"), say("Points"), "")
    return Section(say("Model card: grades that turn"), columns, rows, note, frozenset({4}))


def _headline(card: Balance, say: Say) -> Iterator[str]:
    yield say("{runs} runs by automatic players", runs=card.runs)
    if card.difficulty is not None:
        yield say(
            "difficulty: {band}; players without doctrine lose {points:.0f} of 100 points",
            band=say(BANDS_CALLED[card.band]),
            points=card.difficulty,
        )
    yield say("distinct ways of winning that were found: {number}", number=len(card.lines))
    if card.first_call_min is not None:
        yield say(
            "first call that waits for an answer: after {first:.1f} min; longest time between two: {quiet:.1f} min",
            first=card.first_call_min,
            quiet=card.quiet_min,
        )
    if card.first_order_min is not None:
        yield say("first order of the best player: after {minutes:.1f} min", minutes=card.first_order_min)


def _names(playbook: Playbook) -> dict[str, LText]:
    scenario = playbook.scenario
    return {
        **{name: response.title.text for name, response in playbook.responses.items()},
        **{ending.id: ending.says.text for ending in (*scenario.aims, *scenario.red_lines)},
    }


def _players(card: Balance, say: Say) -> Section:
    rows = tuple(
        (
            say(PLAYERS_CALLED[each.player]) if each.player in PLAYERS_CALLED else each.player,
            f"{each.wins}/{each.runs}",
            f"{each.losses}/{each.runs}",
            f"{each.mean:.0f} ({each.low:.0f}-{each.high:.0f})",
            " ".join(f"{grade}×{number}" for grade, number in each.grades),
            f"{each.hurt:.1f}",
            f"{each.trust:+.2f}",
        )
        for each in card.players
    )
    columns = (
        say("Player"),
        say("Won"),
        say("Red line"),
        say("Score"),
        say("Grades"),
        say("Badly hurt"),
        say("Trust"),
    )
    note = say("Won: every aim met and no red line crossed.")
    return Section(say("What came of it"), columns, rows, note, frozenset({1, 2, 3, 5, 6}))


def _aims(card: Balance, names: dict[str, LText], say: Say) -> Section:
    """Which aims each player met in how many runs; those nobody met first."""
    met = {each.player: dict(each.met) for each in card.players}
    aims = [aim for aim, _ in card.players[0].met] if card.players else []
    aims.sort(key=lambda aim: max(found[aim] for found in met.values()) > 0)
    rows = tuple((say(names[aim]), *(f"{met[p.player][aim]}/{p.runs}" for p in card.players)) for aim in aims)
    columns = (say("Aim"), *(each.player for each in card.players))
    return Section(say("Runs that met each aim"), columns, rows, "", frozenset(range(1, len(columns))))


def _lines(card: Balance, names: dict[str, LText], say: Say) -> Section:
    rows = tuple(
        (
            say("player {player}, seed {seed}", player=line.player, seed=line.seed) + _less(line, names, say),
            f"{line.total:.0f}",
            str(line.runs),
            say("; ").join(say(names[step]) for step in line.steps),
        )
        for line in card.lines
    )
    note = say(
        "Two ways are distinct when at least a third of their orders, and when they were given, is not common to both."
    )
    columns = (say("Run"), say("Score"), say("Runs like it"), say("Orders, in their order"))
    return Section(say("Ways of winning"), columns, rows, note, frozenset({1, 2}))


def _less(line: Line, names: dict[str, LText], say: Say) -> str:
    if not line.without.what:
        return ""
    return say(", without: {part}", part=_part(line.without, names, say))


def _part(part: Part, names: dict[str, LText], say: Say) -> str:
    if part.what == "kind":
        return say("everything under “{kind}”", kind=say(KINDS[part.id]))
    if part.what == "inject":
        return say("inject {name}", name=part.id)
    return say(names[part.id])


def _levers(card: Balance, names: dict[str, LText], say: Say) -> Section:
    def row(lever: Lever) -> tuple[str, ...]:
        aims = say("; ").join(say(names[aim]) for aim in lever.aims)
        verdict = say("does harm") if lever.dominated else "" if lever.matters else say("changes nothing")
        return _part(lever.part, names, say), f"{lever.change:+.1f}", str(lever.runs), aims or verdict

    columns = (say("What"), say("Points"), say("Runs"), say("Aims that hang on it"))
    note = say(
        "Points the player {player} gains by it: the same seeds played without. Less than 1 point says nothing.",
        player=card.best,
    )
    rows = tuple(row(lever) for lever in card.levers[:MOST_LEVERS])
    return Section(say("Which decisions matter"), columns, rows, note, frozenset({1, 2}))


def _injects(card: Balance, names: dict[str, LText], say: Say) -> Section:
    def row(each: Came) -> tuple[str, ...]:
        handled = str(each.handled) if each.asks else "-"
        missed = str(each.missed) if each.asks else "-"
        return each.inject, f"{each.came}/{each.runs}", handled, missed, _remark(each, say)

    columns = (say("Inject"), say("Came"), say("Handled"), say("Missed"), "")
    return Section(say("Injects"), columns, tuple(row(each) for each in card.injects), "", frozenset({1, 2, 3}))


def _remark(each: Came, say: Say) -> str:
    if not each.runs:
        return say("no run went on until it")
    if not each.came:
        return say("never came")
    if each.asks and not each.handled:
        return say("nobody handled it")
    if each.asks and each.handled == each.came:
        return say("everybody handled it")
    return ""


def _unused(card: Balance, names: dict[str, LText], say: Say) -> Section:
    why = dict(card.why_shut)

    def became(name: str) -> str:
        if name not in card.never_open:
            return say("was open, nobody gave it")
        return say("was never open: {why}", why=why[name]) if name in why else say("was never open")

    rows = tuple((say(names[name]), became(name)) for name in card.never_ordered)
    return Section(say("Responses that nobody gave"), (say("What"), ""), rows)


def _refused(card: Balance, names: dict[str, LText], say: Say) -> Section:
    """Orders of written lines that were refused, why, and what would make them possible."""
    rows = tuple(
        (
            line,
            f"{each.minute:.1f}",
            say(names[each.order.response]) if each.order.response in names else each.order.response,
            say(ground.why),
            "" if ground.remedy is None else say(ground.remedy),
        )
        for line, each in card.refused
        for ground in each.grounds
    )
    columns = (say("Run"), say("Minute"), say("Order"), say("Why"), say("What puts it right"))
    return Section(say("Orders that were refused"), columns, rows, "", frozenset({1}))
