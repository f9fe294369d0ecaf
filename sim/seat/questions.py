"""Questions: what a facilitator can ask a group about this run, made from what happened in it.

Two sets. The first is asked before anybody has seen a score, and gives none away; the second speaks of the review.
"""

from collections.abc import Iterable

from sim.core.phrase import Phrase
from sim.core.tick import face
from sim.crowd.state import CrowdState
from sim.measures.record import Record, number, part
from sim.review import Moment, Review
from sim.scoring import Score
from sim.seat.judgement import best_moments, costly_moments
from sim.seat.words import STATES, Words

MOST_CALLS = 1
MOST_MARKED = 2
MUCH_LUCK = 3.0
"""Points: less luck than this is not worth a question (assumed)."""


def before_the_score(record: Record, words: Words, bookmarks: Iterable[int] = ()) -> tuple[Phrase, ...]:
    """What can be asked of the run itself: turns of the crowd, calls without an answer, orders not let through."""
    found = [*_turns(record, words), *_calls(record, words), *_refused(record, words), *_rumours(record, words)]
    start = words.scenario.start_min
    found += [
        Phrase("{clock}, a moment you marked: what made you mark it?", clock=face(tick, start))
        for tick in list(dict.fromkeys(bookmarks))[:MOST_MARKED]
    ]
    return tuple(found) or (
        Phrase(
            "Too little happened to judge: what would you have wanted to know first, and whom would you have asked?"
        ),
    )


def all_questions(
    record: Record, words: Words, score: Score, review: Review | None, bookmarks: Iterable[int] = ()
) -> tuple[Phrase, ...]:
    """Both sets, the run's own first; what has been asked of it is not asked once more from the card."""
    first, then = before_the_score(record, words, bookmarks), after_the_review(score, review, words)
    asked = {*first, score.question} if _asks_of_the_marked(record, score) else set(first)
    return (*first, *(question for question in then if question not in asked))


def _asks_of_the_marked(record: Record, score: Score) -> bool:
    """True when the card asks about the unlawful order the run's own question is about."""
    marked = next((order for order in record.orders if order.marked), None)
    about = next(iter(score.costly or score.best), None)
    if marked is None or about is None:
        return False
    named = dict(about.observable.params).get("response")
    return about.minute == marked.minute and named == record.name(marked.response)


def after_the_review(score: Score, review: Review | None, words: Words) -> tuple[Phrase, ...]:
    """What can be asked once the machine has said what it thinks; its word is to be doubted, too."""
    if review is None:
        return (score.question,)
    contested = [moment for moment in review.moments if moment.verdict == "contested"]
    return (
        score.question,
        *(
            Phrase("{clock}, {what}: what was known then, and what only afterwards?", **_said(words, moment))
            for moment in costly_moments(review, 1)
        ),
        *(
            Phrase(
                "{clock}, {what}: what would have become of it without that, and would it have been right with others?",
                **_said(words, moment),
            )
            for moment in best_moments(review, 1)
        ),
        *(
            Phrase("{clock}, {what}: it depends on what is done later. On what exactly?", **_said(words, moment))
            for moment in contested[:1]
        ),
        *_luck(review, words),
    )


def _said(words: Words, moment: Moment) -> dict[str, object]:
    """When and what, as the questions name them."""
    done = Phrase("nothing was ordered") if moment.order is None else _title(words, moment.order.response)
    return {"clock": _clock(words, moment), "what": done}


def _clock(words: Words, moment: Moment) -> Phrase:
    return face(moment.tick, words.scenario.start_min)


def _turns(record: Record, words: Words) -> list[Phrase]:
    """The first time the crowd got worse."""
    found = []
    worse = record.worsenings()
    if worse:
        found.append(
            Phrase(
                "{clock}: the crowd went from {before} to {after}. What did you see of it, and what did they of you?",
                clock=_at(words, worse[0].minute), before=_state(worse[0].before), after=_state(worse[0].after),
            )
        )  # fmt: skip
    return found


def _at(words: Words, minute: float) -> str:
    return words.clock_of_minute(minute)


def _state(state: int) -> Phrase:
    return Phrase(STATES[CrowdState(state)])


def _calls(record: Record, words: Words) -> list[Phrase]:
    known = {inject.id: inject for inject in words.scenario.injects}
    missed = sorted(
        (each for each in record.injects if each.status == "missed" and each.id in known), key=lambda each: each.minute
    )
    found = []
    for each in missed[:MOST_CALLS]:
        said = known[each.id].text or known[each.id].if_not_text
        if said is not None:
            found.append(
                Phrase(
                    "{clock}: “{call}” had no answer in time. Who read it, and what was more urgent?",
                    clock=_at(words, each.minute), call=record.facts.names.get(each.id, said.text),
                )
            )  # fmt: skip
    return found


def _refused(record: Record, words: Words) -> list[Phrase]:
    """The first order that went ahead although it was ruled unlawful, else the first that was refused."""
    marked = [order for order in record.orders if order.marked]
    refused = [order for order in record.orders if not order.accepted and order.failures]

    if marked:
        said = Phrase("{clock}, {order}: it went ahead although it was ruled unlawful. What made it look right, and who"
                      " could have stopped it?", clock=_at(words, marked[0].minute),
                      order=_title(words, marked[0].response))  # fmt: skip
        return [said]
    if refused:
        said = Phrase("{clock}, {order}: it was refused. What was it to bring about, and what else would have?",
                      clock=_at(words, refused[0].minute), order=_title(words, refused[0].response))  # fmt: skip
        return [said]
    return []


def _title(words: Words, response: str) -> object:
    known = words.playbook.responses.get(response)
    return known.title.text if known is not None else response


def _rumours(record: Record, words: Words) -> list[Phrase]:
    """The rumour that most people passed on at one time."""
    names = {rumour.id: rumour.claim.text for rumour in words.scenario.rumours}
    most = {
        name: max((number(part(entry.data, "tellers"), name) for entry in record.readings()), default=0.0)
        for name in names
    }
    told = max(most, key=lambda name: most[name], default="")
    if not told or most[told] <= 0.0:
        return []
    return [
        Phrase(
            "“{rumour}”: up to {share:.0%} of those there passed it on. Whose word would they have believed, and when?",
            rumour=names[told],
            share=most[told],
        )
    ]


def _luck(review: Review, words: Words) -> list[Phrase]:
    """Where chance moved the run most; nothing while what was chosen in decisions not tried yet counts as chance."""
    if review.ledger is None or not review.ledger.steps or not review.complete:
        return []
    step = max(review.ledger.steps, key=lambda each: abs(each.luck))
    if abs(step.luck) < MUCH_LUCK:
        return []
    moment = next(m for m in review.moments if m.number == step.decision)
    return [
        Phrase(
            "After {clock} chance moved the run by {points:+.1f} points. Would you judge it the same without that?",
            clock=_clock(words, moment),
            points=step.luck,
        )
    ]
