"""Result: what a squad came to once its drill is over, as plain data, and what it is asked before that is shown."""

from typing import Any

from sim.core.phrase import LText
from sim.drill.card import card_of
from sim.drill.forecast import brier, brier_of_picks, picks_of
from sim.drill.session import of_the_drill
from sim.drill.sight import choice_title
from sim.drill.squad import Squad
from sim.exercise.control import Control
from sim.scoring import facts_of, score
from sim.seat.survey import QUESTIONS
from sim.squad.costs import Known


def questions() -> list[dict[str, Any]]:
    """What a seat of an assessed drill is asked before anybody is shown what came of it."""
    return [{"question": q.id, "asks": q.asks, "low": q.low, "high": q.high} for q in QUESTIONS]


def outcome(name: str, squad: Squad) -> dict[str, Any]:
    """What a squad comes to for good: its score, from the same journal as a single run."""
    book = squad.session.playbook
    result = score(list(squad.session.journal), book.rubric, facts_of(book))
    return {
        "squad": name,
        "seed": squad.session.seed,
        "total": result.total,
        "grade": result.grade,
        "start_min": book.scenario.start_min,
        "debrief": [question.text for question in squad.drill.debrief],
        "proposals": len(squad.proposals),
        "acts": acts(squad),
    }


def acts(squad: Squad) -> list[dict[str, Any]]:
    """What the instructor did to the run of this squad: squads may differ by it although they have one seed."""
    named: dict[object, LText] = {
        i.id: i.text.text for i in squad.session.playbook.scenario.injects if i.text is not None
    }
    found = []
    for entry in of_the_drill(list(squad.session.journal)):
        if entry.kind == "nudge":
            act = Control.from_dict(entry.data)
            said = LText(act.en or act.zh, act.zh or act.en) if act.en or act.zh else named.get(act.inject)
            about = act.inject or " ".join(each for each in (act.group, act.quantity) if each)
            found.append({"tick": entry.tick, "what": act.what, "about": about, "text": said})
    return found


def priced(squad: Squad, known: Known) -> dict[str, Any]:
    """The card of a squad with what is known of its costs, and who has said by now to see it differently."""
    book = squad.session.playbook
    card = card_of(squad.drill, list(squad.session.journal), known.costs)
    named = {line.response for line in card.lines} | {line.cost.better for line in card.lines if line.cost is not None}
    titles = {r: book.responses[r].title.text for r in sorted(named) if r in book.responses}
    dissent = [
        {"proposal": p.number, "seat": seat, "reason": p.dissent[seat], "status": p.status}
        for p in squad.proposals
        for seat in sorted(p.dissent)
    ]
    return {
        "reviewing": known.going,
        "card": card.as_dict(),
        "titles": titles,
        "dissent": dissent,
        "dissents": len(dissent),
        **foreseen(squad, known),
    }


def foreseen(squad: Squad, known: Known) -> dict[str, Any]:
    """What those who looked on had predicted, what came of it, and how well calibrated each of them was."""
    book, came = squad.session.playbook, known.standings
    laid_out = {
        window.id: [
            {"title": choice_title(choice, book), "came": came[window.id][k] if window.id in came else None}
            for k, choice in enumerate(window.choices)
        ]
        for window in squad.drill.windows
    }
    picks = picks_of(squad.questions, came)
    of_state, of_picks = brier(squad.questions), brier_of_picks(squad.questions, came)
    said = {who for q in squad.questions for who in (*q.said, *q.picked)}
    return {
        "laid_out": laid_out,
        "picks": picks,
        "foresight": [
            {
                "who": who,
                "state": _scored(of_state.get(who)),
                "picks": _scored(of_picks.get(who)),
                "untold": sum(pick["who"] == who and pick["came"] is None for pick in picks),
            }
            for who in sorted(said)
        ],
    }


def _scored(found: tuple[float, int] | None) -> dict[str, Any] | None:
    return None if found is None else {"score": round(found[0], 4), "questions": found[1]}
