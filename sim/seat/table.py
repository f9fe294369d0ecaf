"""The negotiation table in words: where a group stands, what was said to an offer, what became of a promise."""

from sim.core.phrase import Phrase
from sim.effects.offer import ANSWERS
from sim.seat.voice import Say
from sim.seat.words import CHOICES, Words, clauses, lasting, listed
from sim.world.observation import Observation
from sim.world.table import GroupView, PromiseView
from sim.world.talks import SKILLS, Term

STEPS = {
    "no_contact": "no contact",
    "listening": "listening",
    "empathy": "empathy",
    "rapport": "rapport",
    "influence": "influence",
    "change": "agrees",
}
"""The stairway: each step is reached from the one before it, and terms work from influence on."""
STANDING = {"firm": "the crowd follows them", "shaky": "the crowd follows them less and less"}
DUE_SOON_MIN = 15.0
"""A promise due this soon waits for the commander."""


def nobody_heard(seen: Observation) -> Phrase:
    """What to say while nobody has been listened to: whether there was contact, and what comes next."""
    if seen.contact_made:
        return Phrase("First contact has been made. Nobody has been listened to yet: that comes next.")
    return Phrase("Nobody has been spoken with yet: listening comes before everything else.")


def step_number(group: GroupView) -> int:
    """0 for no contact .. 5 for agreeing."""
    return list(STEPS).index(group.step)


def next_skill(group: GroupView) -> str:
    """A way of listening that was not used with a group lately."""
    return next((skill for skill in SKILLS if skill not in group.skills), SKILLS[0])


def about_group(words: Words, group: GroupView) -> str:
    """One line on a group, but for its name."""
    say = words.say
    parts = [say(STEPS[group.step])]
    if group.skills:
        parts.append(say("last: {how}", how=say(CHOICES[group.skills[-1]])))
    if group.speakers:
        parts.append(say("{number} speak for it", number=group.speakers))
    if group.in_favour >= 0.0:
        parts.append(say("{share:.0%} in favour", share=group.in_favour))
    return clauses(say, parts)


def about_term(words: Words, term: Term) -> str:
    """An offer: what, how far, by whom, by when."""
    say = words.say
    when = say("within {days:g} days", days=term.due_days) if term.due_days > 0.0 else say("no date")
    return clauses(say, [words.demand(term.demand), say(CHOICES[term.rung]), say(CHOICES[term.owner]), when])


def answers_to(words: Words, term: Term) -> list[tuple[str, str, bool]]:
    """What each group said to an offer: its name, its words, and whether it would do."""
    return [(words.group(group), words.say(ANSWERS[said]), said == "yes") for group, said in term.answers.items()]


def whose(words: Words, seen: Observation, demand: str) -> str:
    """Who may grant a demand that was heard, and how long it takes."""
    say = words.say
    view = next(each for each in seen.table.demands if each.demand == demand)
    if not view.grantable_by:
        return say("nobody here may promise it")
    owners = listed(say, [say(CHOICES[code]) if code in CHOICES else code for code in view.grantable_by])
    most = say(CHOICES[view.most])
    return say("{who}; up to {rung}; takes {days:g} days", who=owners, rung=most, days=view.takes_days)


def promise_text(words: Words, line: PromiseView) -> str:
    """What was promised."""
    say = words.say
    what = say(line.what)
    return say("{promise}: {rung}", promise=what, rung=say(CHOICES[line.rung])) if line.rung else what


def promise_state(words: Words, line: PromiseView, minute: float) -> tuple[str, str]:
    """What became of it or how long there is, and a tone: `good`, `bad`, `warn` or `muted`."""
    say = words.say
    if line.kept is not None:
        return (say("kept"), "good") if line.kept else (say("broken"), "bad")
    if not line.within_authority:
        return say("open; beyond our authority"), "bad"
    if not line.dated:
        return (say("holds"), "muted") if line.kind == "warning" else (say("no date"), "warn")
    left = line.due_min - minute
    if left > 1440.0:
        return say("due in {days:.0f} days", days=(left + 60.0) // 1440.0), "muted"  # to the hour, as on the board
    if left < 0.0:
        return say("overdue"), "bad"
    return say("due in {left}", left=lasting(say, left * 60.0)), "warn" if left <= DUE_SOON_MIN else "muted"


def promise_owner(words: Words, line: PromiseView) -> str:
    """In whose name it was given."""
    return words.say(CHOICES[line.owner]) if line.owner in CHOICES else words.unit_kind(line.owner)


def promise_heard(words: Words, line: PromiseView) -> str:
    """Who heard of it."""
    say = words.say
    if not line.told:
        return say("hardly anybody has heard of it")
    return say("told to: {groups}", groups=listed(say, [words.group(group) for group in line.told]))


def due_soon(seen: Observation) -> int:
    """Open promises of ours that fall due soon, and a report that people wait for."""
    table = seen.table
    soon = [p for p in table.ledger if p.kept is None and p.dated and p.due_min - seen.minute <= DUE_SOON_MIN]
    return len(soon)


def report_due(say: Say, seen: Observation) -> str:
    """By when people expect to hear from their representatives; "" when nothing is due."""
    due = seen.table.report_due_tick
    if due < 0:
        return ""
    left = (due - seen.tick) / 10.0
    if left <= 0.0:
        return say("They should have heard from them by now")
    return say("They wait to hear from them: {left}", left=lasting(say, left))
