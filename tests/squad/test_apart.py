"""Squads apart: what the people of one squad write reaches nobody of another, and the picture shows none of it."""

import json
from typing import Any

import pytest

from sim.drill.roles import CONTROLLER, SCREEN
from sim.squad.client import Client
from tests.squad.lounge import TOKENS, Lounge, Memo, new_room, visit

WRITTEN = {
    "reason": "sparrow-reason", "target": "sparrow-target", "unit": "sparrow-unit", "term": "sparrow-term",
    "dissent": "sparrow-dissent", "why": "sparrow-why", "said": "sparrow-said", "note": "sparrow-note",
}  # fmt: skip
"""What somebody of squad A writes, by where."""


async def _write_everywhere(boss: Any, seats: dict[str, Any]) -> None:
    """Every field a seat or an observer can put words into; an order with such words is refused by the rules or not."""
    chief, liaison, observer = seats["commander"], seats["liaison"], seats["observer"]
    assert "ack" == (await liaison.do("say", {"to": "all", "text": WRITTEN["said"]}))["type"]
    assert "ack" == (await observer.do("note", {"text": WRITTEN["note"]}))["type"]
    orders = [
        {"response": "first_contact", "reason": WRITTEN["reason"], "parameters": {"tone": "warm"}},
        {"response": "first_contact", "target": WRITTEN["target"], "units": [WRITTEN["unit"]]},
        {"response": "listening_round", "parameters": {"tone": WRITTEN["term"]}},
    ]
    for order in orders:
        told = await liaison.do("propose", {"order": order})
        if told["type"] != "ack":
            continue
        number = told["result"]["proposal"]
        call = {"proposal": number, "carry": False, "reason": WRITTEN["why"]}
        assert "ack" == (await chief.do("call", call))["type"]
        assert "ack" == (await liaison.do("dissent", {"proposal": number, "reason": WRITTEN["dissent"]}))["type"]
    await boss.do("end")


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Client, str]]:
    """Everything that goes out, with the connection it goes to."""
    found: list[tuple[Client, str]] = []
    taken = Client.next

    async def overheard(client: Client) -> str:
        text = await taken(client)
        found.append((client, text))
        return text

    monkeypatch.setattr(Client, "next", overheard)
    return found


def test_what_one_squad_writes_reaches_no_page_of_another_and_the_picture_only_with_what_came_of_it(
    heard: list[tuple[Client, str]],
) -> None:
    room, entries = new_room(2)

    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        screen = await lounge.someone()
        await screen.hello(token=TOKENS[SCREEN])
        there = {}
        for squad, role in [(s, r) for s in "AB" for r in ("commander", "liaison", "observer")]:
            there[squad, role] = (await lounge.seated(boss, role, squad))[0]
        waiting = await lounge.someone()
        await waiting.hello(code="ABC234")
        await boss.do("start")
        seats = {role: phone for (squad, role), phone in there.items() if squad == "A"}
        await _write_everywhere(boss, seats)
        for one in (boss, screen, seats["observer"], *(there[each, "liaison"] for each in "AB")):
            await one.seen(lambda m: bool(m.get("report")))
        told = there["B", "liaison"].view["report"]
        assert (["A", "B"], [], True) == ([s["squad"] for s in told], told[0]["dissent"], told[0]["dissents"] > 0)

    visit(story, room, Memo(entries))
    own, others, screen_before, screen_after, boss = "", "", "", "", ""
    for client, text in heard:
        role, squad = (client.person.role, client.person.squad) if client.person else ("", "")
        if role == CONTROLLER:
            boss += text
        elif role == SCREEN:
            over = json.loads(text).get("report")
            screen_after, screen_before = screen_after + (text if over else ""), screen_before + ("" if over else text)
        elif squad == "A":
            own += text
        else:
            others += text
    assert [] == [where for where, words in WRITTEN.items() if words in others + screen_before]
    assert {"dissent"} == {where for where, words in WRITTEN.items() if words in screen_after}
    assert {"reason", "dissent", "why", "said", "note"} <= {where for where, words in WRITTEN.items() if words in own}
    assert {"reason", "dissent", "why", "said", "note"} <= {where for where, words in WRITTEN.items() if words in boss}


def test_what_those_who_look_on_at_one_squad_had_said_stands_with_the_result_on_no_phone_of_another() -> None:
    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        seen_by = {}
        for squad, role in (("A", "observer"), ("A", "liaison"), ("B", "liaison")):
            seen_by[squad, role] = (await lounge.seated(boss, role, squad))[0]
        await boss.do("start")
        await lounge.pass_time(350)
        onlooker = seen_by["A", "observer"]
        assert "ack" == (await onlooker.do("pick", {"question": 1, "choice": 1, "percent": 80}))["type"]
        await boss.do("end")
        told = {}
        for who, one in {**seen_by, ("", "boss"): boss}.items():
            report = (await one.seen(lambda m: bool(m.get("report"))))["report"]
            told[who] = [(len(each["picks"]), len(each["foresight"])) for each in report]
        own, others = [(1, 1), (0, 0)], [(0, 0), (0, 0)]
        assert {"observer": own, "liaison": own, "boss": own} == {role: told[s, role] for s, role in told if s != "B"}
        assert others == told["B", "liaison"]

    visit(story, new_room(2)[0])


def test_nobody_gets_the_callsign_of_somebody_who_was_removed() -> None:
    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        first = await lounge.someone()
        gone = (await first.hello(code="ABC234"))["who"]
        await boss.do("remove", {"who": gone})
        assert gone != (await (await lounge.someone()).hello(code="ABC234"))["who"]

    visit(story)
