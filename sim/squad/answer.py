"""Answer: what somebody is told when they come in, are given a place, ask for their cards, or are refused."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.drill.refused import REASONS
from sim.drill.roles import CONTROLLER, OBSERVER, SCREEN, heard_by
from sim.drill.sight import cards, site
from sim.squad.callsign import BIRDS
from sim.squad.gate import Gate
from sim.squad.pattern import qr
from sim.squad.protocol import ERRORS, VERSION, Say
from sim.squad.room import WAITING, Person, Room
from sim.squad.terms import terms, unit_signs


def error(code: str, number: object = None) -> dict[str, Any]:
    """A message that says why something was not taken; with the number of what was asked, where it has one."""
    text = ERRORS.get(code) or REASONS[code]
    return {"type": "error", "code": code, "text": text, **({"id": number} if number is not None else {})}


def welcome(room: Room, person: Person, token: str, gate: Gate, links: Sequence[str]) -> dict[str, Any]:
    """What somebody is told who has come in: where they are, what is played, and on the big screens how to join."""
    drill = room.drill
    found: dict[str, Any] = {
        "type": "welcome",
        "protocol": VERSION,
        **place(room, person),
        "callsigns": BIRDS,
        "drill": {"title": drill.title.text, "aim": drill.aim.text, "seats": list(drill.seats), **_public(room)},
        "signs": unit_signs(next(iter(room.squads.values()), None)),
    }
    if token:
        found["token"] = token
    if person.role in {SCREEN, CONTROLLER} and room.squads:
        found["site"] = site(next(iter(room.squads.values())))
    if person.role in {SCREEN, CONTROLLER}:
        found["code"] = gate.code
        found["links"] = [{"link": each, "qr": qr(f"{each}#{gate.link}")} for each in links]
    return found


def _public(room: Room) -> dict[str, Any]:
    """What anybody may know of a drill beforehand: where it plays, how long it takes, and what each seat hears."""
    seats: tuple[str, ...] = room.drill.seats
    hears = {seat: [via.value for via in heard_by(seat, seats[0], seats)] for seat in seats}
    found: dict[str, Any] = {"minutes": room.drill.time_box_min, "hears": hears}
    for squad in list(room.squads.values())[:1]:
        scenario = squad.session.playbook.scenario
        found |= {"scenario": scenario.title.text, "summary": scenario.summary.text}
    return found


def place(room: Room, person: Person) -> dict[str, Any]:
    """Where somebody is in the room, and what they have said about decisions that are open or were."""
    squad = room.squads.get(person.squad)
    asked = squad.questions if squad is not None else []
    said = {q.number: q.said[person.who] for q in asked if person.who in q.said}
    mine = [(q.number, q.picked[person.who]) for q in asked if person.who in q.picked]
    there = {"who": person.who, "role": person.role, "squad": person.squad, "wish": person.wish}
    picked = {number: {"choice": pick.choice, "percent": pick.percent} for number, pick in mine}
    return {**there, "predicted": said, "picked": picked}


def seat_cards(room: Room, person: Person, message: Mapping[str, Any], zh: Say) -> dict[str, Any]:
    """Every card of a seat, or one with all that can be set about it."""
    squad = room.squads.get(person.squad)
    if squad is None or person.role in {WAITING, OBSERVER, CONTROLLER, SCREEN}:
        return error("not-yours")
    options = squad.session.options()
    found = cards(squad, person.role, options)
    response, target = message.get("response"), message.get("target", "")
    if response is None:
        return {"type": "cards", "cards": found}
    card = next((each for each in found if each["response"] == response), None)
    if card is None:
        offered = any(each.response.id == response for each in options)
        return {**error("not-yours" if offered else "no-response"), "about": "response"}
    if not isinstance(target, str):
        return {**error("bad-message"), "about": "target"}
    option = next(each for each in options if each.response.id == response)
    return {"type": "card", "card": {**card, **terms(squad, person.role, option, target, zh)}}
