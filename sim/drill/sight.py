"""Sight: what one seat is shown, as plain data with its texts still in both languages.

Built from the observation and nothing else. A seat gets the messages of its channels, the pages that lie before it,
what other seats told it, and the proposals, which everybody at the table hears. An observer gets what the chief gets;
the screen of the room gets the map, the clock and how many have answered.
"""

from typing import Any

from sim.core.phrase import LText, Phrase
from sim.drill.drill import Choice
from sim.drill.forecast import Question, brier
from sim.drill.roles import CONTROLLER, OBSERVER, PAGES, TITLES, heard_by, may_propose, shown_to
from sim.drill.squad import EVERYBODY, Squad
from sim.exercise.option import Option
from sim.exercise.reason import called_in, reason_phrase
from sim.scenario.scenario import Playbook
from sim.world.message import Via
from sim.world.observation import Observation

Plain = dict[str, object]
MESSAGES = 40
"""So many of the newest messages are shown, and of the proposals that are closed."""


def seat_sight(squad: Squad, role: str) -> Plain:
    """What a seat, an observer or the instructor is shown now."""
    return {**table(squad), **own_sight(squad, role, squad.session.observe(role))}


def own_sight(squad: Squad, role: str, seen: Observation) -> Plain:
    """What of it is theirs alone, from the post's observation of this moment; the rest is the table."""
    seat = role if role in squad.drill.seats else squad.chief
    everything = role == CONTROLLER
    hears = tuple(Via) if everything else heard_by(seat, squad.chief, squad.played)
    pages = PAGES if everything else shown_to(seat, squad.chief, squad.played)
    found: Plain = {}
    found["messages"] = [
        {
            "serial": m.serial,
            "tick": m.tick,
            "via": m.via.value,
            "text": m.text,
            "grade": m.grade,
            "needs_answer": m.needs_answer,
            "answer_by_tick": m.answer_by_tick,
        }
        for m in [m for m in seen.messages if m.via in hears][-MESSAGES:]
    ]
    found["hears"] = [via.value for via in hears]
    found["pages"] = {page: _page(page, squad, seen) for page in pages}
    found["said"] = [
        {
            "message": s.number,
            "from": s.sender,
            "to": s.to,
            "text": s.text,
            "tick": s.tick if s.sender == role and not everything else s.there_tick,
        }
        for s in squad.said
        if everything or s.sender == role or (s.to in {EVERYBODY, role} and 0 <= s.there_tick <= squad.tick_now)
    ][-MESSAGES:]
    found["questions"] = [
        {
            "question": q.number,
            "window": q.window,
            "closes_tick": q.closes_tick,
            "due_tick": q.due_tick,
            "came": q.came,
            **(_foreseen(q) if everything else {}),
        }
        for q in squad.questions
        if role in {OBSERVER, CONTROLLER}
    ]
    if role in {OBSERVER, CONTROLLER}:
        found["brier"] = [
            {"who": each, "score": round(mean, 4), "questions": number}
            for each, (mean, number) in brier(squad.questions).items()
        ]
        found["notes"] = [{"tick": n.tick, "who": n.who, "text": n.text} for n in squad.notes[-MESSAGES:]]
    return found


def table(squad: Squad) -> Plain:
    """What everybody at the table knows: clock, phase, seats, windows and proposals."""
    session = squad.session
    called = called_in(session.exercise.world, squad.drill.questions)
    return {
        "tick": squad.tick_now,
        "begin_tick": session.begin_tick,
        "end_tick": session.end_tick,
        "start_min": session.playbook.scenario.start_min,
        "phase": squad.phase,
        "stopped_for": squad.stopped_for,
        "assessed": squad.assessed,
        "chief": squad.chief,
        "seats": [{"seat": s, "title": TITLES[s], "who": squad.sitting.get(s, "")} for s in squad.drill.seats],
        "windows": [
            {
                "window": d.window.id,
                "question": d.window.question.text,
                "status": d.status,
                "vote": d.window.vote,
                "opened_tick": d.opened_tick,
                "until_tick": d.until_tick,
                "closed_tick": d.closed_tick,
                "answer": "" if d.order is None else d.order.response,
                "choices": [
                    {
                        "response": c.response,
                        "target": c.target,
                        "parameters": dict(c.parameters),
                        "title": choice_title(c, session.playbook),
                    }
                    for c in (() if squad.assessed else d.window.choices)
                ],
                "default": title(squad, d.window.default.response),
            }
            for d in session.decisions
            if d.opened_tick >= 0
        ],
        "proposals": [
            {**p.as_dict(), "title": title(squad, p.order.response), "reason": reason_phrase(p.order.reason, called)}
            for p in squad.proposals
            if p.is_open or p.number > len(squad.proposals) - MESSAGES
        ],
    }


def in_public(seen: Plain) -> Plain:
    """The table as the screen of the room shows it to everybody: without what the people at it have written.

    Of an order that is none of the choices laid out only the response is told: its target and terms may be any text.
    """
    windows: Any = seen["windows"]
    proposals: Any = seen["proposals"]
    laid_out = [[c["response"], c["target"], c["parameters"]] for window in windows for c in window["choices"]]
    bare = []
    for p in proposals:
        order = {"response": p["order"]["response"], "target": "", "parameters": {}}
        said = {key: p["order"][key] for key in order}
        order = said if list(said.values()) in laid_out else order
        bare.append({**p, "order": order, "reason": "", "why": "", "dissent": {}, "ruling": None})
    return {**seen, "proposals": bare}


