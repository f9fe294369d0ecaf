"""Panels: what the commander knows, each part as lines for a given width."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from sim.console.lines import Lines, bar, fit, labelled, paragraph
from sim.console.post import Post
from sim.console.site_map import GLYPHS, LOOK_STYLES, UNIT_STYLE
from sim.crowd.state import CrowdState
from sim.seat.breaking import clean
from sim.seat.days import open_tasks
from sim.seat.words import (
    CHANNELS,
    GEARS,
    GRADES,
    KINDS,
    LOOKS,
    RAPPORT,
    SEVERITIES,
    STAGES,
    UNGRADED,
    UNSEEN,
    VERDICTS,
    listed,
    span,
)
from sim.world.activity import Stage
from sim.world.aftermath import DAY
from sim.world.message import Message
from sim.world.observation import ActivityView, DaysView, UnitView
from sim.world.phase import PHASES, Phase
from sim.world.unit import Gear

STATE_STYLES = {
    UNSEEN: "dim",
    CrowdState.CALM: "green",
    CrowdState.TENSE: "yellow",
    CrowdState.AGITATED: "bold yellow reverse",
    CrowdState.CLASH: "bold red reverse",
    CrowdState.DISPERSING: "cyan",
    CrowdState.RESOLVED: "bold green",
}
STRIP = {
    UNSEEN: "·",
    CrowdState.CALM: "▁",
    CrowdState.TENSE: "▃",
    CrowdState.AGITATED: "▅",
    CrowdState.CLASH: "█",
    CrowdState.DISPERSING: "~",
    CrowdState.RESOLVED: "=",
}
PLAIN_STRIP = {**STRIP, UNSEEN: " ", CrowdState.CALM: "_", CrowdState.TENSE: "-", CrowdState.AGITATED: "+"} | {
    CrowdState.CLASH: "#"
}
STRIP_STYLES = {
    **STATE_STYLES,
    CrowdState.AGITATED: "bold yellow",
    CrowdState.CLASH: "bold red",
}


def title_line(post: Post, width: int) -> Text:
    """Title, scenario minute, time of day, whether time runs and how fast."""
    say = post.voice
    clock = post.words.clock(post.seen.tick)
    if post.run.outcome is not None:
        flow, style = say("ENDED"), "bold reverse"
    elif post.held or not (post.hurrying or post.running):
        flow, style = say("PAUSED"), "bold black on cyan"
    elif post.hurrying:
        flow, style = say("RUNNING ON"), "bold black on yellow"
    else:
        flow, style = say("RUNNING"), "bold black on green"
    speed = f"{post.speed:g}x"
    if post.running and 0.0 < post.reached < 0.8 * post.speed:
        speed = say("{speed} (reaches {reached}x)", speed=speed, reached=f"{post.reached:.1f}")
    tail = Text.assemble(
        (f" {clock} ", "bold"),
        (f"{post.words.time_of_day(post.seen.tick)} ".lstrip(), "dim"),
        (f" {flow} ", style),
        (f" {speed} ", "bold"),
        ("EN" if say.language == "en" else "中"),
        end="",
    )
    tail.append(" ")
    title = fit(" " + clean(say(post.words.scenario.title.text)), max(0, width - cell_len(tail.plain)), "bold")
    return fit(Text.assemble(title, tail, end=""), width)


def situation_line(post: Post, width: int) -> Text:
    """State as it can be judged, how old that is, how many people, how close, and what waits for the commander."""
    say, seen = post.voice, post.seen
    line = Text(" ", end="")
    if seen.crush:
        line.append(" " + say("CRUSH ALARM") + " ", "bold white on red")
        line.append(" ")
    if seen.days is not None:
        return _days_line(post, seen.days, width)
    line.append(say(PHASES[Phase(seen.phase)]) + "  ", "dim")
    state = seen.state if seen.state_age_s >= 0.0 else UNSEEN
    name = post.words.state(seen.state, seen.state_age_s)
    line.append(f" {name.upper()} " if state != UNSEEN else name, STATE_STYLES[state])
    if state != UNSEEN:
        line.append(
            " " + say("seen {age} ago", age=span(seen.state_age_s)), "dim" if seen.state_age_s < 120 else "bold"
        )
        line.append("  " + say("about {people} people", people=seen.people))
        if seen.density > 0.0:
            style = "bold red" if seen.density >= 5.0 else "bold yellow" if seen.density >= 4.0 else ""
            line.append("  " + say("up to {density:.1f} per m²", density=seen.density), style)
    calls = len(post.chronicle.open_calls(seen))
    if calls:
        text = say("{number} to answer (m)", number=calls)
        line = fit(line, max(0, width - cell_len(text) - 3))
        line.append(f" {text} ", "bold black on yellow")
    return fit(line, width)


def _days_line(post: Post, days: DaysView, width: int) -> Text:
    """In the days after: which day it is, how much is owed, and where to see it."""
    say = post.voice
    whole = max(1, round((days.ends_tick - days.began_tick) / DAY))
    day = say("Day {day} of {days}", day=min(days.day + 1, whole), days=whole)
    owed = say("owed: {number} (o)", number=len(open_tasks(days)))
    return fit(Text.assemble(" ", (f" {day} ", "bold"), "  ", owed, "  ", (say("d: next day"), "dim"), end=""), width)


def strip_line(post: Post, width: int) -> Text:
    """The state so far along the whole run."""
    first, last = post.words.scenario.minutes
    ends = (f" {post.words.clock(0)} ", f" {post.words.clock(post.last_tick)} ")
    cells = max(1, width - cell_len(ends[0] + ends[1]))
    per_cell = (last - first) * 600.0 / cells
    glyphs = PLAIN_STRIP if post.plain else STRIP
    line = Text.assemble((ends[0], "dim"), end="")
    tick = post.seen.tick if post.seen.days is None else post.seen.days.began_tick
    now = min(cells - 1, int(tick / per_cell))
    for k in range(cells):
        state = post.chronicle.worst_between(round(k * per_cell), round((k + 1) * per_cell), tick)
        if k == now:
            line.append("|", "bold")
        elif k > now or state is None:
            line.append("-" if post.plain else "─", "dim")
        else:
            line.append(glyphs[state], STRIP_STYLES[state])
    line.append(ends[1], "dim")
    return fit(line, width)


def legend_line(post: Post, width: int) -> Text:
    """What the signs on the map mean, as far as there is room: the most pressing first where there is not."""
    entries = [(GLYPHS[look][0], LOOK_STYLES[look], post.voice(name)) for look, name in LOOKS.items()]
    entries.append(("PAT", UNIT_STYLE, post.voice("unit")))
    sizes = [cell_len(f"{sign} {name}") for sign, _, name in entries]
    shown = list(range(len(entries)))
    for least in (0, 4, 6, 5, 1, 2):
        if sum(sizes[k] for k in shown) + 2 * (len(shown) - 1) > width:
            shown.remove(least)
    line = Text(end="")
    for k in shown:
        sign, style, name = entries[k]
        line.append("  " if k != shown[0] else "")
        line.append(sign, style)
        line.append(" " + name, "dim")
    return fit(line, width)


def message_head(post: Post, message: Message, grade: str) -> Text:
    """Time, channel, how reliable, whether it is unread or waits for an answer and for how long yet."""
    say, tick = post.voice, post.seen.tick
    waiting = post.chronicle.waits(message, tick)
    unread = message.serial in post.chronicle.unread
    head = Text(end="")
    head.append("*" if unread else " ", "bold yellow")
    head.append(post.words.clock(message.tick) + " ", "bold" if unread or waiting else "")
    head.append(say(CHANNELS[message.via]) + " ", "cyan")
    head.append(grade, "dim")
    if waiting and message.answer_by_tick:
        left = message.answer_by_tick - tick
        whole = max(1, message.answer_by_tick - message.tick)
        urgent = left <= 1200
        head.append(
            say("ANSWER {left}", left=span(left / 10.0)), "bold black on yellow" if not urgent else "bold white on red"
        )
        head.append(" " + bar(left / whole, 6) if not post.plain else "", "yellow" if not urgent else "red")
    elif waiting:
        head.append(say("ANSWER"), "bold black on yellow")
    elif message.serial in post.chronicle.in_hand:
        head.append(say("in hand"), "green")
    elif message.serial in post.chronicle.refused:
        head.append(say("answered"), "green")
    elif message.needs_answer:
        head.append(say("time is up"), "dim")
    return head


def message_lines(post: Post, message: Message, width: int, *, most: int = 0, number: str = "") -> Lines:
    """One message: the key that picks it, its head with as much as there is room for, then its text."""
    graded = (f"[{message.grade}, {post.voice(GRADES[message.grade])}] ", f"[{message.grade}] ")
    grades = ("",) if message.via in UNGRADED else (*graded, "")
    heads = [Text.assemble((number, "bold"), message_head(post, message, grade), end="") for grade in grades]
    head = next((h for h in heads if cell_len(h.plain) <= width), heads[-1])
    unread = message.serial in post.chronicle.unread
    style = "" if unread or post.chronicle.waits(message, post.seen.tick) else "dim"
    return [
        fit(head, width),
        *paragraph(post.voice(message.text), width, style, indent="  ", most=most),
    ]


def feed(post: Post, width: int, height: int, *, numbered: bool = False) -> Lines:
    """Open calls, the most urgent first and numbered if wished, then everything else, the newest first."""
    calls = post.chronicle.open_calls(post.seen)
    rest = [m for m in reversed(post.seen.messages) if m not in calls]
    lines: Lines = []
    for k, message in enumerate((*calls, *rest)):
        if len(lines) >= height:
            break
        number = "" if not numbered else shortcut(k) if k < len(calls) else " "
        whole = message_lines(post, message, width, number=number)
        most = 4 if message in calls else 3
        if len(whole) > most + 1 and not numbered:
            whole = message_lines(post, message, width, most=most)
        lines.extend(whole[: height - len(lines)])
    if not lines:
        return [fit(post.voice("No message yet."), width, "dim")]
    return lines


def activity_line(post: Post, activity: ActivityView, width: int) -> Lines:
    """One order being carried out: what, where, by whom, how far."""
    say, words = post.voice, post.words
    response = words.playbook.responses.get(activity.response)
    elapsed = (post.seen.tick - activity.since_tick) / 10.0
    stage = say(STAGES[Stage(activity.stage)])
    if activity.stage == Stage.RUN and activity.run_ticks:
        stage += f" {span(elapsed)}/{span(activity.run_ticks / 10.0)}"
    elif activity.stage != Stage.TRAVEL:
        stage += f" {span(elapsed)}"
    tail = Text(f" {stage}", "green" if activity.stage == Stage.RUN else "yellow", end="")
    head = Text(words.response(activity.response), "bold", end="")
    first = fit(Text.assemble(fit(head, max(4, width - cell_len(tail.plain))), tail, end=""), width)
    target = words.target(response, activity.target, post.seen)
    who = " ".join(activity.units) or say("no unit needed")
    return [first, fit(f"  {who}" + (f": {target}" if target else ""), width, "dim")]


def under_way(post: Post, width: int) -> Lines:
    """Everything that was ordered and still goes on."""
    lines = [line for a in post.seen.activities for line in activity_line(post, a, width)]
    return lines or [fit(post.voice("Nothing is under way."), width, "dim")]


def units_summary(post: Post, width: int) -> Lines:
    """Who is free, who is busy, who comes when, in a few lines."""
    say = post.voice
    free = [u.id for u in post.seen.units if u.free]
    busy = [u.id for u in post.seen.units if u.eta_s <= 0.0 and u.activity]
    coming = sorted((u for u in post.seen.units if u.eta_s > 0.0), key=lambda u: (u.eta_s, u.id))
    lines = labelled(say("Free:"), " ".join(free) or "-", width, most=2)
    if busy:
        lines.extend(labelled(say("Busy:"), " ".join(busy), width, most=2))
    if coming:
        text = listed(say, (f"{u.id} {span(u.eta_s)}" for u in coming))
        lines.extend(labelled(say("Coming:"), text, width, "dim", most=2))
    return lines


def unit_rows(post: Post, width: int) -> Lines:
    """One line a unit: those who are here, then those who come, soonest first."""
    ordered = sorted(post.seen.units, key=lambda u: (u.eta_s, u.id))
    return [unit_row(post, unit, width) for unit in ordered]


def unit_row(post: Post, unit: UnitView, width: int) -> Text:
    """Id, strength and what it does; where there is room also what it is and what it wears."""
    say = post.voice
    if unit.eta_s > 0.0:
        status, style = say("in {eta}", eta=span(unit.eta_s)), "dim"
    elif unit.activity:
        walking = say("walking: ") if unit.travelling else ""
        status, style = walking + post.words.response(unit.activity), "yellow"
    elif unit.travelling:
        status, style = say("walking"), "yellow"
    else:
        status, style = say("free"), "green"
    row = Text.assemble((f"{unit.id:<6}", "bold"), f" {unit.strength:>2}  ", (status, style), end="")
    if width >= ROOMY:
        about = post.words.unit_kind(unit.code)
        if unit.gear > Gear.SOFT_HAT:
            about = listed(say, (about, say(GEARS[Gear(unit.gear)])))
        row = Text.assemble(fit(row, width - ABOUT), (about, "dim"), end="")
    return fit(row, width)


def known(post: Post, width: int) -> Lines:
    """People hurt, roads, promises, talks and claims: the most pressing first."""
    say, words, seen = post.voice, post.words, post.seen
    lines: Lines = []
    waiting = sorted((c for c in seen.casualties if c.waiting), key=lambda c: (-c.severity, c.known_since))
    cared = len(seen.casualties) - len(waiting)
    if waiting:
        kinds = [
            f"{sum(1 for c in waiting if c.severity == s)} {say(SEVERITIES[s])}"
            for s in (3, 2, 1)
            if any(c.severity == s for c in waiting)
        ]
        oldest = span((seen.tick - min(c.known_since for c in waiting)) / 10.0)
        text = say("{kinds} waiting for care, longest {oldest}", kinds=listed(say, kinds), oldest=oldest)
        lines.extend(labelled(say("Hurt:"), text, width, "bold red"))
    if cared:
        lines.extend(labelled(say("Hurt:"), say("{number} cared for", number=cared), width, "dim"))
    if seen.emergency_waiting:
        lines.extend(paragraph(say("An ambulance cannot get through."), width, "bold red"))
    if seen.lanes_blocked:
        of = len(words.scenario.site.lanes)
        text = say("{blocked} of {of} seen blocked", blocked=len(seen.lanes_blocked), of=of)
        lines.extend(labelled(say("Lanes:"), text, width, "yellow"))
    lines.extend(promise_lines(post, width))
    talks = [say(RAPPORT[seen.rapport]) if seen.contact_made else say("no contact yet")]
    for holds, text in (
        (seen.procedure, "procedure agreed"),
        (seen.representatives, "representatives chosen"),
        (seen.meeting, "meeting held"),
    ):
        if holds:
            talks.append(say(text))
    lines.extend(labelled(say("Talks:"), listed(say, talks), width))
    open_claims = sum(1 for c in seen.claims if not c.verdict)
    if seen.claims:
        text = say("{unchecked} of {of} not checked (i)", unchecked=open_claims, of=len(seen.claims))
        lines.extend(labelled(say("Claims:"), text, width))
    return lines


def promise_lines(post: Post, width: int) -> Lines:
    """What was promised, by whom, until when."""
    say, words = post.voice, post.words
    lines: Lines = []
    for promise in post.seen.promises:
        if promise.kept is not None:
            state, style = (say("kept"), "green") if promise.kept else (say("broken"), "bold red")
        elif promise.dated:
            state, style = say("due {clock}", clock=words.clock_of_minute(promise.due_min)), "yellow"
        else:
            state, style = say("no date"), "yellow"
        told = "" if promise.told_crowd else say(", ") + say("not yet told to the crowd")
        text = f"{words.demand(promise.demand)} ({promise.owner}){say(', ')}{state}{told}"
        lines.extend(labelled(say("Promise:"), text, width, style))
    return lines


def claim_lines(post: Post, width: int) -> Lines:
    """Signals and rumours heard, and how far each is checked."""
    say = post.voice
    lines: Lines = []
    for claim in post.seen.claims:
        verdict = say("being checked") if claim.checking else say(VERDICTS[claim.verdict])
        if claim.evidence:
            verdict += say(", ") + say("evidence at hand")
        if claim.corrected:
            verdict += say(", ") + say("corrected in public")
        style = "yellow" if not claim.verdict else "bold red" if claim.verdict == "false" else "green"
        kind = say("rumour") if claim.is_rumour else say("signal")
        head = Text.assemble((post.words.clock(claim.heard_tick) + " ", "bold"), f"{kind}, ", (verdict, style), end="")
        lines.append(fit(head, width))
        lines.extend(paragraph(say(claim.text), width, indent="  "))
    return lines


def kind_lines(post: Post, width: int, chosen: int = -1) -> Lines:
    """Kinds of responses with their keys and how many of each are open."""
    lines = []
    for k, (kind, number, of) in enumerate(kinds_offered(post)):
        style = "reverse" if k == chosen else "" if number else "dim"
        tail = f" {number}/{of}"
        head = fit(f"{shortcut(k)} {post.voice(KINDS[kind])}", max(4, width - len(tail)))
        lines.append(Text.assemble(head, tail, style=style, end=""))
    return lines


def kinds_offered(post: Post) -> Sequence[tuple[str, int, int]]:
    """(kind, open, offered) of every kind this scenario offers something of."""
    options = post.options()
    found = []
    for kind in KINDS:
        mine = [o for o in options if o.response.group == kind]
        if mine:
            found.append((kind, sum(o.open for o in mine), len(mine)))
    return found


ROOMY = 70
"""Columns from which on abbreviations are spelt out."""
ABOUT = 34
"""Columns for what a unit is."""
SHORTCUTS = "1234567890ab"


def shortcut(index: int) -> str:
    """The key of the so-many-th entry of a list, a blank when there is none left."""
    return SHORTCUTS[index] if index < len(SHORTCUTS) else " "
