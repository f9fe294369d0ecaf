"""Early warning in the terminal: what came in and who can be asked, what is prepared, who comes, the risk as stated."""

from typing import ClassVar

from rich.text import Text

from sim.console.board.board import Board
from sim.console.lines import Lines, bar, blank, fit, paragraph
from sim.console.post import Post
from sim.exercise.option import Option
from sim.seat.draft import Draft
from sim.seat.standing import standing
from sim.seat.warning import (
    AGREED,
    CHECK,
    ESTIMATE,
    LEVELS,
    SAYS,
    Signal,
    coming,
    officials,
    preparations,
    signals,
)
from sim.seat.words import listed, span

CHECKS = 5
"""Signals that can be checked from here at one press, those that wait longest left for the next look."""


class WarningBoard(Board):
    """The question that is open, signals with their sources, preparations, arrivals."""

    name: ClassVar[str] = "warning"
    title: ClassVar[str] = "Early warning"
    place: ClassVar[int] = 10

    def offered(self, post: Post) -> bool:
        """True where signals come in, or a risk is asked for."""
        scenario = post.words.scenario
        return bool(scenario.risk_minutes or post.seen.claims or scenario.start_min < 0)

    def waiting(self, post: Post) -> int:
        """Signals nobody has asked enough about, and a question of the risk."""
        asked = sum(1 for question in post.seen.desk.forecasts if question.open)
        return asked + sum(1 for signal in signals(post.seen, post.words.playbook) if signal.open)

    def acts(self, post: Post) -> list[tuple[str, Draft]]:
        """The estimate while it is asked for, a check of each signal that waits, and what can be prepared."""
        say = post.voice
        found: list[tuple[str, Draft]] = []
        estimate, check = _coded(post, ESTIMATE), _coded(post, CHECK)
        if estimate is not None and estimate.open:
            found.append((say(estimate.response.title.text), Draft.of(estimate)))
        waiting = [signal for signal in signals(post.seen, post.words.playbook) if signal.open]
        for signal in waiting[:CHECKS] if check is not None else ():
            assert check is not None
            draft = Draft.of(check)
            draft.target = signal.claim.id
            found.append((say("check: {claim}", claim=signal.claim.text), draft))
        ready = [each.option for each in preparations(post.seen, post.options()) if each.option.open]
        found.extend((say(option.response.title.text), Draft.of(option)) for option in ready)
        return found

    def lines(self, post: Post, width: int) -> Lines:
        """All of it."""
        say, seen = post.voice, post.seen
        lines: Lines = []
        if seen.minute < 0.0:
            lines += paragraph(say("{left} to the first call", left=span(-seen.minute * 60.0)), width, "bold")
        if any(question.open for question in seen.desk.forecasts):
            text = say("Within 15 minutes somebody is hurt or violent. How likely is that?")
            lines += paragraph(text, width, "bold yellow")
        found = signals(seen, post.words.playbook)
        if not found:
            lines += paragraph(say("Nothing has come in yet."), width, "dim")
        for signal in found:
            lines += _signal(post, signal, width)
        lines += [*blank(width, 1), *_prepared(post, width), *blank(width, 1), *_arrivals(post, width)]
        return [*lines, *_stated(post, width)]


def _coded(post: Post, code: str) -> Option | None:
    return next((o for o in post.options() if o.response.catalogue == code), None)


def _signal(post: Post, signal: Signal, width: int) -> Lines:
    """Time, channel, grade and how it stands; what it says; and each source with what it said."""
    say, claim = post.voice, signal.claim
    parts = standing(signal, post.words, post.seen.tick)
    style = "dim" if claim.verdict else "yellow" if signal.open else "cyan"
    lines = [
        fit(Text(" · ".join(parts), style, end=""), width),
        *paragraph(say(claim.text), width, "bold", indent="  "),
    ]
    if claim.verdict:
        return lines
    for source in claim.sources:
        about = [say(source.how), say("grade {grade}", grade=source.grade)]
        if source.says:
            about.append(say(SAYS[source.says]))
        elif source.asking:
            about.append(say("being asked"))
        elif source.minutes:
            about.append(say("{minutes:g} min", minutes=source.minutes))
        lines += paragraph(f"{say(source.name)}: {' · '.join(about)}", width, "dim", indent="    ")
    return lines


def _prepared(post: Post, width: int) -> Lines:
    say, desk = post.voice, post.seen.desk
    lines = paragraph(say("Prepare"), width, "bold")
    lines += paragraph(say(LEVELS[desk.level]), width, "green" if desk.level else "yellow", indent="  ")
    if desk.agreed:
        what = listed(say, (say(AGREED[name]) for name in desk.agreed))
        lines += paragraph(say("agreed: {things}", things=what), width, "green", indent="  ")
    for each in preparations(post.seen, post.options()):
        title = say(each.option.response.title.text)
        if each.running_min > 0.0:
            state = say("{minutes:.0f} min to go", minutes=each.running_min)
        elif each.running_min < 0.0:
            state = say("at work")
        elif each.done:
            state = say("done")
        else:
            continue
        lines += paragraph(f"{title}: {state}", width, indent="  ")
    return lines


def _arrivals(post: Post, width: int) -> Lines:
    say, words = post.voice, post.words
    lines = paragraph(say("Who comes, and when"), width, "bold")
    if not post.seen.desk.trusted:
        text = say("An alert went beyond what was known: calls have less weight now.")
        lines += paragraph(text, width, "yellow", indent="  ")
    for unit in coming(post.seen):
        eta = say("in {time}", time=span(unit.eta_s))
        lines.append(fit(f"  {unit.id}  {words.unit_kind(unit.code)}  {eta}", width))
    if not coming(post.seen):
        lines += paragraph(say("everybody is here"), width, "dim", indent="  ")
    for unit in officials(post.seen):
        known = {"yes": say("may decide"), "no": say("may decide nothing"), "": say("mandate not known")}
        lines.append(fit(f"  {unit.id}: {known[unit.may_decide]}", width))
    return lines


def _stated(post: Post, width: int) -> Lines:
    say, forecasts = post.voice, post.seen.desk.forecasts
    if not forecasts:
        return []
    lines = [*blank(width, 1), *paragraph(say("Risk as stated"), width, "bold")]
    for question in forecasts:
        said = question.stated_tick >= 0
        text = (
            f"{question.percent:.0f} %"
            if said
            else say("waiting for an answer")
            if question.open
            else say("not answered: 50 %")
        )
        clock = post.words.clock_of_minute(question.minute)
        lines.append(fit(f"  {clock}  {bar(question.percent / 100.0, 12)}  {text}", width))
    return lines