def _foreseen(question: Question) -> Plain:
    """Who has said what, for the instructor alone: whoever predicts must not lean on others."""
    picked = {who: {"choice": p.choice, "percent": p.percent} for who, p in sorted(question.picked.items())}
    return {"predicted": dict(sorted(question.said.items())), "picked": picked}


def choice_title(choice: Choice, playbook: Playbook) -> LText | str:
    """How an answer laid out is put."""
    if choice.says is not None:
        return choice.says.text
    known = playbook.responses.get(choice.response)
    return known.title.text if known is not None else choice.response


def title(squad: Squad, response: str) -> LText | str:
    """What a response is called."""
    known = squad.session.playbook.responses.get(response)
    return known.title.text if known is not None else response


def cards(squad: Squad, role: str, options: list[Option]) -> list[Plain]:
    """The responses a seat may propose, those that are open first; `options` are the run's as they stand now."""
    found: list[Plain] = []
    for option in options:
        response = option.response
        if not may_propose(response, role, squad.chief, squad.played):
            continue
        found.append(
            {
                "response": response.id,
                "title": response.title.text,
                "says": response.says.text,
                "group": response.group,
                "open": option.open,
                "reasons": list(option.reasons),
                "targets": [{"target": t, "title": _target(squad, t)} for t in option.targets[:24]],
            }
        )
    return sorted(found, key=lambda card: not card["open"])


def timeline(squad: Squad) -> list[Plain]:
    """The injects as the instructor handles them: what comes when, and what became of it."""
    world, scenario = squad.session.exercise.world, squad.session.playbook.scenario
    return [
        {
            "inject": i.id,
            "minute": round(i.minute + world.injects[i.id].shift_min, 2),
            "via": i.channel.value,
            "text": i.text.text if i.text is not None else "",
            "status": world.injects[i.id].status,
            "quiet": i.id in squad.drill.quiet,
        }
        for i in sorted(scenario.injects, key=lambda i: i.minute + world.injects[i.id].shift_min)
    ]


def _target(squad: Squad, name: str) -> LText | Phrase | str:
    scenario = squad.session.playbook.scenario
    if name == "crowd":
        return Phrase("where most people are")
    named = {
        **{p.id: p.name.text for p in scenario.site.places},
        **{lane.id: lane.name.text for lane in scenario.site.lanes},
        **{g.id: g.name.text for g in scenario.groups},
    }
    if name in named:
        return named[name]
    claim = squad.session.exercise.world.claims.get(name)
    return claim.text if claim is not None else title(squad, name)


def _page(page: str, squad: Squad, seen: Observation) -> object:
    if page == "crowd":
        return {
            "state": seen.state if seen.state_age_s >= 0.0 else -1,
            "estimate": seen.people,
            "density": round(seen.density, 1),
            "age_s": round(seen.state_age_s),
            "crush": seen.crush,
        }
    if page == "units":
        return [
            {
                "unit": u.id,
                "code": u.code,
                "strength": u.strength,
                "eta_s": round(u.eta_s),
                "busy": title(squad, u.activity) if u.activity else "",
            }
            for u in seen.units
        ]
    if page == "talks":
        demands = {d.id: d.name.text for d in squad.session.playbook.scenario.demands}
        return {
            "contact": seen.contact_made,
            "rapport": seen.rapport,
            "representatives": seen.representatives,
            "meeting": seen.meeting,
            "demands": [demands[name] for name in seen.demands_heard if name in demands],
        }
    if page == "claims":
        return [
            {"claim": c.id, "text": c.text, "verdict": c.verdict, "checking": c.checking, "grade": c.grade}
            for c in seen.claims
        ]
    return [
        {
            "proposal": p.number,
            "title": title(squad, p.order.response),
            "accepted": p.ruling.accepted,
            "lawful": p.ruling.lawful_domestic,
            "floor": p.ruling.meets_baseline,
            "why": [*p.ruling.reasons, *(f.why for f in p.ruling.failures)],
        }
        for p in squad.proposals[-MESSAGES:]
        if p.ruling is not None
    ]


def picture(squad: Squad, seen: Observation) -> Plain:
    """What the screen of the room shows besides the table: people and units where they were last reported."""
    return {
        "people": [
            [round(float(x), 1), round(float(y), 1), int(look), round(float(age))]
            for x, y, look, age in zip(seen.x, seen.y, seen.look, seen.age_s, strict=True)
        ],
        "units": [{"unit": u.id, "x": round(u.x, 1), "y": round(u.y, 1)} for u in seen.units if u.eta_s <= 0.0],
        "crowd": _page("crowd", squad, seen),
        "answered": sum(d.status == "answered" for d in squad.session.decisions),
        "decisions": len(squad.session.decisions),
        "voted": [len(p.votes) for p in squad.proposals if p.is_open],
    }


def site(squad: Squad) -> Plain:
    """The ground the picture is drawn on; it does not change in a run."""
    plan = squad.session.playbook.scenario.site
    return {
        "width_m": plan.width_m,
        "height_m": plan.height_m,
        "solids": [{"name": s.name.text, "corners": [list(c) for c in s.area.corners]} for s in plan.solids],
        "places": [
            {
                "id": p.id,
                "name": p.name.text,
                "corners": [list(c) for c in p.area.corners],
                "exit": p.exit_width_m > 0.0,
            }
            for p in plan.places
        ],
    }
