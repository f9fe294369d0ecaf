"""Phones or one keyboard: the same orders at the same ticks give the same journal, score, card and review."""

from dataclasses import replace
from typing import Any

import pytest

from sim.drill.card import card_of
from sim.drill.session import Session
from sim.review import Effort, review
from sim.scoring import facts_of, score
from sim.world.journal import Entry
from sim.world.order import Order
from tests.drill.table import drill, session
from tests.squad.lounge import Lounge, Memo, new_room, visit

QUICK = Effort(batch=2, most=2, horizon_min=1.0, alternatives=3)


@pytest.fixture(scope="module")
def by_phones() -> Session:
    """A minute and a half of the short drill, decided over real sockets: called, given alone, and refused."""
    room, entries = new_room(alone={"liaison": ["negotiation"]})

    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        chief, _ = await lounge.seated(boss, "commander")
        liaison, _ = await lounge.seated(boss, "liaison")
        tactical, _ = await lounge.seated(boss, "tactical")
        await boss.do("speed", {"speed": 8})
        await boss.do("start")
        await boss.seen(lambda m: m["squads"]["A"]["tick"] > 60)
        number = (await tactical.do("propose", {"order": {"response": "record_and_identify"}}))["result"]["proposal"]
        await liaison.do("second", {"proposal": number})
        await chief.do("call", {"proposal": number, "carry": True, "reason": "so we know who"})
        number = (await tactical.do("propose", {"order": {"response": "dispersal_order"}}))["result"]["proposal"]
        await chief.do("call", {"proposal": number, "carry": True})
        await liaison.seen(lambda m: bool(m["view"]["windows"]))
        await liaison.do("propose", {"order": {"response": "first_contact", "parameters": {"tone": "warm"}}})
        await boss.seen(lambda m: m["squads"]["A"]["tick"] > 450)
        await boss.do("end")

    visit(story, room, Memo(entries))
    return room.squads["A"].session


@pytest.fixture(scope="module")
def at_one_keyboard(by_phones: Session) -> Session:
    """The same orders at the same ticks, all given by whoever sits at the keyboard."""
    alone = session(alone={"liaison": ["negotiation"]})
    for entry in by_phones.journal:
        given: Any = entry.data.get("given", {})
        if entry.kind == "order" and given["seat"] != "default":
            alone.run_until(entry.tick)
            alone.order(Order.from_dict({**given, "seat": "commander"}))
    alone.run_until(by_phones.tick_now)
    alone.stop()
    return alone


def _plain(entry: Entry) -> Entry:
    """Without the seat, and without the digest of what that seat could see."""
    data: dict[str, Any] = dict(entry.data)
    if entry.kind == "order":
        data = {**data, "saw": "", "given": {**data["given"], "seat": ""}, "order": {**data["order"], "seat": ""}}
    return replace(entry, data=data)


def test_they_write_the_same_journal_apart_from_the_seats(by_phones: Session, at_one_keyboard: Session) -> None:
    assert len([e for e in by_phones.journal if e.kind == "order"]) >= 3
    assert [_plain(e) for e in by_phones.journal] == [_plain(e) for e in at_one_keyboard.journal]


def test_they_have_the_same_score_and_the_same_card(by_phones: Session, at_one_keyboard: Session) -> None:
    book = by_phones.playbook
    scores = [score(list(each.journal), book.rubric, facts_of(book)) for each in (by_phones, at_one_keyboard)]
    assert scores[0] == scores[1]
    cards = [card_of(drill(), list(each.journal)) for each in (by_phones, at_one_keyboard)]
    lines = [[replace(line, seat="") for line in card.lines] for card in cards]
    assert lines[0] == lines[1]
    assert "answered" == lines[0][0].status


@pytest.mark.slow
def test_they_have_the_same_review(by_phones: Session, at_one_keyboard: Session) -> None:
    found = [
        review(each.playbook, each.seed, list(each.journal), effort=QUICK) for each in (by_phones, at_one_keyboard)
    ]
    rows = [[(m.tick, m.reproduces, m.verdict, m.regret_own) for m in each.moments] for each in found]
    assert rows[0]
    assert rows[0] == rows[1]
